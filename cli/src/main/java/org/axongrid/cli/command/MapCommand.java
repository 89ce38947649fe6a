package org.axongrid.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axongrid.cli.mapping.CrossbarMapping;
import org.axongrid.cli.mapping.CrossbarReport;
import org.axongrid.cli.mapping.HypergraphMapping;
import org.axongrid.cli.mapping.MappingReport;
import org.axongrid.cli.mapping.MappingRow;
import org.axongrid.cli.mapping.ModelMapping;
import org.axongrid.cli.mapping.PlacementSvg;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.cli.pipeline.ImportOptions;
import org.axongrid.cli.pipeline.Preparation;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.hypergraph.HypergraphFile;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.PartFile;
import org.axongrid.mapper.hypergraph.PlaceFile;
import org.axongrid.mapper.hypergraph.network.ImportedPartition;
import org.axongrid.mapper.hypergraph.network.NetworkHypergraph;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.PartitionStrategy;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.quantise.DigitQuantiser;
import org.axongrid.mapper.truenorth.CrossbarPartition;
import org.axongrid.mapper.truenorth.CrossbarPlacer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Maps without running: partition strategies and placers side by side. */
@Command(name = "map", mixinStandardHelpOptions = true,
    description = "Cut a trained network or a bare hypergraph into cores and place them on a mesh; compare strategies.")
