package org.axongrid.isa.synapse;

import java.util.Arrays;

/** Packs the entries of one synapse list, least significant bits first, and ends it with format number 0. */
public final class SynapseListWriter {
    private final int maxPerEntry;
    private long[] words = new long[16];
    private long bits;

    /** @param maxPerEntry synapses that one entry may hold, 1..64 */
    public SynapseListWriter(int maxPerEntry) {
        if (maxPerEntry < 1 || maxPerEntry > 64) {
            throw new IllegalArgumentException("1..64 synapses per entry");
        }
        this.maxPerEntry = maxPerEntry;
    }

    /** Forgets what was written. */
    public void clear() {
        Arrays.fill(words, 0);
        bits = 0;
    }

    /** @return bits written so far */
    public long bits() {
        return bits;
    }

    /**
     * Appends a run of consecutive targets; runs above the entry limit are cut.
     *
     * @param number    the format's number, 1..15
     * @param format    a dense format
     * @param first     first target, relative to the axon's base
     * @param mantissas weights, {@code count} of them from {@code offset}
     * @param offset    first weight
     * @param count     length of the run
     * @param delay     synaptic delay of all of them
     */
    public void dense(int number, SynapseFormat format, int first, int[] mantissas, int offset, int count, int delay) {
        for (int done = 0; done < count; done += maxPerEntry) {
            int n = Math.min(maxPerEntry, count - done);
            prefix(number, n);
            put(first + done, format.indexBits());
            for (int i = 0; i < n; i++) {
                put(format.store(mantissas[offset + done + i]), format.weightBits());
                put(delay, format.delayBits());
            }
        }
    }

    /**
     * Appends synapses with a target index each.
     *
     * @param number    the format's number, 1..15
     * @param format    a sparse format
     * @param targets   targets relative to the axon's base
     * @param mantissas weights
     * @param delays    synaptic delays
     * @param count     how many
     */
    public void sparse(int number, SynapseFormat format, int[] targets, int[] mantissas, int[] delays, int count) {
        for (int done = 0; done < count; done += maxPerEntry) {
            int n = Math.min(maxPerEntry, count - done);
            prefix(number, n);
            for (int i = done; i < done + n; i++) {
                put(format.store(mantissas[i]), format.weightBits());
                put(delays[i], format.delayBits());
                put(targets[i], format.indexBits());
            }
        }
    }

    /** @return the list in whole words, end mark included */
    public long[] toWords() {
        return Arrays.copyOf(words, SynapseFormat.words(bits));
    }

    private void prefix(int number, int count) {
        put(number, 4);
        put(count - 1, 6);
    }

    private void put(long value, int width) {
        if (width == 0) {
            return;
        }
        if (value < 0 || value >>> width != 0) {
            throw new IllegalArgumentException(value + " does not fit " + width + " bits");
        }
        int word = (int) (bits >> 6);
        int shift = (int) (bits & 63);
        if (word + 2 >= words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        words[word] |= value << shift;
        if (shift + width > 64) {
            words[word + 1] |= value >>> 64 - shift;
        }
        bits += width;
    }
}
