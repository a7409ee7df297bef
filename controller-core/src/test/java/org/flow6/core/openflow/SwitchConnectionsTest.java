package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.ovs.OvsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.projectfloodlight.openflow.types.DatapathId;

/** Meeting switches, losing them and meeting them again, with a real Open vSwitch at the other end. */
@Timeout(60)
class SwitchConnectionsTest {
    /** Ten times as quick as the default. */
    private static final OpenFlowSettings.Limits QUICK = new OpenFlowSettings.Limits(
            64,
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofMillis(1500),
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            Duration.ofMillis(100));

    private static OvsFixture ovs;

    private final Events events = new Events();

    @BeforeAll
    static void start() {
        ovs = OvsFixture.start();
        ovs.addBridge("br0");
        ovs.addBridge("br1");
    }

    @AfterAll
    static void stop() {
        ovs.close();
    }

    @AfterEach
    void removeControllers() {
        ovs.vsctl("del-controller", "br0", "--", "del-controller", "br1");
    }

    @Test
    void isConnectedToBySeveralSwitches() throws Exception {
        try (SwitchConnections connections = listen(ovs.ourAddress())) {
            String target = "tcp:%s:%d"
                    .formatted(ovs.ourAddress(), connections.listeningPorts().get(0));
            ovs.setController("br0", target);
            ovs.setController("br1", target);
            DatapathId one = events.awaitSession().datapathId();
            DatapathId other = events.awaitSession().datapathId();
            assertThat(connections.sessions())
                    .extracting(SwitchSession::datapathId)
                    .containsExactlyInAnyOrder(one, other);
            for (SwitchSession session : connections.sessions()) {
                session.barrier().get();
            }
            assertThat(connections.counters().of(OpenFlowEvent.SESSION_UP)).isEqualTo(2);
        }
    }

    @Test
    void isConnectedToByIpv6() throws Exception {
        try (SwitchConnections connections = listen(ovs.ourAddress6())) {
            ovs.setController(
                    "br0",
                    "tcp:[%s]:%d"
                            .formatted(
                                    ovs.ourAddress6(),
                                    connections.listeningPorts().get(0)));
            assertThat(events.awaitSession().peer()).startsWith("[").contains("]:");
        }
    }

    @Test
    void connectsToTcp() throws Exception {
        ovs.setController("br0", "ptcp:6634:" + ovs.itsAddress());
        Endpoint endpoint = new Endpoint.Tcp(ovs.itsAddress(), 6634);
        try (SwitchConnections connections = SwitchConnections.start(connect(endpoint), events)) {
            SwitchSession session = events.awaitSession();
            assertThat(session.peer()).isEqualTo(endpoint.toString());
            assertThat(connections.sessions()).containsExactly(session);
        }
    }

    @Test
    void connectsToTcpByIpv6() throws Exception {
        ovs.setController("br0", "ptcp:6634:[%s]".formatted(ovs.itsAddress6()));
        Endpoint endpoint = new Endpoint.Tcp(ovs.itsAddress6(), 6634);
        try (SwitchConnections connections = SwitchConnections.start(connect(endpoint), events)) {
            assertThat(connections.sessions()).doesNotContainNull();
            events.awaitSession().barrier().get();
        }
    }

    @Test
    void connectsAgainToASwitchThatWasKilled() throws Exception {
        Endpoint endpoint = new Endpoint.Unix(ovs.managementSocket("br0"));
        try (SwitchConnections connections = SwitchConnections.start(connect(endpoint), events)) {
            SwitchSession first = events.awaitSession();
            ovs.killSwitch();
            assertThat(events.await(Events.Disconnected.class))
                    .isEqualTo(new Events.Disconnected(first, "closed by the peer"));
            assertThat(connections.session(first.datapathId())).isEmpty();
            ovs.startSwitch();
            SwitchSession second = events.awaitSession();
            assertThat(second).isNotSameAs(first);
            assertThat(second.datapathId()).isEqualTo(first.datapathId());
            second.barrier().get();
        }
    }

    @Test
    void waitsForASwitchThatIsNotThereYet() throws Exception {
        ovs.stopSwitch();
        Endpoint endpoint = new Endpoint.Unix(ovs.managementSocket("br0"));
        try (SwitchConnections connections = SwitchConnections.start(connect(endpoint), events)) {
            assertThat(connections.sessions()).isEmpty();
            ovs.startSwitch();
            events.awaitSession().barrier().get();
        }
    }

    @Test
    void isConnectedToAgainAfterTheSwitchOrTheControllerRestarts() throws Exception {
        int port;
        try (SwitchConnections connections = listen(ovs.ourAddress())) {
            port = connections.listeningPorts().get(0);
            ovs.setController("br0", "tcp:%s:%d".formatted(ovs.ourAddress(), port));
            events.awaitSession();
            ovs.killSwitch();
            events.await(Events.Disconnected.class);
            ovs.startSwitch();
            events.awaitSession();
        }
        OpenFlowSettings again = OpenFlowSettings.listening(new Endpoint.Tcp(ovs.ourAddress(), port));
        try (SwitchConnections connections = SwitchConnections.start(again, events)) {
            SwitchSession session = events.awaitSession();
            assertThat(connections.sessions()).containsExactly(session);
            assertThat(session.requestRole(ControllerRole.NOCHANGE).get()).isEqualTo(ControllerRole.MASTER);
        }
    }

