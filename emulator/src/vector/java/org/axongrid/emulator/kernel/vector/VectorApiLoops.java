package org.axongrid.emulator.kernel.vector;

import org.axongrid.emulator.kernel.LaneRows;
import org.axongrid.emulator.kernel.LeakyRange;
import org.axongrid.emulator.kernel.VectorLoops;

/** The one implementation of {@link VectorLoops}. */
public final class VectorApiLoops extends VectorLoops {
    @Override
    public void add(int[] acc, int at, int[] a, int n) {
        VectorRows.add(acc, at, a, n);
    }

    @Override
    public void addScaled(int[] acc, int at, int[] a, int factor, int n) {
        VectorRows.addScaled(acc, at, a, factor, n);
    }

    @Override
    public void add(int[] acc, int at, int[] a, int[] b, int n) {
        VectorRows.add(acc, at, a, b, n);
    }

    @Override
    public void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int n) {
        VectorRows.add(acc, at, a, b, c, d, n);
    }

    @Override
    public void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int n) {
        VectorRows.add(acc, at, a, b, c, d, e, f, g, h, n);
    }

    @Override
    public void addLanes(long[] w, int base, int longs, char[] channel, int from, int to, long[] out, int at) {
        if (longs == LaneRows.FOUR) {
            VectorLanes.four(w, base, channel, from, to, out, at);
        } else if (longs == LaneRows.EIGHT) {
            VectorLanes.eight(w, base, channel, from, to, out, at);
        } else {
            VectorLanes.sixteen(w, base, channel, from, to, out, at);
        }
    }

    @Override
    public void addLanes(long[] w, int base, int second, int third, int longs, char[] channel, int from, int to, long[] out, int at, int at2, int at3) {
        if (longs == LaneRows.FOUR) {
            VectorLanes.four(w, base, second, third, channel, from, to, out, at, at2, at3);
            return;
        }
        int shift = longs == LaneRows.EIGHT ? 3 : 4;
        int step = longs == VectorLanes.W ? VectorLanes.W : 2 * VectorLanes.W;
        for (int k = 0; k < longs; k += step) {
            if (longs == VectorLanes.W) {
                VectorLanes.wide(w, base, second, third, shift, channel, from, to, out, at, at2, at3);
            } else {
                VectorLanes.twice(w, base + k, second + k, third + k, shift, channel, from, to, out, at + k, at2 + k, at3 + k);
            }
        }
    }

    @Override
    public int integrateAndFire(int[] acc, int at, int[] v, int[] bias, int[] threshold, boolean soft, int limit, int min, int max, int from, int to,
                                int[] undo, int[] spikes, int[] before, int n, int active) {
        return VectorIntegrateAndFire.update(acc, at, v, bias, threshold, soft, limit, min, max, from, to, undo, spikes, before, n, active);
    }

    @Override
    public int leakyIntegrateAndFire(int[] acc, int at, int[] u, int[] v, int[] bias, int[] threshold, int[] dead, LeakyRange range, int from, int to,
                                     int[] beside, int[] spikes, int[] before, int n, int active) {
        return VectorLeakyIntegrateAndFire.update(acc, at, u, v, bias, threshold, dead, range, from, to, beside, spikes, before, n, active);
    }
}
