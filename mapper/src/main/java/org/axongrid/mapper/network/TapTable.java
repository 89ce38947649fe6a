package org.axongrid.mapper.network;

import java.util.Arrays;

/**
 * A projection's taps by source position, as flat arrays: which target positions a source position reaches and with which kernel rows. The
 * plain simulators walk it for each spike.
 */
public final class TapTable {
    private final Projection projection;
    private final int[] start;
    private final int[] target;
    private final int[] kernel;

    /** @param p the projection */
    public TapTable(Projection p) {
        projection = p;
        int width = p.sourceShape().width();
        start = new int[p.sourceShape().positions() + 1];
        Collector taps = new Collector();
        for (int position = 0; position + 1 < start.length; position++) {
            p.forEachTap(position / width, position % width, taps);
            start[position + 1] = taps.size;
        }
        target = Arrays.copyOf(taps.target, taps.size);
        kernel = Arrays.copyOf(taps.kernel, taps.size);
    }

    /** @return the projection */
    public Projection projection() {
        return projection;
    }

    /** @return first tap of source position {@code position}; its last is before {@code first(position + 1)} */
    public int first(int position) {
        return start[position];
    }

    /** @return index of the first target neuron that tap {@code tap} of source channel {@code ci} reaches; the others follow it */
    public int targetNeuron(int tap, int ci) {
        return target[tap] + projection.firstOutChannel(ci);
    }

    /** @return offset of the kernel row of tap {@code tap} and source channel {@code ci} */
    public int kernelRow(int tap, int ci) {
        return kernel[tap] + ci * projection.outPerGroup();
    }

    private final class Collector implements Projection.TapVisitor {
        int[] target = new int[64];
        int[] kernel = new int[64];
        int size;

        @Override
        public void tap(int targetPosition, int ky, int kx) {
            if (size == target.length) {
                target = Arrays.copyOf(target, 2 * size);
                kernel = Arrays.copyOf(kernel, 2 * size);
            }
            target[size] = targetPosition * projection.targetShape().channels();
            kernel[size++] = projection.row(ky, kx, 0);
        }
    }
}
