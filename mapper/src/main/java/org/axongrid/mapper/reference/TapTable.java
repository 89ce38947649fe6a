package org.axongrid.mapper.reference;

import org.axongrid.mapper.network.Projection;

/**
 * What {@link Projection#forEachTap} visits, tabled by source position, so that simulators need not work it out for each spike.
 */
final class TapTable {
    private final int[] start;
    private final int[] target;
    private final int[] tap;

    /** @param projection the geometry */
    TapTable(Projection projection) {
        int width = projection.sourceShape().width();
        int positions = projection.sourceShape().positions();
        start = new int[positions + 1];
        for (int s = 0; s < positions; s++) {
            int[] n = {0};
            projection.forEachTap(s / width, s % width, (position, ky, kx) -> n[0]++);
            start[s + 1] = Math.addExact(start[s], n[0]);
        }
        target = new int[start[positions]];
        tap = new int[start[positions]];
        for (int s = 0; s < positions; s++) {
            int[] at = {start[s]};
            projection.forEachTap(s / width, s % width, (position, ky, kx) -> {
                target[at[0]] = position;
                tap[at[0]++] = ky * projection.kernelW() + kx;
            });
        }
    }

    /** @return index of the first tap of source position {@code s}; its last is before {@code first(s + 1)} */
    int first(int s) {
        return start[s];
    }

    /** @return the target position that tap {@code i} reaches */
    int target(int i) {
        return target[i];
    }

    /** @return the kernel position of tap {@code i}: {@code ky * kernelW + kx} */
    int kernelPosition(int i) {
        return tap[i];
    }
}
