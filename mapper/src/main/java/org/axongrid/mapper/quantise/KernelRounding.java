package org.axongrid.mapper.quantise;

import java.util.Arrays;
import java.util.Comparator;
import org.axongrid.mapper.network.Projection;

/**
 * Rounds a kernel so that sums survive. Each weight is rounded to the nearest integer; then, for each pair of input and output channel, as
 * many weights as need be are rounded the other way (those that lose least by it) until the taps' sum is right to half a unit, and last
 * the same over all of an output channel's weights.
 *
 * <p>Neighbouring pixels and the members of a pooling window spike together, so that what counts is less the error of a weight than that of
 * a sum of weights: plain rounding leaves the sum of n weights wrong by about {@code sqrt(n / 12)} units, in each step again.
 */
final class KernelRounding {
    private final double[] real;
    private final int[] rounded;
    private final int limit;

    private KernelRounding(double[] real, int limit) {
        this.real = real;
        this.limit = limit;
        this.rounded = Arrays.stream(real).mapToInt(w -> (int) Math.rint(w)).toArray();
    }

    /**
     * @param p     the projection
     * @param real  its kernel in units
     * @param limit largest magnitude of an integer weight
     * @return the integers
     */
    static int[] round(Projection p, double[] real, int limit) {
        KernelRounding kernel = new KernelRounding(real, limit);
        int taps = p.kernelH() * p.kernelW();
        int length = p.outPerGroup();
        int perGroup = p.inPerGroup();
        for (int group = 0; group < p.groups(); group++) {
            for (int k = 0; k < length; k++) {
                int[] all = new int[perGroup * taps];
                int n = 0;
                for (int i = 0; i < perGroup; i++) {
                    int ci = group * perGroup + i;
                    for (int tap = 0; tap < taps; tap++) {
                        all[n++] = p.row(tap / p.kernelW(), tap % p.kernelW(), ci) + k;
                    }
                    if (taps > 1) {
                        kernel.repair(Arrays.copyOfRange(all, n - taps, n));
                    }
                }
                kernel.repair(all);
            }
        }
        return kernel.rounded;
    }

    /** Brings the error of the sum over these weights to half a unit at most. */
    private void repair(int[] members) {
        double error = 0;
        for (int at : members) {
            error += rounded[at] - real[at];
        }
        int flips = (int) Math.rint(error);
        if (flips == 0) {
            return;
        }
        int direction = flips > 0 ? -1 : 1;
        // Cheapest first: a weight that was rounded up by 0.49 loses next to nothing when it goes down. Ties go by place.
        Integer[] order = new Integer[members.length];
        Arrays.setAll(order, i -> members[i]);
        Arrays.sort(order, Comparator.comparingDouble(at -> (rounded[at] - real[at]) * direction));
        int left = Math.abs(flips);
        for (int i = 0; i < order.length && left > 0; i++) {
            int at = order[i];
            int next = rounded[at] + direction;
            if (Math.abs(next) <= limit && Math.abs(next - real[at]) < 1) {
                rounded[at] = next;
                left--;
            }
        }
    }
}
