package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.flow6.flow.Answer;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.PrefixInformation;
import org.flow6.packets.ReadyMessage;
import org.flow6.packets.RouterSolicitation;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The answers to router solicitations (RFC 4861 §6.2.6). */
final class RouterAnswer {
    private static final Function<NetworkView, List<Reachable>> REACHABLE = RouterAnswer::reachable;

    private RouterAnswer() {}

    /**
     * A router with the addresses by which it is asked.
     *
     * @param messages what it says as long as no prefix is withdrawn
     */
    private record Reachable(Advertiser advertiser, RouterLink link, List<ReadyMessage> messages) {
        boolean hears(IPv6Address destination) {
            return destination.equals(LinkLocalMulticast.ALL_ROUTERS)
                    || destination.equals(LinkLocalMulticast.ALL_NODES)
                    || link.has(destination);
        }
    }

    private static List<Reachable> reachable(NetworkView view) {
        Map<Id<Port>, RouterLink> links = new HashMap<>();
        view.routers().forEach(router -> links.put(router.port().id(), RouterLink.of(router)));
        return Advertiser.of(view)
                .map(one -> new Reachable(
                        one,
                        Objects.requireNonNull(links.get(one.port())),
                        Advertisements.messages(one, one.header(), one.options(List.of()))))
                .toList();
    }

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        if (!packet.frame().tags().isEmpty()) {
            return new Answer.Result.Refuse(RouterDrop.TAGGED);
        }
        Decoded<Ipv6> ip = Ipv6.decode(packet.frame());
        Decoded<RouterSolicitation> decoded = ip.then(RouterSolicitation::validate);
        if (decoded instanceof Decoded.Malformed<RouterSolicitation> malformed) {
            return new Answer.Result.Refuse(RouterDrop.of(malformed.reason()));
        }
        IPv6Address destination = ip.orElseThrow().destination();
        List<Reachable> asked = new ArrayList<>();
        for (Reachable router :
                snapshot.derived(packet.source().network().id(), REACHABLE).orElse(List.of())) {
            if (router.hears(destination)
                    && !router.advertiser().port().equals(packet.source().port().id())) {
                asked.add(router);
            }
        }
        if (asked.isEmpty()) {
            return new Answer.Result.Refuse(RouterDrop.DESTINATION);
        }
        MacAddress mac = decoded.orElseThrow()
                .sourceLinkLayerAddress()
                .orElse(packet.frame().source());
        if (packet.source().port().portSecurityEnabled()
                && !mac.equals(packet.frame().source())) {
            return new Answer.Result.Refuse(RouterDrop.LINK_ADDRESS);
        }
        IPv6Address source = ip.orElseThrow().source();
        if (source.isUnspecified()) {
            return new Answer.Result.Send(
                    List.of(),
                    Facts.Change.NONE,
                    asked.stream()
                            .map(one -> new Answer.Solicited(
                                    AdvertisementBeacon.NAME, one.advertiser().port()))
                            .toList());
        }
        return new Answer.Result.Send(unicast(packet, asked, source, mac, moment));
    }

    /**
     * To the host alone, which the RFC allows, and at once: the random delay that it asks for keeps the routers of a shared
     * medium from answering all at the same time, and here every port is a medium of its own.
     */
    private static List<PacketOut> unicast(
            PacketIn packet, List<Reachable> asked, IPv6Address to, MacAddress mac, Moment moment) {
        List<PacketOut> packets = new ArrayList<>();
        for (Reachable router : asked) {
            Advertiser one = router.advertiser();
            List<PrefixInformation> withdrawn = PrefixFacts.withdrawn(one, moment);
            List<ReadyMessage> messages = withdrawn.isEmpty()
                    ? router.messages()
                    : Advertisements.messages(one, one.header(), one.options(withdrawn));
            for (Ethernet frame : Advertisements.frames(one, messages, to, mac)) {
                packets.add(PacketOut.to(packet.inPort(), frame));
            }
        }
        return packets;
    }
}
