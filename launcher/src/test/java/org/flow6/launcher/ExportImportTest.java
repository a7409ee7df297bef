package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flow6.northbound.EmbeddedStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flow6 export} and {@code flow6 import}. */
class ExportImportTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "northbound: {embedded: a}\n");
        Files.writeString(folder.resolve("b.yaml"), "northbound: {embedded: b}\n");
        Files.writeString(folder.resolve("file.yaml"), "northbound: {file: network.yaml}\n");
        Files.writeString(folder.resolve("network.yaml"), """
                networks: [{id: blue, name: "12"}]
                ports: [{id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01"}]
                """);
    }

    private int flow6(String command, String config, String... rest) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> words = new ArrayList<>(List.of(command, "--config", path(config)));
        words.addAll(List.of(rest));
        return Main.execute(words.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void movesANetworkFromStoreToStore() {
        assertThat(flow6("import", "a.yaml", path("network.yaml")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("imported, ");
        assertThat(flow6("export", "a.yaml", "--output", path("exported.yaml"))).isZero();
        assertThat(flow6("import", "b.yaml", path("exported.yaml"))).isZero();
        assertThat(flow6("export", "b.yaml")).isZero();
        assertThat(folder.resolve("exported.yaml")).hasContent(out.toString());
        assertThat(out.toString())
                .contains("- id: blue\n  name: \"12\"\n  mtu: 1500\n")
                .contains("- id: vm1\n");
    }

    @Test
    void writesANetworkFileInItsOwnForm() {
        assertThat(flow6("export", "file.yaml")).isZero();
        String once = out.toString();
        assertThat(once).contains("default-ingress-ipv6");
        assertThat(flow6("export", "file.yaml")).isZero();
        assertThat(out.toString()).isEqualTo(once);
    }

    @Test
    void overwritesNothing() throws IOException {
        assertThat(flow6("import", "a.yaml", path("network.yaml"))).isZero();
        Files.writeString(folder.resolve("other.yaml"), "networks: [{id: red}]\n");
        assertThat(flow6("import", "a.yaml", path("other.yaml"))).isEqualTo(1);
        assertThat(err.toString()).contains("has a network already").contains("--replace");
        assertThat(flow6("export", "a.yaml", "--output", path("other.yaml"))).isEqualTo(1);
        assertThat(err.toString()).contains("is not overwritten");
        assertThat(flow6("import", "a.yaml", "--replace", path("other.yaml"))).isZero();
        flow6("export", "a.yaml");
        assertThat(out.toString())
                .contains("- id: red\n")
                .doesNotContain("blue")
                .doesNotContain("vm1");
    }

    @Test
    void takesNothingOfAFileWithFaults() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "networks: [{id: red, mtu: 5}]\nports: [{id: vm1}]\n");
        assertThat(flow6("import", "a.yaml", path("bad.yaml"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("bad.yaml:1: network red: mtu: ")
                .contains("bad.yaml:2: port vm1: network_id: is missing");
        assertThat(folder.resolve("a")).doesNotExist();
        Files.writeString(folder.resolve("network.yaml"), "networks: [{id: red, mtu: 5}]\n");
        assertThat(flow6("export", "file.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("network red: mtu: ");
    }

    @Test
    void saysWhatToDoWhereAFlow6HasTheStore() {
        try (EmbeddedStore used = EmbeddedStore.open(folder.resolve("a"))) {
            assertThat(used.state().objects()).isEmpty();
            assertThat(flow6("export", "a.yaml")).isEqualTo(1);
            assertThat(err.toString()).contains("is in use").contains("Stop the other Flow6");
            assertThat(flow6("import", "a.yaml", path("network.yaml"))).isEqualTo(1);
            assertThat(err.toString()).contains("is in use").contains("Stop the other Flow6");
        }
    }

    @Test
    void saysThatEtcdIsOutOfReach() throws IOException {
        Files.writeString(folder.resolve("etcd.yaml"), "northbound: {etcd: ['http://[::1]:1']}\n");
        assertThat(flow6("export", "etcd.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("etcd cannot be reached: http://[::1]:1");
    }

    @Test
    void refusesWhatIsNoStore() {
        assertThat(flow6("export", "a.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("is not there");
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(flow6("import", "file.yaml", path("network.yaml"))).isEqualTo(1);
        assertThat(err.toString()).contains("northbound.file is a network file itself");
        assertThat(flow6("export", "gone.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no such file");
    }
}
