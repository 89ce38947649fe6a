package org.axongrid.cli.command;

import java.util.List;
import java.util.Locale;
import org.axongrid.cli.pipeline.ImportOptions;
import org.axongrid.mapper.nir.NirOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How models are read that their files describe with spiking neurons. */
final class ImportMixin {
    @Option(names = "--reset", defaultValue = "auto", paramLabel = "auto|subtract|zero|v_reset",
        description = "of a NIR model: what a spike does to the potential (default: what its metadata say; else subtract where v_reset is 0, else v_reset)")
    private String reset;

    @Option(names = "--dt", paramLabel = "SECONDS", description = "of a NIR model: length of a time-step (default: what its metadata say, or 1 / r of IF neurons)")
    private Double dt;

    @Option(names = "--discretisation", defaultValue = "exponential", paramLabel = "exponential|euler",
        description = "of a NIR model: what a leak keeps in a step, exp(-dt/tau) (default) or 1 - dt/tau")
    private String discretisation;

    /** @return the options, checked */
    ImportOptions options(CommandSpec spec, int bin) {
        Require.oneOf(spec, "--reset", reset, List.of("auto", "subtract", "zero", "v_reset"));
        Require.oneOf(spec, "--discretisation", discretisation, List.of("exponential", "euler"));
        if (dt != null && !(dt > 0 && dt < 1e9)) {
            throw new ParameterException(spec.commandLine(), "--dt: " + dt + " is no length of a time-step in seconds");
        }
        return new ImportOptions(new NirOptions(NirOptions.Reset.valueOf(reset.toUpperCase(Locale.ROOT)), dt == null ? Double.NaN : dt,
            NirOptions.Discretisation.valueOf(discretisation.toUpperCase(Locale.ROOT))), null, bin);
    }
}
