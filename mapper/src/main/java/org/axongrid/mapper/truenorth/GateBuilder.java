package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.quantise.DigitQuantiser;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * Takes a quantised network apart into gates, stage by stage in topological order.
 *
 * <p>A neuron whose lines fit a core is one gate: its soft reset is the linear reset (gamma 1), its weights are digits times the weights' unit, its bias is
 * the weight of a line from a clock that begins with its layer, since a leak would act before. A neuron of the analog input has its current as leak
 * and hands its spikes to a relay, which can be copied without the host writing more leaks.
 *
 * <p>A neuron with more lines gets partial sums of its sources, exactly and within the tick's pace: with S the sum of one part and q a step, coarse gates
 * without memory compare S with multiples of q, {@code F = floor(S / q)} of them being active (those of negative F when S is negative); a tick later fine
 * gates compare the rest {@code S - q F}, 0 .. q - 1, with 1 .. q - 1. The neuron adds q for each coarse and 1 for each fine gate: the sum of all parts
 * is what it would have got, three ticks instead of one after its sources. Gates without memory have alpha = beta = R = 0 and a leak of minus their
 * threshold: they fire if the sum of a tick is at or above it, and are at 0 after each tick.
 *
 * <p>The readout's currents are compared with 1, 2, 3 ... and -1, -2 ... by gates that drive output pins; the host counts them. No register is read.
 */
final class GateBuilder {
    /** Part of a core's axons that the sources of a partial sum may take; the others are for the coarse gates that fine ones read. */
    private static final double SOURCE_SHARE = 0.45;
    /** The same where weights have two bits: feedback takes fewer axons. */
    private static final double SOURCE_SHARE_2 = 0.65;
    /** The same for partial sums of partial sums. */
    private static final double SUMS_SHARE = 0.6;
    /** Axon type of biases and, in fine gates, of the coarse gates of that sign that the digits cannot stand for. */
    static final int LAST_TYPE = TrueNorthNeuron.AXON_TYPES - 1;
    private static final TrueNorthNeuron RELAY = neuron(new int[] {1, 0, 0, 0}, 0, 1, 0, TrueNorthNeuron.Reset.TO_VALUE, 0);

    private final QuantisedNetwork net;
    private final Network network;
    private final ChipSpec chip;
    private final PositionOrder order;
    private final Random random;
    private final PartialSums partialSums;
    private final int bits;
    private final int axons;
    private final int leakMax;
    private final int floor;
    private final long gatesMax;
    private final Gate[][] outputs;
    private final int[] depth;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Stage> clocks = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    /** By output pin: class, and what a spike on it adds. */
    private final List<int[]> pins = new ArrayList<>();

    GateBuilder(QuantisedNetwork net, ChipSpec chip, PositionOrder order, long seed, int chips) {
        this.net = net;
        this.network = net.network();
        this.chip = chip;
        this.order = order;
        random = new Random(seed);
        bits = net.weightBits();
        axons = chip.get(ChipParameter.INPUT_AXONS);
        leakMax = DigitQuantiser.leakMax(chip);
        partialSums = new PartialSums(this, bits, leakMax);
        floor = Math.toIntExact(-net.registers().membraneMin());
        gatesMax = (long) chips * chip.coresPerChip() * chip.get(ChipParameter.COMPARTMENTS);
        outputs = new Gate[network.populations().size()][];
        depth = new int[outputs.length];
    }

    /** Builds all stages. */
    void build() {
        for (int p = 1; p < outputs.length; p++) {
            if (net.isAnalog(p)) {
                analog(p);
            } else {
                driven(p);
            }
        }
    }

    /** @return in topological order */
    List<Stage> stages() {
        return stages;
    }

    /** @return sources of biases */
    List<Stage> clocks() {
        return clocks;
    }

    /** @return all gates, by id */
    List<Gate> gates() {
        return gates;
    }

    /** @return by output pin the class and what a spike on it adds, in weight units */
    List<int[]> pins() {
        return pins;
    }

    /** @return by population the ticks by which it starts after the first layer */
    int[] depths() {
        int[] starts = depth.clone();
        for (int p = 1; p < starts.length; p++) {
            starts[p] = net.isAnalog(p) ? 0 : starts[p];
        }
        return starts;
    }

    private void analog(int p) {
        Population population = network.populations().get(p);
        Stage neurons = stage(Stage.Role.NEURON, p, 0);
        Stage relays = stage(Stage.Role.RELAY, p, 1);
        outputs[p] = new Gate[population.shape().size()];
        depth[p] = 1;
        int channels = population.shape().channels();
        for (int position : order.order(population.shape(), random)) {
            for (int c = 0; c < channels; c++) {
                int i = position * channels + c;
                Gate gate = gate(neurons, i, neuron(p, i, new int[TrueNorthNeuron.AXON_TYPES], net.bias()[p][c]), new long[0], null);
                outputs[p][i] = gate(relays, i, RELAY, new long[] {Gate.line(gate.id, 0, 0)}, null);
            }
        }
    }

