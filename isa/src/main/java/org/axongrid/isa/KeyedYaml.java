package org.axongrid.isa;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;

/** Reads YAML whose keys are all known, so that a misspelt key is named together with its nearest neighbour and never ignored. */
public final class KeyedYaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

    private KeyedYaml() { }

    /**
     * @param text  YAML
     * @param place file or resource name for messages
     * @return the document's root mapping
     * @throws InvalidInputException if it is not YAML or not a mapping
     */
    public static JsonNode parse(String text, String place) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            String at = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new InvalidInputException(place + ":" + at + ": not valid YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (RuntimeException e) {
            throw new InvalidInputException(place + ": not valid YAML: " + e.getMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw new InvalidInputException(place + ": expected a YAML mapping at the top");
        }
        return root;
    }

    /** @return the node as YAML text */
    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (IOException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }

    /**
     * @param node  a mapping
     * @param known the keys it may have
     * @param place file and path for messages
     * @throws InvalidInputException naming the first unknown key and the known one nearest to it
     */
    public static void requireKnown(JsonNode node, Collection<String> known, String place) {
        if (!node.isObject()) {
            throw new InvalidInputException(place + ": expected a mapping");
        }
        for (Iterator<String> keys = node.fieldNames(); keys.hasNext();) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw new InvalidInputException(place + ": unknown key '" + key + "'" + nearest(key, known));
            }
        }
    }

    /** @return {@code "; did you mean 'x'?"} for the candidate nearest to {@code word}, or nothing if none is near */
    public static String nearest(String word, Collection<String> candidates) {
        String best = null;
        int bestDistance = Math.max(2, word.length() / 2) + 1;
        for (String c : candidates) {
            int d = distance(word, c);
            if (d < bestDistance) {
                bestDistance = d;
                best = c;
            }
        }
        return best == null ? "" : "; did you mean '" + best + "'?";
    }

    /** Levenshtein distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
