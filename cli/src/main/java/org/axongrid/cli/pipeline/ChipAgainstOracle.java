package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.Region;
import org.axongrid.mapper.neuron.StartSteps;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.SpikeList;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Holds a chip to the oracle: what each neuron sends and its potential, in each step of each phase, each layer by its own start step. Nothing may
 * differ in a bit.
 */
public final class ChipAgainstOracle {
    private final QuantisedNetwork net;
    private final int steps;
    private final int populations;
    /** By phase, population and step: payloads, then potentials. */
    private final int[][][][] expected;
    private String difference;
    private int pass;
    private int shift;
    private StartSteps starts;

    /**
     * Runs the oracle.
     *
     * @param net    a network
     * @param biases by population, in its units
     * @param steps  T
     */
    public ChipAgainstOracle(QuantisedNetwork net, int[][] biases, int steps) {
        this.net = net;
        this.steps = steps;
        populations = net.network().populations().size();
        int phases = net.schedule().phases().size();
        expected = new int[phases][populations][][];
        for (int f = 0; f < phases; f++) {
            for (int p = 0; p < populations; p++) {
                expected[f][p] = new int[net.schedule().steps(f, steps) + 1][];
            }
        }
        IntegerOracle oracle = new IntegerOracle(net);
        oracle.reset(biases);
        oracle.run(steps, (phase, p, step) -> expected[phase][p][step] = state(p, oracle.sent(p), oracle.membranes(p)));
    }

    /** On the chip a spike carries its value. */
    private int[] state(int p, SpikeList sent, long[] potentials) {
        int[] value = net.payload()[p];
        int n = net.network().populations().get(p).shape().size();
        int[] state = new int[2 * n];
        for (int i = 0; i < sent.count(); i++) {
            int neuron = sent.neurons()[i];
            state[neuron] = sent.payloads()[i] * (value == null ? 1 : value[neuron % value.length]);
        }
        // The sums of a max pool are the simulator's own.
        for (int i = 0; hasPotential(p) && i < n; i++) {
            state[n + i] = Math.toIntExact(potentials[i]);
        }
        return state;
    }

    private boolean hasPotential(int p) {
        return net.rules().get(p).kind() != NeuronRule.Kind.MAX_POOL;
    }

    /**
     * Runs a chip.
     *
     * @param image   mapped from the network; potentials are compared in weight units
     * @param biases  as above
     * @param workers threads
     * @return the first difference, or null
     */
    public String difference(ChipImage image, int[][] biases, int workers) {
        difference = null;
        starts = StartSteps.of(net, image.depth());
        shift = image.chip().get(ChipParameter.WEIGHT_SHIFT);
        List<Region> regions = new ArrayList<>();
        for (int p = 0; p < populations; p++) {
            String name = net.network().populations().get(p).name();
            regions.add(p == 0 ? null : image.regions().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow());
        }
        try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(StepCosts.NONE, 0), workers)) {
            simulation.listen((step, cores) -> {
                for (int p = 1; p < populations && difference == null; p++) {
                    compare(p, step - starts.start(p) + 1, regions.get(p), cores);
                }
            });
            new ScheduledInference(net, image, i -> biases, steps).run(simulation, 0, population -> pass = population);
        }
        return difference;
    }

    private void compare(int p, int step, Region region, Neurocore[] cores) {
        int last = net.schedule().phases().size() - 1;
        int preparation = net.schedule().preparation();
        boolean serial = net.schedule().order() == Schedule.Order.LAYER_SERIAL && !starts.replays();
        if (serial && pass != 0 && pass != p) {
            return;
        }
        // With more than one phase there are two, the first of which prepares; on a replay, those that need it.
        int before = starts.replays() ? starts.first(p) - starts.start(p) : preparation;
        boolean preparing = serial ? pass != 0 : step <= before;
        int phase = preparing ? 0 : last;
        int own = preparing || serial ? step : step - before;
        if (own < 1 || own > net.schedule().steps(phase, steps)) {
            return;
        }
        int n = region.size();
        int[] state = new int[2 * n];
        for (int i = 0; i < n; i++) {
            Neurocore core = cores[region.core()[i]];
            int at = Arrays.binarySearch(core.spikes(), 0, core.spikeCount(), region.compartment()[i]);
            // Who prepares for a replay sends nothing meanwhile; what it would have sent shows in its potential.
            state[i] = preparing && starts.replays() ? expected[phase][p][own][i] : at < 0 ? 0 : core.payload(at);
            state[n + i] = hasPotential(p) ? core.voltage(region.compartment()[i]) >> shift : 0;
        }
        int at = Arrays.mismatch(expected[phase][p][own], state);
        if (at >= 0) {
            difference = "on chip: " + net.schedule().phases().get(phase).name() + ", step " + own + ", layer " + region.name() + ", neuron " + at % n
                + (at < n ? ", s" : ", v") + ": expected " + expected[phase][p][own][at] + ", got " + state[at];
        }
    }
}
