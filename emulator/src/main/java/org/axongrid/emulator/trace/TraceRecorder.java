package org.axongrid.emulator.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.StepLog;
import org.axongrid.emulator.probe.Probe;
import org.axongrid.emulator.probe.ProbeRecorder;

/** Traces a simulation in the {@code cycle} mode. To be told of each step with {@link Simulation#listen}, after the log that it shares. */
public final class TraceRecorder implements Simulation.StepListener {
    private final TraceSelection selection;
    private final List<TraceSink> sinks;
    private final StepLog log;
    private final TraceLayout layout;
    private final StepFrame frame;
    private final ProbeRecorder probes;
    private long nowPs;
    private long endPs;
    private long events;
    private StepLog.Row last;

    /**
     * @param simulation what is traced
     * @param log        told of each step before this
     * @param selection  what of it
     * @param probed     registers to show; no currents unless somebody had them observed
     * @param sinks      what writes it
     * @throws UncheckedIOException if a sink cannot write
     */
    public TraceRecorder(Simulation simulation, StepLog log, TraceSelection selection, List<Probe> probed, List<TraceSink> sinks) {
        if (simulation.clock() == null) {
            throw new IllegalArgumentException("only the cycle mode knows when things happen");
        }
        this.selection = selection;
        this.sinks = List.copyOf(sinks);
        this.log = log;
        simulation.clock().watch();
        layout = TraceLayout.of(simulation.image(), simulation.clock(), selection, probed);
        frame = new StepFrame(layout, simulation.clock(), simulation.timing().costs());
        probes = new ProbeRecorder(probed);
        try {
            for (TraceSink sink : sinks) {
                sink.begin(layout);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stepEnded(int step, Neurocore[] cores) {
        StepLog.Row row = log.last();
        if (events < selection.events() && selection.hasStep(step)) {
            probes.stepEnded(step, cores);
            int[][][] values = probes.take();
            int[][] probed = new int[values.length][];
            for (int p = 0; p < probed.length; p++) {
                probed[p] = values[p][0];
            }
            frame.fill(row, nowPs, cores, probed);
            try {
                for (TraceSink sink : sinks) {
                    events += sink.step(frame);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            endPs = nowPs + row.totalPs();
            last = row;
        }
        nowPs += row.totalPs();
    }

    /** Ends the trace. */
    public void end() {
        try {
            for (TraceSink sink : sinks) {
                sink.end(endPs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the last step that was traced, null if none was */
    public StepLog.Row lastTraced() {
        return last;
    }

    /** @return whether the trace came to its largest size */
    public boolean isFull() {
        return events >= selection.events();
    }

    /** @return events written, all formats together */
    public long events() {
        return events;
    }
}