    private void driven(int p) {
        Population population = network.populations().get(p);
        int latest = 0;
        for (int i : network.into(p)) {
            latest = Math.max(latest, depth[network.projections().get(i).source()]);
        }
        FanIn fan = new FanIn(net, p, outputs);
        boolean whole = net.isReadout(p) || fan.most() + 1 <= axons;
        depth[p] = latest + (whole ? 1 : 3);
        for (int i : network.into(p)) {
            int delay = latest + (whole ? 1 : 2) - depth[network.projections().get(i).source()];
            if (delay >= chip.get(ChipParameter.SCHEDULER_SLOTS)) {
                throw new InvalidInputException("layer " + population.name() + ": its shortcut from " + network.populations().get(network.projections()
                    .get(i).source()).name() + " needs an axon delay of " + delay + " ticks, limit " + (chip.get(ChipParameter.SCHEDULER_SLOTS) - 1)
                    + "; fewer layers between them, or ones whose fan-in fits a core, would fit");
            }
        }
        int[] positions = order.order(population.shape(), random);
        if (net.isReadout(p)) {
            readout(p, fan, positions);
        } else if (whole) {
            direct(p, fan, positions);
        } else {
            split(p, fan, positions);
        }
        fan.release();
    }

    private void direct(int p, FanIn fan, int[] positions) {
        int channels = network.populations().get(p).shape().channels();
        Stage stage = stage(Stage.Role.NEURON, p, depth[p]);
        outputs[p] = new Gate[channels * positions.length];
        int unit = 1 << shift(p);
        for (int position : positions) {
            for (int c = 0; c < channels; c++) {
                int i = position * channels + c;
                boolean mirrored = fan.mirrored(i);
                Lines lines = new Lines();
                fan.lines(i, 0, Integer.MAX_VALUE, mirrored, lines);
                int[] weights = digits(mirrored ? -unit : unit);
                weights[LAST_TYPE] = net.bias()[p][c];
                bias(p, c, lines);
                outputs[p][i] = gate(stage, i, neuron(p, i, weights, 0), lines.toArray(), null);
            }
        }
    }

    private void split(int p, FanIn fan, int[] positions) {
        int channels = network.populations().get(p).shape().channels();
        int unit = 1 << shift(p);
        int[][] cuts = new int[positions.length][];
        int[] step = new int[channels * positions.length];
        int most = 0;
        for (int position : positions) {
            cuts[position] = fan.cuts(position * channels, channels, (int) (axons * (bits == 2 ? SOURCE_SHARE_2 : SOURCE_SHARE)), leakMax);
            for (int i = position * channels; i < (position + 1) * channels; i++) {
                step[i] = partialSums.step(fan, i, cuts[position], unit);
                most = Math.max(most, partialSums.partialLines(fan, i, cuts[position], step[i]));
            }
        }
        boolean twice = most + 1 > axons;
        depth[p] += twice ? 2 : 0;
        Stage coarse = stage(Stage.Role.COARSE, p, depth[p] - (twice ? 4 : 2));
        Stage fine = stage(Stage.Role.FINE, p, coarse.depth + 1);
        Stage coarser = twice ? stage(Stage.Role.COARSE, p, fine.depth + 1) : null;
        Stage finer = twice ? stage(Stage.Role.FINE, p, coarser.depth + 1) : null;
        Stage stage = stage(Stage.Role.NEURON, p, depth[p]);
        outputs[p] = new Gate[step.length];
        for (int position : positions) {
            int[] cut = cuts[position];
            PartialSum[][] parts = new PartialSum[channels][cut.length - 1];
            for (int part = 0; part + 1 < cut.length; part++) {
                for (int c = 0; c < channels; c++) {
                    int i = position * channels + c;
                    parts[c][part] = partialSums.partial(fan, i, cut[part], cut[part + 1], step[i], coarse, fine);
                }
            }
            for (int c = 0; c < channels; c++) {
                int i = position * channels + c;
                int q = step[i];
                List<PartialSum> sums = List.of(parts[c]);
                if (twice) {
                    List<List<PartialSum>> together = partialSums.together(sums, (int) (axons * SUMS_SHARE));
                    int inner = q;
                    q = partialSums.stepAgain(together, inner, unit);
                    List<PartialSum> again = new ArrayList<>();
                    for (List<PartialSum> group : together) {
                        again.add(partialSums.sumAgain(i, group, inner, q, coarser, finer));
                    }
                    sums = again;
                }
                Lines lines = new Lines();
                sums.forEach(sum -> sum.addTo(lines));
                bias(p, c, lines);
                if (lines.count() > axons) {
                    throw new InvalidInputException("layer " + network.populations().get(p).name() + ": neuron " + i + " adds up "
                        + fan.sources(i) + " sources of " + fan.magnitude(i) + " weight units by " + lines.count()
                        + " lines of partial sums, limit " + axons + " axons, " + (lines.count() - axons)
                        + " too many; a fan-in smaller in that proportion" + (bits > DigitQuantiser.BITS_MIN ? " or --weight-bits " + (bits - 1) : "")
                        + " would fit");
                }
                outputs[p][i] = gate(stage, i, neuron(p, i, new int[] {q * unit, -q * unit, unit, net.bias()[p][c]}, 0), lines.toArray(), null);
            }
        }
    }

