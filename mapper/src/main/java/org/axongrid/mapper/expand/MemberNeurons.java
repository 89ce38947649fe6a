package org.axongrid.mapper.expand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.RegisterModel;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Graded spikes on a chip that has binary ones. A neuron that sends {@code s = clip(floor(p / theta), 0, m)} becomes m plain neurons that get the
 * same input: member i = 1..m has the threshold {@code i theta}, so that just s of them fire (Lv et al., ICASSP 2024, section on group neurons: members
 * with thresholds in steps share input and reset). What they must share is the reset: each has to lose {@code s theta}, but knows of its own spike
 * only and loses {@code i theta} by it. So members are wired to each other: a spike of member j gives every other member {@code -theta} and itself
 * {@code (j - 1) theta}. A member i that fired has lost {@code i theta - (i - 1) theta + (s - 1) theta = s theta} by the next step, one that did not
 * {@code s theta} too. A spike takes one step, so the correction is there before the next comparison: spikes are those of the graded neuron, bit for bit.
 *
 * <p>It costs m times the neurons and input synapses, m * m synapses among each group, and a spike for each unit.
 */
public final class MemberNeurons {
    /** Weight exponents of the wires among members: digits of 7 bits reach all corrections with two or three synapses. */
    private static final int SHIFT_MAX = 7;

    private final SpikingNetwork spiking;
    private final QuantisedNetwork graded;
    private final int[] members;
    private final List<Population> populations = new ArrayList<>();
    private final List<Projection> projections = new ArrayList<>();
    private final List<double[]> trained = new ArrayList<>();
    private final List<double[]> kernels = new ArrayList<>();
    private final List<int[]> integers = new ArrayList<>();
    private final List<Integer> shifts = new ArrayList<>();

    private MemberNeurons(SpikingNetwork spiking, QuantisedNetwork graded) {
        this.spiking = spiking;
        this.graded = graded;
        this.members = spiking.rules().stream().mapToInt(NeuronRule::maxPayload).toArray();
    }

    /**
     * Both networks before and after.
     *
     * @param graded    in the chip's integers, with graded spikes: what members add up to
     * @param spiking   members, in real numbers
     * @param quantised members, in integers
     */
    public record Expanded(QuantisedNetwork graded, SpikingNetwork spiking, QuantisedNetwork quantised) { }

    /**
     * @param spiking a converted network
     * @param chip    a chip
     * @return whether its neurons send what the chip cannot
     */
    public static boolean needed(SpikingNetwork spiking, ChipSpec chip) {
        return chip.get(ChipParameter.SPIKE_PAYLOAD_BITS) == 0
            && spiking.rules().stream().anyMatch(r -> r.kind() == NeuronRule.Kind.THRESHOLD && r.maxPayload() > 1);
    }

    /**
     * @param spiking a converted network with graded neurons
     * @param options what the chip can hold
     * @return members in their place
     * @throws InvalidInputException if it has max pools, values by neuron or a preparation: these need payloads
     */
    public static Expanded of(SpikingNetwork spiking, Quantiser.Options options) {
        int most = spiking.rules().stream().mapToInt(NeuronRule::maxPayload).max().orElse(1);
        for (int p = 0; p < spiking.rules().size(); p++) {
            if (spiking.rules().get(p).kind() == NeuronRule.Kind.MAX_POOL || spiking.payload()[p] != null) {
                throw new InvalidInputException("layer " + spiking.network().populations().get(p).name() + ": method " + spiking.method()
                    + " has graded spikes there that members cannot stand for (a max pool or values by neuron); take a chip with payloads, such as loihi2");
            }
        }
        if (!spiking.schedule().equals(Schedule.PLAIN)) {
            throw new InvalidInputException("method " + spiking.method() + " has graded spikes and a preparation; take a chip with payloads, such as loihi2");
        }
        QuantisedNetwork graded = Quantiser.quantise(spiking, withRoom(options, most)).with(options.registers());
        return new MemberNeurons(spiking, graded).expand();
    }

    /**
     * Thresholds of all members must fit, and the accumulator must hold the corrections beside the input. A core has few thresholds: m members take m of
     * them for each scale.
     */
    private static Quantiser.Options withRoom(Quantiser.Options o, int most) {
        int accumulator = o.registers().accumulatorBits() - 1;
        int groups = o.scaleGroups() == Integer.MAX_VALUE ? o.scaleGroups() : Math.max(1, o.scaleGroups() / most);
        int bits = 32 - Integer.numberOfLeadingZeros(most - 1);
        long limit = Math.min(o.thresholdLimit(), (1L << Math.min(30, accumulator - 1)) - 1) / most;
        return new Quantiser.Options(o.weightBits(), groups, new RegisterModel(accumulator, o.registers().membraneBits() - bits), o.biasLimit(),
            o.biasShiftMax(), (int) Math.max(1, limit));
    }

