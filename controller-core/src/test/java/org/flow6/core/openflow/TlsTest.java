package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.ovs.OvsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mutual TLS with a real Open vSwitch. */
@Timeout(60)
class TlsTest {
    private static OvsFixture ovs;

    private final Events events = new Events();

    @BeforeAll
    static void start() {
        ovs = OvsFixture.start();
        ovs.addBridge("br0");
        for (String authority : List.of("ca", "stranger-ca")) {
            openssl(
                    "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout %1$s.key -out %1$s.pem -subj /CN=%1$s",
                    authority);
        }
        certify("switch", "ca");
        certify("controller", "ca");
        certify("stranger", "stranger-ca");
    }

    @AfterAll
    static void stop() {
        ovs.close();
    }

    @BeforeEach
    void removeController() {
        ovs.vsctl("del-controller", "br0", "--", "del-ssl");
    }

    @Test
    void isConnectedToByTls() throws Exception {
        try (SwitchConnections connections = listen()) {
            switchUses("switch", "ca");
            ovs.setController(
                    "br0",
                    "ssl:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            events.awaitSession().barrier().get();
            assertThat(connections.counters().of(OpenFlowEvent.HANDSHAKE_FAILED))
                    .isZero();
        }
    }

    @Test
    void connectsByTls() throws Exception {
        switchUses("switch", "ca");
        ovs.setController("br0", "pssl:6634:" + ovs.itsAddress());
        OpenFlowSettings settings = new OpenFlowSettings(
                List.of(),
                List.of(new Endpoint.Tls(ovs.itsAddress(), 6634)),
                Optional.of(files("controller", "ca")),
                OpenFlowSettings.Limits.DEFAULT);
        try (SwitchConnections connections = SwitchConnections.start(settings, events)) {
            SwitchSession session = events.awaitSession();
            assertThat(connections.sessions()).containsExactly(session);
            session.barrier().get();
        }
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws Exception {
        try (SwitchConnections connections = listen()) {
            switchUses("stranger", "ca");
            ovs.setController(
                    "br0",
                    "ssl:%s:%d"
                            .formatted(
                                    ovs.ourAddress(),
                                    connections.listeningPorts().get(0)));
            Events.awaitCount(connections.counters(), OpenFlowEvent.HANDSHAKE_FAILED, 1);
            assertThat(connections.sessions()).isEmpty();
        }
    }

    @Test
    void refusesAPeerWithoutTls() throws Exception {
        try (SwitchConnections connections = listen();
                Socket plain = new Socket(
                        ovs.ourAddress(), connections.listeningPorts().get(0))) {
            plain.getOutputStream().write(new byte[] {4, 0, 0, 8, 0, 0, 0, 1});
            // An alert may come before the end.
            plain.getInputStream().readAllBytes();
            Events.awaitCount(connections.counters(), OpenFlowEvent.HANDSHAKE_FAILED, 1);
        }
    }

    @Test
    void refusesAPeerThatShowsNoCertificate() throws Exception {
        try (SwitchConnections connections = listen()) {
            int port = connections.listeningPorts().get(0);
            assertThatThrownBy(() -> ovs.inside(
                            "openssl", "s_client", "-tls1_2", "-brief", "-connect", ovs.ourAddress() + ":" + port))
                    .hasMessageContaining("alert");
            Events.awaitCount(connections.counters(), OpenFlowEvent.HANDSHAKE_FAILED, 1);
        }
    }

    @Test
    void closesAPeerThatNeverBeginsTls() throws Exception {
        try (SwitchConnections connections = listen();
                Socket silent = new Socket(
                        ovs.ourAddress(), connections.listeningPorts().get(0))) {
            // An alert may come before the end.
            silent.getInputStream().readAllBytes();
            Events.awaitCount(connections.counters(), OpenFlowEvent.HANDSHAKE_FAILED, 1);
            assertThat(connections.sessions()).isEmpty();
        }
    }

    @Test
    void saysWhichFileCannotBeUsed() {
        TlsFiles missing = new TlsFiles(file("controller.pem"), file("nothing.key"), file("ca.pem"));
        assertThatThrownBy(missing::server)
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read TLS file " + file("nothing.key"));
        TlsFiles wrong = new TlsFiles(file("controller.pem"), file("ca.pem"), file("ca.pem"));
        assertThatThrownBy(wrong::server).isInstanceOf(IOException.class).hasMessageContaining("ca.pem");
    }

    private SwitchConnections listen() throws IOException {
        OpenFlowSettings.Limits hasty = new OpenFlowSettings.Limits(
                64,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1));
        return SwitchConnections.start(
                new OpenFlowSettings(
                        List.of(new Endpoint.Tcp(ovs.ourAddress(), 0)),
                        List.of(),
                        Optional.of(files("controller", "ca")),
                        hasty),
                events);
    }

    private static void switchUses(String name, String authority) {
        ovs.vsctl(
                "set-ssl",
                file(name + ".key").toString(),
                file(name + ".pem").toString(),
                file(authority + ".pem").toString());
    }

    private static TlsFiles files(String name, String authority) {
        return new TlsFiles(file(name + ".pem"), file(name + ".key"), file(authority + ".pem"));
    }

    private static Path file(String name) {
        return ovs.folder().resolve(name);
    }

    private static void certify(String name, String authority) {
        openssl("req -newkey rsa:2048 -nodes -keyout %1$s.key -out %1$s.csr -subj /CN=%1$s", name);
        openssl(
                "x509 -req -days 2 -in %1$s.csr -CA %2$s.pem -CAkey %2$s.key -CAcreateserial -out %1$s.pem",
                name, authority);
    }

    private static void openssl(String command, String... names) {
        ovs.inside("sh", "-c", "cd %s && openssl %s".formatted(ovs.folder(), command.formatted((Object[]) names)));
    }
}
