package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axongrid.cli.pipeline.TraceRequest;
import org.axongrid.emulator.trace.TraceSelection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What of a run is written step by step: options of {@code run} and {@code demo}. */
final class TraceOptions {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");
    private static final int CORES_MAX = 1 << 24;

    @Option(names = "--step-times", paramLabel = "FILE.csv", description = "time of each step with its parts, of the first image or all ticks")
    Path stepTimes;

    @Option(names = "--vcd", paramLabel = "FILE.vcd",
        description = "waveforms for GTKWave: phases and queues of cores, routers, spikes, probed registers; needs --timing cycle")
    Path vcd;

    @Option(names = "--perfetto", paramLabel = "FILE.json",
        description = "trace events for ui.perfetto.dev and chrome://tracing: tracks of cores and routers, messages as flows; needs --timing cycle")
    Path perfetto;

    @Option(names = "--trace-images", defaultValue = "1", paramLabel = "N", description = "images in traces and step times (default: ${DEFAULT-VALUE})")
    int images;

    @Option(names = "--trace-steps", paramLabel = "A..B", description = "steps to trace of each image, from 1 (default: all)")
    String steps;

    @Option(names = "--trace-cores", paramLabel = "A..B,C", description = "numbers of the cores to trace (default: all in use)")
    String cores;

    @Option(names = "--trace-events", defaultValue = "1000000", paramLabel = "N",
        description = "a trace ends after the step in which it comes to so many events (default: ${DEFAULT-VALUE})")
    long events;

    /** @return what is asked for, checked */
    TraceRequest toRequest(CommandSpec spec, String timing) {
        Require.inRange(spec, "--trace-images", images, 1, 100_000);
        if (events < 1) {
            throw new ParameterException(spec.commandLine(), "--trace-events: " + events + " is not at least 1");
        }
        if ((vcd != null || perfetto != null) && !timing.equals("cycle")) {
            throw new ParameterException(spec.commandLine(), (vcd != null ? "--vcd" : "--perfetto")
                + " needs --timing cycle: only there it is known when things happen");
        }
        if ((steps != null || cores != null) && vcd == null && perfetto == null) {
            throw new ParameterException(spec.commandLine(), (steps != null ? "--trace-steps" : "--trace-cores") + " needs --vcd or --perfetto");
        }
        int[] range = steps == null ? new int[] {1, Integer.MAX_VALUE} : range(spec, "--trace-steps", steps, 1, 1_000_000_000);
        BitSet chosen = cores == null ? null : new BitSet();
        for (String part : cores == null ? new String[0] : cores.split(",", -1)) {
            int[] some = range(spec, "--trace-cores", part.trim(), 0, CORES_MAX);
            chosen.set(some[0], some[1] + 1);
        }
        return new TraceRequest(vcd, perfetto, stepTimes, images, new TraceSelection(range[0], range[1], chosen, events));
    }

    private static int[] range(CommandSpec spec, String option, String text, int least, int most) {
        Matcher m = RANGE.matcher(text);
        int from = m.matches() ? Integer.parseInt(m.group(1)) : -1;
        int to = m.matches() && m.group(2) != null ? Integer.parseInt(m.group(2)) : from;
        if (from < least || to < from || to > most) {
            throw new ParameterException(spec.commandLine(), option + ": '" + text + "' is no range A..B from " + least + " on");
        }
        return new int[] {from, to};
    }
}