    private Expanded expand() {
        Network network = spiking.network();
        int n = members.length;
        double[][] theta = new double[n][];
        double[][] initialV = new double[n][];
        int[][] threshold = new int[n][];
        int[][] start = new int[n][];
        int[][] bias = new int[n][];
        double[][] scale = new double[n][];
        List<NeuronRule> rules = new ArrayList<>();
        for (int p = 0; p < n; p++) {
            int m = members[p];
            Population of = network.populations().get(p);
            populations.add(new Population(of.name(), widened(of.shape(), m), of.activation(), repeat(of.bias(), m)));
            rules.add(m > 1 ? NeuronRule.SOFT : spiking.rules().get(p));
            theta[p] = steps(spiking.theta()[p], m);
            initialV[p] = repeat(spiking.initialV()[p], m);
            threshold[p] = steps(graded.threshold()[p], m);
            start[p] = repeat(graded.initialV()[p], m);
            bias[p] = repeat(graded.bias()[p], m);
            scale[p] = repeat(graded.scale()[p], m);
        }
        for (int i = 0; i < network.projections().size(); i++) {
            widen(i);
        }
        for (int p = 0; p < n; p++) {
            if (members[p] > 1) {
                wire(p, threshold[p], scale[p]);
            }
        }
        Network wide = new Network(network.name(), populations, projections, trained, network.front());
        return new Expanded(graded, new SpikingNetwork(wide, spiking.method(), spiking.schedule(), rules, theta, initialV, new double[n][], kernels),
            new QuantisedNetwork(wide, graded.method(), graded.schedule(), rules, graded.registers(), graded.weightBits(), integers,
                shifts.stream().mapToInt(s -> s).toArray(), threshold, start, new int[n][], bias, graded.biasStep(), scale));
    }

    private static Shape widened(Shape shape, int m) {
        return new Shape(shape.channels() * m, shape.height(), shape.width());
    }

    private static double[] repeat(double[] values, int m) {
        return values == null ? null : Arrays.stream(values).flatMap(v -> DoubleStream.generate(() -> v).limit(m)).toArray();
    }

    private static int[] repeat(int[] values, int m) {
        return values == null ? null : Arrays.stream(values).flatMap(v -> IntStream.generate(() -> v).limit(m)).toArray();
    }

    private static double[] steps(double[] values, int m) {
        double[] out = repeat(values, m);
        for (int i = 0; out != null && i < out.length; i++) {
            out[i] *= i % m + 1;
        }
        return out;
    }

    private static int[] steps(int[] values, int m) {
        int[] out = repeat(values, m);
        for (int i = 0; out != null && i < out.length; i++) {
            out[i] *= i % m + 1;
        }
        return out;
    }

    /** Members of a channel are neighbours, and so groups of channels stay in one piece. */
    private void widen(int i) {
        Projection p = spiking.network().projections().get(i);
        int from = members[p.source()];
        int to = members[p.target()];
        Projection wide = new Projection(p.source(), p.target(), widened(p.sourceShape(), from), widened(p.targetShape(), to), p.pool(), p.kernelH(),
            p.kernelW(), p.strideH(), p.strideW(), p.padTop(), p.padLeft(), p.dilationH(), p.dilationW(), p.groups());
        projections.add(wide);
        trained.add(widened(p, wide, spiking.network().kernels().get(i), from, to));
        kernels.add(widened(p, wide, spiking.kernels().get(i), from, to));
        int[] old = graded.kernels().get(i);
        integers.add(old == null ? null : Arrays.stream(widened(p, wide, Arrays.stream(old).asDoubleStream().toArray(), from, to))
            .mapToInt(w -> (int) w).toArray());
        shifts.add(graded.weightShift()[i]);
    }

    private static double[] widened(Projection p, Projection wide, double[] kernel, int from, int to) {
        double[] out = new double[wide.kernelSize()];
        for (int y = 0; y < p.kernelH(); y++) {
            for (int x = 0; x < p.kernelW(); x++) {
                for (int c = 0; c < wide.sourceShape().channels(); c++) {
                    for (int k = 0; k < wide.outPerGroup(); k++) {
                        out[wide.row(y, x, c) + k] = kernel[p.row(y, x, c / from) + k / to];
                    }
                }
            }
        }
        return out;
    }

    /** The wires among members, digit by digit, since a threshold has more bits than a weight. */
    private void wire(int p, int[] threshold, double[] scale) {
        int m = members[p];
        Shape shape = populations.get(p).shape();
        Projection own = new Projection(p, p, shape, shape, Pool.NONE, 1, 1, 1, 1, 0, 0, 1, 1, shape.channels() / m);
        int[] rest = new int[own.kernelSize()];
        for (int c = 0; c < shape.channels(); c++) {
            int theta = threshold[c / m * m % threshold.length];
            for (int k = 0; k < m; k++) {
                rest[own.row(0, 0, c) + k] = k == c % m ? k * theta : -theta;
            }
        }
        int mantissa = (1 << graded.weightBits() - 1) - 1;
        int digit = graded.weightBits() - 1;
        int shift = SHIFT_MAX / digit * digit;
        while (Arrays.stream(rest).anyMatch(w -> w != 0)) {
            int[] part = new int[rest.length];
            boolean more = false;
            for (int i = 0; i < rest.length; i++) {
                int rounded = Math.toIntExact(Math.round((double) rest[i] / (1 << shift)));
                int kept = Math.max(-mantissa, Math.min(mantissa, rounded));
                part[i] = kept << shift;
                rest[i] -= part[i];
                more |= kept != rounded;
            }
            projections.add(own);
            integers.add(part);
            shifts.add(shift);
            double[] real = new double[part.length];
            for (int i = 0; i < real.length; i++) {
                // A row is a source; its values go to the members of its group.
                int target = own.firstOutChannel(i / m) + i % m;
                real[i] = part[i] * scale[target % scale.length];
            }
            kernels.add(real);
            trained.add(real);
            shift = more ? shift : Math.max(0, shift - digit);
        }
    }
}
