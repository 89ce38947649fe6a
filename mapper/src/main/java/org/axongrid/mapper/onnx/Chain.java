package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Shape;

/**
 * Two weighted windows one behind the other with nothing between, as one: windows of windows. Where the second reads zeros around the map that the first
 * makes, the taps that would lie there are left out, so that the result differs at the border.
 */
final class Chain {
    private final Kernel first;
    private final Kernel second;
    private final Shape between;
    private final Shape target;
    private final Axis rows;
    private final Axis columns;

    /**
     * One direction of the chain.
     *
     * @param classes  class by row (or column) of the target
     * @param members  a row of each class
     * @param dilation distance of the result's taps
     * @param taps     their number
     */
    private record Axis(int[] classes, int[] members, int dilation, int taps) { }

    private Chain(Kernel first, Kernel second, Shape between, Shape target) {
        this.first = first;
        this.second = second;
        this.between = between;
        this.target = target;
        this.rows = axis(true);
        this.columns = axis(false);
    }

    /**
     * @param first   from a map to another
     * @param second  from that to the target
     * @param between rows and columns of the other map
     * @param target  rows and columns of the target
     * @return from the map to the target
     * @throws Refusal if it is too large
     */
    static Kernel of(Kernel first, Kernel second, Shape between, Shape target) {
        return new Chain(first, second, between, target).kernel();
    }

    /** Which taps of the second lie inside, and in which class of the first, says what class a row of the target is of. */
    private Axis axis(boolean row) {
        int extent = row ? target.height() : target.width();
        List<List<Integer>> keys = new ArrayList<>();
        for (int at = 0; at < extent; at++) {
            List<Integer> key = new ArrayList<>();
            key.add(second.border() == null ? 0 : row ? second.border().rows()[at] : second.border().columns()[at]);
            for (int k = 0; k < (row ? second.kernelH() : second.kernelW()); k++) {
                key.add(inner(row, at, k));
            }
            keys.add(key);
        }
        int[] classes = Border.classify(keys);
        int[] members = new int[Border.classes(classes)];
        for (int at = extent - 1; at >= 0; at--) {
            members[classes[at]] = at;
        }
        int outer = row ? second.kernelH() : second.kernelW();
        int inner = row ? first.kernelH() : first.kernelW();
        int outerStep = Math.multiplyExact(row ? second.dilationH() : second.dilationW(), row ? first.strideH() : first.strideW());
        int innerStep = row ? first.dilationH() : first.dilationW();
        int dilation = outer == 1 ? innerStep : inner == 1 ? outerStep : greatestCommonDivisor(outerStep, innerStep);
        long span = (outer - 1L) * outerStep + (inner - 1L) * innerStep;
        if (span / dilation >= Value.MOST_ELEMENTS) {
            throw tooLarge(span / dilation + 1);
        }
        return new Axis(classes, members, inner == 1 && outer == 1 ? 1 : dilation, (int) (span / dilation) + 1);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** @return the class in the first of what tap {@code k} of the second reads, -1 outside of the map between */
    private int inner(boolean row, int at, int k) {
        long u = row ? second.row(at, k) : second.column(at, k);
        if (u < 0 || u >= (row ? between.height() : between.width())) {
            return -1;
        }
        return first.border() == null ? 0 : row ? first.border().rows()[(int) u] : first.border().columns()[(int) u];
    }

    private Kernel kernel() {
        int groups = greatestCommonDivisor(first.groups(), second.groups());
        long size = (long) rows.taps * columns.taps * first.inChannels() * (second.outChannels() / groups);
        if (size * rows.members.length * columns.members.length > 4L * Value.MOST_ELEMENTS) {
            throw tooLarge(size * rows.members.length * columns.members.length);
        }
        double[][] kernels = new double[rows.members.length * columns.members.length][];
        for (int r = 0; r < rows.members.length; r++) {
            for (int c = 0; c < columns.members.length; c++) {
                kernels[r * columns.members.length + c] = product(groups, rows.members[r], columns.members[c], (int) size);
            }
        }
        boolean alike = Arrays.stream(kernels).allMatch(k -> Arrays.equals(k, kernels[0]));
        return new Kernel(rows.taps, columns.taps, Math.multiplyExact(first.strideH(), second.strideH()), Math.multiplyExact(first.strideW(), second.strideW()),
            pad(second.padTop(), first.strideH(), first.padTop()), pad(second.padLeft(), first.strideW(), first.padLeft()), rows.dilation, columns.dilation,
            groups, first.inChannels(), second.outChannels(), kernels[0], alike ? null : new Border(rows.classes, columns.classes, kernels));
    }

    private static int pad(int outer, int stride, int inner) {
        return Math.addExact(Math.multiplyExact(outer, stride), inner);
    }

    private static Refusal tooLarge(long weights) {
        return new Refusal("linear layers with nothing between them give a kernel of " + weights + " weights together, which is too large");
    }

    /** The weights of the target cell ({@code y}, {@code x}). */
    private double[] product(int groups, int y, int x, int size) {
        double[] out = new double[size];
        for (int ky = 0; ky < second.kernelH(); ky++) {
            int rowClass = inner(true, y, ky);
            for (int kx = 0; rowClass >= 0 && kx < second.kernelW(); kx++) {
                int columnClass = inner(false, x, kx);
                if (columnClass < 0) {
                    continue;
                }
                double[] inner = first.kernel(rowClass, columnClass);
                double[] outer = second.border() == null ? second.kernel()
                    : second.border().kernel(second.border().rows()[y], second.border().columns()[x]);
                for (int jy = 0; jy < first.kernelH(); jy++) {
                    for (int jx = 0; jx < first.kernelW(); jx++) {
                        int ty = (ky * second.dilationH() * first.strideH() + jy * first.dilationH()) / rows.dilation;
                        int tx = (kx * second.dilationW() * first.strideW() + jx * first.dilationW()) / columns.dilation;
                        add(groups, inner, jy * first.kernelW() + jx, outer, ky * second.kernelW() + kx, out, ty * columns.taps + tx);
                    }
                }
            }
        }
        return out;
    }

    /** Adds the product of a tap of the first and one of the second to a tap of the result. */
    private void add(int groups, double[] inner, int innerTap, double[] outer, int outerTap, double[] out, int tap) {
        int middle = first.outChannels();
        int length = second.outChannels() / groups;
        int ownIn = first.inChannels() / first.groups();
        int nextIn = middle / second.groups();
        int innerLength = first.rowLength();
        int outerLength = second.rowLength();
        for (int c = 0; c < first.inChannels(); c++) {
            int to = (tap * first.inChannels() + c) * length - c / (first.inChannels() / groups) * length;
            for (int m = 0; m < innerLength; m++) {
                double w = inner[(innerTap * first.inChannels() + c) * innerLength + m];
                int mid = c / ownIn * innerLength + m;
                int firstOut = mid / nextIn * outerLength;
                int from = (outerTap * middle + mid) * outerLength;
                for (int o = 0; w != 0 && o < outerLength; o++) {
                    out[to + firstOut + o] += w * outer[from + o];
                }
            }
        }
    }
}
