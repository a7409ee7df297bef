package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv4Address;

class Icmpv4Test {
    private static final String SOURCE = "192.0.2.11";
    private static final String TARGET = "198.51.100.2";

    private static Ipv4 packet(String source, String destination, int offset, NextHeader protocol, Bytes payload) {
        return new Ipv4(
                0,
                7,
                false,
                false,
                offset,
                1,
                protocol,
                IPv4Address.of(source),
                IPv4Address.of(destination),
                Bytes.EMPTY,
                payload);
    }

    private static Ipv4 icmp(int type) {
        return packet(SOURCE, TARGET, 0, NextHeader.ICMPV4, Bytes.of((byte) type, (byte) 0));
    }

    private static boolean answered(Ipv4 packet) {
        return Icmpv4Error.mayBeSentFor(packet);
    }

    /** RFC 1812 §4.3.2.3. */
    @Test
    void quotesAsMuchAs576OctetsHold() {
        Ipv4 large = packet(SOURCE, TARGET, 0, NextHeader.UDP, Bytes.of(new byte[1400]));
        Icmpv4Error error = Icmpv4Error.timeExceeded(large);
        Ipv4 reply = Ipv4.of(0xc0, 64, IPv4Address.of("192.0.2.1"), IPv4Address.of(SOURCE), error);
        assertThat(reply.length()).isEqualTo(576);
        assertThat(error.body()).isEqualTo(large.encode().slice(0, 548));
        Ipv4 small = packet(SOURCE, TARGET, 0, NextHeader.UDP, Bytes.of(new byte[40]));
        assertThat(Icmpv4Error.unreachable(1, small).body()).isEqualTo(small.encode());
    }

    /** RFC 1191 §4. */
    @Test
    void tellsTheMtu() {
        Icmpv4Error error = Icmpv4Error.tooBig(1280, icmp(8));
        assertThat(error.encode(IPv4Address.NONE, IPv4Address.NONE).slice(4, 8)).isEqualTo(Bytes.ofHex("00000500"));
        assertThat(error.code()).isEqualTo(4);
    }

    /** RFC 1812 §4.3.2.7. */
    @Test
    void isNotSentForWhatMustNotBeAnswered() {
        Bytes data = Bytes.of(new byte[8]);
        assertThat(answered(packet(SOURCE, TARGET, 0, NextHeader.UDP, data))).isTrue();
        assertThat(answered(packet(SOURCE, TARGET, 1, NextHeader.UDP, data))).isFalse();
        for (String source :
                new String[] {"0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"}) {
            assertThat(answered(packet(source, TARGET, 0, NextHeader.UDP, data)))
                    .isFalse();
        }
        for (String destination : new String[] {"224.0.0.1", "239.1.2.3", "255.255.255.255"}) {
            assertThat(answered(packet(SOURCE, destination, 0, NextHeader.UDP, data)))
                    .isFalse();
        }
    }

    @Test
    void isNotSentForAnError() {
        for (int type : new int[] {3, 4, 5, 11, 12, 31, 40, 200}) {
            assertThat(answered(icmp(type))).isFalse();
        }
        for (int type : new int[] {0, 8, 13, 14}) {
            assertThat(answered(icmp(type))).isTrue();
        }
        assertThat(answered(packet(SOURCE, TARGET, 0, NextHeader.ICMPV4, Bytes.EMPTY)))
                .isFalse();
    }

    @Test
    void discardsWhatIsNoMessage() {
        assertThat(Icmpv4.decode(packet(SOURCE, TARGET, 0, NextHeader.UDP, Bytes.EMPTY)))
                .isEqualTo(Decoded.malformed(MalformedReason.NOT_ICMPV4));
        assertThat(Icmpv4.decode(packet(SOURCE, TARGET, 1, NextHeader.ICMPV4, Bytes.of(new byte[8]))))
                .isEqualTo(Decoded.malformed(MalformedReason.ICMPV4_FRAGMENT));
        assertThat(Icmpv4.decode(icmp(8))).isEqualTo(Decoded.malformed(MalformedReason.ICMPV4_TRUNCATED));
        assertThat(Icmpv4.decode(packet(SOURCE, TARGET, 0, NextHeader.ICMPV4, Bytes.of(new byte[8]))))
                .isEqualTo(Decoded.malformed(MalformedReason.ICMPV4_CHECKSUM));
    }
}
