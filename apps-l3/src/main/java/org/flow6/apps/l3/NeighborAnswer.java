package org.flow6.apps.l3;

import java.util.List;
import java.util.Optional;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PuntReason;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.packets.Arp;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NdFlags;
import org.flow6.packets.NeighborAdvertisement;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * Takes what neighbors say of themselves, from ports that may own the address, and from no others: a port that does not may
 * not draw others' packets to itself.
 */
final class NeighborAnswer {
    static final PuntReason PUNT = new PuntReason(15, "neighbor-advertisement", 50, 100);

    static final DropReason INVALID = new DropReason(
            150, "neighbor-invalid", "to a router, an advertisement or ARP reply that says nothing (RFC 4861 §7.1.2)");
    static final DropReason NOT_OWN = new DropReason(
            151, "neighbor-not-own", "advertises to a router an address that the port may not own, or another's");

    static final List<DropReason> DROPS = List.of(INVALID, NOT_OWN);

    private NeighborAnswer() {}

    /** What a neighbor says. */
    private record Said(IPAddress<?> address, Optional<MacAddress> mac, NdFlags flags) {}

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Optional<Said> read = packet.frame().tags().isEmpty() ? read(packet.frame()) : Optional.empty();
        if (read.isEmpty() || read.get().mac().filter(NeighborAnswer::isNobodys).isPresent()) {
            return new Answer.Result.Refuse(INVALID);
        }
        Said said = read.get();
        NetworkAddress address = new NetworkAddress(packet.source().network().id(), said.address());
        return snapshot.mayOwn(address).contains(packet.source().key())
                ? new Answer.Result.Advertised(address, packet.source().port().id(), said.mac(), said.flags())
                : new Answer.Result.Refuse(NOT_OWN);
    }

    private static Optional<Said> read(Ethernet frame) {
        return frame.type().equals(EthType.ARP)
                ? Arp.decode(frame) instanceof Decoded.Ok<Arp> ok
                        ? Optional.of(read(frame, ok.value()))
                        : Optional.empty()
                : Ipv6.decode(frame).then(NeighborAdvertisement::validate)
                                instanceof Decoded.Ok<NeighborAdvertisement> ok
                        ? Optional.of(read(ok.value()))
                        : Optional.empty();
    }

    private static Said read(NeighborAdvertisement advertisement) {
        return new Said(advertisement.target(), advertisement.targetLinkLayerAddress(), advertisement.flags());
    }

    /** A reply to the router alone shows that it gets there; RFC 826 has newer ones count in any case. */
    private static Said read(Ethernet frame, Arp arp) {
        boolean solicited = arp.operation() == Arp.REPLY && !frame.destination().isMulticast();
        return new Said(arp.senderAddress(), Optional.of(arp.senderMac()), new NdFlags(false, solicited, true));
    }

    private static boolean isNobodys(MacAddress mac) {
        return mac.isMulticast() || mac.equals(MacAddress.NONE);
    }
}
