package org.flow6.apps.dhcpv6;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkMac;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortView;
import org.flow6.network.Router;
import org.flow6.network.Subnet;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Fragments;
import org.flow6.packets.Ipv6;
import org.flow6.packets.Udp;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Message;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.RelayAgentMessage;
import org.projectfloodlight.openflow.types.MacAddress;

/** A packet to the server, from the wire to its answer on the wire. */
record Dhcpv6Answer(PacketIn packet, Ipv6 ip, Link link, NetworkSnapshot snapshot, Moment moment) {
    private static final int HOP_LIMIT = 64;
    private static final Function<NetworkView, Link> LINK = Link::of;
    private static final BiFunction<NetworkView, Port, Profile> PROFILE = Profile::of;

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        if (!packet.frame().tags().isEmpty()) {
            return refuse(Dhcpv6Drop.TAGGED);
        }
        Decoded<Ipv6> ip = Ipv6.decode(packet.frame());
        Decoded<Udp> datagram = ip.then(Udp::decode);
        if (datagram instanceof Decoded.Ok<Udp> udp && udp.value().destinationPort() != Dhcpv6Message.SERVER_PORT) {
            return refuse(Dhcpv6Drop.OTHER_PORT);
        }
        Decoded<Dhcpv6Message> message = datagram.then(Dhcpv6Message::decode);
        if (message instanceof Decoded.Malformed<Dhcpv6Message> malformed) {
            return refuse(Dhcpv6Drop.of(malformed.reason()));
        }
        Ipv6 header = ip.orElseThrow();
        if (header.source().isUnspecified() || header.source().isMulticast()) {
            return refuse(Dhcpv6Drop.SOURCE);
        }
        return linkOf(packet.source().network().id(), snapshot)
                .map(link -> new Dhcpv6Answer(packet, header, link, snapshot, moment).to(message.orElseThrow()))
                .orElse(refuse(Dhcpv6Drop.NOT_SERVED));
    }

    private Client client(Link of, Port port) {
        return new Client(of, port, snapshot.derived(port.id(), PROFILE).orElseThrow(), moment);
    }

    private static Optional<Link> linkOf(Id<Network> network, NetworkSnapshot snapshot) {
        return snapshot.derived(network, LINK).filter(Link::isServed);
    }

    private Answer.Result to(Dhcpv6Message message) {
        if (message instanceof RelayAgentMessage relay) {
            return relayed(relay);
        }
        boolean unicast = !ip.destination().isMulticast();
        Client client = client(link, packet.source().port());
        Outcome outcome = Exchange.of(client, (ClientServerMessage) message, unicast);
        if (outcome instanceof Outcome.Answered answered) {
            return send(answered.message(), Dhcpv6Message.CLIENT_PORT, answered);
        }
        return refuse(((Outcome.Discarded) outcome).reason());
    }

    /**
     * A relay agent says who its client is, and nothing shows that it is true: only those are believed that may send as
     * anybody anyway.
     */
    private Answer.Result relayed(RelayAgentMessage relay) {
        if (relay.type() == MessageType.RELAY_REPLY) {
            return refuse(Dhcpv6Drop.MESSAGE_TYPE);
        }
        if (packet.source().port().portSecurityEnabled()) {
            return refuse(Dhcpv6Drop.RELAY_UNTRUSTED);
        }
        Optional<RelayPath> path = RelayPath.of(relay);
        if (path.isEmpty()) {
            return refuse(Dhcpv6Drop.RELAY_MALFORMED);
        }
        Optional<Link> far = path.get().linkAddress().isEmpty() ? Optional.of(link) : farLink(path.get());
        if (far.isEmpty()) {
            return refuse(Dhcpv6Drop.RELAY_LINK);
        }
        Optional<Port> port = path.get().clientMacs().stream()
                .flatMap(
                        mac -> snapshot.owner(new NetworkMac(far.get().network().id(), mac)).stream())
                .map(PortView::port)
                .findFirst();
        if (port.isEmpty()) {
            return refuse(Dhcpv6Drop.RELAY_CLIENT);
        }
        Client client = client(far.get(), port.get());
        Outcome outcome = Exchange.of(client, path.get().message(), false);
        if (outcome instanceof Outcome.Answered answered) {
            return send(path.get().wrap(answered.message()), Dhcpv6Message.SERVER_PORT, answered);
        }
        return refuse(((Outcome.Discarded) outcome).reason());
    }

    /** The link of a relayed client: of this network, or of one that a router joins with it (RFC 8415 §13.1). */
    private Optional<Link> farLink(RelayPath path) {
        Set<Id<Router>> here = routers(link.network().id());
        return path.linkAddress().stream()
                .flatMap(address -> snapshot.subnetsHolding(address).stream())
                .map(Subnet::networkId)
                .distinct()
                .filter(network -> network.equals(link.network().id())
                        || routers(network).stream().anyMatch(here::contains))
                .flatMap(network -> linkOf(network, snapshot).stream())
                .findFirst();
    }

    private Set<Id<Router>> routers(Id<Network> network) {
        return snapshot.network(network).stream()
                .flatMap(view -> view.routers().stream())
                .map(router -> router.router().id())
                .collect(Collectors.toSet());
    }

    private Answer.Result send(Dhcpv6Message message, int port, Outcome.Answered answered) {
        Udp datagram = new Udp(Dhcpv6Message.SERVER_PORT, port, message.encode());
        Ipv6 answer = Ipv6.of(HOP_LIMIT, link.server().linkLocal(), ip.source(), datagram);
        MacAddress to = packet.frame().source();
        List<PacketOut> packets = new ArrayList<>();
        for (Ipv6 part : Fragments.of(answer, link.network().mtu(), identification())) {
            packets.add(
                    PacketOut.to(packet.inPort(), Ethernet.of(to, link.server().mac(), part)));
        }
        return new Answer.Result.Send(packets, answered.facts(), List.of());
    }

    /** Of no other answer within the hour (RFC 8200 §4.5). */
    private long identification() {
        Instant now = moment.now();
        return (now.getEpochSecond() * 1_000_000 + now.getNano() / 1000) & 0xffff_ffffL;
    }

    private static Answer.Result refuse(DropReason reason) {
        return new Answer.Result.Refuse(reason);
    }
}
