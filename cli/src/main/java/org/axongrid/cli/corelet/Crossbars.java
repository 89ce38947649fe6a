package org.axongrid.cli.corelet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;

/** The crossbars of a corelet model: those with a name, which cores share, and those of single cores. */
final class Crossbars {
    /**
     * A crossbar.
     *
     * @param type axon type by row
     * @param rows by row: a bit per column, the most significant one of the first byte is column 0
     */
    record Crossbar(IntArrayList type, List<byte[]> rows) { }

    /**
     * What a core says of its crossbar.
     *
     * @param name     name of a crossbar type, or null
     * @param crossbar a crossbar of its own, or null
     */
    record Use(String name, Crossbar crossbar) { }

    private final JsonWalk in;
    private final Map<String, Crossbar> byName = new HashMap<>();

    Crossbars(JsonWalk in) {
        this.in = in;
    }

    /** @return whether no crossbar type has been read */
    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** @return the crossbar that a core uses, null if there is none of that name */
    Crossbar get(Use use) {
        return use.crossbar() != null ? use.crossbar() : byName.get(use.name());
    }

    /** Reads a crossbar type of {@code size} rows and columns. */
    void readType(int size) {
        String[] name = {""};
        Crossbar[] crossbar = {null};
        in.object(key -> {
            switch (key) {
                case "name" -> name[0] = in.text(key);
                case "crossbar" -> crossbar[0] = read(size).crossbar();
                default -> in.skip();
            }
        });
        if (crossbar[0] == null || byName.put(name[0], crossbar[0]) != null) {
            throw in.error("crossbar type '" + JsonWalk.shortened(name[0]) + (crossbar[0] == null ? "' has no rows" : "' is there twice"));
        }
    }

    /** @return what stands here: the rows of a crossbar, or a name */
    Use read(int size) {
        String[] name = {null};
        Crossbar[] crossbar = {null};
        in.object(key -> {
            switch (key) {
                case "name" -> name[0] = in.text(key);
                case "rows" -> {
                    crossbar[0] = new Crossbar(new IntArrayList(), new ArrayList<>());
                    in.array(() -> row(crossbar[0], size));
                }
                default -> in.skip();
            }
        });
        if (crossbar[0] == null && name[0] == null) {
            throw in.error("a crossbar has neither rows nor a name");
        }
        if (crossbar[0] != null && crossbar[0].rows().size() != size) {
            throw in.error("a crossbar has " + crossbar[0].rows().size() + " rows, crossbarSize is " + size);
        }
        return new Use(name[0], crossbar[0]);
    }

    private void row(Crossbar crossbar, int size) {
        int[] type = {-1};
        byte[][] bytes = {null};
        in.object(key -> {
            switch (key) {
                case "type" -> type[0] = in.isText() ? axonType(in.text(key)) : in.number(key, 0, 3);
                case "synapses" -> bytes[0] = synapses(in.text(key), size);
                default -> in.skip();
            }
        });
        if (type[0] < 0 || bytes[0] == null) {
            throw in.error("a crossbar row has no " + (type[0] < 0 ? "type" : "synapses"));
        }
        if (crossbar.rows().size() == size) {
            throw in.error("a crossbar has more rows than crossbarSize " + size);
        }
        crossbar.type().addInt(type[0]);
        crossbar.rows().add(bytes[0]);
    }

    private int axonType(String text) {
        if (!text.matches("S[0-3]")) {
            throw in.error("axon type '" + JsonWalk.shortened(text) + "' is none of S0 to S3");
        }
        return text.charAt(1) - '0';
    }

    private byte[] synapses(String text, int size) {
        try {
            byte[] bytes = HexFormat.of().parseHex(text.replaceAll("\\s", ""));
            if (bytes.length == (size + 7) / 8) {
                return bytes;
            }
            throw in.error("a crossbar row has " + bytes.length + " bytes, crossbarSize " + size + " takes " + (size + 7) / 8);
        } catch (IllegalArgumentException e) {
            throw in.error("a crossbar row is '" + JsonWalk.shortened(text) + "', expected bytes in hex");
        }
    }
}
