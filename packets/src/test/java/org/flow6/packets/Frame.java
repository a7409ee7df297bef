package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A frame and the layers in it. */
record Frame(Ethernet ethernet, Ipv6 packet, Icmpv6 message) {
    static Decoded<Frame> decode(Bytes octets) {
        ByteBuf buffer = Unpooled.wrappedBuffer(octets.toByteArray());
        return Ethernet.decode(buffer).then(ethernet -> Ipv6.decode(ethernet).then(packet -> Icmpv6.decode(packet)
                .then(message -> Decoded.ok(new Frame(ethernet, packet, message)))));
    }

    /** The frame of layers whose payloads are made of the layer above. */
    static Frame of(Ethernet ethernet, Ipv6 packet, Icmpv6 message) {
        Bytes upper = message.encode(packet.source(), packet.finalDestination());
        Ipv6 carrying = new Ipv6(
                packet.trafficClass(),
                packet.flowLabel(),
                message.nextHeader(),
                packet.hopLimit(),
                packet.source(),
                packet.destination(),
                packet.extensions(),
                upper);
        return new Frame(
                new Ethernet(
                        ethernet.destination(), ethernet.source(), ethernet.tags(), ethernet.type(), carrying.encode()),
                carrying,
                message);
    }

    Bytes encode() {
        return ethernet.encode();
    }
}
