package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.flow6.core.ovs.OvsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SwitchSessionTest {
    private static OvsFixture ovs;

    @BeforeAll
    static void start() {
        ovs = OvsFixture.start();
        ovs.addBridge("br0");
        ovs.addPorts("br0", "p1", "p2");
    }

    @AfterAll
    static void stop() {
        ovs.close();
    }

    @Test
    void connectsToAUnixSocket() throws Exception {
        Events events = new Events();
        Endpoint socket = new Endpoint.Unix(ovs.managementSocket("br0"));
        try (SwitchConnections connections = SwitchConnections.start(OpenFlowSettings.connecting(socket), events)) {
            SwitchSession session = events.awaitSession();
            assertThat(session.description().hardware()).isEqualTo("Open vSwitch");
            assertThat(session.ports().values()).extracting(SwitchPort::name).contains("p1", "p2", "br0");
            session.barrier().get(10, TimeUnit.SECONDS);
            assertThat(connections.session(session.datapathId())).contains(session);
        }
        assertThat(events.await(Events.Disconnected.class).reason()).isEqualTo("the controller is closing");
    }

    @Test
    void isConnectedToByTcp() throws Exception {
        Events events = new Events();
        OpenFlowSettings settings = OpenFlowSettings.listening(new Endpoint.Tcp(ovs.ourAddress(), 0));
        try (SwitchConnections connections = SwitchConnections.start(settings, events)) {
            ovs.setController(
                    "br0",
                    "tcp:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            SwitchSession session = events.awaitSession();
            session.barrier().get(10, TimeUnit.SECONDS);
        } finally {
            ovs.vsctl("del-controller", "br0");
        }
    }
}