final class MapCommand implements Callable<Integer> {
    private static final Pattern BUDGET = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(ms|s|min)");
    private static final String ALL = "all";
    private static final String AUTO = "auto";

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "ONNX file of a network trained with QCFS activations, or NIR (.nir) or netx (.net) file of a spiking one")
    private Path model;
    @Option(names = "--chip", paramLabel = "NAME|FILE.yaml", defaultValue = "loihi",
        description = "of a model: chip preset or description (default: ${DEFAULT-VALUE})")
    private String chip;
    @Option(names = "--chips", paramLabel = "N",
        description = "of a model: chips to use at most (default: as many as the chip's system can have)")
    private Integer chips;
    @Option(names = "--rates", paramLabel = "DATA",
        description = "of a model: measure spike rates on these images (default: all neurons alike)")
    private String rates;
    @Option(names = "--rate-images", paramLabel = "N", defaultValue = "100", description = "images for --rates (default: ${DEFAULT-VALUE})")
    private int rateImages;
    @Option(names = "--steps", paramLabel = "T", defaultValue = "8", description = "time-steps for --rates and --emulate (default: ${DEFAULT-VALUE})")
    private int steps;
    @Option(names = "--emulate", description = "of a model: run each mapping in the emulator's cycle mode: time, energy and what bounds a step")
    private boolean emulate;
    @Option(names = "--data", paramLabel = "DATA", description = "for --emulate: images (default: those of --rates)")
    private String data;
    @Option(names = "--images", paramLabel = "N", defaultValue = "10", description = "for --emulate: how many of them (default: ${DEFAULT-VALUE})")
    private int images;
    @Option(names = "--weight-bits", paramLabel = "N", description = "of a model on crossbar cores: digits of weights, 2 or 3 (default: 3)")
    private Integer weightBits;
    @Option(names = "--csv", paramLabel = "FILE", description = "write all figures, a row for each mapping")
    private Path csv;
    @Option(names = "--crossing-cost", paramLabel = "HOPS", defaultValue = "10",
        description = "of a model on several chips: what a packet from chip to chip is worth in placing, in hops; -1: no chip level (default: ${DEFAULT-VALUE})")
    private int crossing;
    @Option(names = "--svg", paramLabel = "FILE", description = "of a model: the best placement as a picture")
    private Path svg;

    @Option(names = "--hypergraph", paramLabel = "FILE", description = "hypergraph in hMETIS format, first pin = source; .hgr or .hgr.gz")
    private Path hypergraph;
    @Option(names = "--cap", paramLabel = "N", description = "of a hypergraph: neurons per core")
    private Integer capacity;
    @Option(names = "--cores", paramLabel = "N", description = "cores to use at most; of a model: by the strategy balanced (default: of a hypergraph one more than neurons need, or as many;"
        + " of a model all of the chips that it takes anyway)")
    private Integer cores;
    @Option(names = "--mesh", paramLabel = "WxH",
        description = "tiles per row and rows (default: the smallest square that holds the cores)")
    private String mesh;
    @Option(names = "--strategy", paramLabel = "NAME|all", description = "partition strategy (default: auto; none with --import-part)")
    private String strategy;
    @Option(names = "--placer", paramLabel = "NAME|all", defaultValue = "auto", description = "placer (default: ${DEFAULT-VALUE})")
    private String placer;
    @Option(names = "--joint", description = "of a hypergraph: refine each partition with its placement on hop packets too, which then decide"
        + " what is best")
    private boolean joint;
    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "10s",
        description = "time of a searching strategy, as in 500ms, 60s, 5min (default: ${DEFAULT-VALUE})")
    private String budget;
    @Option(names = "--import-part", paramLabel = "FILE",
        description = "score and place this partition, and with --emulate run it: line v = core of vertex v; of a model: of what --export-hgr writes")
    private Path importPart;
    @Option(names = "--export-hgr", paramLabel = "FILE.hgr",
        description = "of a model: write its hypergraph for other partitioners, and FILE.vtx.csv with layer, row, column and block of each vertex")
    private Path exportHypergraph;
    @Option(names = "--export-part", paramLabel = "FILE", description = "write the best partition")
    private Path exportPart;
    @Option(names = "--export-place", paramLabel = "FILE", description = "write its placement: line c = column and row of core c")
    private Path exportPlace;

    @Mixin
    private ImportMixin importing;
    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if ((model == null) == (hypergraph == null)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "one of MODEL and --hypergraph is needed");
        }
        for (Path file : new Path[] {shared.json, exportPart, exportPlace, exportHypergraph, svg, csv}) {
            if (file != null) {
                AtomicFile.requireWritable(file);
            }
        }
        Require.inRange(spec, "--threads", shared.threads(), 1, 1024);
        ObjectNode json = new ObjectMapper().createObjectNode().put("schema", "axongrid.map/1").put("seed", shared.seed)
            .put("threads", shared.threads()).put("budget_s", seconds());
        return model == null ? bare(json) : trained(json);
    }

    private int bare(ObjectNode json) {
        if (capacity == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--hypergraph needs --cap");
        }
        if (exportHypergraph != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--export-hgr is of a model");
        }
        HypergraphMapping mapping = new HypergraphMapping(options());
        List<MappingRow> rows = mapping.run();
        json.put("hypergraph", hypergraph.toString()).put("capacity", capacity).put("vertices", mapping.graph().vertices())
            .put("neurons", mapping.graph().totalWeight()).put("nets", mapping.graph().nets()).put("pins", mapping.graph().pins())
            .put("fewest_cores", mapping.graph().fewestCores(capacity));
        return finish(json, rows, rows.stream().map(MappingReport::figures).toList(), MappingReport.table(rows));
    }

    private int trained(ObjectNode json) {
        Require.inRange(spec, "--rate-images", rateImages, 1, Integer.MAX_VALUE);
        Require.inRange(spec, "--steps", steps, 1, 100_000);
        Require.inRange(spec, "--images", images, 1, Integer.MAX_VALUE);
        if (emulate && data == null && rates == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--emulate needs --data or --rates");
        }
        Require.inRange(spec, "--crossing-cost", crossing, -1, 1000);
        if (cores != null) {
            Require.inRange(spec, "--cores", cores, 1, 1 << 20);
        }
        if (chips != null) {
            Require.inRange(spec, "--chips", chips, 1, 1 << 20);
        }
        ChipSpec target = ChipSpecs.open(chip);
        if (weightBits != null) {
            Require.inRange(spec, "--weight-bits", weightBits, DigitQuantiser.BITS_MIN, DigitQuantiser.BITS_DEFAULT);
            if (!Preparation.isCrossbar(target)) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--weight-bits of map is for chips with crossbar cores, and " + target.name()
                    + " has none");
            }
        }
        if (Preparation.isCrossbar(target)) {
            return crossbar(json, target);
        }
        List<String> strategies = SearchPartitioner.names();
        if (strategy == null) {
            strategies = importPart == null && exportHypergraph == null ? List.of(AUTO) : List.of();
        } else if (!strategy.equals(ALL)) {
            Require.oneOf(spec, "--strategy", strategy, with(strategies));
            strategies = List.of(strategy);
        }
        ModelMapping mapping = new ModelMapping(new ModelMapping.Options(model, importing.options(spec, ImportOptions.BIN), chip, chips == null ? 0 : chips, strategies, placers(),
            rates, rateImages, steps, shared.seed, shared.threads(), seconds(), cores == null ? 0 : cores,
            emulate ? data == null ? rates : data : null, images, crossing, importPart));
        if (exportHypergraph != null) {
            exportHypergraph(mapping);
            if (strategies.isEmpty() && importPart == null) {
                return CommandLine.ExitCode.OK;
            }
        }
        List<ModelMapping.Mapped> mapped = mapping.run();
        List<MappingRow> rows = mapped.stream().map(ModelMapping.Mapped::row).toList();
        json.put("model", model.toString()).put("chip", mapping.chip().name()).put("rates", rates == null ? "uniform" : rates);
        if (svg != null) {
            AtomicFile.write(svg, PlacementSvg.of(mapped.get(rows.indexOf(HypergraphMapping.best(rows, joint))), mapping.chip(),
                mapping.network()));
        }
        if (mapping.imported() != null) {
            json.put("imported_cores", mapping.imported().cores()).put("imported_cores_split", mapping.imported().split());
        }
        return finish(json, rows, mapped.stream().map(MappingReport::figures).toList(), MappingReport.modelTable(mapped) + note(mapping.imported()));
    }

    private static String note(ImportedPartition imported) {
        return imported == null || imported.split() == 0 ? "" : "imported: " + imported.split() + " of " + imported.cores()
            + " cores held several populations or blocks of channels and were split, which makes " + imported.partition().cores().size() + " cores\n";
    }

    private void exportHypergraph(ModelMapping mapping) {
        NetworkHypergraph graph = mapping.hypergraph();
        AtomicFile.write(exportHypergraph, out -> HypergraphFile.write(graph.graph(), out));
        String name = exportHypergraph.getFileName().toString().replaceFirst("\\.hgr$", "");
        AtomicFile.write(exportHypergraph.resolveSibling(name + ".vtx.csv"), out -> graph.coordinates(mapping.network()).write(out));
    }

    /** Crossbar cores have strategies of their own: copies and axons limit them, which hypergraph strategies do not know. */
    private int crossbar(ObjectNode json, ChipSpec target) {
        if (cores != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--cores is of the strategy balanced, which does not apply to the cores of chip "
                + target.name());
        }
        if (importPart != null || exportHypergraph != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--import-part and --export-hgr do not apply to the cores of chip " + target.name());
        }
        String wanted = strategy == null ? AUTO : strategy;
        Require.oneOf(spec, "--strategy", wanted, with(new ArrayList<>(CrossbarPartition.names()), AUTO));
        Require.oneOf(spec, "--placer", placer, with(CrossbarPlacer.names()));
        boolean all = wanted.equals(ALL) || wanted.equals(AUTO);
        CrossbarMapping mapping = new CrossbarMapping(new CrossbarMapping.Options(model, target, chips == null ? 0 : chips,
            weightBits == null ? DigitQuantiser.BITS_DEFAULT : weightBits, all ? CrossbarPartition.names() : List.of(wanted),
            placer.equals(ALL) ? CrossbarPlacer.names() : List.of(placer), rates, rateImages, steps, shared.seed, shared.threads(), seconds(),
            emulate ? data == null ? rates : data : null, images, crossing));
        List<CrossbarMapping.Row> rows = mapping.run();
        CrossbarMapping.Row best = CrossbarMapping.best(rows);
        json.put("model", model.toString()).put("chip", target.name()).put("rates", rates == null ? "uniform" : rates);
        if (svg != null) {
            AtomicFile.write(svg, mapping.picture(best));
        }
        if (exportPart != null) {
            AtomicFile.write(exportPart, PartFile.text(best.part()));
        }
        if (exportPlace != null) {
            AtomicFile.write(exportPlace, PlaceFile.text(best.tile(), best.costs().mesh()));
        }
        if (csv != null) {
            AtomicFile.write(csv, MappingReport.csv(rows.stream().map(CrossbarReport::figures).toList()));
        }
        if (shared.json != null) {
            CrossbarReport.json(json, rows);
            AtomicFile.write(shared.json, MappingReport.text(json));
        }
        if (!shared.quiet) {
            spec.commandLine().getOut().print(CrossbarReport.table(rows));
            spec.commandLine().getOut().flush();
        }
        return best.violated().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int finish(ObjectNode json, List<MappingRow> rows, List<Map<String, Object>> figures, String table) {
        MappingRow best = HypergraphMapping.best(rows, joint);
        if (exportPart != null) {
            AtomicFile.write(exportPart, PartFile.text(best.part()));
        }
        if (exportPlace != null) {
            AtomicFile.write(exportPlace, PlaceFile.text(best.tile(), best.placement().mesh()));
        }
        if (csv != null) {
            AtomicFile.write(csv, MappingReport.csv(figures));
        }
        if (shared.json != null) {
            MappingReport.json(json.put("best", best.strategy()), figures, rows);
            AtomicFile.write(shared.json, MappingReport.text(json));
        }
        if (!shared.quiet) {
            spec.commandLine().getOut().print(table);
            spec.commandLine().getOut().flush();
        }
        return best.violated().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private HypergraphMapping.Options options() {
        Require.inRange(spec, "--cap", capacity, 1, Integer.MAX_VALUE / 2);
        if (cores != null) {
            Require.inRange(spec, "--cores", cores, 1, 1 << 20);
        }
        List<PartitionStrategy> strategies = PartitionStrategy.ALL;
        if (strategy == null) {
            strategies = importPart == null ? List.of(PartitionStrategy.of(AUTO)) : List.of();
        } else if (!strategy.equals(ALL)) {
            Require.oneOf(spec, "--strategy", strategy, with(PartitionStrategy.names()));
            strategies = List.of(PartitionStrategy.of(strategy));
        }
        return new HypergraphMapping.Options(hypergraph, capacity, cores == null ? 0 : cores, mesh == null ? null : mesh(), strategies,
            placers(), joint, importPart, shared.seed, shared.threads(), seconds());
    }

    private List<CorePlacer> placers() {
        if (placer.equals(ALL)) {
            return CorePlacer.ALL;
        }
        Require.oneOf(spec, "--placer", placer, with(CorePlacer.names()));
        return List.of(CorePlacer.of(placer));
    }

    private static List<String> with(List<String> names, String another) {
        names.add(another);
        return with(names);
    }

    private static List<String> with(List<String> names) {
        List<String> all = new ArrayList<>(names);
        all.add(ALL);
        return all;
    }

    private Mesh mesh() {
        if (!mesh.matches("[1-9]\\d{0,3}x[1-9]\\d{0,3}")) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--mesh: '" + mesh + "' is not of the form WxH");
        }
        String[] sides = mesh.split("x");
        return new Mesh(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    private double seconds() {
        Matcher matcher = BUDGET.matcher(budget);
        if (!matcher.matches()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--budget: '" + budget
                + "' is no time such as 500ms, 60s or 5min");
        }
        double number = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> number / 1000;
            case "min" -> number * 60;
            default -> number;
        };
    }
}
