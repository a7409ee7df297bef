package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

class Ipv4RandomTest {
    @Test
    void decodesWhatItEncodes() {
        RandomIpv4 packets = new RandomIpv4(new SplittableRandom(791));
        for (int i = 0; i < 20_000; i++) {
            Ipv4Datagram datagram = packets.next();
            Bytes octets = datagram.packet().encode();
            assertThat(octets.length()).isEqualTo(datagram.packet().length());
            assertThat(Ipv4Datagram.decode(octets)).isEqualTo(Decoded.ok(datagram));
        }
    }

    @Test
    void carriesSegmentsInIpv6Too() {
        SplittableRandom random = new SplittableRandom(9293);
        RandomIpv4 packets = new RandomIpv4(random);
        for (int i = 0; i < 5_000; i++) {
            Tcp segment = packets.tcp();
            IPv6Address source = IPv6Address.of(random.nextLong(), random.nextLong());
            Ipv6 packet = Ipv6.of(64, source, IPv6Address.of(random.nextLong(), random.nextLong()), segment);
            assertThat(Tcp.decode(packet)).isEqualTo(Decoded.ok(segment));
        }
    }

    @Test
    void survivesEveryTruncation() {
        RandomIpv4 packets = new RandomIpv4(new SplittableRandom(1812));
        for (int i = 0; i < 200; i++) {
            Bytes octets = packets.next().packet().encode();
            for (int length = 0; length < octets.length(); length++) {
                assertThat(Ipv4Datagram.decode(octets.slice(0, length)))
                        .isEqualTo(Decoded.malformed(MalformedReason.IPV4_TRUNCATED));
            }
        }
    }

    @Test
    void neverTakesAFlippedBitForGood() {
        SplittableRandom random = new SplittableRandom(1071);
        RandomIpv4 packets = new RandomIpv4(random);
        for (int i = 0; i < 20_000; i++) {
            Ipv4Datagram datagram = packets.next();
            byte[] octets = datagram.packet().encode().toByteArray();
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
            Decoded<Ipv4Datagram> decoded = Ipv4Datagram.decode(Bytes.of(octets));
            // A UDP datagram's own length may lose its last octet, and its checksum may become that of none.
            assertThat(decoded).isNotEqualTo(Decoded.ok(datagram));
        }
    }

    @Test
    void fragmentsHoldEveryOctetInItsPlace() {
        SplittableRandom random = new SplittableRandom(815);
        RandomIpv4 packets = new RandomIpv4(random);
        for (int i = 0; i < 5_000; i++) {
            Ipv4 packet = packets.next().packet();
            if (packet.dontFragment()) {
                continue;
            }
            int mtu = random.nextInt(68, 200);
            List<Ipv4> fragments = packet.fragments(mtu);
            int at = 0;
            for (Ipv4 fragment : fragments) {
                assertThat(fragment.length()).isLessThanOrEqualTo(mtu);
                assertThat(fragment.fragmentOffset() * 8).isEqualTo(at);
                assertThat(fragment.payload())
                        .isEqualTo(packet.payload()
                                .slice(at, at + fragment.payload().length()));
                assertThat(Ipv4.decode(fragment.encode())).isEqualTo(Decoded.ok(fragment));
                at += fragment.payload().length();
                assertThat(fragment.moreFragments())
                        .isEqualTo(at < packet.payload().length());
            }
            assertThat(at).isEqualTo(packet.payload().length());
        }
    }
}
