package org.axongrid.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.axongrid.cli.validate.Check;
import org.axongrid.cli.validate.Validation;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the chips with every parameter, its unit and its source. */
@Command(name = "chips", mixinStandardHelpOptions = true,
    description = "Show the chip presets, or one chip, with each parameter's unit and source.")
final class ChipsCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME|FILE.yaml", description = "a preset or a description; all presets if left out")
    private String chip;

    @Option(names = "--yaml", description = "print as YAML, to start a description of your own from")
    private boolean yaml;

    @Option(names = "--validate",
        description = "compare published measurements with runs of networks of the stated kinds (V1 to V7); takes a minute at most")
    private boolean validate;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (validate) {
            if (chip != null || yaml) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--validate goes with no chip and no --yaml: its checks name their chips");
            }
            List<Check> checks = Validation.run();
            out.print(Validation.table(checks));
            out.flush();
            return checks.stream().anyMatch(Check::isAgainst) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
        for (String name : chip == null ? ChipSpecs.PRESETS : List.of(chip)) {
            ChipSpec c = ChipSpecs.open(name);
            if (yaml) {
                out.print(ChipSpecs.write(c));
            } else {
                print(c, out);
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void print(ChipSpec c, PrintWriter out) {
        out.printf("%s: %s%n", c.name(), c.summary());
        out.printf(Locale.ROOT, "%,d cores of the model %s per chip; energy by %s, time by %s%n", c.coresPerChip(), c.coreModel().key(), c.energyProfile(), c.timingProfile());
        for (ChipParameter p : ChipParameter.of(c.coreModel())) {
            out.printf(Locale.ROOT, "  %-26s %7d %-18s %s%n", p.key(), c.get(p), p.unit(), c.source(p));
        }
    }
}
