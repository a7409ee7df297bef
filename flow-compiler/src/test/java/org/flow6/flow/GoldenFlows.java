package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flow6.network.Id;
import org.flow6.network.NetworkEditor;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.file.NetworkFile;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * The flows of an app for a small network, kept in a file that ovs-ofctl reads: a change of them shows in a review. Run
 * the tests with {@code -Dgolden.update=true} to write the files anew.
 */
public final class GoldenFlows {
    private GoldenFlows() {}

    /** The network of a file's text, with ports bound to OpenFlow ports by their ids. */
    public static NetworkSnapshot network(String yaml, Map<String, Integer> bindings) {
        NetworkFile.Reading reading = NetworkFile.parse("network.yaml", yaml);
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        NetworkEditor editor = NetworkSnapshot.EMPTY.edit();
        bindings.forEach((port, ofPort) -> editor.bind(Id.of(port), OFPort.of(ofPort)));
        return editor.model(((NetworkFile.Valid) reading).model()).update().after();
    }

    /** The flows that the app wants for the network. */
    public static List<Flow> flows(FlowApp app, NetworkSnapshot snapshot) {
        FlowCompiler compiler = new FlowCompiler(List.of(app));
        compiler.update(NetworkUpdate.all(snapshot));
        compiler.enable(app.name(), true);
        assertThat(compiler.health().toString()).doesNotContain("Exception");
        return compiler.flows().map(OwnedFlow::flow).toList();
    }

    /** Compares the flows with those of the file in {@code src/test/resources}, and has ovs-ofctl check these. */
    public static void check(String file, List<Flow> flows) throws IOException, InterruptedException {
        Path golden = Path.of("src/test/resources", file);
        List<String> lines = FlowSyntax.lines(flows.stream());
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.write(golden, lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(golden));
        assertThat(parsed(golden)).hasSameSizeAs(lines);
    }

    private static List<String> parsed(Path flows) throws IOException, InterruptedException {
        Path output = Files.createTempFile("flow6-parsed", null);
        try {
            Process process = new ProcessBuilder("ovs-ofctl", "-O", "OpenFlow13", "parse-flows", flows.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            List<String> lines = new ArrayList<>(Files.readAllLines(output));
            assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
            lines.removeIf(line -> !line.contains("actions="));
            return lines;
        } finally {
            Files.delete(output);
        }
    }
}
