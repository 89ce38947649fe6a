package org.axongrid.cli.conform;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;

/**
 * One case as its file states it: parameters, rows of synapses, inputs and expectations, the values not interpreted. The format is described
 * with the vectors; {@link VectorReader} reads it.
 */
final class VectorCase {
    private final String place;
    private final String id;
    private final String peer;
    private final String kind;
    private List<String> agree = List.of();
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final Map<String, Map<Integer, int[]>> rows = new HashMap<>();
    private final Map<String, Map<Integer, int[]>> timed = new HashMap<>();

    /** @param place file and line at which it starts, for messages */
    VectorCase(String place, String id, String peer, String kind) {
        this.place = place;
        this.id = id;
        this.peer = peer;
        this.kind = kind;
    }

    String id() {
        return id;
    }

    String peer() {
        return peer;
    }

    String kind() {
        return kind;
    }

    /** @return the peers that gave the same, the case's own one among them; empty if only that one was run */
    List<String> agree() {
        return agree;
    }

    void agree(List<String> peers) {
        agree = List.copyOf(peers);
    }

    /** @return whether the name is new */
    boolean parameter(String name, List<String> values) {
        return parameters.putIfAbsent(name, values) == null;
    }

    /** @return whether the row is new; {@code tag} is w, we or d */
    boolean row(String tag, String projection, int source, int[] values) {
        return rows.computeIfAbsent(tag + "," + projection, k -> new HashMap<>()).putIfAbsent(source, values) == null;
    }

    /** @return whether the record is new; {@code tag} is that of an input or an expectation */
    boolean timed(String tag, String population, int step, int[] values) {
        return timed.computeIfAbsent(tag + "," + population, k -> new HashMap<>()).putIfAbsent(step, values) == null;
    }

    /** @return the rows by source, empty if there are none */
    Map<Integer, int[]> rows(String tag, String projection) {
        return rows.getOrDefault(tag + "," + projection, Map.of());
    }

    /** @return the records by step, empty if there are none */
    Map<Integer, int[]> timed(String tag, String population) {
        return timed.getOrDefault(tag + "," + population, Map.of());
    }

    /** @return tag and population of all records, joined by a comma */
    Collection<String> timedKeys() {
        return timed.keySet();
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** @return names of all parameters, in the file's order */
    Collection<String> parameterNames() {
        return parameters.keySet();
    }

    /** @return a parameter's values as texts */
    List<String> texts(String name) {
        List<String> values = parameters.get(name);
        if (values == null) {
            throw error("parameter '" + name + "' is missing");
        }
        return values;
    }

    /** @return a parameter's one integer */
    int integer(String name, int min, int max) {
        int[] values = integers(name);
        if (values.length != 1) {
            throw error("parameter '" + name + "' has " + values.length + " values, expected 1");
        }
        return inRange(name, values[0], min, max);
    }

    /** @return a parameter's integers */
    int[] integers(String name) {
        List<String> texts = texts(name);
        int[] values = new int[texts.size()];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = Integer.parseInt(texts.get(i));
            } catch (NumberFormatException e) {
                throw error("parameter '" + name + "': '" + VectorLines.shortened(texts.get(i)) + "' is not an integer");
            }
        }
        return values;
    }

    /** @return a parameter's integers, exactly so many */
    int[] integers(String name, int count, int min, int max) {
        int[] values = integers(name);
        if (values.length != count) {
            throw error("parameter '" + name + "' has " + values.length + " values, expected " + count);
        }
        for (int v : values) {
            inRange(name, v, min, max);
        }
        return values;
    }

    /** @return a parameter's integers, one per neuron, where one value serves all */
    int[] perNeuron(String name, int size, int min, int max) {
        int[] values = integers(name);
        if (values.length == 1 && size != 1) {
            int[] all = new int[size];
            java.util.Arrays.fill(all, values[0]);
            values = all;
        }
        if (values.length != size) {
            throw error("parameter '" + name + "' has " + values.length + " values for " + size + " neurons");
        }
        for (int v : values) {
            inRange(name, v, min, max);
        }
        return values;
    }

    private int inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw error("parameter '" + name + "': " + value + " is outside " + min + ".." + max);
        }
        return value;
    }

    /** @return what to throw for a problem of this case */
    InvalidInputException error(String problem) {
        return new InvalidInputException(place + ": case " + id + ": " + problem);
    }
}
