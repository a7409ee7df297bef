package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
import org.flow6.core.ovs.OvsFixture;
import org.flow6.flow.Beacon;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at the ports of a real switch. Times on a busy machine may be long; too short they never are. */
class BeaconTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    /** What a frame may be late on its way, so that the next seems to be early. */
    private static final long LATE_MILLIS = 100;

    private static final long GAP_MILLIS = 400;
    private static final Duration HOUR = Duration.ofHours(1);

    private static OvsFixture ovs;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before it is used
    private BeaconApp app;

    @SuppressWarnings("NullAway.Init") // set before it is used
    private Controller controller;

    private List<Capture> captures = List.of();

    @BeforeAll
    static void startSwitch() {
        ovs = OvsFixture.start();
    }

    @AfterAll
    static void stopSwitch() {
        ovs.close();
    }

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

    private static Beacon.Timing timing(Duration least, Duration most, int initialCount, int farewells) {
        return new Beacon.Timing(
                least,
                most,
                initialCount,
                Duration.ofMillis(600),
                Duration.ofMillis(GAP_MILLIS),
                Duration.ofMillis(50),
                farewells);
    }

    private static Beacon.Timing once() {
        return timing(HOUR, HOUR, 1, 1);
    }

    private void start(Beacon.Timing timing) throws Exception {
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
    private void network(String name) {
        network("a", name, "a", "", "a", "");
    }

    /** Port vmN on the Nth network, bound to pN; networks a and b with their names. */
    private void network(String first, String nameOfA, String second, String nameOfB, String third, String unused) {
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

    private void empty() {
        controller.network(((NetworkFile.Valid) NetworkFile.parse("net.yaml", "networks: [{id: b}]\n")).model());
    }

    private List<Captured> frames(int port) {
        return captures.get(port - 1).frames();
    }

    private List<String> texts(int port) {
        return frames(port).stream().map(BeaconTest::text).toList();
    }

    private static String text(Captured captured) {
        String all = StandardCharsets.US_ASCII
                .decode(captured.frame().duplicate().position(14))
                .toString();
        return all.substring(0, all.indexOf(';'));
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("not " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void awaitTexts(int port, String... texts) {
        await(List.of(texts) + " at p" + port, () -> texts(port).size() >= texts.length);
        assertThat(texts(port)).containsExactly(texts);
    }

    /** Milliseconds from one to the next. */
    private static List<Long> intervals(List<Captured> frames) {
        return IntStream.range(1, frames.size())
                .mapToObj(i -> (frames.get(i).micros() - frames.get(i - 1).micros()) / 1000)
                .toList();
    }

    private static void ask(int port) {
        String frame = "ffffffffffff" + "020000000001" + "88b5" + "00".repeat(46);
        ovs.ofctl("packet-out", "br0", "in_port=" + port + " packet=" + frame + " actions=resubmit(,0)");
    }

    private void awaitAsked(long count) {
        await("asked", () -> controller.status().join().punts().getOrDefault(BeaconApp.ASKED.name(), 0L) == count);
    }

    /** What was sent before it arrives before it. */
    private void mark(String text) {
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

    private void awaitInStep() {
        await(
                "in step",
                () -> controller.status().join().healthy()
                        && controller.status().join().switches().stream().anyMatch(Status.SwitchStatus::inStep));
    }

    @Test
    void sendsEarlyOnesAndThenAtItsInterval() throws Exception {
        start(timing(Duration.ofMillis(1500), Duration.ofMillis(1500), 3, 1));
        network("r1:hello");
        awaitTexts(1, "hello", "hello", "hello", "hello");
        awaitTexts(2, "hello", "hello", "hello", "hello");
        awaitTexts(3, "hello", "hello", "hello", "hello");
        List<Long> intervals = intervals(frames(1));
        assertThat(intervals.subList(0, 2)).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS && millis < 1500);
        assertThat(intervals.get(2)).isGreaterThan(1500 - LATE_MILLIS);
    }

    @Test
    void sendsAtRandomIntervalsWithinBounds() throws Exception {
        start(timing(Duration.ofMillis(500), Duration.ofMillis(1000), 1, 1));
        network("r1:hello");
        await("many", () -> frames(2).size() > 8);
        List<Long> intervals = intervals(frames(2));
        assertThat(intervals).allMatch(millis -> millis > 500 - LATE_MILLIS && millis < 3000);
        // Eight within 40 ms of each other would be chance once in a hundred million times.
        assertThat(Collections.max(intervals) - Collections.min(intervals)).isGreaterThan(40);
    }

    @Test
    void sendsNothingBackToItsSource() throws Exception {
        start(timing(Duration.ofMillis(500), Duration.ofMillis(500), 1, 2));
        network("vm1:hello");
        await("sent", () -> frames(2).size() >= 3 && frames(3).size() >= 3);
        network("nobody");
        await("gone", () -> texts(2).contains("bye-hello"));
        mark("end");
        assertThat(texts(1)).containsExactly("end");
    }

    @Test
    void answersThePortThatAskedAloneAndKeepsTheGap() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        ask(1);
        ask(1);
        awaitAsked(2);
        awaitTexts(1, "hello", "hello");
        ask(1);
        ask(1);
        awaitAsked(4);
        awaitTexts(1, "hello", "hello", "hello");
        ask(2);
        awaitTexts(2, "hello", "hello");
        mark("end");
        assertThat(intervals(frames(1)).subList(0, 2)).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
        assertThat(texts(1)).containsExactly("hello", "hello", "hello", "end");
        assertThat(texts(2)).containsExactly("hello", "hello", "end");
        assertThat(texts(3)).containsExactly("hello", "end");
    }

    @Test
    void anAnswerDoesNotGoToAPortThatLeftTheNetwork() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        ask(1);
        awaitAsked(1);
        network("b", "r1:hello", "a", "", "a", "");
        ask(2);
        awaitTexts(2, "hello", "hello");
        mark("end");
        assertThat(texts(1)).containsExactly("hello", "end");
    }

    @Test
    void whatComesToAllServesWhoAsked() throws Exception {
        start(timing(Duration.ofMillis(GAP_MILLIS), Duration.ofMillis(GAP_MILLIS), 1, 1));
        network("r1:hello");
        await("first", () -> !frames(1).isEmpty());
        for (int i = 0; i < 10; i++) {
            ask(1);
        }
        awaitAsked(10);
        await("some", () -> frames(3).size() > 5);
        assertThat(intervals(frames(1))).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
    }

    @Test
    void saysFarewellWhenAUnitIsGone() throws Exception {
        start(timing(HOUR, HOUR, 1, 3));
        network("r1:hello r2:other");
        await("both", () -> frames(1).size() == 2);
        network("r2:other");
        await("gone", () -> Collections.frequency(texts(1), "bye-hello") == 3);
        mark("end");
        for (int port = 1; port <= 3; port++) {
            assertThat(texts(port)).hasSize(6).containsOnlyOnce("hello", "other");
        }
        List<Captured> farewells = frames(1).subList(2, 5);
        assertThat(intervals(farewells)).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
    }

    @Test
    void saysFarewellToThePortsOfANetworkThatIsGone() throws Exception {
        start(timing(HOUR, HOUR, 1, 2));
        network("a", "r1:hello", "b", "r2:other", "a", "");
        awaitTexts(1, "hello");
        awaitTexts(2, "other");
        empty();
        awaitTexts(1, "hello", "bye-hello", "bye-hello");
        awaitTexts(3, "hello", "bye-hello", "bye-hello");
        awaitTexts(2, "other", "bye-other", "bye-other");
    }

    @Test
    void aFarewellDoesNotReachWhoTookAPortsPlace() throws Exception {
        start(once());
        network("a", "r1:hello", "a", "", "b", "");
        awaitTexts(2, "hello");
        NetworkFile.Reading reading = NetworkFile.parse("net.yaml", """
                networks: [{id: a}, {id: b}]
                ports:
                  - {id: new, network_id: b, mac_address: "02:00:00:00:00:09", "binding:profile": {interface_name: p1}}
                  - {id: vm2, network_id: a, mac_address: "02:00:00:00:00:02", "binding:profile": {interface_name: p2}}
                """);
        controller.network(((NetworkFile.Valid) reading).model());
        awaitTexts(2, "hello", "bye-hello");
        mark("end");
        assertThat(texts(1)).containsExactly("hello", "end");
    }

    @Test
    void aFarewellDoesNotReachAPortThatMovedToAnotherHost() throws Exception {
        start(once());
        network("a", "r1:hello", "a", "", "b", "");
        awaitTexts(1, "hello");
        awaitTexts(2, "hello");
        NetworkFile.Reading reading = NetworkFile.parse("net.yaml", """
                networks: [{id: a}, {id: b}]
                ports:
                  - {id: vm1, network_id: a, mac_address: "02:00:00:00:00:01", "binding:host_id": there}
                  - {id: vm2, network_id: a, mac_address: "02:00:00:00:00:02", "binding:profile": {interface_name: p2}}
                """);
        controller.network(((NetworkFile.Valid) reading).model());
        awaitTexts(2, "hello", "bye-hello");
        mark("end");
        assertThat(texts(1)).containsExactly("hello", "end");
    }

    @Test
    void saysFarewellWhenItsAppIsDisabledAndStartsAgainWhenItIsEnabled() throws Exception {
        start(timing(HOUR, HOUR, 1, 5));
        network("r1:hello");
        awaitTexts(1, "hello");
        controller.enable("speaker", false).get(20, TimeUnit.SECONDS);
        awaitTexts(1, "hello", "bye-hello");
        controller.enable("speaker", true).get(20, TimeUnit.SECONDS);
        awaitTexts(1, "hello", "bye-hello", "hello");
        // Farewells that were still to come are not said of what is back.
        ask(1);
        awaitTexts(1, "hello", "bye-hello", "hello", "hello");
        assertThat(intervals(frames(1)).get(1)).isGreaterThan(GAP_MILLIS - LATE_MILLIS);
    }

    @Test
    void saysNoFarewellWhenTheControllerEnds() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        controller.close();
        mark("end");
        assertThat(texts(1)).containsExactly("hello", "end");
        assertThat(remembered("speaking")).contains("hello");
    }

    @Test
    void startsAgainWhenAUnitChanges() throws Exception {
        start(timing(HOUR, HOUR, 2, 1));
        network("r1:hello");
        awaitTexts(1, "hello", "hello");
        network("r1:other");
        awaitTexts(1, "hello", "hello", "other", "other");
        assertThat(intervals(frames(1))).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
        network("r1:other nothing");
        mark("end");
        assertThat(texts(1)).containsExactly("hello", "hello", "other", "other", "end");
    }

    @Test
    void saysFarewellBeforeAUnitThatDoesNotContinueIt() throws Exception {
        start(timing(HOUR, HOUR, 1, 2));
        network("r1:hello");
        awaitTexts(1, "hello");
        network("r1:new-hello");
        await("both", () -> frames(1).size() == 4);
        assertThat(texts(1).subList(0, 2)).containsExactly("hello", "bye-hello");
        assertThat(texts(1).subList(2, 4)).containsExactlyInAnyOrder("bye-hello", "new-hello");
    }

    @Test
    void changesThatFollowEachOtherDoNotPutItOff() throws Exception {
        start(once());
        network("r1:0");
        awaitTexts(1, "0");
        awaitInStep();
        long end = System.nanoTime() + PATIENCE;
        for (int i = 1; frames(1).size() < 3; i++) {
            network("r1:" + i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            assertThat(System.nanoTime() - end).isNegative();
        }
        assertThat(intervals(frames(1))).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
    }

    @Test
    void startsAgainWithASwitchThatWasAway() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        controller.sessions().get(0).disconnect("test");
        awaitTexts(1, "hello", "hello");
        awaitTexts(2, "hello", "hello");
    }

    @Test
    void remembersStartAndEnd() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        assertThat(controller.status().join().facts()).isEqualTo(1);
        await("kept", () -> remembered("speaking").equals(Optional.of("hello")));
        network("r1:other");
        await("changed", () -> remembered("speaking").equals(Optional.of("other")));
        network("nobody");
        await("ended", () -> remembered("silent").equals(Optional.of("other")));
        assertThat(remembered("speaking")).isEmpty();
    }

    @Test
    void anAnswerLeavesWhenItsFactsAreKept() throws Exception {
        start(once());
        app.answering = true;
        network("nobody");
        awaitInStep();
        ask(2);
        awaitTexts(2, "answer");
        assertThat(remembered("asked", "vm2")).isPresent();
    }

    @Test
    void anAnswerLeavesAlsoIfItsFactsCannotBeKept() throws Exception {
        start(once());
        app.answering = true;
        network("nobody");
        awaitInStep();
        Files.delete(folder);
        ask(2);
        awaitTexts(2, "answer");
        ask(1);
        awaitTexts(1, "answer");
        assertThat(controller.status().join().facts()).isEqualTo(2);
        assertThat(messages())
                .filteredOn(message -> message.startsWith("facts cannot be kept"))
                .hasSize(1);
        Files.createDirectory(folder);
    }

    private Optional<String> remembered(String kind) {
        return remembered(kind, "r1");
    }

    private Optional<String> remembered(String kind, String port) {
        try {
            Facts facts = new FactFile(folder.resolve("state")).read();
            return facts.get(BeaconApp.fact(kind, Id.of("a"), Id.of(port)), Instant.now())
                    .map(Fact::value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatFailsStopsNothingElse() throws Exception {
        start(timing(Duration.ofMillis(GAP_MILLIS), Duration.ofMillis(GAP_MILLIS), 1, 1));
        app.failing.addAll(List.of(
                "units:r1:units", "timing:timing", "started:started", "frames:frames", "ended:ended", "farewell:bye"));
        network("a", "r1:timing r2:started r3:frames r4:ended r5:bye r6:good", "a", "r1:units", "a", "");
        await("sent", () -> Collections.frequency(texts(1), "good") >= 3);
        assertThat(texts(1)).contains("ended", "bye").doesNotContain("timing", "started", "frames");
        List<String> errors = new ArrayList<>(messages());
        assertThat(errors.toString()).contains("of timing", "of started", "of frames");

        network("nobody");
        await("gone", () -> texts(1).containsAll(List.of("bye-ended", "bye-good", "bye-frames")));
        mark("end");
        assertThat(texts(1)).doesNotContain("bye-bye", "bye-timing", "bye-started");
        assertThat(messages().toString()).contains("of bye", "of ended");

        app.failing.clear();
        network("r1:timing r2:started r3:frames");
        await("mended", () -> texts(1).containsAll(List.of("timing", "started", "frames")));
    }

    private List<String> messages() {
        return controller.status().join().lastErrors().stream()
                .map(Status.ErrorEntry::message)
                .toList();
    }

    @Test
    void countsWhatItSends() throws Exception {
        start(once());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        controller.bindTo(registry);
        assertThat(controller.status().join().beacons()).isEqualTo(Map.of("speaker", Map.of(BeaconApp.BEACON, 0L)));
        network("vm1:hello");
        awaitTexts(2, "hello");
        awaitTexts(3, "hello");
        Status status = controller.status().join();
        assertThat(status.beacons()).isEqualTo(Map.of("speaker", Map.of(BeaconApp.BEACON, 2L)));
        assertThat(status.facts()).isEqualTo(1);
        assertThat(registry.get("flow6.beacon.frames")
                        .tags("app", "speaker", "beacon", BeaconApp.BEACON)
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("flow6.facts").gauge().value()).isEqualTo(1);
    }
}