    @Test
    void givesUpASwitchThatFallsSilent() throws Exception {
        Endpoint endpoint = new Endpoint.Unix(ovs.managementSocket("br0"));
        try (SwitchConnections connections = SwitchConnections.start(connect(endpoint), events)) {
            SwitchSession session = events.awaitSession();
            ovs.freezeSwitch();
            try {
                assertThat(events.await(Events.Disconnected.class))
                        .isEqualTo(new Events.Disconnected(session, "silent for 1.5 s"));
                assertThat(connections.counters().of(OpenFlowEvent.DEAD_PEER)).isEqualTo(1);
            } finally {
                ovs.thawSwitch();
            }
            events.awaitSession().barrier().get();
        }
    }

    @Test
    void failsRequestsThatAreNotAnsweredInTime() throws Exception {
        OpenFlowSettings.Limits impatient = new OpenFlowSettings.Limits(
                64,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofMillis(300),
                Duration.ofMillis(20),
                Duration.ofMillis(100));
        Endpoint endpoint = new Endpoint.Unix(ovs.managementSocket("br0"));
        OpenFlowSettings settings = new OpenFlowSettings(List.of(), List.of(endpoint), Optional.empty(), impatient);
        try (SwitchConnections connections = SwitchConnections.start(settings, events)) {
            SwitchSession session = events.awaitSession();
            ovs.freezeSwitch();
            try {
                assertThatThrownBy(() -> session.barrier().get())
                        .hasCauseInstanceOf(TimeoutException.class)
                        .hasMessageContaining("barrier: no answer within PT0.3S");
                assertThat(connections.counters().of(OpenFlowEvent.REQUEST_TIMEOUT))
                        .isEqualTo(1);
            } finally {
                ovs.thawSwitch();
            }
            session.barrier().get();
        }
    }

    @Test
    void keepsAnIdleSessionAlive() throws Exception {
        // Three times what would be the end for either side, had its echo requests no answer.
        try (SwitchConnections connections = listen(ovs.ourAddress())) {
            ovs.setController(
                    "br0",
                    "tcp:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            ovs.vsctl("set", "controller", "br0", "inactivity_probe=1000");
            SwitchSession session = events.awaitSession();
            assertThat(events.nothingWithin(Duration.ofMillis(4500))).isTrue();
            session.barrier().get();
            assertThat(connections.counters().of(OpenFlowEvent.SESSION_UP)).isEqualTo(1);
        }
    }

    @Test
    void replacesASessionByANewerOneOfTheSameSwitch() throws Exception {
        OpenFlowSettings both = new OpenFlowSettings(
                List.of(new Endpoint.Tcp(ovs.ourAddress(), 0)),
                List.of(new Endpoint.Unix(ovs.managementSocket("br0"))),
                Optional.empty(),
                OpenFlowSettings.Limits.DEFAULT);
        try (SwitchConnections connections = SwitchConnections.start(both, events)) {
            SwitchSession first = events.awaitSession();
            ovs.setController(
                    "br0",
                    "tcp:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            // Whichever comes last wins; the two take turns, told in order.
            Events.Disconnected ousted = events.await(Events.Disconnected.class);
            assertThat(ousted.session()).isSameAs(first);
            assertThat(ousted.reason()).startsWith("replaced by a newer connection from 169.254.");
            SwitchSession second = events.awaitSession();
            assertThat(second).isNotSameAs(first);
            assertThat(connections.sessions()).hasSize(1);
        }
    }

    @Test
    void tellsASwitchWithout13ToGo() throws Exception {
        try (SwitchConnections connections = listen(ovs.ourAddress())) {
            ovs.vsctl("set", "bridge", "br1", "protocols=OpenFlow10,OpenFlow14");
            ovs.setController(
                    "br1",
                    "tcp:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            ovs.setController(
                    "br0",
                    "tcp:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            SwitchSession other = events.awaitSession();
            Events.awaitCount(connections.counters(), OpenFlowEvent.HANDSHAKE_FAILED, 1);
            assertThat(connections.sessions()).containsExactly(other);
        } finally {
            ovs.vsctl("set", "bridge", "br1", "protocols=OpenFlow13");
        }
    }

    @Test
    void meetsASwitchThatSpeaksNewerVersionsToo() throws Exception {
        ovs.vsctl("set", "bridge", "br1", "protocols=[]");
        try (SwitchConnections connections = listen(ovs.ourAddress())) {
            ovs.setController(
                    "br1",
                    "tcp:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            events.awaitSession().barrier().get();
        } finally {
            ovs.vsctl("set", "bridge", "br1", "protocols=OpenFlow13");
        }
    }

    @Test
    void saysWhatItCannotListenOn() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OpenFlowSettings settings = OpenFlowSettings.listening(new Endpoint.Tcp("127.0.0.1", taken.getLocalPort()));
            assertThatThrownBy(() -> SwitchConnections.start(settings, events))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on tcp:127.0.0.1:%d: Address already in use", taken.getLocalPort());
        }
    }

    private SwitchConnections listen(String address) throws IOException {
        return SwitchConnections.start(
                new OpenFlowSettings(List.of(new Endpoint.Tcp(address, 0)), List.of(), Optional.empty(), QUICK),
                events);
    }

    private static OpenFlowSettings connect(Endpoint endpoint) {
        return new OpenFlowSettings(List.of(), List.of(endpoint), Optional.empty(), QUICK);
    }
}
