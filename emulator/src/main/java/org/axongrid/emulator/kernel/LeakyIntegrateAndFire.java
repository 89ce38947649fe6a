package org.axongrid.emulator.kernel;

/**
 * The update of compartments with decaying currents and voltages and dead times (project reference on Loihi, section 2.2), in loops without branches,
 * as {@link IntegrateAndFire}: {@link #decay} of currents and of voltages, {@link #drive}, and if nothing left its limits {@link #reset} and
 * {@link FiredCodes#collect}. Until then nothing is overwritten.
 */
public final class LeakyIntegrateAndFire {
    private LeakyIntegrateAndFire() { }

    /**
     * Decays towards zero as the chip does, on the magnitude: {@code sign(x) * (|x| * kept >> 12)}. The product of a magnitude's upper part is whole
     * and that of its lower twelve bits fits an int, so that no long is needed.
     *
     * @param x       registers, magnitudes below 2^30
     * @param decayed result
     * @param kept    parts of 4096 that stay, 0..4096
     */
    public static void decay(int[] x, int[] decayed, int kept, int from, int to) {
        for (int i = from; i < to; i++) {
            decayed[i] = decayed(x[i], kept);
        }
    }

    /** @return one register decayed, as {@link #decay(int[], int[], int, int, int)} */
    public static int decayed(int x, int kept) {
        int sign = x >> 31;
        int magnitude = (x ^ sign) - sign;
        int left = (magnitude >> 12) * kept + ((magnitude & 0xFFF) * kept >> 12);
        return (left ^ sign) - sign;
    }

    /**
     * Adds input to currents, and these and biases to voltages.
     *
     * @param current decayed currents; result: new ones
     * @param driven  decayed voltages; result: voltages before limits, thresholds and resets
     * @return not 0 if an accumulator, a current or a voltage left its limits
     */
    public static int drive(int[] acc, int[] current, int[] driven, int[] bias, LeakyRange range, int from, int to) {
        final int limit = range.limit();
        final int outside = -2 * limit;
        final int currentLimit = range.currentLimit();
        final int outsideCurrent = -2 * currentLimit;
        final int min = range.min();
        final int max = range.max();
        int odd = 0;
        for (int i = from; i < to; i++) {
            int c = current[i] + acc[i];
            int in = c + bias[i];
            int x = driven[i] + in;
            current[i] = c;
            driven[i] = x;
            odd |= acc[i] + limit & outside | (c + currentLimit | in + currentLimit) & outsideCurrent | (x - min | max - x) & Integer.MIN_VALUE;
        }
        return odd;
    }

    /**
     * Counts dead times down; voltages in them are 0.
     *
     * @param dead   steps of dead time left
     * @param driven voltages before thresholds and resets
     */
    public static void wake(int[] dead, int[] driven, int from, int to) {
        for (int i = from; i < to; i++) {
            int left = dead[i] - 1;
            int awake = left >> 31;
            driven[i] &= awake;
            dead[i] = left & ~awake;
        }
    }

    /** Fires and resets; clears accumulators, writes voltages and codes ({@link FiredCodes}). */
    public static void reset(int[] acc, int[] v, int[] driven, int[] threshold, int[] lane, int[] code, LeakyRange range, int from, int to) {
        final int can = range.fires();
        final int subtracts = range.subtracts();
        for (int i = from; i < to; i++) {
            int x = driven[i];
            int fires = threshold[i] - x >> 31 & can;
            int now = x & ~fires | x - threshold[i] & fires & subtracts;
            int changed = acc[i] | now ^ v[i];
            acc[i] = 0;
            v[i] = now;
            code[i] = lane[i] & ((changed | -changed) >> 31 & 0xFFFF | fires << 16);
        }
    }

    /** Dead time begins for those that fired. */
    public static void tire(int[] dead, int[] code, int deadAfter, int from, int to) {
        for (int i = from; i < to; i++) {
            dead[i] |= -(code[i] >>> 16) >> 31 & deadAfter;
        }
    }
}
