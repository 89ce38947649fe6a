package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Turns staged signals into populations, and readings into sums. */
final class Activations {
    private static final double TOLERANCE = 1e-6;
    private static final Set<String> LAMBDA_NAMES = Set.of("lambda", "lam", "up", "thresh", "threshold", "theta", "v_threshold", "v_thr");

    private final Set<String> names = new HashSet<>();
    private final List<Source> made = new ArrayList<>();
    private final Map<Key, Made> shared = new HashMap<>();
    private final Consumer<String> problems;
    private final MaxOps maxima;

    /** What an activation is but for the factor and the summand behind it. */
    private record Key(Value.Signal base, Staged.Kind kind, List<Double> inner) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Key k && k.base == base && k.kind == kind && k.inner.equals(inner);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(base) + inner.hashCode();
        }
    }

    /** What an activation became, with the factor and the summand that were behind it then. */
    private record Made(Reading reading, double p, double q) { }

    /**
     * @param problems receives what cannot be imported although the graph's interpretation can go on
     * @param graph    whose activations they are
     */
    Activations(Consumer<String> problems, GraphInterpreter graph) {
        this.problems = problems;
        this.maxima = new MaxOps(graph, this);
    }

    /** @return the populations so far, in topological order */
    List<Source> made() {
        return made;
    }

    /** @return the network's input */
    Source input(Shape shape) {
        return add(new Source(unique("input"), shape, Activation.input(), new double[0], List.of()));
    }

    /** @return the readout */
    Source readout(LinearSum sum) {
        return add(new Source(unique(sum.name()), sum.shape(), Activation.linear(), sum.bias(), sum.terms()));
    }

    private Source add(Source source) {
        made.add(source);
        return source;
    }

    private String unique(String wanted) {
        String base = Text.clean(module(wanted), 200);
        String name = base;
        for (int i = 2; !names.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }

    /** PyTorch names nodes by the module's path, {@code /layer1/conv/Conv}: the path without the operation says it best. */
    private static String module(String name) {
        int end = name.lastIndexOf('/');
        return name.isEmpty() ? "population" : name.startsWith("/") && end > 0 ? name.substring(1, end) : name;
    }

    /** @return a population's name if the constant looks like a layer's lambda, {@code NAME.lambda}; null otherwise */
    static String hint(Value.Constant lambda) {
        int dot = lambda.name().lastIndexOf('.');
        boolean named = lambda.declared() && dot > 0 && LAMBDA_NAMES.contains(lambda.name().substring(dot + 1));
        return named ? lambda.name().substring(0, dot) : null;
    }

    /**
     * @param value a tensor
     * @param node  its reader
     * @return what a non-scalar operation sees: finished activations become populations
     */
    Value.Signal signal(Value value, OnnxNode node) {
        if (value instanceof Value.Signal s) {
            return s;
        }
        if (value instanceof Staged staged) {
            if (staged.settled() instanceof Value.Signal s) {
                return s;
            }
            Value.Signal s = staged.kind() == Staged.Kind.AFFINE ? affine(staged) : population(staged);
            staged.settle(s);
            return s;
        }
        if (value instanceof Value.Remnant) {
            throw new Refusal(node, "the difference between a rounded value and itself is used on its own");
        }
        throw new Refusal(node, "a constant where a signal is expected");
    }

    private static Value.Signal affine(Staged s) {
        if (s.a() == 1 && s.b() == 0) {
            return s.base();
        }
        if (s.base() instanceof Maxed m) {
            int n = Value.elements(m.dims());
            return m.affine(filled(n, s.a()), filled(n, s.b()), s.last());
        }
        if (s.base() instanceof LinearSum sum) {
            return sum.affine(s.a(), s.b());
        }
        Reading reading = (Reading) s.base();
        int n = Value.elements(reading.dims());
        return reading.affine(filled(n, s.a()), s.b() == 0 ? null : filled(n, s.b()));
    }

    private static double[] filled(int n, double value) {
        double[] out = new double[n];
        Arrays.fill(out, value);
        return out;
    }

    /** The population of an activation; of one that differs from another by a factor and a summand only, that one's, scaled. */
    private Value.Signal population(Staged s) {
        if (s.base() instanceof Maxed m) {
            if (!(s.a() > 0 && s.p() > 0)) {
                throw new Refusal(s.last(), "decreases with what " + m.windows().get(0).label() + " gives: the largest sum has not the largest activation");
            }
            return maxima.behind(population(s.over(m.sum())), m);
        }
        Key key = new Key(s.base(), s.kind(), List.of(s.a(), s.b(), s.lo(), s.hi()));
        Made before = shared.get(key);
        if (before != null && s.p() > 0 && before.p > 0) {
            double factor = s.p() / before.p;
            int n = Value.elements(s.base().dims());
            return factor == 1 && s.q() == before.q ? before.reading
                : before.reading.affine(filled(n, factor), filled(n, s.q() - before.q * factor));
        }
        Reading reading = newPopulation(s);
        shared.put(key, new Made(reading, s.p(), s.q()));
        return reading;
    }

    private Reading newPopulation(Staged s) {
        String at = s.last().label();
        LinearSum sum = sum(s.base(), s.last());
        if (s.kind() == Staged.Kind.CLIPPED && s.lo() == 0 && s.p() > 0 && s.a() != 0) {
            return rectified(s, sum);
        }
        String name = unique(s.hint() != null ? s.hint() : s.last().outputs().get(0));
        int levels = 1;
        double lambda = 1;
        double scale = 1;
        double shift = 0;
        String cause = unusable(s);
        if (cause != null) {
            // A stand-in, so that the remaining nodes are judged as well.
            problems.accept(at + ": " + cause);
        } else {
            levels = (int) Math.rint(s.hi());
            lambda = snapped(s.p() * levels);
            scale = s.a() * s.p();
            scale = Math.abs(scale - 1) < TOLERANCE ? 1 : scale;
            shift = Math.abs(s.b() - 0.5) < TOLERANCE ? 0 : (s.b() - 0.5) * s.p();
        }
        LinearSum current = scale == 1 && shift == 0 ? sum : sum.affine(scale, shift);
        Source source = add(new Source(name, current.shape(), Activation.qcfs(lambda, levels), current.bias(), current.terms()));
        Reading out = Reading.of(source, s.base().dims());
        return cause != null || s.q() == 0 ? out : out.affine(null, filled(Value.elements(out.dims()), s.q()));
    }

    /** {@code p * clip(a x + b, 0, hi) + q} is a rectifier of a scaled and shifted x, clipped at {@code p * hi}. */
    private Reading rectified(Staged s, LinearSum sum) {
        double factor = s.a() * s.p();
        double summand = s.b() * s.p();
        LinearSum current = factor == 1 && summand == 0 ? sum : sum.affine(factor, summand);
        boolean open = Double.isInfinite(s.hi());
        if (!open && !(s.hi() > 0)) {
            throw new Refusal(s.last(), "a clip to [0, " + (float) s.hi() + "], whose end must be positive");
        }
        String name = unique(s.hint() != null ? s.hint() : s.last().outputs().get(0));
        Activation activation = open ? Activation.relu() : Activation.clip(snapped(s.hi() * s.p()));
        Reading out = Reading.of(add(new Source(name, current.shape(), activation, current.bias(), current.terms())), s.base().dims());
        return s.q() == 0 ? out : out.affine(null, filled(Value.elements(out.dims()), s.q()));
    }

    /** @return a population of neurons that somebody else gives a meaning to; until then it is a rectifier */
    Source neurons(String name, LinearSum sum) {
        return add(new Source(unique(name), sum.shape(), Activation.relu(), sum.bias(), sum.terms()));
    }

    /** @return the population of a max pool: a depthwise window of ones over one population's map */
    Source maxPool(String name, Shape shape, Term windows) {
        return add(new Source(unique(name), shape, Activation.maxPool(), new double[shape.channels()], List.of(windows)));
    }

    /** Any floor and clip of the form p * clip(floor(a x + b), 0, L) is a QCFS of a scaled and shifted x; this says what is not. */
    private static String unusable(Staged s) {
        if (s.kind() == Staged.Kind.CLIPPED) {
            return "a clip to [" + (float) s.lo() + ", " + (float) s.hi() + "] without Floor is neither QCFS nor a rectifier: its lower end must be 0";
        }
        double lambda = s.p() * Math.rint(s.hi());
        if (!(s.p() > 0) || !(s.a() > 0) || Double.isInfinite(lambda) || Double.isInfinite(s.a())) {
            return "lambda is " + (float) (s.hi() > 0 && !Double.isInfinite(s.hi()) ? lambda : s.p()) + ", must be positive and finite";
        }
        if (Math.abs(s.lo()) > TOLERANCE) {
            return Double.isInfinite(s.lo()) ? "Floor without a clip at 0 is not QCFS"
                : "the clip's lower end is level " + (float) s.lo() + ", not 0";
        }
        if (Double.isInfinite(s.hi())) {
            return "Floor without an upper clip is not QCFS";
        }
        if (Math.abs(s.hi() - Math.rint(s.hi())) > 1e-4 || s.hi() < 0.5 || s.hi() > 1 << 20) {
            return "the clip's upper end is level " + (float) s.hi() + ", not a whole number of levels from 1 to 2^20";
        }
        return null;
    }

    /** Removes the rounding of lambda / L * L, lambda being a float in the file. */
    private static double snapped(double lambda) {
        float f = (float) lambda;
        return Math.abs(f - lambda) <= 1e-12 * lambda ? f : lambda;
    }

    /**
     * @param signal a signal
     * @param node   its reader
     * @return the signal as a weighted sum; a reading gets pointwise kernels
     */
    static LinearSum sum(Value.Signal signal, OnnxNode node) {
        if (signal instanceof LinearSum s) {
            return s;
        }
        Reading reading = (Reading) signal;
        int channels = reading.parts().stream().mapToInt(Part::channels).sum();
        return pointwise(reading, node, 0, channels, false);
    }

    /**
     * Copies a reading's channels into a wider map of a sum.
     *
     * @param first       target channel of the first channel
     * @param outChannels channels of the target; those not covered stay 0
     * @param padded      whether the reader takes care of the reading's padding
     */
    static LinearSum pointwise(Reading reading, OnnxNode node, int first, int outChannels, boolean padded) {
        Part one = reading.parts().get(0);
        if (!padded && !reading.padding().none()) {
            throw new Refusal(node, "zero padding is supported only directly in front of a convolution or pooling");
        }
        Shape shape = new Shape(outChannels, one.height(), one.width());
        double[] bias = new double[outChannels];
        List<Term> terms = new ArrayList<>();
        int at = first;
        for (Part p : reading.parts()) {
            if (p.height() != shape.height() || p.width() != shape.width() || !p.channelwise()) {
                throw new Refusal(node, p.channelwise() ? "sums flattened maps of different sizes"
                    : "scales or shifts the positions of one channel differently, which only a dense layer can follow");
            }
            int c = p.channels();
            int groups = c == outChannels ? c : 1;
            double[] kernel = new double[groups == 1 ? Math.multiplyExact(c, outChannels) : c];
            for (int i = 0; i < c; i++) {
                kernel[groups == 1 ? i * outChannels + at + i : i] = p.scaleAt(i * shape.positions());
                bias[at + i] = p.shiftAt(i * shape.positions());
            }
            terms.add(new Term(p.source(), p.pool(), Kernel.pointwise(groups, c, outChannels, kernel)));
            at += c;
        }
        return LinearSum.of(node, shape, reading.dims(), terms, bias);
    }
}
