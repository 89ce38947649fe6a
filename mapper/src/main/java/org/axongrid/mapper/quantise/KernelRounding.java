package org.axongrid.mapper.quantise;

import java.util.Arrays;
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

    private final double[] kernel;
    /** By output channel: what weights are divided by; a copy of all of them in units would take as much memory as the kernel. */
    private final double[] unit;
    private final int[] rounded;
    private final int limit;

    private KernelRounding(Projection p, double[] kernel, double[] unit, int limit) {
        this.kernel = kernel;
        this.unit = unit;
        this.limit = limit;
        rounded = new int[kernel.length];
        int length = p.outPerGroup();
        for (int row = 0; row < kernel.length; row += length) {
            int first = p.firstOutChannel(row / length % p.sourceShape().channels());
            for (int k = 0; k < length; k++) {
                rounded[row + k] = (int) Math.rint(kernel[row + k] / unit[first + k]);
            }
        }
    }

    /** A kernel that is in units already. */
    static int[] round(Projection p, double[] exact, int limit) {
        double[] one = new double[p.targetShape().channels()];
        Arrays.fill(one, 1);
        return round(p, exact, one, limit);
    }

    /**
     * @param p     the projection
     * @param real  its kernel
     * @param unit  by output channel: the real value of a step of its weights
     * @param limit largest magnitude of an integer weight
     * @return the integers
     */
    static int[] round(Projection p, double[] real, double[] unit, int limit) {
        KernelRounding kernel = new KernelRounding(p, real, unit, limit);
        int taps = p.kernelH() * p.kernelW();
        int length = p.outPerGroup();
        int perGroup = p.inPerGroup();
        // Output channels share no weight, so that the order in which they are done is of no consequence.
        IntStream channels = IntStream.range(0, p.groups() * length);
        (real.length > PARALLEL_MIN ? channels.parallel() : channels).forEach(channel -> {
            int group = channel / length;
            int[] all = new int[perGroup * taps];
            double[] cost = new double[all.length];
            int n = 0;
            for (int i = 0; i < perGroup; i++) {
                int ci = group * perGroup + i;
                for (int tap = 0; tap < taps; tap++) {
                    all[n++] = p.row(tap / p.kernelW(), tap % p.kernelW(), ci) + channel % length;
                }
                if (taps > 1) {
                    kernel.repair(all, n - taps, n, cost, unit[channel]);
                }
            }
            kernel.repair(all, 0, n, cost, unit[channel]);
        });
        return kernel.rounded;
    }

    /** Brings the error of the sum over the weights {@code members[from .. to - 1]} to half a unit at most. */
    private void repair(int[] members, int from, int to, double[] cost, double step) {
        double error = 0;
        for (int i = from; i < to; i++) {
            error += rounded[members[i]] - kernel[members[i]] / step;
        }
        int flips = (int) Math.rint(error);
        if (flips == 0) {
            return;
        }
        int direction = flips > 0 ? -1 : 1;
        // Cheapest first: a weight that was rounded up by 0.49 loses next to nothing when it goes down. Ties go by place.
        for (int i = from; i < to; i++) {
            cost[i] = (rounded[members[i]] - kernel[members[i]] / step) * direction;
        }
        int[] cheapest = cheapest(members, from, to, cost, direction, Math.abs(flips), step);
        for (int i : cheapest) {
            rounded[members[i]] += direction;
        }
    }

    /** @return the {@code most} members that lose least, of those that can be rounded the other way; fewer if there are not so many */
    private int[] cheapest(int[] members, int from, int to, double[] cost, int direction, int most, double step) {
        // A heap with the dearest one on top: most members are dearer than that and go no further.
        int[] heap = new int[Math.min(most, to - from)];
        int size = 0;
        for (int i = from; i < to; i++) {
            if (size == heap.length && !dearer(heap[0], i, cost) || !flips(members[i], direction, step)) {
                continue;
            }
            if (size < heap.length) {
                int at = size++;
                while (at > 0 && dearer(i, heap[at - 1 >> 1], cost)) {
                    heap[at] = heap[at - 1 >> 1];
                    at = at - 1 >> 1;
                }
                heap[at] = i;
                continue;
            }
            int at = 0;
            while (2 * at + 1 < size) {
                int child = 2 * at + 1;
                child += child + 1 < size && dearer(heap[child + 1], heap[child], cost) ? 1 : 0;
                if (!dearer(heap[child], i, cost)) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = i;
        }
        return Arrays.copyOf(heap, size);
    }

    /** @return whether member {@code a} loses more than {@code b}, or as much and lies further on */
    private static boolean dearer(int a, int b, double[] cost) {
        int order = cost[a] < cost[b] ? -1 : cost[a] > cost[b] ? 1 : Double.compare(cost[a], cost[b]);
        return order != 0 ? order > 0 : a > b;
    }

    /** @return whether a weight that is rounded the other way is in range and the next integer on that side */
    private boolean flips(int at, int direction, double step) {
        int next = rounded[at] + direction;
        return Math.abs(next) <= limit && Math.abs(next - kernel[at] / step) < 1;
    }
}
