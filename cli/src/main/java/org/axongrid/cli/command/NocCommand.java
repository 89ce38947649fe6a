package org.axongrid.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.axongrid.cli.noc.PacketTrace;
import org.axongrid.cli.noc.TraceRun;
import org.axongrid.cli.noc.Traffic;
import org.axongrid.cli.noc.TrafficRun;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.emulator.noc.MeshCounters;
import org.axongrid.emulator.noc.MeshParameters;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The router mesh alone. */
@Command(name = "noc", mixinStandardHelpOptions = true,
    description = "Run the router mesh alone, cycle by cycle: a packet trace, or synthetic traffic over a range of rates.")
final class NocCommand implements Callable<Integer> {
    /** What goes in: exactly one of the two. */
    private static final class Source {
        @Option(names = "--trace", paramLabel = "FILE", required = true,
            description = "packets to offer: CSV with the columns id,src,dst,inject")
        private Path trace;

        @Option(names = "--traffic", paramLabel = "PATTERN", required = true,
            description = "synthetic traffic: uniform, transpose, bitcomp, tornado, neighbour, hotspot")
        private String traffic;
    }

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--mesh", defaultValue = "8x8", paramLabel = "WxH",
        description = "routers per row and rows (default: ${DEFAULT-VALUE})")
    private String mesh;
    @Option(names = "--order", defaultValue = "xy", paramLabel = "xy|yx",
        description = "which dimension is routed first (default: ${DEFAULT-VALUE})")
    private String order;
    @Option(names = "--buffer", defaultValue = "4", paramLabel = "B", description = "flits per input FIFO (default: ${DEFAULT-VALUE})")
    private int buffer;
    @Option(names = "--hop-x", defaultValue = "1", paramLabel = "CYCLES", description = "east-west hop (default: ${DEFAULT-VALUE})")
    private int hopX;
    @Option(names = "--hop-y", defaultValue = "1", paramLabel = "CYCLES", description = "north-south hop (default: ${DEFAULT-VALUE})")
    private int hopY;
    @Option(names = "--credit", defaultValue = "1", paramLabel = "CYCLES", description = "credit return (default: ${DEFAULT-VALUE})")
    private int credit;
    @Option(names = "--injection", defaultValue = "1", paramLabel = "CYCLES",
        description = "from core to router (default: ${DEFAULT-VALUE})")
    private int injection;
    @Option(names = "--ejection", defaultValue = "1", paramLabel = "CYCLES",
        description = "from router to core (default: ${DEFAULT-VALUE})")
    private int ejection;
    @Option(names = "--rates", split = ",", defaultValue = "0.05,0.1,0.2,0.3,0.4,0.5", paramLabel = "R",
        description = "packets per node and cycle, for synthetic traffic (default: ${DEFAULT-VALUE})")
    private List<Double> rates;
    @Option(names = "--cycles", defaultValue = "5000", paramLabel = "N",
        description = "cycles measured, after as many of warm-up (default: ${DEFAULT-VALUE})")
    private int cycles;
    @Option(names = "--out", paramLabel = "DIR", description = "for a trace: folder for packets.csv and links.csv")
    private Path out;

    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        MeshParameters parameters = parameters();
        if (shared.json != null) {
            AtomicFile.requireWritable(shared.json);
        }
        ObjectNode json = new ObjectMapper().createObjectNode().put("schema", "axongrid.noc/1").put("mesh", mesh);
        if (source.trace != null) {
            trace(parameters, json);
        } else {
            traffic(parameters, json);
        }
        if (shared.json != null) {
            write(json);
        }
        return CommandLine.ExitCode.OK;
    }

    private MeshParameters parameters() {
        if (!mesh.matches("\\d{1,4}x\\d{1,4}")) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--mesh: '" + mesh + "' is not of the form WxH");
        }
        Require.oneOf(spec, "--order", order, List.of("xy", "yx"));
        String[] sides = mesh.split("x");
        return new MeshParameters(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]),
            MeshParameters.Order.valueOf(order.toUpperCase(Locale.ROOT)), buffer, hopX, hopY, credit, injection, ejection);
    }

    private void trace(MeshParameters parameters, ObjectNode json) {
        PacketTrace trace = PacketTrace.read(source.trace, parameters.routers());
        TraceRun run = TraceRun.of(trace, parameters);
        if (out != null) {
            AtomicFile.requireFolder(out);
            AtomicFile.write(out.resolve("packets.csv"), run.packetsCsv(trace));
            AtomicFile.write(out.resolve("links.csv"), run.linksCsv());
        }
        MeshCounters c = run.counters();
        double n = Math.max(1, c.delivered);
        json.put("packets", c.delivered).put("cycles", run.cycles()).put("latency_mean_cycles", c.latencySum / n)
            .put("latency_max_cycles", c.latencyMax).put("source_wait_mean_cycles", c.sourceWaitSum / n).put("hops_x", c.hopsX())
            .put("hops_y", c.hopsY()).put("stall_cycles", c.stallsTotal());
        var histogram = json.putObject("packets_by_latency_from_cycles");
        for (int k = 0; k < c.latencyHistogram.length; k++) {
            if (c.latencyHistogram[k] > 0) {
                histogram.put(Long.toString(1L << k), c.latencyHistogram[k]);
            }
        }
        say("%,d packets delivered by cycle %,d%nlatency mean %.2f, max %,d cycles; in the source queue %.2f%nhops %,d east-west, %,d north-south; "
            + "%,d stalled cycles%n", c.delivered, run.cycles(), c.latencySum / n, c.latencyMax, c.sourceWaitSum / n, c.hopsX(), c.hopsY(),
            c.stallsTotal());
    }

    private void traffic(MeshParameters parameters, ObjectNode json) {
        Require.oneOf(spec, "--traffic", source.traffic, Traffic.names());
        Require.inRange(spec, "--cycles", cycles, 1, 100_000_000);
        Traffic pattern = Traffic.valueOf(source.traffic.toUpperCase(Locale.ROOT));
        if (!pattern.fits(parameters.width(), parameters.height())) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--traffic: " + source.traffic + " is not defined on a mesh of " + mesh);
        }
        for (double rate : rates) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--rates: " + rate + " is outside 0..1");
            }
        }
        List<TrafficRun> runs = new ArrayList<>();
        say("%s traffic on %s%n%8s %9s %9s %8s %12s%n", source.traffic, mesh, "rate", "accepted", "latency", "max", "source wait");
        for (double rate : rates) {
            TrafficRun run = TrafficRun.of(new TrafficRun.Plan(rate, cycles, cycles, shared.seed),
                (from, random) -> pattern.destination(from, parameters.width(), parameters.height(), random), parameters.width(), parameters.height(),
                listener -> new org.axongrid.emulator.noc.Xy1Mesh(parameters, listener));
            runs.add(run);
            say("%8.3f %9.4f %9.2f %8d %12.2f%s%n", run.rate(), run.accepted(), run.latency(), run.latencyMax(), run.sourceWait(),
                run.stable() ? "" : "  saturated");
        }
        json.put("traffic", source.traffic).put("seed", shared.seed);
        var rows = json.putArray("rows");
        runs.forEach(r -> rows.addObject().put("rate", r.rate()).put("accepted", r.accepted()).put("latency_mean_cycles", r.latency())
            .put("latency_max_cycles", r.latencyMax()).put("source_wait_mean_cycles", r.sourceWait()).put("stable", r.stable()));
    }

    private void say(String format, Object... values) {
        if (!shared.quiet) {
            PrintWriter console = spec.commandLine().getOut();
            console.printf(Locale.ROOT, format, values);
            console.flush();
        }
    }

    private void write(ObjectNode json) {
        try {
            AtomicFile.write(shared.json, new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }
}
