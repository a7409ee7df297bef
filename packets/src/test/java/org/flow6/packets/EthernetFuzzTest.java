package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever arrives, decoding returns; and what it accepts, encoding reproduces. */
class EthernetFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void decodesAnything(byte[] octets) {
        Bytes arrived = Bytes.of(octets);
        Decoded<Ethernet> ethernet = Ethernet.decode(arrived);
        if (ethernet instanceof Decoded.Ok<Ethernet> ok) {
            assertThat(ok.value().encode()).isEqualTo(arrived);
            packet(ok.value().payload());
        }
        // The layers on their own too: a fuzzer finds an EtherType or a checksum late.
        packet(arrived);
        messages(arrived);
        if (Arp.decode(arrived) instanceof Decoded.Ok<Arp> arp) {
            assertThat(arp.value().encode())
                    .isEqualTo(arrived.slice(0, arp.value().length()));
        }
    }

    private static void packet(Bytes octets) {
        if (Ipv6.decode(octets) instanceof Decoded.Ok<Ipv6> ok) {
            Bytes encoded = ok.value().encode();
            assertThat(encoded.length()).isLessThanOrEqualTo(octets.length());
            assertThat(Ipv6.decode(encoded)).isEqualTo(ok);
            validate(ok.value());
        }
    }

    private static void validate(Ipv6 packet) {
        if (Icmpv6.decode(packet) instanceof Decoded.Ok<Icmpv6> ok) {
            Icmpv6 message = ok.value();
            Ipv6 again = Ipv6.of(packet.hopLimit(), packet.source(), packet.destination(), message);
            assertThat(Icmpv6.decode(again)).isEqualTo(ok);
        }
        stable(NeighborSolicitation.validate(packet));
        stable(NeighborAdvertisement.validate(packet));
        stable(RouterSolicitation.validate(packet));
        stable(RouterAdvertisement.validate(packet));
        stable(Redirect.validate(packet));
        stable(InverseSolicitation.validate(packet));
        stable(InverseAdvertisement.validate(packet));
        stable(Mld.validate(packet));
        assertThat(new Reassembly(1, Ipv6.MIN_MTU).add(packet, 0)).isNotNull();
    }

    /** As messages whose checksum held, of every type. */
    private static void messages(Bytes octets) {
        if (octets.length() >= Icmpv6.HEADER_LENGTH) {
            for (int type = 0; type < 256; type++) {
                stable(NdRaw.decode(type, octets));
            }
        }
    }

    private static void stable(Decoded<? extends Icmpv6> decoded) {
        if (decoded instanceof Decoded.Ok<? extends Icmpv6> ok) {
            Icmpv6 message = ok.value();
            Ipv6 packet = Ipv6.of(255, LinkLocalMulticast.ALL_NODES, LinkLocalMulticast.ALL_NODES, message);
            assertThat(Icmpv6.decode(packet)).isEqualTo(ok);
        }
    }
}
