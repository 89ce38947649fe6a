package org.axongrid.cli.pipeline;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.mapper.neuron.StartSteps;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.CosShift;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Takes an image through a network's whole schedule on a chip. In lockstep all phases are one run, since neuron programs change phase by themselves;
 * layer after layer too, if axon delays replay what a layer has prepared itself on. Where they are too short for that, the host has the chip run the first phase once for each spiking layer, reads that layer's notes, and writes its corrected
 * start; what the layers before it send is the same in each run, which is what a recording would hold. What the host reads and writes is counted.
 */
public final class ScheduledInference implements DataSetRunner.Inference {
    private static final NeuronProgram OFFSET = NeuronPrograms.library("offset-if");

    private final QuantisedNetwork net;
    private final ChipImage image;
    private final IntFunction<int[][]> biases;
    private final IntFunction<int[][]> events;
    private final int[] portDepth;
    private final int steps;
    private final int[] analog;
    private final boolean replays;

    /**
     * @param net    the network
     * @param image  mapped from it
     * @param biases by image number: by population the biases of those that the analog input drives, in the population's units
     * @param steps  T
     */
    public ScheduledInference(QuantisedNetwork net, ChipImage image, IntFunction<int[][]> biases, int steps) {
        this(net, image, biases, null, steps);
    }

    /**
     * @param net    the network
     * @param image  mapped from it
     * @param biases by image number: by population the biases of those that the analog input drives, in the population's units
     * @param events of an input of spikes, by recording number: by step the neurons that spike; else {@code null}
     * @param steps  T
     */
    public ScheduledInference(QuantisedNetwork net, ChipImage image, IntFunction<int[][]> biases, IntFunction<int[][]> events, int steps) {
        this.net = net;
        this.events = events;
        // The image has a port for each projection from an input of spikes, in the network's order; what it drives starts by its depth later.
        int[] depths = net.network().depths();
        portDepth = net.network().projections().stream().filter(p -> p.source() == 0 && net.network().eventInput()).mapToInt(p -> depths[p.target()])
            .toArray();
        this.image = image;
        this.biases = biases;
        this.steps = steps;
        // The image has a bias region for each analog population, in the network's order.
        replays = StartSteps.of(net, image.depth()).replays();
        analog = IntStream.range(1, net.network().populations().size()).filter(net::isAnalog).toArray();
    }

    /** @return time-steps that the chip takes for one image */
    public static int chipSteps(QuantisedNetwork net, ChipImage image, int steps) {
        Schedule schedule = net.schedule();
        if (StartSteps.of(net, image.depth()).replays()) {
            return image.depth() + Math.max(steps, schedule.stepsMin());
        }
        return schedule.order() == Schedule.Order.LOCKSTEP ? steps + schedule.preparation() + image.depth()
            : steps + image.depth() + spiking(net).length * (schedule.preparation() + image.depth());
    }

    private static int[] spiking(QuantisedNetwork net) {
        return IntStream.range(1, net.network().populations().size()).filter(p -> net.rules().get(p).integrates()).toArray();
    }

    @Override
    public InferenceResult run(Simulation simulation, int index) {
        return run(simulation, index, Passes.NONE);
    }

    /** Told of the runs that an inference is made of. */
    interface Passes {
        /** Nobody is told. */
        Passes NONE = population -> { };

        /** @param population that is corrected by the run that begins, 0 for the run that gives the result */
        void begins(int population);
    }

    private Simulation.StepDriver injecting(Simulation simulation, int[][] byStep) {
        return new Simulation.StepDriver() {
            @Override
            public void beforeStep(int step) {
                for (int port = 0; port < portDepth.length; port++) {
                    int own = step - portDepth[port];
                    if (own >= 1 && own <= Math.min(steps, byStep.length)) {
                        for (int neuron : byStep[own - 1]) {
                            simulation.inject(port, neuron);
                        }
                    }
                }
            }

            @Override
            public int nextStep(int from) {
                int next = Integer.MAX_VALUE;
                for (int depth : portDepth) {
                    int own = Math.max(1, from - depth);
                    while (own <= Math.min(steps, byStep.length) && byStep[own - 1].length == 0) {
                        own++;
                    }
                    next = own > Math.min(steps, byStep.length) ? next : Math.min(next, own + depth);
                }
                return next;
            }
        };
    }

    /** @return as {@link #run(Simulation, int)} */
    InferenceResult run(Simulation simulation, int index, Passes passes) {
        int[][] units = biases.apply(index);
        simulation.drive(events == null ? null : injecting(simulation, events.apply(index)));
        for (int r = 0; r < analog.length; r++) {
            simulation.writeBiases(r, mantissas(units[analog[r]], net.biasStep()[analog[r]]));
        }
        int preparation = net.schedule().preparation();
        if (net.schedule().order() == Schedule.Order.LOCKSTEP) {
            passes.begins(0);
            return simulation.run(index, preparation + steps).lastSteps(steps, preparation + steps);
        }
        if (replays) {
            passes.begins(0);
            int run = Math.max(steps, net.schedule().stepsMin());
            return simulation.run(index, preparation + run, run + image.depth()).firstSteps(steps, run);
        }
        for (int p : spiking(net)) {
            passes.begins(p);
            simulation.run(index, preparation);
            correct(simulation, p);
        }
        passes.begins(0);
        InferenceResult result = simulation.run(index, steps);
        simulation.restoreInitial();
        return result;
    }

    /** @return biases in a population's units as what a host writes, multiples of its bias step */
    static int[] mantissas(int[] units, int step) {
        return step == 1 ? units : Arrays.stream(units).map(u -> u / step).toArray();
    }

    private void correct(Simulation simulation, int p) {
        Region region = region(p);
        int[] v = simulation.readState(region, OFFSET.stateIndex("v"));
        int[] low = simulation.readState(region, OFFSET.stateIndex("low"));
        int[] high = simulation.readState(region, OFFSET.stateIndex("high"));
        int[] spiked = simulation.readState(region, OFFSET.stateIndex("spiked"));
        int[] theta = net.threshold()[p];
        int[] initial = net.initialV()[p];
        int[] start = new int[v.length];
        for (int i = 0; i < v.length; i++) {
            start[i] = Math.toIntExact(initial[i % initial.length] + CosShift.of(v[i], theta[i % theta.length], spiked[i] == 1, low[i], high[i]));
        }
        simulation.setInitial(region, OFFSET.stateIndex("v"), start);
    }

    private Region region(int p) {
        String name = net.network().populations().get(p).name();
        return image.regions().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    }
}
