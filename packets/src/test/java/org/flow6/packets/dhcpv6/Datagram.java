package org.flow6.packets.dhcpv6;

import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ipv6;
import org.flow6.packets.Udp;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A message and where it goes. */
record Datagram(
        IPv6Address source, IPv6Address destination, int sourcePort, int destinationPort, Dhcpv6Message message) {
    static Decoded<Datagram> decode(Bytes octets) {
        return Ipv6.decode(octets).then(packet -> Udp.decode(packet).then(datagram -> Dhcpv6Message.decode(datagram)
                .then(message -> Decoded.ok(new Datagram(
                        packet.source(),
                        packet.destination(),
                        datagram.sourcePort(),
                        datagram.destinationPort(),
                        message)))));
    }

    Bytes encode() {
        return Ipv6.of(64, source, destination, new Udp(sourcePort, destinationPort, message.encode()))
                .encode();
    }
}
