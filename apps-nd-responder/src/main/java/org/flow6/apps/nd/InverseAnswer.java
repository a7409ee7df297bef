package org.flow6.apps.nd;

import java.util.List;
import org.flow6.flow.Answer;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.packets.AddressList;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.InverseAdvertisement;
import org.flow6.packets.InverseSolicitation;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NdOption;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The answers to inverse solicitations: which addresses a router's MAC address has (RFC 3122 §4). */
final class InverseAnswer {
    private static final int HOP_LIMIT = 255;
    /** Addresses in an advertisement that fits every link, after its headers and link-layer addresses. */
    private static final int MOST =
            (Ipv6.MIN_MTU - Ipv6.HEADER_LENGTH - 8 - 2 * NdOption.LINK_LAYER_ADDRESS_LENGTH - 8) / IPv6Address.LENGTH;

    private InverseAnswer() {}

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Decoded<Ipv6> ip = Ipv6.decode(packet.frame());
        Decoded<InverseSolicitation> decoded = ip.then(InverseSolicitation::validate);
        if (!packet.frame().tags().isEmpty()
                || decoded instanceof Decoded.Malformed
                || ip.orElseThrow().source().isUnspecified()) {
            return new Answer.Result.Refuse(RouterDrop.INVERSE);
        }
        InverseSolicitation solicitation = decoded.orElseThrow();
        MacAddress asked = solicitation.targetLinkLayerAddress().orElseThrow();
        List<RouterLink> links = snapshot.network(packet.source().network().id()).stream()
                .map(NetworkView::routers)
                .flatMap(List::stream)
                .filter(router -> router.port().macAddress().equals(asked)
                        && asked.equals(packet.frame().destination()))
                .map(RouterLink::of)
                .toList();
        if (links.isEmpty()) {
            return new Answer.Result.Refuse(RouterDrop.INVERSE_TARGET);
        }
        MacAddress asker = solicitation.sourceLinkLayerAddress().orElseThrow();
        IPv6Address to = ip.orElseThrow().source();
        InverseAdvertisement advertisement = new InverseAdvertisement(List.of(
                new SourceLinkLayerAddress(asked),
                new TargetLinkLayerAddress(asked),
                new AddressList.Target(links.stream()
                        .flatMap(link -> link.addresses().stream())
                        .map(RouterLink.OnLink::address)
                        .distinct()
                        .limit(MOST)
                        .toList())));
        Ethernet frame =
                Ethernet.of(asker, asked, Ipv6.of(HOP_LIMIT, links.get(0).sourceTo(to), to, advertisement));
        return new Answer.Result.Send(List.of(PacketOut.to(packet.inPort(), frame)));
    }
}
