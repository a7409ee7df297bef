package org.flow6.apps.nd;

import java.util.List;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.AddressView;
import org.flow6.network.AddressView.Claim;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdFlags;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.flow6.packets.NeighborAdvertisement;
import org.flow6.packets.NeighborSolicitation;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The controller's answers to solicitations, and the advertisements they consist of (RFC 4861 §7.2.4). */
final class NdAnswer {
    private static final int HOP_LIMIT = 255;
    private static final Answer.Result NOTHING = new Answer.Result.Send(List.of());

    /** Of a router for what is behind it (RFC 4861 §7.2.8). */
    static final NdFlags PROXY = new NdFlags(true, true, false);

    private NdAnswer() {}

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        if (!packet.frame().tags().isEmpty()) {
            return new Answer.Result.Refuse(NdDrop.TAGGED);
        }
        Decoded<Ipv6> ip = Ipv6.decode(packet.frame());
        Decoded<NeighborSolicitation> decoded = ip.then(NeighborSolicitation::validate);
        if (decoded instanceof Decoded.Malformed<NeighborSolicitation> malformed) {
            return new Answer.Result.Refuse(NdDrop.of(malformed.reason()));
        }
        NeighborSolicitation solicitation = decoded.orElseThrow();
        NetworkAddress target = new NetworkAddress(packet.source().network().id(), solicitation.target());
        return snapshot.address(target)
                .map(address -> answer(packet, ip.orElseThrow(), solicitation, address))
                .or(() -> snapshot.proxy(target).map(mac -> answer(packet, ip.orElseThrow(), solicitation, mac, PROXY)))
                .orElse(new Answer.Result.Refuse(DropReason.ND_UNKNOWN_TARGET));
    }

    private static Answer.Result answer(
            PacketIn packet, Ipv6 ip, NeighborSolicitation solicitation, AddressView address) {
        Claim owner = address.claims().get(0);
        boolean shared = address.claims().size() > 1;
        boolean foreign = packet.source().port().isProvider() && !address.forAll();
        if (shared || foreign || owner.port().equals(packet.source().key())) {
            // Others answer what is asked from outside. Flows ask those who share an address, and nobody may answer a
            // port about its own (RFC 4862 §5.4).
            return NOTHING;
        }
        return answer(packet, ip, solicitation, owner.mac(), NdFlags.solicited(owner.router()));
    }

    /** @param flags for one who has an address; who has none is told without the solicited flag (RFC 4861 §7.2.4) */
    private static Answer.Result answer(
            PacketIn packet, Ipv6 ip, NeighborSolicitation solicitation, MacAddress mac, NdFlags flags) {
        IPv6Address target = solicitation.target();
        Ethernet frame;
        if (ip.source().isUnspecified()) {
            NdFlags toAll = new NdFlags(flags.router(), false, flags.override());
            frame = toAllNodes(target, mac, advertisement(toAll, target, mac));
        } else {
            MacAddress asker =
                    solicitation.sourceLinkLayerAddress().orElse(packet.frame().source());
            frame = Ethernet.of(asker, mac, Ipv6.of(HOP_LIMIT, target, ip.source(), advertisement(flags, target, mac)));
        }
        return new Answer.Result.Send(List.of(PacketOut.to(packet.inPort(), frame)));
    }

    static NeighborAdvertisement advertisement(NdFlags flags, IPv6Address target, MacAddress mac) {
        return new NeighborAdvertisement(flags, target, List.of(new TargetLinkLayerAddress(mac)));
    }

    static Ethernet toAllNodes(IPv6Address source, MacAddress mac, NeighborAdvertisement advertisement) {
        IPv6Address allNodes = LinkLocalMulticast.ALL_NODES;
        return Ethernet.of(MulticastMac.of(allNodes), mac, Ipv6.of(HOP_LIMIT, source, allNodes, advertisement));
    }
}
