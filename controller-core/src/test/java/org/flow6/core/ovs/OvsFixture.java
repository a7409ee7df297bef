package org.flow6.core.ovs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * An Open vSwitch of its own: ovsdb-server and ovs-vswitchd with the userspace datapath, their files in a new folder, in a network namespace of
 * their own, since two of them would share a tap. A veth pair joins the namespace with ours: the switch finds controllers at {@link
 * #ourAddress()}, we find what it listens on at {@link #itsAddress()}. Unix sockets need no such thing. Needs root.
 *
 * <p>Closing it ends both daemons and removes all that was made, as the end of the JVM does.
 */
public final class OvsFixture implements AutoCloseable {
    private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";
    private static final int PATIENCE = 20;

    private final Path folder;
    private final String namespace;
    /** Within 169.254.0.0/16, four addresses for each fixture. */
    private final String net;

    private final String net6;
    private final int lastOctet;
    private final Thread atExit = new Thread(this::remove);

    private OvsFixture(Path folder, int number) {
        this.folder = folder;
        this.namespace = "f6o%x".formatted(number);
        this.net = "169.254.%d.".formatted(number >> 6 & 0xff);
        this.lastOctet = (number & 0x3f) << 2;
        this.net6 = "fd00:f6:%x::".formatted(number);
    }

    /** Starts the daemons, without any bridge. */
    public static OvsFixture start() {
        try {
            Path folder = Files.createTempDirectory("flow6-ovs");
            OvsFixture ovs = new OvsFixture(folder, new SplittableRandom().nextInt(1 << 14));
            Runtime.getRuntime().addShutdownHook(ovs.atExit);
            try {
                ovs.addNamespace();
                ovs.startDatabase();
                ovs.startSwitch();
                return ovs;
            } catch (RuntimeException e) {
                ovs.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addNamespace() {
        here("ip", "netns", "add", namespace);
        here("ip", "link", "add", namespace, "type", "veth", "peer", "name", "up", "netns", namespace);
        here("ip", "address", "add", ourAddress() + "/30", "dev", namespace);
        here("ip", "-6", "address", "add", ourAddress6() + "/64", "dev", namespace, "nodad");
        here("ip", "link", "set", namespace, "up");
        inside("ip", "link", "set", "lo", "up");
        inside("ip", "address", "add", itsAddress() + "/30", "dev", "up");
        inside("ip", "-6", "address", "add", itsAddress6() + "/64", "dev", "up", "nodad");
        inside("ip", "link", "set", "dev", "up", "up");
    }

    private void startDatabase() {
        here("ovsdb-tool", "create", folder.resolve("conf.db").toString(), SCHEMA);
        inside(
                "ovsdb-server",
                folder.resolve("conf.db").toString(),
                "--remote=punix:" + databaseSocket(),
                "--private-key=db:Open_vSwitch,SSL,private_key",
                "--certificate=db:Open_vSwitch,SSL,certificate",
                "--ca-cert=db:Open_vSwitch,SSL,ca_cert",
                "--detach",
                "--no-chdir",
                "--pidfile",
                "--log-file",
                "-vconsole:off");
        vsctl("--no-wait", "init");
    }

    /** Starts ovs-vswitchd after {@link #stopSwitch()} or {@link #killSwitch()}. */
    public void startSwitch() {
        inside(
                "ovs-vswitchd",
                "unix:" + databaseSocket(),
                "--detach",
                "--no-chdir",
                "--pidfile",
                "--log-file",
                "-vconsole:off");
    }

    /** Ends ovs-vswitchd as its own script does; its flows are gone. */
    public void stopSwitch() {
        daemon("ovs-vswitchd").ifPresent(process -> end(process, ProcessHandle::destroy));
    }

    /** Ends ovs-vswitchd with SIGKILL. */
    public void killSwitch() {
        daemon("ovs-vswitchd").ifPresent(process -> end(process, ProcessHandle::destroyForcibly));
    }

    /** Freezes ovs-vswitchd: its connections stay open, and it answers nothing. */
    public void freezeSwitch() {
        daemon("ovs-vswitchd").ifPresent(process -> here("kill", "-STOP", String.valueOf(process.pid())));
    }

    public void thawSwitch() {
        daemon("ovs-vswitchd").ifPresent(process -> here("kill", "-CONT", String.valueOf(process.pid())));
    }

    /** Adds a bridge that speaks OpenFlow 1.3 only, drops what it has no flow for, and has no controller. */
    public void addBridge(String name) {
        vsctl(
                "add-br",
                name,
                "--",
                "set",
                "bridge",
                name,
                "datapath_type=netdev",
                "protocols=OpenFlow13",
                "fail_mode=secure");
    }

    /** Adds ports of type internal, which are devices in the fixture's namespace. */
    public void addPorts(String bridge, String... names) {
        List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--timeout=20"));
        for (String name : names) {
            command.addAll(List.of("--", "add-port", bridge, name, "--", "set", "interface", name, "type=internal"));
        }
        inside(command.toArray(String[]::new));
    }

    /** Makes the switch connect to controllers, at most a second after any failure. */
    public void setController(String bridge, String... targets) {
        List<String> command = new ArrayList<>(List.of("set-controller", bridge));
        command.addAll(Arrays.asList(targets));
        command.addAll(List.of("--", "set", "controller", bridge, "connection_mode=out-of-band", "max_backoff=1000"));
        vsctl(command.toArray(String[]::new));
    }

    /** Runs ovs-vsctl and gives what it printed. */
    public String vsctl(String... arguments) {
        return inside(concat(new String[] {"ovs-vsctl", "--timeout=20"}, arguments));
    }

    /** Runs ovs-ofctl with OpenFlow 1.3 and gives what it printed. */
    public String ofctl(String... arguments) {
        return inside(concat(new String[] {"ovs-ofctl", "-O", "OpenFlow13"}, arguments));
    }

    /** Runs ovs-appctl on ovs-vswitchd and gives what it printed. */
    public String appctl(String... arguments) {
        return inside(concat(new String[] {"ovs-appctl", "-t", "ovs-vswitchd"}, arguments));
    }

    /** Runs any command in the fixture's namespace and with its environment, and gives what it printed. */
    public String inside(String... command) {
        return run("", concat(new String[] {"ip", "netns", "exec", namespace}, command));
    }

    /** Like {@link #inside}, with text for the command to read. */
    public String insideWithInput(String input, String... command) {
        return run(input, concat(new String[] {"ip", "netns", "exec", namespace}, command));
    }

    private String here(String... command) {
        return run("", command);
    }

    /** The socket by which a controller can connect to the bridge. */
    public Path managementSocket(String bridge) {
        return folder.resolve(bridge + ".mgmt");
    }

    public Path databaseSocket() {
        return folder.resolve("db.sock");
    }

    /** The fixture's folder, where tests may put files of their own. */
    public Path folder() {
        return folder;
    }

    /** The name of the fixture's network namespace, and of the device that leads to it. */
    public String namespace() {
        return namespace;
    }

    /** Where the switch finds us by IPv4. */
    public String ourAddress() {
        return net + (lastOctet + 1);
    }

    /** Where we find the switch by IPv4. */
    public String itsAddress() {
        return net + (lastOctet + 2);
    }

    public String ourAddress6() {
        return net6 + "1";
    }

    public String itsAddress6() {
        return net6 + "2";
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove();
    }

    private void remove() {
        thawSwitch();
        stopSwitch();
        daemon("ovsdb-server").ifPresent(process -> end(process, ProcessHandle::destroy));
        here("ip", "netns", "delete", namespace);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessHandle> daemon(String name) {
        Path pidFile = folder.resolve(name + ".pid");
        try {
            return Files.exists(pidFile)
                    ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Ending {
        boolean of(ProcessHandle process);
    }

    private void end(ProcessHandle process, Ending ending) {
        try {
            ending.of(process);
            process.onExit().get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("process " + process.pid() + " does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String run(String input, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String variable : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR", "OVS_SYSCONFDIR")) {
            builder.environment().put(variable, folder.toString());
        }
        try {
            // To a file, not a pipe: a daemon would hold a pipe open.
            Path output = Files.createTempFile("flow6-output", null);
            try {
                Process process = builder.redirectOutput(output.toFile()).start();
                process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().close();
                boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
                String printed = Files.readString(output);
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            String.join(" ", command) + ": " + (ended ? printed : "takes too long"));
                }
                return printed;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] concat(String[] first, String[] second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
    }
}
