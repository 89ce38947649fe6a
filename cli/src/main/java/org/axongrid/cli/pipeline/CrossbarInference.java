package org.axongrid.cli.pipeline;

import java.util.function.IntFunction;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.truenorth.TrueNorthMapping;

/**
 * Takes an image through a network on cores with a binary crossbar: the host writes the analog input's currents as leaks (counted as bias writes), and adds
 * up what the readout's output pins say and the readout's biases.
 */
public final class CrossbarInference implements DataSetRunner.Inference {
    private final QuantisedNetwork net;
    private final TrueNorthMapping mapping;
    private final IntFunction<int[][]> biases;
    private final int steps;

    /**
     * @param net     the network
     * @param mapping of it
     * @param biases  by image number: by population the currents of those that the analog input drives, in their units
     * @param steps   T
     */
    public CrossbarInference(QuantisedNetwork net, TrueNorthMapping mapping, IntFunction<int[][]> biases, int steps) {
        this.net = net;
        this.mapping = mapping;
        this.biases = biases;
        this.steps = steps;
    }

    /** @return the readout's currents by step and class, in the readout's units */
    @Override
    public InferenceResult run(Simulation simulation, int index) {
        int[][] units = biases.apply(index);
        for (int r = 0; r < mapping.inputs().size(); r++) {
            int[] neuron = mapping.inputs().get(r);
            int[] own = units[mapping.inputPopulation()[r]];
            int[] leaks = new int[neuron.length];
            for (int i = 0; i < leaks.length; i++) {
                leaks[i] = own[neuron[i]];
            }
            simulation.writeBiases(r, leaks);
        }
        InferenceResult spikes = simulation.run(index, steps);
        int readout = net.bias().length - 1;
        int[] bias = net.bias()[readout];
        int classes = net.network().readout().shape().size();
        int pins = mapping.pinClass().length;
        int[] values = new int[steps * classes];
        for (int t = 0; t < steps; t++) {
            for (int c = 0; c < classes; c++) {
                values[t * classes + c] = bias[c % bias.length];
            }
            for (int i = 0; i < pins; i++) {
                values[t * classes + mapping.pinClass()[i]] += spikes.readout()[t * pins + i] * mapping.pinValue()[i];
            }
        }
        return new InferenceResult(index, values, spikes.latencyPs());
    }
}
