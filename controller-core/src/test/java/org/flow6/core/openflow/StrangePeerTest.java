package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.flow6.core.endpoint.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that are no switches: scanners, browsers, other versions, and those that fall silent. */
@Timeout(60)
class StrangePeerTest {
    private static final OpenFlowSettings.Limits HASTY = new OpenFlowSettings.Limits(
            4,
            Duration.ofMillis(700),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1));

    private final Events events = new Events();
    private SwitchConnections connections;

    @BeforeEach
    void listen() throws IOException {
        connections = SwitchConnections.start(
                new OpenFlowSettings(List.of(new Endpoint.Tcp("127.0.0.1", 0)), List.of(), Optional.empty(), HASTY),
                events);
    }

    @AfterEach
    void close() {
        connections.close();
        assertThat(connections.counters().of(OpenFlowEvent.LISTENER_FAILED)).isZero();
    }

    @Test
    void closesABrowserAtItsFirstOctet() throws Exception {
        try (Socket browser = peer()) {
            browser.getOutputStream().write("G".getBytes(StandardCharsets.US_ASCII));
            assertThat(answerOf(browser)).isEqualTo(hello());
        }
        assertCounted(OpenFlowEvent.NOT_OPENFLOW, 1);
        assertCounted(OpenFlowEvent.HANDSHAKE_FAILED, 1);
    }

    @Test
    void refusesAPeerWithout13InItsOwnVersionOfHello() throws Exception {
        try (Socket old = peer()) {
            old.getOutputStream().write(ByteBufUtil.decodeHexDump("0100000800000007"));
            byte[] answer = answerOf(old);
            ByteBuf error = Unpooled.wrappedBuffer(answer, 16, answer.length - 16);
            assertThat(error.getUnsignedByte(1)).isEqualTo((short) Wire.ERROR);
            assertThat(error.getInt(4)).isEqualTo(7);
            assertThat(error.getInt(8)).as("HELLO_FAILED, INCOMPATIBLE").isZero();
            assertThat(error.toString(12, error.readableBytes() - 12, StandardCharsets.US_ASCII))
                    .isEqualTo("OpenFlow 1.3 is needed, OpenFlow 1.0 was offered");
        }
        assertCounted(OpenFlowEvent.HANDSHAKE_FAILED, 1);
    }

    @Test
    void closesAPeerThatRefusesOurHello() throws Exception {
        try (Socket peer = peer()) {
            peer.getOutputStream().write(ByteBufUtil.decodeHexDump("0101000f00000007" + "00000000" + "6e6f21"));
            assertThat(answerOf(peer)).isEqualTo(hello());
        }
        assertCounted(OpenFlowEvent.HANDSHAKE_FAILED, 1);
    }

    @Test
    void closesAfterHelloOnAnotherVersion() throws Exception {
        try (Socket peer = peer()) {
            peer.getOutputStream().write(ByteBufUtil.decodeHexDump("0400000800000007" + "0506000800000001"));
            assertThat(answerOf(peer)).startsWith(hello());
        }
        assertCounted(OpenFlowEvent.NOT_OPENFLOW, 1);
    }

    @Test
    void closesOnALengthShorterThanAHeader() throws Exception {
        for (int length = 0; length < 8; length++) {
            try (Socket peer = peer()) {
                peer.getOutputStream().write(new byte[] {4, 0, 0, (byte) length, 0, 0, 0, 1});
                assertThat(answerOf(peer)).isEqualTo(hello());
            }
        }
        assertCounted(OpenFlowEvent.NOT_OPENFLOW, 8);
    }

    @Test
    void closesWhoDoesNotShakeHandsInTime() throws Exception {
        List<byte[]> beginnings = List.of(
                new byte[0], // a half-open connection
                new byte[] {4, 0}, // a part of a HELLO
                ByteBufUtil.decodeHexDump("0400ffff00000001"), // a HELLO of 65535 octets that never come
                ByteBufUtil.decodeHexDump("0400000800000001")); // a HELLO and no more
        List<Socket> peers = new ArrayList<>();
        for (byte[] beginning : beginnings) {
            Socket peer = peer();
            peer.getOutputStream().write(beginning);
            peers.add(peer);
        }
        for (Socket peer : peers) {
            assertThat(answerOf(peer)).startsWith(hello());
            peer.close();
        }
        assertCounted(OpenFlowEvent.HANDSHAKE_FAILED, 4);
    }

    @Test
    void closesWhoDripsOctets() throws Exception {
        try (Socket peer = peer()) {
            byte[] echoes = ByteBufUtil.decodeHexDump("0400000800000001" + "04020008000000aa".repeat(10_000));
            for (byte octet : echoes) {
                peer.getOutputStream().write(octet);
                peer.getOutputStream().flush();
            }
        } catch (SocketException closed) {
            assertThat(closed).hasMessageMatching("Broken pipe|Connection reset.*");
        }
        assertCounted(OpenFlowEvent.HANDSHAKE_FAILED, 1);
    }

    @Test
    void refusesConnectionsBeyondTheLimitAndServesAgainLater() throws Exception {
        List<Socket> peers = new ArrayList<>();
        for (int i = 0; i < HASTY.connections(); i++) {
            Socket peer = peer();
            assertThat(peer.getInputStream().readNBytes(16)).isEqualTo(hello());
            peers.add(peer);
        }
        try (Socket tooMany = peer()) {
            assertThat(answerOf(tooMany)).isEmpty();
        }
        assertCounted(OpenFlowEvent.CONNECTION_REFUSED, 1);
        for (Socket peer : peers) {
            peer.close();
        }
        assertCounted(OpenFlowEvent.HANDSHAKE_FAILED, HASTY.connections());
        try (Socket peer = peer()) {
            assertThat(peer.getInputStream().readNBytes(16)).isEqualTo(hello());
        }
    }

    @Test
    void survivesGarbage() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(2000)];
            random.nextBytes(garbage);
            try (Socket peer = peer()) {
                if (i % 2 == 0) {
                    peer.getOutputStream().write(hello());
                }
                peer.getOutputStream().write(garbage);
                peer.shutdownOutput();
                answerOf(peer);
            }
        }
        assertCounted(OpenFlowEvent.HANDSHAKE_FAILED, 200);
    }

    private Socket peer() throws IOException {
        return new Socket(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                connections.listeningPorts().get(0));
    }

    /** All that comes until the connection is closed, in good order or not. */
    private static byte[] answerOf(Socket peer) throws IOException {
        byte[] answer = new byte[0];
        try {
            for (int octet = peer.getInputStream().read();
                    octet >= 0;
                    octet = peer.getInputStream().read()) {
                answer = java.util.Arrays.copyOf(answer, answer.length + 1);
                answer[answer.length - 1] = (byte) octet;
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return answer;
    }

    private static byte[] hello() {
        return ByteBufUtil.getBytes(Messages.hello(1));
    }

    private void assertCounted(OpenFlowEvent event, long times) {
        Events.awaitCount(connections.counters(), event, times);
        assertThat(connections.counters().of(event)).isEqualTo(times);
    }
}
