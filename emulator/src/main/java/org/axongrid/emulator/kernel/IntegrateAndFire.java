package org.axongrid.emulator.kernel;

/**
 * The update of compartments without leak, synaptic current memory, noise and dead time, in loops without branches, which C2 turns into vector
 * instructions. All arrays go by compartment, and every loop uses one and the same index for all of them: with offsets between them C2 does not.
 *
 * <p>A caller takes {@link #drive}, and if nothing left its limits one of the resets, then {@link FiredCodes#collect}; else it does the block
 * compartment by compartment, since accumulators and voltages are as before.
 */
public final class IntegrateAndFire {
    private IntegrateAndFire() { }

    /**
     * Adds input and bias to voltages.
     *
     * @param acc    accumulators
     * @param driven result: voltages before limits, thresholds and resets
     * @param limit  a power of two; accumulators of {@code -limit .. limit - 1} are taken
     * @return not 0 if an accumulator is another one or a voltage left {@code min .. max}
     */
    public static int drive(int[] acc, int[] v, int[] bias, int[] driven, int limit, int min, int max, int from, int to) {
        int outside = -2 * limit;
        int odd = 0;
        for (int i = from; i < to; i++) {
            int q = acc[i];
            int x = v[i] + (q + bias[i]);
            driven[i] = x;
            odd |= q + limit & outside | (x - min | max - x) & Integer.MIN_VALUE;
        }
        return odd;
    }

    /** Voltages above the threshold lose it; clears accumulators, writes voltages and codes ({@link FiredCodes}). */
    public static void resetSoft(int[] acc, int[] v, int[] driven, int[] threshold, int[] lane, int[] code, int from, int to) {
        for (int i = from; i < to; i++) {
            int x = driven[i];
            int fires = threshold[i] - x >> 31;
            int now = x - (threshold[i] & fires);
            int changed = acc[i] | now ^ v[i];
            acc[i] = 0;
            v[i] = now;
            code[i] = lane[i] & ((changed | -changed) >> 31 & 0xFFFF | fires << 16);
        }
    }

    /** Voltages that reach the threshold lose it, as neuron programs of converted networks have it; clears accumulators, writes voltages and codes. */
    public static void resetReached(int[] acc, int[] v, int[] driven, int[] threshold, int[] lane, int[] code, int from, int to) {
        for (int i = from; i < to; i++) {
            int x = driven[i];
            int fires = threshold[i] - 1 - x >> 31;
            int now = x - (threshold[i] & fires);
            int changed = acc[i] | now ^ v[i];
            acc[i] = 0;
            v[i] = now;
            code[i] = lane[i] & ((changed | -changed) >> 31 & 0xFFFF | fires << 16);
        }
    }

    /** Voltages above the threshold become 0; clears accumulators, writes voltages and codes ({@link FiredCodes}). */
    public static void resetHard(int[] acc, int[] v, int[] driven, int[] threshold, int[] lane, int[] code, int from, int to) {
        for (int i = from; i < to; i++) {
            int x = driven[i];
            int fires = threshold[i] - x >> 31;
            int now = x & ~fires;
            int changed = acc[i] | now ^ v[i];
            acc[i] = 0;
            v[i] = now;
            code[i] = lane[i] & ((changed | -changed) >> 31 & 0xFFFF | fires << 16);
        }
    }
}
