package org.flow6.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.flow6.flow.FlowApp;
import org.flow6.launcher.configuration.ConfigurationPage;
import org.flow6.network.file.NetworkFilePage;
import org.flow6.northbound.api.ApiPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The commands as users write them. */
@Command(
        name = "flow6",
        description = "IPv6 network services for Open vSwitch, done in flows.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  flow6 run --config flow6.yaml", "", "'flow6 COMMAND --help' tells more."})
final class Commands implements Runnable {
    private final PrintWriter out;
    private final PrintWriter err;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say what there is.",
            scope = ScopeType.INHERIT)
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    Commands(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    @Command(
            description = {
                "Runs the controller in the foreground and logs to stderr.",
                "SIGTERM ends it; the flows stay in the switches. Exit code 1 if it cannot start."
            },
            footer = {"", "Example:", "  flow6 run --config /etc/flow6/flow6.yaml"})
    int run(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "The configuration file; 'flow6 configuration' tells what stands in it.")
                    String config) {
        return new Run(config, err).call();
    }

    @Command(
            description = {
                "Checks a network file: prints every violation, and exits with code 1 if there is any.",
                "Else prints how many resources of each type there are."
            },
            footer = {"", "Example:", "  flow6 check network.yaml"})
    int check(@Parameters(paramLabel = "NETWORK-FILE", description = "The network file, YAML or JSON.") String file) {
        return new Check(file, out).call();
    }

    @Command(
            description = {"Prints the pipeline: its stages, and what registers hold in which of them."},
            footer = {"", "Example:", "  flow6 pipeline"})
    int pipeline() {
        out.print(PipelinePage.render(apps()));
        return Main.OK;
    }

    @Command(
            description = "Prints what may stand in the configuration file.",
            footer = {"", "Example:", "  flow6 configuration"})
    int configuration() {
        out.print(ConfigurationPage.render());
        return Main.OK;
    }

    @Command(
            name = "network-file",
            description = "Prints what may stand in the network file.",
            footer = {"", "Example:", "  flow6 network-file"})
    int networkFile() {
        out.print(NetworkFilePage.render());
        return Main.OK;
    }

    @Command(
            description = {
                "Makes a token with which to ask over HTTP, and prints it: this once, for the file keeps a hash alone.",
                "The file, that of 'api.tokens', is made if need be. A running Flow6 takes it over at once."
            },
            footer = {"", "Example:", "  flow6 token --file /etc/flow6/tokens --project web --role member alice"})
    int token(
            @Parameters(paramLabel = "NAME", description = "Whose it is, for the log.") String name,
            @Option(names = "--file", required = true, paramLabel = "FILE", description = "The file with the tokens.")
                    String file,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = "reader, member or admin.")
                    String role,
            @Option(
                            names = "--project",
                            defaultValue = "-",
                            paramLabel = "ID",
                            description = "Whose objects are theirs; administrators need none.")
                    String project) {
        return new Token(file, name, project, role, out, err).call();
    }

    @Command(
            name = "api-page",
            description = "Prints what there is in Neutron's API.",
            footer = {"", "Example:", "  flow6 api-page"})
    int apiPage() {
        out.print(ApiPage.render());
        return Main.OK;
    }

    @Command(
            name = "export",
            description = {
                "Writes the network of a configuration's store as a network file.",
                "The same network is the same text. No Flow6 may have an embedded store meanwhile; etcd may be in use."
            },
            footer = {"", "Example:", "  flow6 export --config flow6.yaml --output network.yaml"})
    int export(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
                    String config,
            @Option(
                            names = "--output",
                            paramLabel = "FILE",
                            description = "Where to, not over another file; else to stdout.")
                    @Nullable
                    String output) {
        return new Export(config, output, out, err).call();
    }

    @Command(
            name = "import",
            description = {
                "Puts the network of a network file into a configuration's store: all of it or, if anything is wrong with it, nothing.",
                "No Flow6 may have an embedded store meanwhile. What is too large for one transaction of etcd goes there in parts."
            },
            footer = {"", "Example:", "  flow6 import --config flow6.yaml network.yaml"})
    int importFile(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
                    String config,
            @Option(names = "--replace", description = "In place of the network that is in the store.") boolean replace,
            @Parameters(paramLabel = "NETWORK-FILE", description = "The network file, YAML or JSON.") String file) {
        return new Import(config, file, replace, out, err).call();
    }

    @Command(
            description = "Prints the version.",
            footer = {"", "Example:", "  flow6 version"})
    int version() throws IOException {
        out.println("Flow6 " + versionText());
        return Main.OK;
    }

    @Command(
            hidden = true,
            description = "Does what a start does, for the archive of classes that makes later starts quick.")
    int train() throws Exception {
        return Training.run(err);
    }

    private static List<FlowApp> apps() {
        return ServiceLoader.load(FlowApp.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(FlowApp::name))
                .toList();
    }

    private static String versionText() throws IOException {
        try (InputStream text = Commands.class.getResourceAsStream("version")) {
            if (text == null) {
                throw new IOException("no version in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
