package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.apps.nd.EchoTargets.Answerer;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.NetworkSnapshot;
import org.flow6.packets.Decoded;
import org.flow6.packets.Echo;
import org.flow6.packets.Ethernet;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.Fragments;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.MalformedReason;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The answers to echo requests that came in fragments and were put together (RFC 4443 §4.2). */
final class EchoAnswer {
    private EchoAnswer() {}

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Decoded<Ipv6> ip = Ipv6.decode(packet.frame());
        Decoded<Icmpv6> message = ip.then(Icmpv6::decode);
        if (message instanceof Decoded.Malformed<Icmpv6> malformed) {
            return new Answer.Result.Refuse(reason(malformed.reason()));
        }
        IPv6Address asker = ip.orElseThrow().source();
        if (asker.isMulticast() || asker.isUnspecified()) {
            return new Answer.Result.Refuse(EchoDrop.SOURCE);
        }
        List<Answerer> answerers = answerers(packet, snapshot, ip.orElseThrow());
        if (!(message.orElseThrow() instanceof Echo.Request request)
                || answerers.isEmpty()
                || !packet.frame().tags().isEmpty()) {
            return new Answer.Result.Refuse(EchoDrop.MALFORMED);
        }
        // A host numbers its packets to a router apart, and so the replies to it are numbered apart.
        long identification =
                ip.orElseThrow().fragment().map(Fragment::identification).orElse(0L);
        List<PacketOut> packets = new ArrayList<>();
        for (Answerer answerer : answerers) {
            Ipv6 reply = Ipv6.of(Icmpv6Responder.HOP_LIMIT, answerer.source(), asker, request.reply());
            for (Ipv6 part : Fragments.of(reply, packet.source().network().mtu(), identification)) {
                packets.add(
                        PacketOut.to(packet.inPort(), Ethernet.of(packet.frame().source(), answerer.mac(), part)));
            }
        }
        return new Answer.Result.Send(packets);
    }

    private static DropReason reason(MalformedReason reason) {
        return reason == MalformedReason.ICMPV6_CODE ? EchoDrop.CODE : EchoDrop.MALFORMED;
    }

    /** All routers for a group; else the one whose address it is. */
    private static List<Answerer> answerers(PacketIn packet, NetworkSnapshot snapshot, Ipv6 ip) {
        IPv6Address destination = ip.destination();
        List<RouterLink> links = snapshot.network(packet.source().network().id()).stream()
                .flatMap(EchoTargets::links)
                .toList();
        if (destination.equals(LinkLocalMulticast.ALL_ROUTERS) || destination.equals(LinkLocalMulticast.ALL_NODES)) {
            return EchoTargets.answerers(links, ip.source());
        }
        Optional<RouterLink> asked = links.stream()
                .filter(link -> link.has(destination)
                        && link.mac().equals(packet.frame().destination()))
                .findFirst();
        return asked.stream().map(link -> new Answerer(link.mac(), destination)).toList();
    }
}
