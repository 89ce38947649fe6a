package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.probe.Probe;
import org.axongrid.emulator.probe.ProbeRecorder;

/**
 * Recordings of the first images, made in a run of their own so that the others go at full speed; runs do not depend on each other.
 *
 * @param probes what was recorded
 * @param values by image, probe and chip step: one value per element
 */
public record ProbeRun(List<Probe> probes, int[][][][] values) {
    /** @return the probes that the options name */
    static List<Probe> probes(Preparation prepared, RunOptions options) {
        List<Probe> probes = new ArrayList<>();
        for (String text : options.probes()) {
            probes.add(Probe.parse(text, prepared.mapping().image()));
        }
        return probes;
    }

    /** @return the recordings of images {@code 0 .. images - 1} */
    static ProbeRun of(Preparation prepared, List<Probe> probes, DataSet data, int images, int steps, Timing timing) {
        int[][][][] values = new int[images][][][];
        try (Simulation simulation = new Simulation(prepared.loaded(), timing, 1)) {
            ProbeRecorder recorder = new ProbeRecorder(simulation, probes);
            DataSetRunner.Inference inference = ChipRun.inference(prepared, data, steps);
            for (int i = 0; i < images; i++) {
                inference.run(simulation, i);
                values[i] = recorder.take();
            }
        }
        return new ProbeRun(probes, values);
    }
}
