package org.axongrid.emulator.kernel.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** One bit of each lane, in a word: as masks, and for JDK 17, whose masks are slow, as a sum of bits. */
final class LaneBits {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int HALF = 16;
    /** Whether to take masks: where C2 has instructions for them, and where half a word has too few bits. */
    static final boolean MASKS = Runtime.version().feature() >= 21 || SPECIES.length() > HALF;
    private static final IntVector LOW = bits(1);
    private static final IntVector BOTH = bits(1 | 1 << HALF);

    private LaneBits() { }

    private static IntVector bits(int first) {
        int[] bits = new int[SPECIES.length()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = first << i;
        }
        return IntVector.fromArray(SPECIES, bits, 0);
    }

    /**
     * @param fires    0 or -1 by lane
     * @param activity 0 or something else by lane
     * @return from bit 16 on a bit for each lane that fires, below one for each active one
     */
    static int both(IntVector fires, IntVector activity) {
        IntVector active = activity.lanewise(VectorOperators.OR, activity.neg()).lanewise(VectorOperators.ASHR, 31);
        return active.lanewise(VectorOperators.AND, LOW)
            .lanewise(VectorOperators.OR, fires.lanewise(VectorOperators.AND, BOTH.sub(LOW))).reduceLanes(VectorOperators.OR);
    }
}
