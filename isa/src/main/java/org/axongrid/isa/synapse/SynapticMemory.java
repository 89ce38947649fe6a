package org.axongrid.isa.synapse;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts what synapse lists take in memory, by the two published rules (project reference on Loihi, section 4.2): NxTF's, which is close to the
 * hardware's layout and which {@link SynapseListWriter} follows, and nengo-loihi's simpler one. Run-length lists are counted but not a format
 * that cores here read.
 */
public final class SynapticMemory {
    private static final int INDEX_BITS_MIN = 6;
    private static final int SKIP_BITS_MIN = 2;
    /** A step this long from one target to the next does not fit a skip field of five bits. */
    private static final int SKIP_MAX = 32;
    private static final int WORD = 64;

    private SynapticMemory() { }

    /** How an entry names its targets. */
    public enum Layout {
        /** An index per synapse. */
        SPARSE,
        /** The first index, then the gaps. */
        RUN_LENGTH,
        /** The first index; a gap ends the entry. */
        DENSE,
        /** The first index; gaps are filled with zero weights. */
        DENSE_FILLED
    }

    /**
     * One entry of a list.
     *
     * @param synapses    synapses, fill-ups included
     * @param prefixBits  bits in front of them
     * @param synapseBits bits of all of them
     * @param indexBits   width of an index
     * @param skipBits    width of a gap, 0 but for run-length
     */
    public record Entry(int synapses, int prefixBits, int synapseBits, int indexBits, int skipBits) {
        /** @return all bits */
        public int bits() {
            return prefixBits + synapseBits;
        }
    }

    /**
     * Cuts a list into entries as NxTF does.
     *
     * @param targets    ascending target indices
     * @param layout     layout
     * @param weightBits bits per weight
     * @param delayBits  bits per delay
     * @param perEntry   most synapses per entry, 60 in NxTF
     * @return the entries
     */
    public static List<Entry> entries(int[] targets, Layout layout, int weightBits, int delayBits, int perEntry) {
        List<Entry> entries = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= targets.length; i++) {
            boolean ends = i == targets.length || switch (layout) {
                case SPARSE -> i - from == perEntry;
                case RUN_LENGTH -> i - from == perEntry || targets[i] - targets[i - 1] >= SKIP_MAX;
                case DENSE -> i - from == perEntry || targets[i] != targets[i - 1] + 1;
                case DENSE_FILLED -> targets[i] - targets[from] >= perEntry;
            };
            if (ends) {
                entries.add(entry(targets, from, i, layout, weightBits + delayBits));
                from = i;
            }
        }
        return entries;
    }

    private static Entry entry(int[] targets, int from, int to, Layout layout, int bits) {
        int last = targets[to - 1];
        int synapses = layout == Layout.DENSE_FILLED ? last - targets[from] + 1 : to - from;
        int indexBits = width(layout == Layout.SPARSE ? last : targets[from], INDEX_BITS_MIN);
        int skipBits = 0;
        if (layout == Layout.RUN_LENGTH) {
            int skip = 0;
            for (int i = from + 1; i < to; i++) {
                skip = Math.max(skip, targets[i] - targets[i - 1]);
            }
            skipBits = width(skip, SKIP_BITS_MIN);
        }
        int each = bits + skipBits + (layout == Layout.SPARSE ? indexBits : 0);
        return new Entry(synapses, SynapseFormat.PREFIX_BITS + (layout == Layout.SPARSE ? 0 : indexBits), synapses * each, indexBits, skipBits);
    }

    private static int width(int largest, int least) {
        return Math.max(least, 32 - Integer.numberOfLeadingZeros(largest));
    }

    /** @return 64-bit words that a list of those entries takes by NxTF's rule */
    public static int words(List<Entry> entries) {
        return SynapseFormat.words(entries.stream().mapToLong(Entry::bits).sum());
    }

    /**
     * nengo-loihi's count: entries are rounded up to words one by one, and a dense entry has no index.
     *
     * @param sparse     whether each synapse has an index
     * @param weightBits bits per weight
     * @param delayBits  bits per delay
     * @param tagBits    bits per tag
     * @param indexBits  bits per index
     * @param perEntry   synapses per entry, 64
     * @param synapses   synapses of the axon
     * @return bits
     */
    public static long nengoBits(boolean sparse, int weightBits, int delayBits, int tagBits, int indexBits, int perEntry, int synapses) {
        int each = weightBits + delayBits + tagBits + (sparse ? indexBits : 0);
        long full = roundUp(SynapseFormat.PREFIX_BITS + (long) perEntry * each);
        int rest = synapses % perEntry;
        return synapses / perEntry * full + (rest == 0 ? 0 : roundUp(SynapseFormat.PREFIX_BITS + (long) rest * each));
    }

    private static long roundUp(long bits) {
        return (bits + WORD - 1) / WORD * WORD;
    }
}
