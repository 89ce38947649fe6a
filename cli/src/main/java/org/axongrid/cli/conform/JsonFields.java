package org.axongrid.cli.conform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.axongrid.isa.InvalidInputException;

/** An object in a JSON file whose fields are read strictly: what is missing, of another type or out of range is named with its place. */
final class JsonFields {
    /** Largest magnitude of a number; sums of what a case may hold stay below 2^53. */
    static final double NUMBER_MAX = 1 << 30;

    private static final long FILE_MAX = 64L << 20;
    private static final ObjectMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
        DeserializationFeature.FAIL_ON_TRAILING_TOKENS).disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private final String place;
    private final JsonNode node;

    private JsonFields(String place, JsonNode node) {
        this.place = place;
        this.node = node;
    }

    /**
     * @param file a JSON file
     * @return its root
     * @throws InvalidInputException if it cannot be read, is damaged, or is no object
     */
    static JsonFields read(Path file) {
        try {
            if (Files.size(file) > FILE_MAX) {
                throw new InvalidInputException(file + ": " + Files.size(file) + " bytes, at most " + FILE_MAX + " are expected");
            }
            JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
            if (root == null || !root.isObject()) {
                throw new InvalidInputException(file + ": no JSON object");
            }
            return new JsonFields(file.toString(), root);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr() + ": ";
            throw new InvalidInputException(file + ": " + where + "damaged JSON: " + printable(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + (Files.exists(file) ? printable(e.getMessage()) : "no such file"), e);
        }
    }

    private static String printable(String text) {
        String clean = text == null ? "" : text.replaceAll("[^ -~]+", " ");
        return clean.length() > 160 ? clean.substring(0, 160) + "..." : clean;
    }

    /** @return an error that names this object */
    InvalidInputException error(String what) {
        return new InvalidInputException(place + ": " + what);
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    private JsonNode field(String name) {
        JsonNode found = node.get(name);
        if (found == null || found.isNull()) {
            throw error("'" + name + "' is missing");
        }
        return found;
    }

    String text(String name) {
        JsonNode found = field(name);
        if (!found.isTextual() || found.textValue().length() > 40) {
            throw error("'" + name + "' is no short text");
        }
        return printable(found.textValue());
    }

    boolean truth(String name) {
        JsonNode found = field(name);
        if (!found.isBoolean()) {
            throw error("'" + name + "' is neither true nor false");
        }
        return found.booleanValue();
    }

    int integer(String name, int min, int max) {
        JsonNode found = field(name);
        if (!found.isIntegralNumber() || !found.canConvertToInt() || found.intValue() < min || found.intValue() > max) {
            throw error("'" + name + "' is " + printable(found.toString()) + ", a whole number from " + min + " to " + max + " is expected");
        }
        return found.intValue();
    }

    /** @return an object in here */
    JsonFields object(String name) {
        JsonNode found = field(name);
        if (!found.isObject()) {
            throw error("'" + name + "' is no object");
        }
        return new JsonFields(place + ": " + name, found);
    }

    /** @return an array of objects */
    JsonFields[] objects(String name, int count) {
        JsonNode[] found = items(name, count);
        JsonFields[] out = new JsonFields[found.length];
        for (int i = 0; i < out.length; i++) {
            if (!found[i].isObject()) {
                throw error(name + "[" + i + "] is no object");
            }
            out[i] = new JsonFields(place + ": " + name + "[" + i + "]", found[i]);
        }
        return out;
    }

    /** @return an array's items; any number where {@code count} is negative */
    JsonNode[] items(String name, int count) {
        JsonNode found = field(name);
        if (!found.isArray() || count >= 0 && found.size() != count) {
            throw error("'" + name + "' is no array" + (count < 0 ? "" : " of " + count) + (found.isArray() ? ", it has " + found.size() : ""));
        }
        JsonNode[] out = new JsonNode[found.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = found.get(i);
        }
        return out;
    }

    /**
     * @param name  an array of numbers, or a number that stands for an array of one
     * @param count how many, or any number if negative
     * @param whole whether only integers are allowed
     */
    double[] numbers(String name, int count, boolean whole) {
        JsonNode found = field(name);
        return found.isNumber() && (count == 1 || count < 0) ? new double[] {number(name, found, whole, NUMBER_MAX)}
            : numbers(name, found, count, whole, NUMBER_MAX);
    }

    /** @return a [rows][columns] array */
    double[][] table(String name, int rows, int columns, boolean whole) {
        JsonNode[] found = items(name, rows);
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = numbers(name + "[" + i + "]", found[i], columns, whole, whole ? 1L << 53 : Double.MAX_VALUE);
        }
        return out;
    }

    double[] numbers(String name, JsonNode array, int count, boolean whole, double max) {
        if (!array.isArray() || count >= 0 && array.size() != count) {
            throw error(name + ": " + (array.isArray() ? array.size() + " values" : "no array") + (count < 0 ? "" : ", expected " + count));
        }
        double[] out = new double[array.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = number(name + "[" + i + "]", array.get(i), whole, max);
        }
        return out;
    }

    private double number(String name, JsonNode value, boolean whole, double max) {
        boolean fine = value.isNumber() && (!whole || value.isIntegralNumber() && value.canConvertToLong());
        double out = fine ? value.doubleValue() : Double.NaN;
        if (!(Math.abs(out) <= max)) {
            throw error(name + " is " + printable(value.toString()) + ", " + (whole ? "an integer" : "a number") + " of magnitude up to "
                + (long) max + " is expected");
        }
        return out;
    }
}
