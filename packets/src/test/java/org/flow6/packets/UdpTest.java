package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.Routing;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

class UdpTest {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final IPv6Address C = IPv6Address.of("2001:db8::c");
    private static final Udp PING = new Udp(546, 547, Bytes.ofHex("70696e6721"));

    private static Ipv6 carrying(Bytes octets, ExtensionHeader... extensions) {
        return new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.UDP, 64, A, B, List.of(extensions), octets);
    }

    private static void refuses(MalformedReason reason, Bytes octets, ExtensionHeader... extensions) {
        assertThat(Udp.decode(carrying(octets, extensions))).isEqualTo(Decoded.malformed(reason));
    }

    /** Octets made by scapy: UDP(sport=546, dport=547)/b"ping!" from 2001:db8::a to 2001:db8::b. */
    @Test
    void readsAndWritesWhatScapyDoes() {
        Bytes octets = Bytes.ofHex("02220223000da03770696e6721");
        assertThat(PING.encode(A, B)).isEqualTo(octets);
        assertThat(Udp.decode(carrying(octets))).isEqualTo(Decoded.ok(PING));
        assertThat(PING.length()).isEqualTo(octets.length());
    }

    @Test
    void carriesNothingOrAsMuchAsItsLengthSays() {
        for (int length : List.of(0, 65527)) {
            Udp datagram = new Udp(0, 65535, Bytes.of(new byte[length]));
            assertThat(Udp.decode(Ipv6.of(64, A, B, datagram))).isEqualTo(Decoded.ok(datagram));
        }
    }

    @Test
    void leavesOutWhatFollowsItsLength() {
        Bytes longer = Bytes.ofHex(PING.encode(A, B) + "ffff");
        assertThat(Udp.decode(carrying(longer))).isEqualTo(Decoded.ok(PING));
    }

    /** Zero would say that there is none (RFC 768). */
    @Test
    void sendsAChecksumOfZeroAsItsOtherForm() {
        Bytes zero = new Udp(0, 0, Bytes.ofHex("0000")).encode(A, B);
        Udp datagram = new Udp(0, 0, zero.slice(6, 8));
        Bytes octets = datagram.encode(A, B);
        assertThat(octets.unsignedShort(6)).isEqualTo(0xffff);
        assertThat(Udp.decode(carrying(octets))).isEqualTo(Decoded.ok(datagram));
    }

    @Test
    void refusesOneWithoutAChecksum() {
        refuses(MalformedReason.UDP_CHECKSUM_ABSENT, Bytes.ofHex("0222022300080000"));
    }

    @Test
    void refusesAWrongChecksum() {
        refuses(MalformedReason.UDP_CHECKSUM, PING.encode(A, C));
    }

    @Test
    void checksumCoversTheFinalDestination() {
        Routing viaB = new Routing(0, 1, Bytes.ofHex("00000000" + "20010db800000000000000000000000c"));
        assertThat(Udp.decode(carrying(PING.encode(A, C), viaB))).isEqualTo(Decoded.ok(PING));
        refuses(MalformedReason.UDP_CHECKSUM, PING.encode(A, B), viaB);
    }

    @Test
    void refusesWhatIsNotWhole() {
        Bytes octets = PING.encode(A, B);
        for (int length = 0; length < Udp.HEADER_LENGTH; length++) {
            refuses(MalformedReason.UDP_TRUNCATED, octets.slice(0, length));
        }
        for (int length = Udp.HEADER_LENGTH; length < octets.length(); length++) {
            refuses(MalformedReason.UDP_LENGTH, octets.slice(0, length));
        }
        refuses(MalformedReason.UDP_FRAGMENT, octets, new Fragment(0, true, 1));
        assertThat(Udp.decode(carrying(octets, new Fragment(0, false, 1)))).isEqualTo(Decoded.ok(PING));
    }

    @Test
    void refusesALengthBelowItsHeader() {
        refuses(MalformedReason.UDP_LENGTH, Bytes.ofHex("0222022300071234"));
        refuses(MalformedReason.UDP_LENGTH, Bytes.ofHex("0222022300001234"));
    }

    @Test
    void refusesAnotherProtocol() {
        Ipv6 packet = new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.TCP, 64, A, B, List.of(), PING.encode(A, B));
        assertThat(Udp.decode(packet)).isEqualTo(Decoded.malformed(MalformedReason.NOT_UDP));
    }

    @Test
    void refusesToBeMadeOfWhatHasNoForm() {
        assertThatThrownBy(() -> new Udp(-1, 0, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Udp(0, 65536, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Udp(0, 0, Bytes.of(new byte[65528]))).isInstanceOf(IllegalArgumentException.class);
    }
}
