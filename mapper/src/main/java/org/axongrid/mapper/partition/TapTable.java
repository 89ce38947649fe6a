package org.axongrid.mapper.partition;

import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentHashMap;
import org.axongrid.isa.layer.LayerTaps;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/** Turns a projection's geometry round: by target position the source positions that reach it, and by which kernel taps. */
public final class TapTable {
    /** Layers of one geometry are many, and each is asked for by every strategy that is tried; softly, so that memory comes first. */
    private static final ConcurrentHashMap<Projection, SoftReference<LayerTaps>> KNOWN = new ConcurrentHashMap<>();

    private TapTable() { }

    /** @return the taps of a projection; tap {@code ky * kernelW + kx} */
    public static LayerTaps of(Projection p) {
        // Which populations they are and how channels are grouped is of no consequence.
        Projection geometry = new Projection(0, 1, new Shape(1, p.sourceShape().height(), p.sourceShape().width()),
            new Shape(1, p.targetShape().height(), p.targetShape().width()), p.pool(), p.kernelH(), p.kernelW(), p.strideH(), p.strideW(), p.padTop(),
            p.padLeft(), p.dilationH(), p.dilationW(), 1);
        SoftReference<LayerTaps> known = KNOWN.get(geometry);
        LayerTaps taps = known == null ? null : known.get();
        if (taps == null) {
            taps = make(geometry);
            KNOWN.values().removeIf(r -> r.get() == null);
            KNOWN.put(geometry, new SoftReference<>(taps));
        }
        return taps;
    }

    private static LayerTaps make(Projection p) {
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
