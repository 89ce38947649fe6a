package org.axongrid.mapper.quantise;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
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
    /** Smaller kernels take less time than to deal their channels to threads. */
    private static final int PARALLEL_MIN = 1 << 16;
    /** Weights to flip up to which the cheapest ones are looked for one by one. */
    private static final int SEARCHED_MAX = 64;

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
        // Output channels share no weight, so that the order in which they are done is of no consequence.
        IntStream channels = IntStream.range(0, p.groups() * length);
        (real.length > PARALLEL_MIN ? channels.parallel() : channels).forEach(channel -> {
            int group = channel / length;
            int[] all = new int[perGroup * taps];
            int n = 0;
            for (int i = 0; i < perGroup; i++) {
                int ci = group * perGroup + i;
                for (int tap = 0; tap < taps; tap++) {
                    all[n++] = p.row(tap / p.kernelW(), tap % p.kernelW(), ci) + channel % length;
                }
                if (taps > 1) {
                    kernel.repair(Arrays.copyOfRange(all, n - taps, n));
                }
            }
            kernel.repair(all);
        });
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
        double[] cost = new double[members.length];
        for (int i = 0; i < cost.length; i++) {
            cost[i] = (rounded[members[i]] - real[members[i]]) * direction;
        }
        int left = Math.abs(flips);
        if (left > SEARCHED_MAX) {
            Integer[] order = new Integer[members.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingDouble(i -> cost[i]));
            for (int i = 0; i < order.length && left > 0; i++) {
                if (flips(members[order[i]], direction)) {
                    rounded[members[order[i]]] += direction;
                    left--;
                }
            }
            return;
        }
        // Most often a few weights of many: looking for the next cheapest one takes less time than sorting all.
        boolean[] out = new boolean[cost.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = !flips(members[i], direction);
        }
        for (; left > 0; left--) {
            int next = -1;
            for (int i = 0; i < cost.length; i++) {
                if (!out[i] && (next < 0 || Double.compare(cost[i], cost[next]) < 0)) {
                    next = i;
                }
            }
            if (next < 0) {
                return;
            }
            out[next] = true;
            rounded[members[next]] += direction;
        }
    }

    /** @return whether a weight that is rounded the other way is in range and the next integer on that side */
    private boolean flips(int at, int direction) {
        int next = rounded[at] + direction;
        return Math.abs(next) <= limit && Math.abs(next - real[at]) < 1;
    }
}
