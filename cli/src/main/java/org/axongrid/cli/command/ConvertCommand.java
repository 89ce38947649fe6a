package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.cli.pipeline.ConvertedModel;
import org.axongrid.cli.pipeline.ImportOptions;
import org.axongrid.cli.pipeline.ImportedModel;
import org.axongrid.cli.report.ConvertReport;
import org.axongrid.mapper.nir.NirExporter;
import org.axongrid.mapper.nir.NirWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts and quantises a model, and says what became of each layer. */
@Command(name = "convert", mixinStandardHelpOptions = true,
    description = "Convert a trained network to a spiking one in integers; say what became of each layer, and write the integers.")
final class ConvertCommand implements Callable<Integer> {
    private static final int STEPS_MAX = 100_000;

    @Parameters(paramLabel = "MODEL", description = "ONNX file of a trained network, or NIR (.nir) or netx (.net) file of a spiking one")
    private Path model;

    @Option(names = "--method", paramLabel = "NAME[:KEY=VALUE...]",
        description = "conversion method, as for compare (default: qcfs; nir and netx of such files: their own neurons)")
    private String method;

    @Option(names = "--steps", defaultValue = "8", paramLabel = "T", description = "time-steps T (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--explain", description = "say for each layer what rounding does and what its registers can meet")
    private boolean explain;

    @Option(names = "--chip", defaultValue = "loihi", paramLabel = "NAME|FILE.yaml",
        description = "chip whose registers the integers are made for (default: ${DEFAULT-VALUE})")
    private String chip;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for convert.txt, layers.csv, weights.csv and integers.npz")
    private Path out;

    @Option(names = "--export-nir", paramLabel = "FILE.nir", description = "write the spiking network as NIR, HDF5 as nir 1.0 writes it")
    private Path exportNir;

    @Option(names = "--nir-numbers", defaultValue = "integers", paramLabel = "integers|reals",
        description = "of --export-nir: the chip's integers in units of each layer (default), or the converted network's real numbers")
    private String nirNumbers;

    @Mixin
    private ImportMixin importing;
    @Mixin
    private ConversionOptions conversion;
    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Require.inRange(spec, "--steps", steps, 1, STEPS_MAX);
        conversion.check(spec);
        if (shared.json != null) {
            AtomicFile.requireWritable(shared.json);
        }
        Require.oneOf(spec, "--nir-numbers", nirNumbers, List.of("integers", "reals"));
        if (exportNir != null) {
            AtomicFile.requireWritable(exportNir);
        }
        ConvertedModel converted = ConvertedModel.of(model, importing.options(spec, ImportOptions.BIN), named(), steps, conversion.calibration, conversion.calibrationImages, chip,
            conversion.weightBits(chip), conversion.scales(), shared.seed);
        byte[] nir = exportNir == null ? null : NirWriter.bytes(nirNumbers.equals("reals") ? NirExporter.of(converted.spiking())
            : NirExporter.of(converted.spiking(), converted.quantised()));
        String text = ConvertReport.text(converted, explain);
        if (out != null) {
            AtomicFile.requireFolder(out);
            AtomicFile.write(out.resolve("convert.txt"), text);
            AtomicFile.write(out.resolve("layers.csv"), ConvertReport.layersCsv(converted));
            AtomicFile.write(out.resolve("weights.csv"), ConvertReport.weightsCsv(converted));
            AtomicFile.write(out.resolve("integers.npz"), ConvertReport.npz(converted));
        }
        if (nir != null) {
            AtomicFile.write(exportNir, nir);
        }
        if (shared.json != null) {
            AtomicFile.write(shared.json, ConvertReport.json(converted));
        }
        if (!shared.quiet) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private String named() {
        String name = method == null ? ImportedModel.methodOf(model) : method;
        ConversionOptions.checkMethod(spec, "--method", name);
        return name;
    }
}
