package org.flow6.core.ovsdb;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flow6.core.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** An Open vSwitch of a test's own: database and switch in a temporary folder, the switch in its own network namespace. */
final class OvsInstance {
    private final Path folder;
    private @Nullable Process database;
    private @Nullable Process vswitchd;

    OvsInstance() throws Exception {
        this(UnaryOperator.identity());
    }

    /** With the schema changed. */
    OvsInstance(UnaryOperator<String> schema) throws Exception {
        folder = Files.createTempDirectory("f6");
        String original = Files.readString(Path.of("/usr/share/openvswitch/vswitch.ovsschema"));
        Files.writeString(folder.resolve("schema"), schema.apply(original));
        run("ovsdb-tool", "create", path("conf.db"), path("schema"));
        startDatabase();
        vsctl("--no-wait", "init");
        // Its netdev datapath makes a tap named ovs-netdev: two of them need two network namespaces.
        vswitchd = background(
                "unshare",
                "-n",
                "ovs-vswitchd",
                "unix:" + socket(),
                "--unixctl=" + path("vswitchd.ctl"),
                "-vconsole:off",
                "-vsyslog:off");
    }

    String socket() {
        return path("db.sock");
    }

    Endpoint endpoint() {
        return new Endpoint.Unix(Path.of(socket()));
    }

    void startDatabase() throws Exception {
        database = background(
                "ovsdb-server",
                path("conf.db"),
                "--remote=punix:" + socket(),
                "--remote=ptcp:0:[::1]",
                "--unixctl=" + path("ovsdb.ctl"),
                "--log-file=" + path("ovsdb.log"),
                "-vconsole:off",
                "-vsyslog:off");
        run("ovs-vsctl", "--timeout=20", "--retry", "--no-wait", "--db=unix:" + socket(), "show");
    }

    void stopDatabase() throws Exception {
        stop(database);
        Files.deleteIfExists(Path.of(socket()));
    }

    /** The port that this database's {@code ptcp} listens on, as its log tells. */
    int tcpPort() throws IOException {
        String log = Files.readString(folder.resolve("ovsdb.log"));
        int at = log.lastIndexOf("listening on port ");
        return Integer.parseInt(log.substring(at + 18, log.indexOf('\n', at)).trim());
    }

    String vsctl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--timeout=20", "--db=unix:" + socket()));
        command.addAll(List.of(arguments));
        return run(command.toArray(new String[0]));
    }

    void addBridge(String name) throws Exception {
        vsctl("add-br", name, "--", "set", "bridge", name, "datapath_type=netdev");
    }

    /** Adds an internal port, attached as this OpenFlow port. */
    void addPort(String bridge, String name, int ofPort, String ifaceId) throws Exception {
        vsctl(
                "add-port",
                bridge,
                name,
                "--",
                "set",
                "interface",
                name,
                "type=internal",
                "ofport_request=" + ofPort,
                "external_ids:iface-id=" + ifaceId);
    }

    String ofctl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "OVS_RUNDIR=" + folder, "ovs-ofctl"));
        command.addAll(List.of(arguments));
        return run(command.toArray(new String[0]));
    }

    /** The database's log, as {@code ovsdb-tool show-log} tells it. */
    String log() throws Exception {
        return run("ovsdb-tool", "show-log", path("conf.db"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().put("OVS_RUNDIR", folder.toString());
        builder.environment().put("OVS_LOGDIR", folder.toString());
        builder.environment().put("OVS_DBDIR", folder.toString());
        return builder;
    }

    private Process background(String... command) throws IOException {
        return builder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(path("out.txt"))))
                .start();
    }

    private String run(String... command) throws Exception {
        Process process = builder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output.strip();
    }

    private static void stop(@Nullable Process process) throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    void close() throws Exception {
        stop(vswitchd);
        stop(database);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
