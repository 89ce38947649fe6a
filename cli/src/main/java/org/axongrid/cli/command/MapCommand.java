package org.axongrid.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axongrid.cli.mapping.HypergraphMapping;
import org.axongrid.cli.mapping.MappingReport;
import org.axongrid.cli.mapping.MappingRow;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.PartFile;
import org.axongrid.mapper.hypergraph.PlaceFile;
import org.axongrid.mapper.hypergraph.partition.PartitionStrategy;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Maps without running: partition strategies and placers side by side. */
@Command(name = "map", mixinStandardHelpOptions = true,
    description = "Cut a hypergraph into cores and place them on a mesh; compare strategies.")
final class MapCommand implements Callable<Integer> {
    private static final Pattern BUDGET = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(ms|s|min)");
    private static final String ALL = "all";

    @Option(names = "--hypergraph", paramLabel = "FILE", required = true, description = "hypergraph in hMETIS format, first pin = source; .hgr or .hgr.gz")
    private Path hypergraph;
    @Option(names = "--cap", paramLabel = "N", required = true, description = "neurons per core")
    private int capacity;
    @Option(names = "--cores", paramLabel = "N", description = "cores to use at most (default: one more than neurons need, or as many)")
    private Integer cores;
    @Option(names = "--mesh", paramLabel = "WxH", description = "tiles per row and rows (default: the smallest square that holds the cores)")
    private String mesh;
    @Option(names = "--strategy", paramLabel = "NAME|all", defaultValue = "auto", description = "partition strategy (default: ${DEFAULT-VALUE})")
    private String strategy;
    @Option(names = "--placer", paramLabel = "NAME|all", defaultValue = "auto", description = "placer (default: ${DEFAULT-VALUE})")
    private String placer;
    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "10s",
        description = "time of a searching strategy, as in 500ms, 60s, 5min (default: ${DEFAULT-VALUE})")
    private String budget;
    @Option(names = "--import-part", paramLabel = "FILE", description = "score this partition too: line v = core of vertex v")
    private Path importPart;
    @Option(names = "--export-part", paramLabel = "FILE", description = "write the best partition")
    private Path exportPart;
    @Option(names = "--export-place", paramLabel = "FILE", description = "write its placement: line c = column and row of core c")
    private Path exportPlace;

    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (Path file : new Path[] {shared.json, exportPart, exportPlace}) {
            if (file != null) {
                AtomicFile.requireWritable(file);
            }
        }
        HypergraphMapping mapping = new HypergraphMapping(options());
        List<MappingRow> rows = mapping.run();
        MappingRow best = HypergraphMapping.best(rows);
        if (exportPart != null) {
            AtomicFile.write(exportPart, PartFile.text(best.part()));
        }
        if (exportPlace != null) {
            AtomicFile.write(exportPlace, PlaceFile.text(best.tile(), best.placement().mesh()));
        }
        if (shared.json != null) {
            ObjectNode json = new ObjectMapper().createObjectNode().put("schema", "axongrid.map/1").put("hypergraph", hypergraph.toString())
                .put("capacity", capacity).put("vertices", mapping.graph().vertices()).put("neurons", mapping.graph().totalWeight())
                .put("nets", mapping.graph().nets()).put("pins", mapping.graph().pins())
                .put("fewest_cores", mapping.graph().fewestCores(capacity)).put("seed", shared.seed).put("threads", shared.threads())
                .put("budget_s", seconds()).put("best", best.strategy());
            MappingReport.json(json, rows);
            AtomicFile.write(shared.json, MappingReport.text(json));
        }
        if (!shared.quiet) {
            spec.commandLine().getOut().print(MappingReport.table(rows));
            spec.commandLine().getOut().flush();
        }
        return best.violated().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private HypergraphMapping.Options options() {
        Require.inRange(spec, "--cap", capacity, 1, Integer.MAX_VALUE / 2);
        Require.inRange(spec, "--threads", shared.threads(), 1, 1024);
        if (cores != null) {
            Require.inRange(spec, "--cores", cores, 1, 1 << 20);
        }
        List<PartitionStrategy> strategies = PartitionStrategy.ALL;
        if (!strategy.equals(ALL)) {
            Require.oneOf(spec, "--strategy", strategy, with(PartitionStrategy.names()));
            strategies = List.of(PartitionStrategy.of(strategy));
        }
        List<CorePlacer> placers = CorePlacer.ALL;
        if (!placer.equals(ALL)) {
            Require.oneOf(spec, "--placer", placer, with(CorePlacer.names()));
            placers = List.of(CorePlacer.of(placer));
        }
        return new HypergraphMapping.Options(hypergraph, capacity, cores == null ? 0 : cores, mesh == null ? null : mesh(), strategies, placers,
            importPart, shared.seed, shared.threads(), seconds());
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
            throw new CommandLine.ParameterException(spec.commandLine(), "--budget: '" + budget + "' is no time such as 500ms, 60s or 5min");
        }
        double number = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> number / 1000;
            case "min" -> number * 60;
            default -> number;
        };
    }
}
