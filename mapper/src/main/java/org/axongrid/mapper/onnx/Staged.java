package org.axongrid.mapper.onnx;

/**
 * A signal behind scalar operations, possibly an activation in the making: {@code p * g + q}, where with {@code u = a * base + b} the inner
 * function g is {@code u} itself, {@code clip(u, lo, hi)} or {@code clip(floor(u), lo, hi)}.
 *
 * <p>All spellings of QCFS come down to this form, because {@code floor} and {@code clip} commute once the clip's bounds are floored.
 */
final class Staged implements Value {
    /** How far the inner function has got. */
    enum Kind { AFFINE, CLIPPED, FLOORED }

    /** Keeps a floor of a bound such as {@code lambda * (L / lambda)} from losing one to rounding; far below any step. */
    private static final double BOUND_SLACK = 1e-6;

    private final Value.Signal base;
    private final Kind kind;
    private final double a;
    private final double b;
    private final double lo;
    private final double hi;
    private final double p;
    private final double q;
    private final String hint;
    private final OnnxNode last;
    private Value settled;

    private Staged(Value.Signal base, Kind kind, double[] n, String hint, OnnxNode last) {
        this.base = base;
        this.kind = kind;
        this.a = n[0];
        this.b = n[1];
        this.lo = n[2];
        this.hi = n[3];
        this.p = n[4];
        this.q = n[5];
        this.hint = hint;
        this.last = last;
    }

    /** @return the signal with nothing done to it */
    static Staged of(Value.Signal base) {
        return new Staged(base, Kind.AFFINE, new double[] {1, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1, 0}, null, null);
    }

    private Staged with(Kind newKind, OnnxNode node, double... n) {
        return new Staged(base, newKind, n, hint, node);
    }

    /** @return the same with a name for the population, unless it has one */
    Staged named(String newHint) {
        return hint != null || newHint == null ? this : new Staged(base, kind, new double[] {a, b, lo, hi, p, q}, newHint, last);
    }

    /** @return {@code this * factor + summand} */
    Staged affine(double factor, double summand, OnnxNode node) {
        return kind == Kind.AFFINE ? with(kind, node, a * factor, b * factor + summand, lo, hi, 1, 0)
            : with(kind, node, a, b, lo, hi, p * factor, q * factor + summand);
    }

    /** @return this, limited to [{@code from}, {@code to}] */
    Staged clip(double from, double to, OnnxNode node) {
        if (kind == Kind.AFFINE) {
            return with(Kind.CLIPPED, node, a, b, from, to, 1, 0);
        }
        if (!(p > 0)) {
            throw notPositive(node, p);
        }
        double l = (from - q) / p;
        double h = (to - q) / p;
        return with(kind, node, a, b, Math.min(Math.max(lo, l), h), Math.max(Math.min(hi, h), l), p, q);
    }

    /** @return this, rounded down */
    Staged floor(OnnxNode node) {
        switch (kind) {
            case AFFINE:
                return with(Kind.FLOORED, node, a, b, lo, hi, 1, 0);
            case CLIPPED:
                if (!(p > 0)) {
                    throw notPositive(node, p);
                }
                return with(Kind.FLOORED, node, a * p, b * p + q, Math.floor(lo * p + q + BOUND_SLACK), Math.floor(hi * p + q + BOUND_SLACK),
                    1, 0);
            default:
                if (p == 1 && q == Math.rint(q)) {
                    return this;
                }
                throw new Refusal(node, "rounds a second time; only one Floor belongs to a QCFS activation");
        }
    }

    private static Refusal notPositive(OnnxNode node, double value) {
        return new Refusal(node, "the activation's scale is " + value + ", must be positive");
    }

    /** @return the same function of another signal */
    Staged over(Value.Signal other) {
        return new Staged(other, kind, new double[] {a, b, lo, hi, p, q}, hint, last);
    }

    Value.Signal base() {
        return base;
    }

    Kind kind() {
        return kind;
    }

    /** @return factor of the base inside the inner function */
    double a() {
        return a;
    }

    /** @return summand inside the inner function */
    double b() {
        return b;
    }

    double lo() {
        return lo;
    }

    double hi() {
        return hi;
    }

    /** @return factor behind the inner function */
    double p() {
        return p;
    }

    /** @return summand behind the inner function */
    double q() {
        return q;
    }

    /** @return a name from the model, or null */
    String hint() {
        return hint;
    }

    /** @return the last operation, null if there was none */
    OnnxNode last() {
        return last;
    }

    /** @return what {@link #settle} was given, null before */
    Value settled() {
        return settled;
    }

    /** Remembers the population this became, so that several readers share it. */
    void settle(Value value) {
        settled = value;
    }
}
