package org.axongrid.cli.pipeline;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.StepLog;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.probe.Probe;
import org.axongrid.emulator.trace.PerfettoWriter;
import org.axongrid.emulator.trace.TraceRecorder;
import org.axongrid.emulator.trace.TraceSink;
import org.axongrid.emulator.trace.VcdWriter;

/**
 * The steps of the first inferences, one by one, and the traces that were written of them; made in a run of their own so that the others go at full
 * speed.
 *
 * @param rows   by step
 * @param last   the last step that was traced, null if none was
 * @param isFull whether a trace came to its largest size there
 */
public record TraceRun(List<StepLog.Row> rows, StepLog.Row last, boolean isFull) {
    /** @return the steps of images {@code 0 .. images - 1}; traces are in their files */
    static TraceRun of(Preparation prepared, List<Probe> probes, DataSet data, int images, int steps, Timing timing, TraceRequest request) {
        try (Simulation simulation = new Simulation(prepared.loaded(), timing, 1)) {
            if (probes.stream().anyMatch(p -> p.quantity() == Probe.Quantity.CURRENT)) {
                simulation.observeCurrents();
            }
            DataSetRunner.Inference inference = ChipRun.inference(prepared, data, steps);
            return of(simulation, probes, request, true, null, () -> {
                for (int i = 0; i < images; i++) {
                    inference.run(simulation, i);
                }
            });
        }
    }

    /**
     * Runs something on a simulation with a log of its steps and the traces that are asked for.
     *
     * @param simulation it runs on
     * @param probes     registers to show in waveforms
     * @param request    which traces
     * @param keeps      whether all steps are kept
     * @param listener   told of each step too, or null
     * @param body       what runs
     * @return the steps
     */
    public static TraceRun of(Simulation simulation, List<Probe> probes, TraceRequest request, boolean keeps, Simulation.StepListener listener,
                              Runnable body) {
        StepLog log = new StepLog(simulation, keeps);
        TraceRecorder[] recorder = {null};
        open(request.vcd(), vcd -> open(request.perfetto(), perfetto -> {
            List<TraceSink> sinks = new ArrayList<>();
            if (vcd != null) {
                sinks.add(new VcdWriter(vcd));
            }
            if (perfetto != null) {
                sinks.add(new PerfettoWriter(perfetto, simulation.timing().costs()));
            }
            recorder[0] = sinks.isEmpty() ? null : new TraceRecorder(simulation, log, request.selection(), probes, sinks);
            simulation.listen(log.andThen(recorder[0]).andThen(listener));
            body.run();
            if (recorder[0] != null) {
                recorder[0].end();
            }
        }));
        TraceRecorder r = recorder[0];
        return new TraceRun(log.take(), r == null ? null : r.lastTraced(), r != null && r.isFull());
    }

    private static void open(Path file, AtomicFile.Content content) {
        if (file != null) {
            AtomicFile.write(file, content);
            return;
        }
        try {
            content.to((Writer) null);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
