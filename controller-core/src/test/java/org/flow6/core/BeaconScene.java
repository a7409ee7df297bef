package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.ovs.Capture;
import org.flow6.core.ovs.Capture.Captured;
import org.flow6.core.ovs.OvsScene;
import org.flow6.flow.Beacon;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A controller with a {@link BeaconApp} and a real switch with three ports. What arrives there is captured; when it was sent the app tells. */
abstract class BeaconScene extends OvsScene {
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    /** What the thread that sends may be held up between looking at the clock and asking for what is to be sent. */
    static final long LATE_MILLIS = 100;

    static final long GAP_MILLIS = 400;
    static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before it is used
    BeaconApp app;

    @SuppressWarnings("NullAway.Init") // set before it is used
    Controller controller;

    private List<Capture> captures = List.of();

    @BeforeEach
    void addBridge() {
        ovs.addBridge("br0");
        for (int port = 1; port <= 3; port++) {
            String name = "p" + port;
            ovs.vsctl(
                    "add-port", "br0", name, "--", "set", "interface", name, "type=internal", "ofport_request=" + port);
        }
        captures = IntStream.rangeClosed(1, 3)
                .mapToObj(port -> Capture.start(ovs, "p" + port, "ether proto 0x88b5"))
                .toList();
    }

    @AfterEach
    void close() {
        controller.close();
        captures.forEach(Capture::close);
        ovs.vsctl("--if-exists", "del-br", "br0");
    }

    static Beacon.Timing timing(Duration least, Duration most, int initialCount, int farewells) {
        return new Beacon.Timing(
                least,
                most,
                initialCount,
                Duration.ofMillis(600),
                Duration.ofMillis(GAP_MILLIS),
                Duration.ofMillis(50),
                farewells);
    }

    static Beacon.Timing once() {
        return timing(HOUR, HOUR, 1, 1);
    }

    void start(Beacon.Timing timing) throws Exception {
        app = new BeaconApp(timing);
        OpenFlowSettings openFlow = new OpenFlowSettings(
                List.of(),
                List.of(new Endpoint.Unix(ovs.managementSocket("br0"))),
                Optional.empty(),
                OpenFlowSettings.Limits.DEFAULT);
        controller = new Controller(
                new Controller.Settings(
                        "here",
                        openFlow,
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Optional.of(folder.resolve("state")),
                        Optional.empty(),
                        Map.of()),
                List.of(app));
        controller.start();
    }

    /** Three ports on one network, of the name that says what is sent there. */
    void network(String name) {
        network("a", name, "a", "", "a", "");
    }

    /** Port vmN on the Nth network, bound to pN; networks a and b with their names. */
    void network(String first, String nameOfA, String second, String nameOfB, String third, String unused) {
        String port = "  - {id: vm%d, network_id: %s, mac_address: \"02:00:00:00:00:0%d\","
                + " \"binding:profile\": {interface_name: p%d}}\n";
        String text = "networks: [{id: a, name: \"" + nameOfA + "\"}, {id: b, name: \"" + nameOfB + "\"}]\nports:\n"
                + port.formatted(1, first, 1, 1)
                + port.formatted(2, second, 2, 2)
                + port.formatted(3, third, 3, 3);
        NetworkFile.Reading reading = NetworkFile.parse("net.yaml", text);
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        controller.network(((NetworkFile.Valid) reading).model());
    }

    void empty() {
        controller.network(((NetworkFile.Valid) NetworkFile.parse("net.yaml", "networks: [{id: b}]\n")).model());
    }

    List<Captured> frames(int port) {
        return captures.get(port - 1).frames();
    }

    List<String> texts(int port) {
        return frames(port).stream().map(BeaconScene::text).toList();
    }

    static String text(Captured captured) {
        String all = StandardCharsets.US_ASCII
                .decode(captured.frame().duplicate().position(14))
                .toString();
        return all.substring(0, all.indexOf(';'));
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("not " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    void awaitTexts(int port, String... texts) {
        await(List.of(texts) + " at p" + port, () -> texts(port).size() >= texts.length);
        assertThat(texts(port)).containsExactly(texts);
    }

    static void ask(int port) {
        String frame = "ffffffffffff" + "020000000001" + "88b5" + "00".repeat(46);
        ovs.ofctl("packet-out", "br0", "in_port=" + port + " packet=" + frame + " actions=resubmit(,0)");
    }

    void awaitAsked(long count) {
        await("asked", () -> controller.status().join().punts().getOrDefault(BeaconApp.ASKED.name(), 0L) == count);
    }

    /** What was sent before it arrives before it. */
    void mark(String text) {
        String hex = "330000000001" + "020000000098" + "88b5";
        for (byte octet : (text + ";" + " ".repeat(46)).getBytes(StandardCharsets.US_ASCII)) {
            hex += "%02x".formatted(octet);
        }
        ovs.ofctl("packet-out", "br0", "in_port=controller packet=" + hex + " actions=1,2,3");
        for (int port = 1; port <= 3; port++) {
            int at = port;
            await("marked", () -> texts(at).contains(text));
        }
    }

    void awaitInStep() {
        await(
                "in step",
                () -> controller.status().join().healthy()
                        && controller.status().join().switches().stream().anyMatch(Status.SwitchStatus::inStep));
    }

    Optional<String> remembered(String kind) {
        return remembered(kind, "r1");
    }

    Optional<String> remembered(String kind, String port) {
        try {
            Facts facts = new FactFile(folder.resolve("state")).read();
            return facts.get(BeaconApp.fact(kind, Id.of("a"), Id.of(port)), Instant.now())
                    .map(Fact::value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> messages() {
        return controller.status().join().lastErrors().stream()
                .map(Status.ErrorEntry::message)
                .toList();
    }
}
