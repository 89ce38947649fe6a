package org.axongrid.cli.conform;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.axongrid.cli.conform.LifNetwork.Layer;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.Region;

/** Runs an image with the inputs of a case and compares all it holds after each step. */
final class Replay {
    /** Nobody asks how long it takes on the chip. */
    private static final Timing TIMELESS = new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0);
    private static final int ACTIVATION_MAX = 1 << 24;

    private final LifNetwork net;
    private final ChipImage image;
    private final Simulation simulation;
    private final List<Expectation> expectations;
    private final CRC32 all = new CRC32();
    private String difference;

    private Replay(LifNetwork net, ChipImage image, Simulation simulation, List<Expectation> expectations) {
        this.net = net;
        this.image = image;
        this.simulation = simulation;
        this.expectations = expectations;
    }

    /**
     * Input of a case.
     *
     * @param spikes      lines by step
     * @param activations by layer: values by step
     */
    record Input(Map<Integer, int[]> spikes, List<Map<Integer, int[]>> activations) { }

    /**
     * @param net          the network
     * @param image        its image
     * @param input        checked input
     * @param expectations by layer
     * @param workers      threads
     * @return CRC-32 over every u, v and spike of every step
     * @throws CaseFailure for the first difference
     */
    static long run(LifNetwork net, ChipImage image, Input input, List<Expectation> expectations, int workers) {
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMELESS, workers)) {
            Replay replay = new Replay(net, image, simulation, expectations);
            simulation.observeCurrents();
            simulation.drive(step -> replay.give(step, input));
            simulation.listen(replay::compare);
            simulation.runSteps(net.steps());
            if (replay.difference != null) {
                throw new CaseFailure(replay.difference);
            }
            return replay.all.getValue();
        }
    }

    private void give(int step, Input input) {
        int port = 0;
        if (net.inputs() > 0) {
            for (int line : input.spikes().getOrDefault(step, new int[0])) {
                simulation.inject(port, line);
            }
            port++;
        }
        for (int l = 0; l < net.layers().size(); l++) {
            Layer layer = net.layers().get(l);
            if (layer.resetInterval() > 0 && step % layer.resetInterval() == layer.resetOffset()) {
                simulation.clear(image.regions().get(l));
            }
            if (layer.driven()) {
                activate(port++, input.activations().get(l).get(step));
            }
        }
    }

    private void activate(int port, int[] activations) {
        for (int i = 0; activations != null && i < activations.length; i++) {
            int magnitude = Math.abs(activations[i]);
            int first = (2 * i + (activations[i] < 0 ? 1 : 0)) * LifNetwork.DRIVE_BITS;
            int top = LifNetwork.DRIVE_BITS - 1;
            for (int k = 0; k < top; k++) {
                if ((magnitude >> k & 1) != 0) {
                    simulation.inject(port, first + k);
                }
            }
            for (int k = 0; k < magnitude >> top; k++) {
                simulation.inject(port, first + top);
            }
        }
    }

    private void compare(int step, Neurocore[] cores) {
        for (int l = 0; l < expectations.size(); l++) {
            Region region = image.regions().get(l);
            int[] u = new int[region.size()];
            int[] v = new int[region.size()];
            BitSet fired = new BitSet();
            BitSet[] firedOf = new BitSet[cores.length];
            for (int i = 0; i < u.length; i++) {
                int c = region.core()[i];
                u[i] = cores[c].current(region.compartment()[i]);
                v[i] = cores[c].voltage(region.compartment()[i]);
                if (firedOf[c] == null) {
                    firedOf[c] = new BitSet();
                    for (int s = 0; s < cores[c].spikeCount(); s++) {
                        firedOf[c].set(cores[c].spikes()[s]);
                    }
                }
                fired.set(i, firedOf[c].get(region.compartment()[i]));
            }
            Expectation.update(all, u);
            Expectation.update(all, v);
            Expectation.update(all, fired.stream().toArray());
            if (difference == null) {
                difference = expectations.get(l).difference(step, u, v, fired);
            }
        }
    }

    /** @return the input of a case, checked against its network */
    static Input input(VectorCase c, LifNetwork net) {
        Map<Integer, int[]> spikes = c.timed("in", "in");
        for (Map.Entry<Integer, int[]> s : spikes.entrySet()) {
            int[] lines = s.getValue();
            if (lines.length > 0 && lines[lines.length - 1] >= net.inputs()) {
                throw c.error("input line " + lines[lines.length - 1] + " in step " + s.getKey() + " of " + net.inputs());
            }
        }
        List<Map<Integer, int[]>> activations = net.layers().stream().map(layer -> c.timed("gin", layer.name())).toList();
        for (int l = 0; l < activations.size(); l++) {
            for (Map.Entry<Integer, int[]> a : activations.get(l).entrySet()) {
                if (a.getValue().length != net.layers().get(l).size()) {
                    throw c.error(a.getValue().length + " activations in step " + a.getKey() + " for the " + net.layers().get(l).size()
                        + " neurons of " + net.layers().get(l).name());
                }
                for (int value : a.getValue()) {
                    if (value < -ACTIVATION_MAX || value > ACTIVATION_MAX) {
                        throw c.error("activation " + value + " in step " + a.getKey() + " is outside +-" + ACTIVATION_MAX);
                    }
                }
            }
        }
        return new Input(spikes, activations);
    }
}
