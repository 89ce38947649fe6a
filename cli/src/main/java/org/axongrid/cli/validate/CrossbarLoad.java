package org.axongrid.cli.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * Networks of crossbar cores as measurements of power use them: every neuron has so many synapses, fires at one rate by its own leak, and drives an
 * axon of a core anywhere on the chip, so that spikes go a third of its width in x and in y on average (21.3 of 64 cores).
 */
final class CrossbarLoad {
    private static final int SIZE = 256;
    private static final int LEAK = 255;
    /** Different crossbars; cores share them, as only their numbers of synapses matter. */
    private static final int CROSSBARS = 16;
    private static final long PS_PER_NS = 1000;

    private CrossbarLoad() { }

    /**
     * What a run gave.
     *
     * @param counters what happened
     * @param seconds  emulated time
     * @param neurons  neurons in use
     */
    record Outcome(EventCounters counters, double seconds, long neurons) {
        /** @return its energy, for one chip */
        EnergyReport energy(String profile) {
            return EnergyModel.price(counters, CostProfiles.preset(profile), 1, seconds);
        }

        /** @return mean rate of a neuron, spikes per second */
        double hertz() {
            return counters.spikes / seconds / neurons;
        }
    }

    /**
     * Runs a square of recurrent cores on TrueNorth.
     *
     * @param side     cores per side, up to 64
     * @param synapses of each neuron, 0 to 256
     * @param rate     spikes per neuron and tick, up to 1; 0 is silence
     * @param ticks    to run
     * @return what happened
     */
    static Outcome recurrent(int side, int synapses, double rate, int ticks) {
        ChipSpec chip = ChipSpecs.preset("truenorth");
        Random random = new Random(1);
        int cores = side * side;
        int[] axonOf = new int[cores * SIZE];
        Arrays.setAll(axonOf, i -> i);
        shuffle(axonOf, random);
        List<TrueNorthNeuron> phases = phases(rate);
        long[][] crossbars = new long[CROSSBARS][SIZE * SIZE / Long.SIZE];
        for (long[] crossbar : crossbars) {
            for (int j = 0; j < SIZE; j++) {
                connect(crossbar, j, synapses, random);
            }
        }
        List<CoreImage> images = new ArrayList<>();
        for (int c = 0; c < cores; c++) {
            int[][] n = new int[4][SIZE];
            for (int j = 0; j < SIZE; j++) {
                int to = axonOf[c * SIZE + j];
                n[0][j] = (j * 37 + c) % SIZE;
                n[1][j] = number(to / SIZE, side, chip);
                n[2][j] = to % SIZE;
                n[3][j] = 1;
            }
            images.add(new TrueNorthCoreImage(number(c, side, chip), 1, TrueNorthRules.PUBLISHED, new byte[SIZE], crossbars[c % CROSSBARS], phases, n[0], n[1], n[2], n[3]));
        }
        images.sort((a, b) -> Integer.compare(a.core(), b.core()));
        return run(new ChipImage("load", chip, 1, images, List.of(), 0), ticks, 0);
    }

    /**
     * Runs one core whose axons all reach all neurons, driven from outside.
     *
     * @param events   axons that become active in each tick
     * @param tickNs   length of a tick
     * @param ticks    to run
     * @return what happened
     */
    static Outcome driven(int events, int tickNs, int ticks) {
        ChipSpec chip = ChipSpecs.preset("truenorth").with(ChipParameter.MESH_WIDTH, 1).with(ChipParameter.MESH_HEIGHT, 1)
            .with(ChipParameter.TICK_PERIOD, tickNs);
        long[] crossbar = new long[SIZE * SIZE / Long.SIZE];
        Arrays.fill(crossbar, -1);
        int[] nowhere = new int[SIZE];
        Arrays.fill(nowhere, TrueNorthCoreImage.NOWHERE);
        TrueNorthCoreImage core = new TrueNorthCoreImage(0, 1, TrueNorthRules.PUBLISHED, new byte[SIZE], crossbar, phases(0), new int[SIZE], nowhere,
            new int[SIZE], new int[SIZE]);
        int[] first = new int[events + 1];
        int[] axon = new int[events];
        Arrays.setAll(first, i -> i);
        Arrays.setAll(axon, i -> i);
        SpikePort port = new SpikePort("in", first, new int[events], axon, new int[events]);
        return run(new ChipImage("driven", chip, 1, List.of(core), List.of(), List.of(port), 0, Arithmetic.NENGO_LOIHI), ticks, events);
    }

    private static Outcome run(ChipImage image, int ticks, int events) {
        long periodPs = image.chip().get(ChipParameter.TICK_PERIOD) * PS_PER_NS;
        try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(StepCosts.NONE, 0, null, periodPs), 1)) {
            if (events > 0) {
                simulation.drive(step -> {
                    for (int e = 0; e < events; e++) {
                        simulation.inject(0, e);
                    }
                });
            }
            simulation.runSteps(ticks);
            return new Outcome(simulation.counters(), simulation.times().totalPs * 1e-12, (long) image.cores().size() * SIZE);
        }
    }

    private static int number(int index, int side, ChipSpec chip) {
        return index / side * chip.get(ChipParameter.MESH_WIDTH) + index % side;
    }

    /** Neurons that the leak alone drives; synapses are counted but weigh nothing. Their starts are spread over a period. */
    private static List<TrueNorthNeuron> phases(double rate) {
        int threshold = rate == 0 ? (1 << 18) - 1 : (int) Math.round(LEAK / rate);
        List<TrueNorthNeuron> neurons = new ArrayList<>();
        for (int p = 0; p < SIZE; p++) {
            neurons.add(new TrueNorthNeuron(0, 0, 0, 0, 0, rate == 0 ? 0 : LEAK, false, false, threshold, 0, 0, TrueNorthNeuron.Reset.LINEAR, false, 0,
                rate == 0 ? 0 : (int) ((long) threshold * p / SIZE)));
        }
        return neurons;
    }

    /** So many random axons of a neuron. */
    private static void connect(long[] crossbar, int neuron, int synapses, Random random) {
        int[] axons = new int[SIZE];
        Arrays.setAll(axons, i -> i);
        for (int k = 0; k < synapses; k++) {
            int other = k + random.nextInt(SIZE - k);
            int axon = axons[other];
            axons[other] = axons[k];
            crossbar[axon * (SIZE / Long.SIZE) + neuron / Long.SIZE] |= 1L << neuron % Long.SIZE;
        }
    }

    private static void shuffle(int[] values, Random random) {
        for (int i = values.length - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            int v = values[i];
            values[i] = values[k];
            values[k] = v;
        }
    }
}
