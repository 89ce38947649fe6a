package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Shape;

/**
 * Says with projections, which have one kernel each, what differs at the border of a map: the inside's kernel everywhere, and for each row, column and
 * corner of the border a projection that reaches it alone and has the difference. Such a one has a stride longer than the map, so that no two windows of it
 * meet the map. Where nothing is inside, each target cell gets a projection of its own.
 */
final class BorderTerms {
    /** Rounding of sums of products; a difference below it is none. */
    private static final double NOTHING = 1e-12;
    private static final int ALL = -1;

    private final Term term;
    private final Kernel kernel;
    private final Border border;
    private final Shape target;

    private BorderTerms(Term term, Shape target) {
        this.term = term;
        this.kernel = term.kernel();
        this.border = kernel.border();
        this.target = target;
    }

    /**
     * @param term   a term, with or without a border
     * @param target its target
     * @return terms without a border whose sum it is
     */
    static List<Term> of(Term term, Shape target) {
        if (term.kernel().border() == null) {
            return List.of(term);
        }
        BorderTerms b = new BorderTerms(term, target);
        List<Term> differences = b.differences();
        List<Term> cells = target.positions() <= differences.size() ? b.cells() : List.of();
        return cells.isEmpty() || synapses(cells, target) > synapses(differences, target) ? differences : cells;
    }

    /** @return synapses of some terms */
    static long synapses(List<Term> terms, Shape target) {
        return terms.stream().mapToLong(t -> t.projection(0, 1, target).synapses()).sum();
    }

    private List<Term> differences() {
        double[] inside = border.kernel(0, 0);
        List<Term> out = new ArrayList<>();
        out.add(new Term(term.source(), term.pool(), kernel.with(inside, null)));
        for (int y = 0; y < target.height(); y++) {
            if (border.rows()[y] != 0) {
                add(out, y, ALL, minus(border.kernel(border.rows()[y], 0), inside));
            }
        }
        for (int x = 0; x < target.width(); x++) {
            if (border.columns()[x] != 0) {
                add(out, ALL, x, minus(border.kernel(0, border.columns()[x]), inside));
            }
        }
        for (int y = 0; y < target.height(); y++) {
            for (int x = 0; x < target.width(); x++) {
                int r = border.rows()[y];
                int c = border.columns()[x];
                if (r != 0 && c != 0) {
                    add(out, y, x, minus(minus(border.kernel(r, c), border.kernel(r, 0)), minus(border.kernel(0, c), inside)));
                }
            }
        }
        return out;
    }

    private List<Term> cells() {
        List<Term> out = new ArrayList<>();
        for (int y = 0; y < target.height(); y++) {
            for (int x = 0; x < target.width(); x++) {
                add(out, y, x, border.kernel(border.rows()[y], border.columns()[x]));
            }
        }
        return out;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] out = new double[a.length];
        double largest = Math.max(Arrays.stream(a).map(Math::abs).max().orElse(0), Arrays.stream(b).map(Math::abs).max().orElse(0));
        for (int i = 0; i < out.length; i++) {
            double difference = a[i] - b[i];
            out[i] = Math.abs(difference) <= NOTHING * largest ? 0 : difference;
        }
        return out;
    }

    /** Adds what reaches one row, one column or one cell alone, without taps that are 0 or outside. */
    private void add(List<Term> out, int y, int x, double[] weights) {
        int[] rows = used(y, true, weights);
        int[] columns = used(x, false, weights);
        if (rows == null || columns == null) {
            return;
        }
        int length = kernel.inChannels() * kernel.rowLength();
        int h = rows[1] - rows[0] + 1;
        int w = columns[1] - columns[0] + 1;
        double[] cut = new double[h * w * length];
        for (int ky = 0; ky < h; ky++) {
            System.arraycopy(weights, ((rows[0] + ky) * kernel.kernelW() + columns[0]) * length, cut, ky * w * length, w * length);
        }
        int strideH = y == ALL ? kernel.strideH() : term.height() + kernel.spanH();
        int strideW = x == ALL ? kernel.strideW() : term.width() + kernel.spanW();
        int padTop = y == ALL ? kernel.padTop() : Math.toIntExact((long) strideH * y - kernel.row(y, rows[0]));
        int padLeft = x == ALL ? kernel.padLeft() : Math.toIntExact((long) strideW * x - kernel.column(x, columns[0]));
        out.add(new Term(term.source(), term.pool(), new Kernel(h, w, strideH, strideW, padTop, padLeft, kernel.dilationH(), kernel.dilationW(),
            kernel.groups(), kernel.inChannels(), kernel.outChannels(), cut, null)));
    }

    /** @return first and last row (or column) of taps with something to do, {@code null} if there is none */
    private int[] used(int at, boolean row, double[] weights) {
        int taps = row ? kernel.kernelH() : kernel.kernelW();
        int extent = row ? term.height() : term.width();
        int[] range = null;
        for (int k = 0; k < taps; k++) {
            long u = at == ALL ? 0 : row ? kernel.row(at, k) : kernel.column(at, k);
            if (u >= 0 && u < extent && any(k, row, weights)) {
                range = new int[] {range == null ? k : range[0], k};
            }
        }
        if (range != null) {
            // A projection's padding is not negative, so that in row 0 taps in front stay.
            while (at == ALL ? range[0] > 0 : at == 0 && (row ? kernel.row(0, range[0]) : kernel.column(0, range[0])) > 0) {
                range[0]--;
            }
        }
        return range;
    }

    private boolean any(int k, boolean row, double[] weights) {
        int length = kernel.inChannels() * kernel.rowLength();
        for (int other = 0; other < (row ? kernel.kernelW() : kernel.kernelH()); other++) {
            int from = (row ? k * kernel.kernelW() + other : other * kernel.kernelW() + k) * length;
            for (int i = from; i < from + length; i++) {
                if (weights[i] != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
