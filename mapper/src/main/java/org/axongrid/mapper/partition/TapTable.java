package org.axongrid.mapper.partition;

import org.axongrid.isa.layer.LayerTaps;
import org.axongrid.mapper.network.Projection;

/** Turns a projection's geometry round: by target position the source positions that reach it, and by which kernel taps. */
public final class TapTable {
    private TapTable() { }

    /** @return the taps of a projection; tap {@code ky * kernelW + kx} */
    public static LayerTaps of(Projection p) {
        int width = p.sourceShape().width();
        int[] first = new int[p.targetShape().positions() + 1];
        for (int s = 0; s < p.sourceShape().positions(); s++) {
            p.forEachTap(s / width, s % width, (target, ky, kx) -> first[target + 1]++);
        }
        for (int t = 1; t < first.length; t++) {
            first[t] += first[t - 1];
        }
        int[] source = new int[first[first.length - 1]];
        int[] tap = new int[source.length];
        int[] next = first.clone();
        for (int s = 0; s < p.sourceShape().positions(); s++) {
            int own = s;
            p.forEachTap(s / width, s % width, (target, ky, kx) -> {
                int at = next[target]++;
                int number = ky * p.kernelW() + kx;
                // Overlapping windows bring a source's taps out of order.
                while (at > first[target] && source[at - 1] == own && tap[at - 1] > number) {
                    source[at] = own;
                    tap[at] = tap[at - 1];
                    at--;
                }
                source[at] = own;
                tap[at] = number;
            });
        }
        return new LayerTaps(p.kernelH() * p.kernelW(), first, source, tap);
    }
}
