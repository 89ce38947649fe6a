package org.axongrid.cli.sanafe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;

/**
 * A value of a file with its place. Scalars keep the characters of the file: a core {@code 0.10} is not {@code 0.1}.
 *
 * @param place   file and line for messages
 * @param text    a scalar, or {@code null}
 * @param items   of a list, or {@code null}
 * @param entries of a mapping, or {@code null}
 */
record Node(String place, String text, List<Node> items, Map<String, Node> entries) {

    static Node scalar(String place, String text) {
        return new Node(place, text, null, null);
    }

    InvalidInputException error(String problem) {
        return new InvalidInputException(place + ": " + problem);
    }

    /** @return the scalar's characters */
    String text(String what) {
        if (text == null) {
            throw error(what + ": expected a single value");
        }
        return text;
    }

    /** @return the entries, or those of a list of mappings one after the other, as both are in use */
    Map<String, Node> mapping(String what) {
        if (entries != null) {
            return entries;
        }
        Map<String, Node> all = new LinkedHashMap<>();
        for (Node item : list(what)) {
            if (item.entries == null) {
                throw item.error(what + ": expected 'key: value'");
            }
            item.entries.forEach((k, v) -> {
                if (all.put(k, v) != null) {
                    throw v.error(what + ": '" + shown(k) + "' is given twice");
                }
            });
        }
        return all;
    }

    List<Node> list(String what) {
        if (items == null) {
            throw error(what + ": expected a list");
        }
        return items;
    }

    /** @return the entry of a mapping whose keys are all known */
    Node need(String key, String what) {
        Node found = entries == null ? null : entries.get(key);
        if (found == null) {
            throw error(what + ": '" + key + "' is missing");
        }
        return found;
    }

    void requireKnown(List<String> known, String what) {
        requireKnown(mapping(what), known, what);
    }

    static void requireKnown(Map<String, Node> mapping, List<String> known, String what) {
        mapping.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.error(what + ": unknown key '" + shown(key) + "'" + KeyedYaml.nearest(shown(key), known));
            }
        });
    }

    double number(String what) {
        String t = text(what);
        try {
            double value = Double.parseDouble(t);
            if (Double.isFinite(value) && t.matches("[-+0-9.eE]+")) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw error(what + ": '" + shown(t) + "' is no number");
    }

    int integer(String what, int min, int max) {
        double value = number(what);
        if (value != Math.rint(value) || value < min || value > max) {
            throw error(what + ": " + shown(text) + " is no whole number from " + min + " to " + max);
        }
        return (int) value;
    }

    boolean flag(String what) {
        return switch (text(what)) {
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default -> throw error(what + ": '" + shown(text) + "' is neither true nor false");
        };
    }

    /** @return a name from a file, fit for a message */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
