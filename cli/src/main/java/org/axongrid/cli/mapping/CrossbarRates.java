package org.axongrid.cli.mapping;

import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.pipeline.ChipRun;
import org.axongrid.cli.pipeline.Preparation;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;

/** How often each neuron of crossbar cores fires, copies, relays and partial sums included, counted on the emulated chip: no placement changes it. */
final class CrossbarRates {
    private static final int WINDOW = 1000;

    private CrossbarRates() { }

    /**
     * @param prepared the network on a chip
     * @param data     the images
     * @param images   number of images, the first ones
     * @param steps    time-steps per image
     * @param threads  threads of the host
     * @return by core, in the image's order, and neuron: spikes in 1000 ticks, at least 1 so that a neuron that was silent here does not count as free
     */
    static int[][] measure(Preparation prepared, DataSet data, int images, int steps, int threads) {
        int cores = prepared.mapping().image().cores().size();
        int[][] spikes = new int[cores][];
        for (int c = 0; c < cores; c++) {
            spikes[c] = new int[prepared.mapping().image().cores().get(c).compartments()];
        }
        long[] ticks = {0};
        try (Simulation simulation = new Simulation(prepared.loaded(), new Timing(StepCosts.NONE, 0), threads)) {
            simulation.listen((step, running) -> {
                ticks[0]++;
                for (int c = 0; c < cores; c++) {
                    Neurocore core = running[c];
                    for (int s = 0; s < core.spikeCount(); s++) {
                        spikes[c][core.spikes()[s]]++;
                    }
                }
            });
            DataSetRunner.Inference inference = ChipRun.inference(prepared, data, steps);
            for (int i = 0; i < images; i++) {
                inference.run(simulation, i);
            }
        }
        for (int[] core : spikes) {
            for (int n = 0; n < core.length; n++) {
                core[n] = (int) Math.max(1, Math.round((double) WINDOW * core[n] / ticks[0]));
            }
        }
        return spikes;
    }
}
