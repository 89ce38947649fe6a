package org.axongrid.cli.conform;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** What a case says of one layer, by step; and the comparison with what the cores held. */
final class Expectation {
    /** Quantities in the order in which they are compared. */
    private static final List<String> VALUES = List.of("u", "v", "act");
    private static final int ACT_SHIFT = 6;

    private final String layer;
    private final int size;
    private final Map<String, Map<Integer, int[]>> values = new HashMap<>();
    private final Map<String, Map<Integer, int[]>> checksums = new HashMap<>();
    private Map<Integer, int[]> spikes = Map.of();
    private boolean comparesSpikes;

    /** @param size neurons of the layer */
    Expectation(String layer, int size) {
        this.layer = layer;
        this.size = size;
    }

    /** @return everything that the case says of a layer that spikes; a step without a record of spikes has none */
    static Expectation of(VectorCase c, String layer, int size) {
        Expectation e = new Expectation(layer, size);
        for (String quantity : List.of("u", "v")) {
            e.values(c, quantity, c.timed(quantity, layer));
            e.checksums.put(quantity, c.timed("crc_" + quantity, layer));
        }
        e.spikes = c.timed("s", layer);
        e.comparesSpikes = true;
        for (Map.Entry<Integer, int[]> s : e.spikes.entrySet()) {
            if (s.getValue().length > 0 && s.getValue()[s.getValue().length - 1] >= size) {
                throw c.error("a spike of neuron " + s.getValue()[s.getValue().length - 1] + " in step " + s.getKey() + " of " + layer
                    + ", which has " + size);
            }
        }
        return e;
    }

    /** Adds what the case says of one quantity: u, v, or act, which is u before the weight shift. */
    void values(VectorCase c, String quantity, Map<Integer, int[]> bySteps) {
        for (Map.Entry<Integer, int[]> r : bySteps.entrySet()) {
            if (r.getValue().length != size) {
                throw c.error(r.getValue().length + " values of " + quantity + " in step " + r.getKey() + " for the " + size + " neurons of "
                    + layer);
            }
        }
        values.put(quantity, bySteps);
    }

    /** @return number of values, or checksums of values, to compare */
    long size() {
        return values.values().stream().mapToLong(Map::size).sum() + checksums.values().stream().mapToLong(Map::size).sum() + spikes.size();
    }

    /** @return the first difference in a step, or {@code null} */
    String difference(int step, int[] u, int[] v, BitSet fired) {
        for (String quantity : VALUES) {
            int[] got = quantity.equals("v") ? v : u;
            int shift = quantity.equals("act") ? ACT_SHIFT : 0;
            int[] expected = values.getOrDefault(quantity, Map.of()).get(step);
            for (int i = 0; expected != null && i < size; i++) {
                if (expected[i] != got[i] >> shift) {
                    return message(step, i, quantity, Integer.toString(expected[i]), Integer.toString(got[i] >> shift));
                }
            }
            int[] crc = checksums.getOrDefault(quantity, Map.of()).get(step);
            if (crc != null && crc[0] != crc(got)) {
                return "step " + step + ", " + layer + ", CRC-32 of " + quantity + ": expected " + Integer.toUnsignedString(crc[0]) + ", got "
                    + Integer.toUnsignedString(crc(got));
            }
        }
        return comparesSpikes ? spikeDifference(step, fired) : null;
    }

    private String spikeDifference(int step, BitSet fired) {
        BitSet expected = new BitSet();
        for (int i : spikes.getOrDefault(step, new int[0])) {
            expected.set(i);
        }
        expected.xor(fired);
        int i = expected.nextSetBit(0);
        return i < 0 ? null : message(step, i, "spike", fired.get(i) ? "none" : "one", fired.get(i) ? "one" : "none");
    }

    private String message(int step, int neuron, String quantity, String expected, String got) {
        return "step " + step + ", " + layer + " neuron " + neuron + ", " + quantity + ": expected " + expected + ", got " + got;
    }

    private static int crc(int[] values) {
        CRC32 crc = new CRC32();
        update(crc, values);
        return (int) crc.getValue();
    }

    /** Adds values as little-endian int32. */
    static void update(CRC32 crc, int[] values) {
        byte[] bytes = new byte[4 * values.length];
        java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
        crc.update(bytes);
    }
}
