package org.axongrid.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.synapse.SynapseListReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cores with hundreds of messages in a step, more than are looked up together, do what plain arrays do: every voltage of every step. */
class RecurrentNetTest {
    private static final int STEPS = 12;

    @ParameterizedTest(name = "{0} neurons, fan-out {1}, {2} cores, {3} threads")
    @CsvSource({"2048, 64, 1, 1", "2048, 64, 4, 2", "256, 256, 1, 1"})
    void coresDoWhatPlainArraysDo(int neurons, int fanOut, int cores, int threads) {
        ChipImage image = RecurrentNet.image(neurons, fanOut, cores);
        int size = neurons / cores;
        int[][] weights = weights(image, neurons, size);
        int[] v = new int[neurons];
        int[] bias = new int[neurons];
        for (int c = 0; c < cores; c++) {
            LoihiCoreImage core = (LoihiCoreImage) image.cores().get(c);
            System.arraycopy(core.initialV(), 0, v, c * size, size);
            System.arraycopy(core.biasMantissa(), 0, bias, c * size, size);
        }
        int threshold = ((LoihiCoreImage) image.cores().get(0)).profiles().get(0).thresholdMantissa() << image.chip().get(ChipParameter.WEIGHT_SHIFT);
        int[][] input = {new int[neurons]};
        int[] spikes = {0};
        try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(StepCosts.NONE, 0), threads)) {
            simulation.listen((t, running) -> {
                int[] next = new int[neurons];
                for (int n = 0; n < neurons; n++) {
                    v[n] += input[0][n] + bias[n];
                    if (v[n] > threshold) {
                        v[n] = 0;
                        spikes[0]++;
                        for (int target = 0; target < neurons; target++) {
                            next[target] += weights[n][target];
                        }
                    }
                    assertEquals(v[n], running[n / size].voltage(n % size), "neuron " + n + ", step " + t);
                }
                input[0] = next;
            });
            simulation.runSteps(STEPS);
            assertTrue(spikes[0] > neurons / 4, spikes[0] + " spikes");
            assertEquals(spikes[0], simulation.counters().spikes);
        }
    }

    private static int[][] weights(ChipImage image, int neurons, int size) {
        int[][] weights = new int[neurons][neurons];
        int shift = image.chip().get(ChipParameter.WEIGHT_SHIFT);
        for (int c = 0; c < image.cores().size(); c++) {
            LoihiCoreImage core = (LoihiCoreImage) image.cores().get(c);
            SynapseListReader reader = new SynapseListReader(core.synapseWords(), core.formats(), "core " + c);
            int first = c * size;
            for (int source = 0; source < neurons; source++) {
                int[] row = weights[source];
                reader.read(core.axonPointer()[source], core.axonWords()[source], (target, mantissa, delay, format) -> row[first + target] = mantissa << shift);
            }
        }
        return weights;
    }
}
