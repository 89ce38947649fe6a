package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.network.Projection;

/** The state of a max-pool population: see {@link org.axongrid.mapper.schedule.NeuronRule.Kind#MAX_POOL}. */
final class InhibitionPool {
    private final int[][] members;
    /** By window and member what it has received and the pool has not sent; a member of two windows has a sum in each. */
    private final long[][] sums;
    private final int[] arrived;

    /** @param p the depthwise windows from the pooled population to the pool */
    InhibitionPool(Projection p) {
        int channels = p.sourceShape().channels();
        if (p.groups() != channels || p.targetShape().channels() != channels || p.pool().area() != 1) {
            throw new IllegalArgumentException("a max pool has a window for each channel");
        }
        int[] size = new int[p.targetShape().size()];
        members = new int[size.length][p.kernelH() * p.kernelW()];
        arrived = new int[p.sourceShape().size()];
        for (int y = 0; y < p.sourceShape().height(); y++) {
            for (int x = 0; x < p.sourceShape().width(); x++) {
                int first = p.sourceShape().index(0, y, x);
                p.forEachTap(y, x, (position, ky, kx) -> {
                    for (int c = 0; c < channels; c++) {
                        int to = position * channels + c;
                        members[to][size[to]++] = first + c;
                    }
                });
            }
        }
        for (int i = 0; i < members.length; i++) {
            members[i] = Arrays.copyOf(members[i], size[i]);
        }
        sums = Arrays.stream(members).map(window -> new long[window.length]).toArray(long[][]::new);
    }

    void clear() {
        for (long[] window : sums) {
            Arrays.fill(window, 0);
        }
    }

    /** One step: adds what arrives, sends each window's largest sum and takes it off all of its members. */
    void step(SpikeList in, SpikeList out) {
        for (int i = 0; i < in.count(); i++) {
            arrived[in.neurons()[i]] = in.payloads()[i];
        }
        for (int cell = 0; cell < members.length; cell++) {
            long[] sum = sums[cell];
            long largest = sum.length == 0 ? 0 : Long.MIN_VALUE;
            for (int m = 0; m < sum.length; m++) {
                sum[m] += arrived[members[cell][m]];
                largest = Math.max(largest, sum[m]);
            }
            if (largest != 0) {
                out.add(cell, Math.toIntExact(largest));
                for (int m = 0; m < sum.length; m++) {
                    sum[m] -= largest;
                }
            }
        }
        for (int i = 0; i < in.count(); i++) {
            arrived[in.neurons()[i]] = 0;
        }
    }
}
