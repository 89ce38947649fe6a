package org.axongrid.cli.command;

import java.util.Collection;
import org.axongrid.isa.KeyedYaml;
import picocli.CommandLine;

/** Checks of option values; what fails is wrong usage, exit status 2. */
final class Require {
    private Require() { }

    static void inRange(CommandLine.Model.CommandSpec spec, String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                option + ": " + value + " is outside " + min + ".." + max);
        }
    }

    static void oneOf(CommandLine.Model.CommandSpec spec, String option, String value, Collection<String> known) {
        if (!known.contains(value)) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + ": '" + value + "' is not known"
                + KeyedYaml.nearest(value, known) + " (known: " + String.join(", ", known) + ")");
        }
    }
}
