package org.axongrid.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.axongrid.cli.noc.PacketTrace;
import org.axongrid.cli.noc.TraceRun;
import org.axongrid.cli.noc.Traffic;
import org.axongrid.cli.noc.TrafficRun;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.emulator.noc.MeshCounters;
import org.axongrid.emulator.noc.Router;
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

    @Mixin
    private RouterOptions routers;
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
        routers.check(spec);
        if (shared.json != null) {
            AtomicFile.requireWritable(shared.json);
        }
        ObjectNode json = new ObjectMapper().createObjectNode().put("schema", "axongrid.noc/1").put("mesh", routers.mesh);
        if (source.trace != null) {
            if (routers.routers().size() > 1) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--router: one router at a time for a trace");
            }
            trace(routers.routers().get(0), json);
        } else {
            traffic(json);
        }
        if (shared.json != null) {
            write(json);
        }
        return CommandLine.ExitCode.OK;
    }

    private void trace(Router router, ObjectNode json) {
        PacketTrace trace = PacketTrace.read(source.trace, routers.width() * routers.height());
        TraceRun run = TraceRun.of(trace, routers.meshes(router));
        if (out != null) {
            AtomicFile.requireFolder(out);
            AtomicFile.write(out.resolve("packets.csv"), run.packetsCsv(trace));
            AtomicFile.write(out.resolve("links.csv"), run.linksCsv());
        }
        MeshCounters c = run.counters();
        double n = Math.max(1, c.delivered);
        json.put("router", router.toString()).put("packets", c.delivered).put("cycles", run.cycles()).put("latency_mean_cycles", c.latencySum / n)
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

    private void traffic(ObjectNode json) {
        Require.oneOf(spec, "--traffic", source.traffic, Traffic.names());
        Require.inRange(spec, "--cycles", cycles, 1, 100_000_000);
        Traffic pattern = Traffic.valueOf(source.traffic.toUpperCase(Locale.ROOT));
        int width = routers.width();
        int height = routers.height();
        if (!pattern.fits(width, height)) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                "--traffic: " + source.traffic + " is not defined on a mesh of " + routers.mesh);
        }
        for (double rate : rates) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--rates: " + rate + " is outside 0..1");
            }
        }
        json.put("traffic", source.traffic).put("seed", shared.seed);
        var rows = json.putArray("rows");
        for (Router router : routers.routers()) {
            say("%s traffic on %s, router %s, seed %d%n%8s %9s %9s %8s %12s%n", source.traffic, routers.mesh, router, shared.seed, "rate", "accepted",
                "latency", "max", "source wait");
            for (double rate : rates) {
                TrafficRun run = TrafficRun.of(new TrafficRun.Plan(rate, cycles, cycles, shared.seed),
                    (from, random) -> pattern.destination(from, width, height, random), width, height, routers.meshes(router));
                rows.addObject().put("router", router.toString()).put("rate", run.rate()).put("accepted", run.accepted())
                    .put("latency_mean_cycles", run.latency()).put("latency_max_cycles", run.latencyMax())
                    .put("source_wait_mean_cycles", run.sourceWait()).put("stable", run.stable());
                say("%8.3f %9.4f %9.2f %8d %12.2f%s%n", run.rate(), run.accepted(), run.latency(), run.latencyMax(), run.sourceWait(),
                    run.stable() ? "" : "  saturated");
            }
        }
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
