package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axongrid.cli.pipeline.ChipTiming;
import org.axongrid.cli.pipeline.HostUse;
import org.axongrid.cli.pipeline.ImportOptions;
import org.axongrid.cli.pipeline.RunOptions;
import org.axongrid.cli.report.ProbeFile;
import org.axongrid.emulator.noc.Router;
import org.axongrid.mapper.DefaultStrategy;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.truenorth.CrossbarPlacer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How to run a model: options of {@code run} and {@code demo}. */
final class RunOptionsMixin {
    private static final int STEPS_MAX = 100_000;

    @Mixin
    ConversionOptions conversion;
    @Mixin
    TraceOptions trace;

    @Option(names = "--method", paramLabel = "NAME[:KEY=VALUE...]",
        description = "conversion method (default: qcfs; nir and netx of such files: their own neurons); compare --help lists them; some need --chip loihi2")
    String method;

    @Option(names = "--chip", defaultValue = "loihi", paramLabel = "NAME|FILE.yaml",
        description = "chip preset or description (default: ${DEFAULT-VALUE})")
    String chip;

    @Option(names = "--mapping", defaultValue = DefaultStrategy.ID, paramLabel = "NAME",
        description = "partition strategy: sequential-hilbert, sequential-raster, random, tile3d, balanced, streaming, greedy-overlap, annealing, multilevel, auto"
            + " (default: the first that fits of sequential-hilbert, the same with wider sources, tile3d)")
    String mapping;

    @Option(names = "--placement", paramLabel = "NAME", description = "placer: hilbert, row-major and random fill chips in order,"
        + " spectral, force-directed, recursive-bisection, annealing and auto place by traffic as map does (default: auto with --mapping, else hilbert)")
    String placement;

    @Option(names = "--chips", paramLabel = "N", description = "chips to use at most (default: as many as the chip's system can have)")
    Integer chips;

    @Option(names = "--timing", defaultValue = "fast", paramLabel = "MODE",
        description = "timing mode: fast (counts, the default) or cycle (each message through the mesh; slower)")
    String timing;

    @Option(names = "--router", paramLabel = "analytic|xy1|vc",
        description = "with --timing cycle, how routers are modelled: without contention, with one virtual channel (default), or with two and a pipeline")
    String router;

    @Option(names = "--parallel", defaultValue = "auto", paramLabel = "auto|layers|images|cores",
        description = "how the host works: batches of images layer by layer, image by image on the cores with a thread for each, or all threads on the cores of"
            + " one image; results are the same (default: auto)")
    String parallel;

    @Option(names = "--batch", defaultValue = "0", paramLabel = "N",
        description = "images that a thread takes together layer by layer; changes no result (default: by T and memory)")
    int batch;

    @Option(names = "--no-oracle", description = "leave out the float SNN and the integer oracle")
    boolean noOracle;

    @Option(names = "--neuron", paramLabel = "NAME|FILE.neuron",
        description = "neuron program of the spiking neurons (default: what the method needs); float SNN and oracle are left out")
    String neuron;

    @Option(names = "--soft-reset", defaultValue = "native", paramLabel = "native|two-compartment",
        description = "what a soft reset costs: nothing (default), or a second compartment with axon and synapse, as on Loihi 1 silicon")
    String softReset;

    @Option(names = "--allow-saturation",
        description = "run networks that decide otherwise because registers overflow all the same, and count how often (default: refuse them)")
    boolean allowSaturation;

    @Option(names = "--probe", paramLabel = "REGION[.QUANTITY][:ELEMENTS]",
        description = "record a register of a layer in each step: v (default), u, spike, a state word of its program, probe0..probe3; repeatable")
    List<String> probes = new ArrayList<>();

    @Option(names = "--probe-images", defaultValue = "1", paramLabel = "N", description = "images to record (default: ${DEFAULT-VALUE})")
    int probeImages;

    @Option(names = "--probe-out", paramLabel = "FILE.csv|FILE.npz", description = "where recordings go (default: probes.csv in --out)")
    Path probeOut;

    @Option(names = "--energy-profile", paramLabel = "NAME|FILE.yaml", description = "cost profile for energy (default: the chip's own)")
    String energyProfile;

