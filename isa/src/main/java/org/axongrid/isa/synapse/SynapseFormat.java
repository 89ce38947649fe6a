package org.axongrid.isa.synapse;

/**
 * How the synapses of a list entry are stored (project reference on Loihi, sections 4.1 and 4.2).
 *
 * @param compression    dense run or sparse list
 * @param signMode       mixed, excitatory or inhibitory weights
 * @param weightBits     stored bits per weight: 1..6 or 8, the sign included in mixed mode
 * @param weightExponent power of two on the mantissa, -8..7
 * @param delayBits      bits per synapse for a delay, 0..6
 * @param indexBits      bits of a target index, 6..10 and more for larger cores
 * @param shared         whether lists of this format serve several sources (a shared convolution kernel); priced apart by cost profiles
 */
public record SynapseFormat(Compression compression, SignMode signMode, int weightBits, int weightExponent, int delayBits, int indexBits,
                            boolean shared) {
    /** Bits in front of an entry's synapses: 4 for the format's number, 6 for the count. */
    public static final int PREFIX_BITS = 10;

    /** Bits of the end mark, which is format number 0. */
    public static final int END_BITS = 4;

    /** How targets are named. */
    public enum Compression {
        /** One index per entry, targets are consecutive. */
        DENSE,
        /** One index per synapse. */
        SPARSE
    }

    /** Which signs the weights have; the code is nengo-loihi's fanout_type. */
    public enum SignMode {
        /** Both: even mantissas -256..254. */
        MIXED,
        /** Mantissas 0..255. */
        EXCITATORY,
        /** Mantissas -255..0. */
        INHIBITORY
    }

    /** Kinds of synaptic operation that cost profiles tell apart. */
    public enum Kind {
        /** From a dense run. */
        DENSE,
        /** From a sparse list. */
        SPARSE,
        /** From a shared kernel. */
        SHARED
    }

    /** Checks the widths. */
    public SynapseFormat {
        if (weightBits < 1 || weightBits > 8 || weightBits == 7) {
            throw new IllegalArgumentException("weights have 1..6 or 8 stored bits, not " + weightBits);
        }
        if (weightExponent < -8 || weightExponent > 7 || delayBits < 0 || delayBits > 6 || indexBits < 1 || indexBits > 16) {
            throw new IllegalArgumentException("exponent -8..7, delay bits 0..6, index bits 1..16");
        }
    }

    /** @return the kind of synaptic operation that reading it is */
    public Kind kind() {
        return shared ? Kind.SHARED : compression == Compression.DENSE ? Kind.DENSE : Kind.SPARSE;
    }

    /** @return low bits of a mantissa that are not stored and zero: 8 - bits, one more in mixed mode */
    public int lostBits() {
        return 8 - weightBits + (signMode == SignMode.MIXED ? 1 : 0);
    }

    /** @return bits that one synapse takes */
    public int synapseBits() {
        return weightBits + delayBits + (compression == Compression.SPARSE ? indexBits : 0);
    }

    /** @return bits in front of an entry's synapses */
    public int prefixBits() {
        return PREFIX_BITS + (compression == Compression.DENSE ? indexBits : 0);
    }

    /**
     * @param mantissa weight mantissa
     * @return the field's content
     * @throws IllegalArgumentException if the format cannot hold it exactly
     */
    public long store(int mantissa) {
        int lost = lostBits();
        long field = switch (signMode) {
            case MIXED -> (mantissa >> lost) & (1L << weightBits) - 1;
            case EXCITATORY -> mantissa >> lost;
            case INHIBITORY -> -mantissa >> lost;
        };
        if (field < 0 || field >> weightBits != 0 || load(field) != mantissa) {
            throw new IllegalArgumentException("weight mantissa " + mantissa + " does not fit " + this);
        }
        return field;
    }

    /** @return the mantissa of a stored field */
    public int load(long field) {
        int lost = lostBits();
        return switch (signMode) {
            case MIXED -> (int) (field << 64 - weightBits >> 64 - weightBits) << lost;
            case EXCITATORY -> (int) field << lost;
            case INHIBITORY -> -((int) field << lost);
        };
    }

    /**
     * Words that a list of {@code bits} bits takes: one more than the bits need when fewer than 6 bits stay free, which leaves no room
     * for the end mark (NxTF's rule, section 4.2 of the reference).
     *
     * @param bits sum over the list's entries
     * @return number of 64-bit words
     */
    public static int words(long bits) {
        int words = (int) ((bits + 63) / 64);
        long rest = bits % 64;
        return rest == 0 || rest >= 59 ? words + 1 : words;
    }

    /**
     * @param largest largest index to be stored
     * @return bits for it: at least 6
     */
    public static int indexBitsFor(int largest) {
        return Math.max(6, 32 - Integer.numberOfLeadingZeros(largest));
    }
}
