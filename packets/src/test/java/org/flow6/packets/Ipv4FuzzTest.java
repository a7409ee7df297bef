package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever arrives, decoding returns; and what it accepts, encoding reproduces. */
class Ipv4FuzzTest {
    @FuzzTest(maxDuration = "1m")
    void decodesAnything(byte[] octets) {
        Bytes arrived = Bytes.of(octets);
        if (Ipv4.decode(arrived) instanceof Decoded.Ok<Ipv4> ok) {
            Ipv4 packet = ok.value();
            assertThat(Ipv4.decode(packet.encode())).isEqualTo(ok);
            if (!packet.dontFragment()) {
                assertThat(packet.fragments(576)).isNotEmpty();
            }
            assertThat(Icmpv4Error.timeExceeded(packet).length()).isLessThanOrEqualTo(576 - Ipv4.HEADER_LENGTH);
            Icmpv4Error.mayBeSentFor(packet);
        }
        if (Ipv4Datagram.decode(arrived) instanceof Decoded.Ok<Ipv4Datagram> ok) {
            Ipv4Datagram again = Ipv4Datagram.of(ok.value().packet(), ok.value().upper());
            assertThat(Ipv4Datagram.decode(again.packet().encode())).isEqualTo(Decoded.ok(again));
        }
        if (Ipv6.decode(arrived).then(Tcp::decode) instanceof Decoded.Ok<Tcp> ok) {
            Ipv6 packet = Ipv6.of(64, LinkLocalMulticast.ALL_NODES, LinkLocalMulticast.ALL_NODES, ok.value());
            assertThat(Tcp.decode(packet)).isEqualTo(ok);
        }
    }
}