    @Option(names = "--timing-profile", paramLabel = "NAME|FILE.yaml", description = "cost profile for time (default: the chip's own)")
    String timingProfile;

    @Option(names = "--save-image", paramLabel = "FILE", description = "write the chip image")
    Path saveImage;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for report.txt, report.json, layers.csv and predictions.csv")
    Path out;

    /** @return the options, checked */
    RunOptions toOptions(CommandSpec spec, SharedOptions shared, int steps, int limit) {
        return toOptions(spec, shared, steps, limit, "qcfs", ImportOptions.DEFAULT);
    }

    /**
     * @param steps     T, 0 for as many as the data has
     * @param usual     the method if none is given
     * @param importing how the model is read
     * @return the options, checked
     */
    RunOptions toOptions(CommandSpec spec, SharedOptions shared, int steps, int limit, String usual, ImportOptions importing) {
        String method = this.method == null ? usual : this.method;
        Require.inRange(spec, "--steps", steps, 0, STEPS_MAX);
        Require.inRange(spec, "--limit", limit, 1, Integer.MAX_VALUE);
        Require.inRange(spec, "--threads", shared.threads(), 1, 1024);
        if (chips != null) {
            Require.inRange(spec, "--chips", chips, 1, 1 << 20);
        }
        ConversionOptions.checkMethod(spec, "--method", method);
        conversion.check(spec);
        Require.oneOf(spec, "--soft-reset", softReset, List.of("native", "two-compartment"));
        Require.oneOf(spec, "--parallel", parallel, Stream.concat(Stream.of("auto"), HostUse.NAMES.stream()).toList());
        Require.inRange(spec, "--batch", batch, 0, 1 << 20);
        if (!mapping.equals(DefaultStrategy.ID)) {
            Require.oneOf(spec, "--mapping", mapping, SearchPartitioner.names());
        }
        if (placement != null) {
            Require.oneOf(spec, "--placement", placement, CrossbarPlacer.names());
        }
        // A mapping that was asked for is the one that map shows.
        String placer = placement == null && !mapping.equals(DefaultStrategy.ID) ? "auto" : placement;
        checkProbes(spec);
        HostUse how = parallel.equals("auto") ? null : HostUse.named(parallel);
        return new RunOptions(method, steps, chip, mapping, placer, chips == null ? 0 : chips, conversion.weightBits(chip), conversion.scales(),
            shared.seed, shared.threads(), how, batch, limit, !noOracle, timingMode(spec), energyProfile, timingProfile, neuron,
            softReset.equals("two-compartment"), probes, probeImages, conversion.calibration, conversion.calibrationImages, trace.toRequest(spec, timing),
            allowSaturation, importing);
    }

    /** @return the timing mode, the kind of routers included */
    String timingMode(CommandSpec spec) {
        Require.oneOf(spec, "--timing", timing, ChipTiming.MODES);
        if (router == null) {
            return timing;
        }
        Require.oneOf(spec, "--router", router, Router.names());
        if (!timing.equals("cycle")) {
            throw new ParameterException(spec.commandLine(), "--router needs --timing cycle");
        }
        return ChipTiming.cycleWith(router);
    }

    /** Makes sure that recordings have a place to go, and only then. */
    void checkProbes(CommandSpec spec) {
        Require.inRange(spec, "--probe-images", probeImages, 1, 100_000);
        if (probeOut != null && !ProbeFile.isNamedSo(probeOut)) {
            throw new ParameterException(spec.commandLine(), "--probe-out: " + probeOut + " ends in neither .csv nor .npz");
        }
        boolean shown = probeFile() != null || trace.vcd != null;
        if (probes.isEmpty() ? probeOut != null : !shown) {
            throw new ParameterException(spec.commandLine(), probes.isEmpty() ? "--probe-out needs --probe"
                : "--probe needs --probe-out, --out or --vcd");
        }
    }

    /** @return where recordings go, null if nowhere */
    Path probeFile() {
        return probeOut != null ? probeOut : out != null ? out.resolve("probes.csv") : null;
    }
}
