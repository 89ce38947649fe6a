package org.axongrid.isa.synapse;

import java.util.List;
import org.axongrid.isa.InvalidInputException;

/** Unpacks synapse lists. */
public final class SynapseListReader {
    private final long[] memory;
    private final List<SynapseFormat> formats;
    private final String place;
    private long at;
    private long end;

    /** Receives the synapses of a list, in storage order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called before the synapses of an entry; does nothing unless overridden.
         *
         * @param format number of its format
         * @param count  synapses in it
         */
        default void entry(int format, int count) { }

        /**
         * @param target   compartment relative to the axon's base
         * @param mantissa weight mantissa
         * @param delay    synaptic delay in time-steps
         * @param format   number of its format
         */
        void synapse(int target, int mantissa, int delay, int format);
    }

    /**
     * @param memory  synapse memory
     * @param formats the core's formats; format number k is element k - 1
     * @param place   for messages
     */
    public SynapseListReader(long[] memory, List<SynapseFormat> formats, String place) {
        this.memory = memory;
        this.formats = formats;
        this.place = place;
    }

    /**
     * @param pointer first word
     * @param words   length in words
     * @param visitor called for each synapse
     * @return words that were read: up to the end mark if there is one, which may come before the last of them
     * @throws InvalidInputException if the list leaves its words or names an unknown format
     */
    public int read(int pointer, int words, Visitor visitor) {
        if (pointer < 0 || words < 1 || pointer + (long) words > memory.length) {
            throw new InvalidInputException(place + ": synapse list at words " + pointer + ".." + (pointer + (long) words - 1)
                + " is outside the memory of " + memory.length + " words");
        }
        at = (long) pointer << 6;
        end = (long) (pointer + words) << 6;
        while (end - at >= 4) {
            int number = (int) take(4);
            if (number == 0) {
                break;
            }
            if (number > formats.size()) {
                throw new InvalidInputException(place + ": synapse list at word " + pointer + " uses format " + number + " of "
                    + formats.size());
            }
            SynapseFormat f = formats.get(number - 1);
            int count = (int) take(6) + 1;
            boolean dense = f.compression() == SynapseFormat.Compression.DENSE;
            int first = dense ? (int) take(f.indexBits()) : 0;
            visitor.entry(number, count);
            for (int i = 0; i < count; i++) {
                int mantissa = f.load(take(f.weightBits()));
                int delay = (int) take(f.delayBits());
                visitor.synapse(dense ? first + i : (int) take(f.indexBits()), mantissa, delay, number);
            }
        }
        return (int) (at - 1 >> 6) - pointer + 1;
    }

    private long take(int width) {
        if (width == 0) {
            return 0;
        }
        if (at + width > end) {
            throw new InvalidInputException(place + ": a synapse list runs over its end at word " + (end >> 6));
        }
        int word = (int) (at >> 6);
        int shift = (int) (at & 63);
        long value = memory[word] >>> shift;
        if (shift + width > 64) {
            value |= memory[word + 1] << 64 - shift;
        }
        at += width;
        return value & (1L << width) - 1;
    }
}
