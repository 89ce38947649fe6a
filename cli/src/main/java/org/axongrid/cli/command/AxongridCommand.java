package org.axongrid.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command. */
@Command(name = "axongrid", mixinStandardHelpOptions = true, versionProvider = AxongridCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs converted spiking networks on emulated neuromorphic chips: accuracy, energy, latency, cores.",
    subcommands = {DemoCommand.class, RunCommand.class, CompareCommand.class, DiagnoseCommand.class, ConvertCommand.class, MapCommand.class, ChipsCommand.class,
        ProfilesCommand.class, InspectCommand.class, AsmCommand.class, DisasmCommand.class, PriceCommand.class, NocCommand.class,
        ConformCommand.class, CommandLine.HelpCommand.class})
public final class AxongridCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command given");
    }

    /** Reads the version that the build wrote. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {"axongrid " + text()};
        }

        static String text() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Version.class.getResourceAsStream("/org/axongrid/cli/version.properties")) {
                properties.load(in);
            }
            return properties.getProperty("version");
        }
    }
}
