package org.axongrid.cli.command;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.axongrid.isa.cost.CostConstant;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists cost profiles with every constant, its grade of evidence and its source; what is unknown is said to be. */
@Command(name = "profiles", mixinStandardHelpOptions = true,
    description = "Show the cost profiles: each energy and time with its grade and source.")
final class ProfilesCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME|FILE.yaml", description = "a profile; all that ship if left out")
    private String profile;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : profile == null ? CostProfiles.PRESETS : List.of(profile)) {
            print(CostProfiles.open(name), out);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void print(CostProfile p, PrintWriter out) {
        out.printf("%s: %s%n", p.name(), p.summary());
        for (CostConstant c : CostConstant.values()) {
            String line = p.find(c).map(e -> String.format(Locale.ROOT, "%14s  %-6s %-9s %-7s %s", figure(c, e.value()), e.scope().key(), e.grade().key(),
                Double.isNaN(e.volts()) ? "" : e.volts() + " V", e.source())).orElse("       unknown");
            out.printf("  %-26s %s%n", c.key(), line);
        }
        if (p.barrier() != null) {
            out.printf("  %-26s %s ps by tiles in use  %s%n", "barrier_time", p.barrier().psByTiles(), p.barrier().source());
        }
    }

    /** The number as it stands in the profile's file. */
    private static String figure(CostConstant c, double value) {
        return BigDecimal.valueOf(value).scaleByPowerOfTen(-c.unit().exponent()).stripTrailingZeros().toPlainString() + " " + c.unit().fileUnit();
    }
}