    private void readout(int p, FanIn fan, int[] positions) {
        int channels = network.populations().get(p).shape().channels();
        Stage stage = stage(Stage.Role.READOUT, p, depth[p]);
        outputs[p] = new Gate[0];
        for (int position : positions) {
            int[] cuts = fan.cuts(position * channels, channels, axons, leakMax);
            for (int part = 0; part + 1 < cuts.length; part++) {
                for (int c = 0; c < channels; c++) {
                    int i = position * channels + c;
                    int[] range = fan.range(i, cuts[part], cuts[part + 1]);
                    boolean mirrored = fan.mirrored(i);
                    Lines lines = new Lines();
                    fan.lines(i, cuts[part], cuts[part + 1], mirrored, lines);
                    long[] shared = lines.toArray();
                    for (int k = -range[0]; k <= range[1]; k++) {
                        if (k != 0) {
                            gate(stage, pins.size(), comparator(digits(mirrored == k > 0 ? -1 : 1), Math.abs(k)), shared, null);
                            pins.add(new int[] {i, Integer.signum(k) << shift(p)});
                        }
                    }
                }
            }
        }
    }

    private int shift(int p) {
        return net.weightShift()[network.into(p)[0]];
    }

    /** @return the weights of axon types that stand for digits, times a factor */
    int[] digits(int factor) {
        int[] weights = new int[TrueNorthNeuron.AXON_TYPES];
        for (int g = 0; g < bits; g++) {
            weights[g] = (g == bits - 1 ? -factor : factor) << g;
        }
        return weights;
    }

    private void bias(int p, int channel, Lines lines) {
        if (net.bias()[p][channel] == 0) {
            return;
        }
        Stage clock = clocks.stream().filter(c -> c.depth == depth[p] - 1).findFirst().orElse(null);
        if (clock == null) {
            clock = new Stage(Stage.Role.CLOCK, p, "bias", depth[p] - 1);
            clocks.add(clock);
            // Fires first in the tick before the layer's first one, by a leak of 1.
            gate(clock, 0, neuron(new int[TrueNorthNeuron.AXON_TYPES], 1, 1, floor, TrueNorthNeuron.Reset.LINEAR, 1 - depth[p]), new long[0], null);
        }
        lines.add(Gate.line(clock.gates.get(0).id, LAST_TYPE, 0));
    }

    private TrueNorthNeuron neuron(int p, int i, int[] weights, int leak) {
        int theta = net.threshold()[p][i % net.threshold()[p].length];
        return neuron(weights, leak, theta, floor, net.rules().get(p).hardReset() ? TrueNorthNeuron.Reset.TO_VALUE : TrueNorthNeuron.Reset.LINEAR,
            net.initialV()[p][i % net.initialV()[p].length]);
    }

    static TrueNorthNeuron comparator(int[] weights, int threshold) {
        return neuron(weights, -threshold, 0, 0, TrueNorthNeuron.Reset.TO_VALUE, 0);
    }

    private static TrueNorthNeuron neuron(int[] w, int leak, int threshold, int floor, TrueNorthNeuron.Reset reset, int start) {
        return new TrueNorthNeuron(w[0], w[1], w[2], w[3], 0, leak, false, false, threshold, floor, 0, reset, true, 0, start);
    }

    private Stage stage(Stage.Role role, int p, int at) {
        Stage stage = new Stage(role, p, network.populations().get(p).name(), at);
        stages.add(stage);
        return stage;
    }

    Gate gate(Stage stage, int element, TrueNorthNeuron neuron, long[] lines, long[] more) {
        if (gates.size() >= gatesMax) {
            throw new InvalidInputException("layer " + stage.name + ": the network takes more than " + gatesMax + " neurons, which is all that the cores of "
                + chip.name() + " have; more chips (--chips) or a smaller network would fit");
        }
        Gate gate = new Gate(gates.size(), stage, element, neuron, lines, more);
        gates.add(gate);
        stage.gates.add(gate);
        return gate;
    }
}
