package org.axongrid.mapper.method;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.axongrid.isa.InvalidInputException;

/** A method's own numbers, from {@code NAME:key=value:key=value}; what a method does not ask for is refused. */
final class Parameters {
    private final String text;
    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();

    Parameters(String text) {
        this.text = text;
        String[] parts = text.split(":", -1);
        name = parts[0];
        for (int i = 1; i < parts.length; i++) {
            int at = parts[i].indexOf('=');
            if (at < 1 || values.put(parts[i].substring(0, at), parts[i].substring(at + 1)) != null) {
                throw new InvalidInputException("method '" + text + "': '" + parts[i] + "' is no key=value, or its key comes twice");
            }
        }
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    int integer(String key, int standard, int min, int max) {
        int found = number(key, Integer::valueOf, standard);
        if (found < min || found > max) {
            throw new InvalidInputException("method '" + text + "': " + key + " is outside " + min + ".." + max);
        }
        return found;
    }

    double real(String key, double standard, double min, double max) {
        double found = number(key, Double::valueOf, standard);
        if (!(found >= min && found <= max)) {
            throw new InvalidInputException("method '" + text + "': " + key + " is outside " + min + ".." + max);
        }
        return found;
    }

    private <T> T number(String key, Function<String, T> read, T standard) {
        String value = values.remove(key);
        try {
            return value == null ? standard : read.apply(value);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("method '" + text + "': " + key + " '" + value + "' is no number", e);
        }
    }

    /** Refuses what nobody has asked for. */
    void done() {
        if (!values.isEmpty()) {
            throw new InvalidInputException("method '" + text + "': " + name + " has no parameter '" + values.keySet().iterator().next() + "'");
        }
    }
}
