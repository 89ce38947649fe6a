package org.axongrid.emulator.kernel;

/**
 * The update of compartments without leak, synaptic current memory, noise and dead time, in loops without branches, which C2 turns into vector
 * instructions. All arrays go by compartment, and every loop uses one and the same index for all of them: with offsets between them C2 does not.
 *
 * <p>A caller takes {@link #drive}, and if nothing wrapped or left its limits one of the resets, then {@link #collect}; else it does the block
 * compartment by compartment, since accumulators and voltages are as before.
 */
public final class IntegrateAndFire {
    /** Set in a code of a compartment that fired; bit 0 says that it was active. */
    public static final int FIRED = 1 << 16;
    private static final int GROUP = 8;

    private IntegrateAndFire() { }

    /**
     * Adds input and bias to voltages.
     *
     * @param acc           accumulators, at {@code slot} compartment 0
     * @param unused        bits of an int that an accumulator does not have
     * @param unusedCurrent bits of an int that a current does not have
     * @param driven        result: voltages before limits, thresholds and resets
     * @return not 0 if an accumulator wrapped or a voltage left {@code min .. max}
     */
    public static int drive(int[] acc, int[] v, int[] bias, int[] driven, int unused, int unusedCurrent, int min, int max, int from, int to) {
        int odd = 0;
        for (int i = from; i < to; i++) {
            int q = acc[i];
            int wrapped = q << unused >> unused;
            int x = v[i] + (wrapped + bias[i] << unusedCurrent >> unusedCurrent);
            driven[i] = x;
            odd |= q ^ wrapped | x - min >> 31 | max - x >> 31;
        }
        return odd;
    }

    /** Voltages above the threshold lose it; clears accumulators, writes voltages and codes. */
    public static void resetSoft(int[] acc, int[] v, int[] driven, int[] threshold, int[] code, int from, int to) {
        for (int i = from; i < to; i++) {
            int x = driven[i];
            int fires = threshold[i] - x >> 31;
            int now = x - (threshold[i] & fires);
            int changed = acc[i] | now ^ v[i];
            acc[i] = 0;
            v[i] = now;
            code[i] = ((changed | -changed) >>> 31) - (fires << 16);
        }
    }

    /** Voltages above the threshold become 0; clears accumulators, writes voltages and codes. */
    public static void resetHard(int[] acc, int[] v, int[] driven, int[] threshold, int[] code, int from, int to) {
        for (int i = from; i < to; i++) {
            int x = driven[i];
            int fires = threshold[i] - x >> 31;
            int now = x & ~fires;
            int changed = acc[i] | now ^ v[i];
            acc[i] = 0;
            v[i] = now;
            code[i] = ((changed | -changed) >>> 31) - (fires << 16);
        }
    }

    /**
     * Lists the compartments of a block that fired. Groups of eight are summed first and those with spikes noted without a branch, since which
     * these are cannot be predicted.
     *
     * @param code    codes of at most 65,535 compartments
     * @param spikes  result: compartments that fired, from {@code n} on; the element after the last may be written too
     * @param before  result: active compartments before each of them
     * @param n       spikes before the block
     * @param active  active compartments before the block
     * @param scratch at least {@code (to - from) / 4 + 2} elements
     * @return active compartments of the block and, from bit 16 on, spikes
     */
    public static int collect(int[] code, int[] spikes, int[] before, int n, int active, int[] scratch, int from, int to) {
        int total = 0;
        int groups = 0;
        int i = from;
        for (; i < to - (GROUP - 1); i += GROUP) {
            int sum = code[i] + code[i + 1] + code[i + 2] + code[i + 3] + code[i + 4] + code[i + 5] + code[i + 6] + code[i + 7];
            scratch[groups] = i;
            scratch[groups + 1] = total;
            groups += -(sum >>> 16) >>> 31 << 1;
            total += sum;
        }
        for (int g = 0; g < groups; g += 2) {
            list(code, scratch[g + 1], spikes, before, n, active, scratch[g], scratch[g] + GROUP);
        }
        return list(code, total, spikes, before, n, active, i, to);
    }

    private static int list(int[] code, int counts, int[] spikes, int[] before, int n, int active, int from, int to) {
        int total = counts;
        for (int i = from; i < to; i++) {
            int at = n + (total >>> 16);
            // Written in any case, counted if it fired.
            spikes[at] = i;
            before[at] = active + (total & 0xFFFF);
            total += code[i];
        }
        return total;
    }
}
