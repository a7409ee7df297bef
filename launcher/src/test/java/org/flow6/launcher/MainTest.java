package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int flow6(String... args) {
        return Main.execute(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xyz",
                "--config",
                "run",
                "run --config",
                "run flow6.yaml",
                "run --config a b",
                "run --config a --port 1",
                "version 1",
                "pipeline --all",
                "check",
                "check a b",
                "token alice",
                "token --file tokens --project web --role member",
                "export",
                "import --config a"
            })
    void tellsTheUsageWhereArgumentsAreNotUnderstood(String line) {
        assertThat(flow6(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: flow6");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "run --help",
                "check --help",
                "pipeline --help",
                "configuration --help",
                "network-file --help",
                "token --help",
                "api-page --help",
                "export --help",
                "import --help",
                "version -h"
            })
    void helpsWithAnExample(String line) {
        assertThat(flow6(line.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: flow6").contains("Example:\n  flow6 ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(flow6("version")).isZero();
        assertThat(out.toString()).matches("Flow6 \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --config %s", "run --config=%s"})
    void endsWhereThereIsNoConfiguration(String line) {
        assertThat(flow6(line.formatted("/none/flow6.yaml").split(" "))).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("/none/flow6.yaml: cannot read it: there is no such file\n");
    }

    @Test
    void endsWithEverythingThatIsWrongInTheConfiguration(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("flow6.yaml"), "host: a\nfoo: 1\napps: {x: {enabled: true}}\n");
        assertThat(flow6("run", "--config", file.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(file + ":2: foo: unknown key"))
                .anyMatch(line -> line.startsWith(file + ":3: apps.x: unknown app"));
    }

    @Test
    void checksANetworkFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("network.yaml"), "networks: [{id: blue}]\n");
        assertThat(flow6("check", file.toString())).isZero();
        assertThat(out.toString()).startsWith(file + ": no violations; networks: 1, subnets: 0, ports: 0, ");
    }

    @Test
    void printsEveryViolationOfANetworkFile(@TempDir Path folder) throws IOException {
        String text = "networks:\n  - {id: blue, mtu: x}\nports:\n  - {id: vm1, network_id: red, mac_address: zz}\n";
        Path file = Files.writeString(folder.resolve("network.yaml"), text);
        assertThat(flow6("check", file.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith(file + ":2: network blue: mtu: "))
                .anyMatch(line -> line.startsWith(file + ":4: port vm1: mac_address: "))
                .anyMatch(line -> line.startsWith(file + ":4: port vm1: network_id: "));
    }

    @Test
    void tellsThatThereIsNoFileToCheck() {
        assertThat(flow6("check", "/none/network.yaml")).isEqualTo(1);
        assertThat(out.toString()).startsWith("/none/network.yaml: ");
    }

    @Test
    void makesATokenAndKeepsItsHash(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokens");
        String options = "token --file " + file + " --project web --role ";
        assertThat(flow6((options + "member alice").split(" "))).isZero();
        assertThat(out.toString()).matches("alice\\.[A-Za-z0-9_-]{43}\n");
        assertThat(Files.readString(file))
                .startsWith("alice web member pbkdf2-sha256$")
                .doesNotContain(out.toString().strip().substring("alice.".length()));
        assertThat(flow6((options + "member alice").split(" "))).isEqualTo(1);
        assertThat(flow6((options + "owner bob").split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(file + ": has an entry of alice already\nthe role is reader, member or admin\n");
    }

    @Test
    void trainsWithoutLeavingAnythingBehind() {
        assertThat(flow6("train")).isZero();
        assertThat(err.toString()).isEmpty();
    }
}
