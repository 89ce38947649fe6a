package org.axongrid.emulator.kernel;

/**
 * What the loops of compartments leave for each of them: in bit {@link #lane} whether it was active, and sixteen bits above whether it fired. The codes
 * of sixteen neighbours in one word are two masks, so that few branches find the few that fired.
 */
public final class FiredCodes {
    private static final int GROUP = 16;

    private FiredCodes() { }

    /**
     * @param compartments a number of compartments
     * @return by compartment: the bits that its code may have
     */
    public static int[] lanes(int compartments) {
        int[] lanes = new int[compartments];
        for (int i = 0; i < compartments; i++) {
            lanes[i] = 0x10001 << i % GROUP;
        }
        return lanes;
    }

    /** @return elements that {@link #collect} needs to work with */
    public static int scratch(int compartments) {
        return 3 * (compartments / GROUP + 3);
    }

    /**
     * Lists the compartments of a block that fired. Groups with spikes are noted without a branch first, since which these are cannot be predicted.
     *
     * @param code    codes
     * @param spikes  result: compartments that fired, from {@code n} on
     * @param before  result: active compartments before each of them
     * @param n       spikes before the block
     * @param active  active compartments before the block
     * @param scratch at least {@link #scratch} elements
     * @return active compartments of the block, at most 65,535, and, from bit 16 on, spikes
     */
    public static int collect(int[] code, int[] spikes, int[] before, int n, int active, int[] scratch, int from, int to) {
        int first = Math.min(to, from + GROUP - 1 & -GROUP);
        int last = Math.max(first, to & -GROUP);
        int total = active;
        int groups = 0;
        if (from < first) {
            int word = some(code, from, first);
            groups = note(scratch, groups, from & -GROUP, total, word);
            total += Integer.bitCount(word & 0xFFFF);
        }
        for (int i = first; i < last; i += GROUP) {
            int word = code[i] | code[i + 1] | code[i + 2] | code[i + 3] | code[i + 4] | code[i + 5] | code[i + 6] | code[i + 7]
                | code[i + 8] | code[i + 9] | code[i + 10] | code[i + 11] | code[i + 12] | code[i + 13] | code[i + 14] | code[i + 15];
            groups = note(scratch, groups, i, total, word);
            total += Integer.bitCount(word & 0xFFFF);
        }
        if (last < to) {
            int word = some(code, last, to);
            groups = note(scratch, groups, last, total, word);
            total += Integer.bitCount(word & 0xFFFF);
        }
        int at = n;
        for (int g = 0; g < groups; g += 3) {
            int word = scratch[g + 2];
            for (int fired = word >>> 16; fired != 0; fired &= fired - 1) {
                spikes[at] = scratch[g] + Integer.numberOfTrailingZeros(fired);
                before[at++] = scratch[g + 1] + Integer.bitCount(word & (fired & -fired) - 1);
            }
        }
        return at - n << 16 | total - active;
    }

    private static int some(int[] code, int from, int to) {
        int word = 0;
        for (int i = from; i < to; i++) {
            word |= code[i];
        }
        return word;
    }

    /** Written in any case, kept if there is a spike. */
    private static int note(int[] scratch, int groups, int first, int before, int word) {
        scratch[groups] = first;
        scratch[groups + 1] = before;
        scratch[groups + 2] = word;
        return groups + (-(word >>> 16) >>> 31) * 3;
    }
}
