package org.flow6.packets;

import java.util.function.Function;

/** An IPv4 packet and the upper layer in it. */
record Ipv4Datagram(Ipv4 packet, UpperLayer upper) {

    static Decoded<Ipv4Datagram> decode(Bytes octets) {
        return Ipv4.decode(octets).then(packet -> switch (packet.protocol().value()) {
            case 6 -> with(packet, Tcp::decode);
            case 17 -> with(packet, Udp::decode);
            default -> with(packet, Icmpv4::decode);
        });
    }

    private static Decoded<Ipv4Datagram> with(Ipv4 packet, Function<Ipv4, Decoded<? extends UpperLayer>> decode) {
        return decode.apply(packet).then(upper -> Decoded.ok(new Ipv4Datagram(packet, upper)));
    }

    /** With the payload made of the upper layer. */
    static Ipv4Datagram of(Ipv4 packet, UpperLayer upper) {
        Ipv4 carrying = new Ipv4(
                packet.typeOfService(),
                packet.identification(),
                packet.dontFragment(),
                packet.moreFragments(),
                packet.fragmentOffset(),
                packet.ttl(),
                upper.nextHeader(),
                packet.source(),
                packet.destination(),
                packet.options(),
                upper.encode(packet.source(), packet.destination()));
        return new Ipv4Datagram(carrying, upper);
    }
}
