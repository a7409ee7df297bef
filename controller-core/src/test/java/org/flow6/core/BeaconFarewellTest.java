package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.Test;

/** What ports hear at last of what is gone, and of what takes its place. */
class BeaconFarewellTest extends BeaconScene {
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
        assertThat(texts(1).subList(2, 5)).containsOnly("bye-hello");
        assertThat(app.intervals().subList(2, 4)).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
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
        assertThat(app.intervals().get(1)).isGreaterThan(GAP_MILLIS - LATE_MILLIS);
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
    void saysFarewellBeforeAUnitThatDoesNotContinueIt() throws Exception {
        start(timing(HOUR, HOUR, 1, 2));
        network("r1:hello");
        awaitTexts(1, "hello");
        network("r1:new-hello");
        await("both", () -> frames(1).size() == 4);
        assertThat(texts(1).subList(0, 2)).containsExactly("hello", "bye-hello");
        assertThat(texts(1).subList(2, 4)).containsExactlyInAnyOrder("bye-hello", "new-hello");
    }
}
