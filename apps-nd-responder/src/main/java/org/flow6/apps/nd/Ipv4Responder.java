package org.flow6.apps.nd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Announcement;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Priority;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.AddressView;
import org.flow6.network.HostKey;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.RouterInterface;
import org.flow6.packets.Arp;
import org.flow6.packets.NextHeader;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * What {@link NdResponder} and {@link Icmpv6Responder} do, for IPv4: answers ARP requests for known addresses (RFC 826) and
 * pings of routers (RFC 1812 §4.3.3.6), in the switch.
 */
public final class Ipv4Responder implements FlowApp {
    static final DropReason CONFLICT =
            new DropReason(140, "arp-conflict", "says that a router's IPv4 address is another port's (RFC 5227 §2.4)");

    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;
    private static final int WHOLE = 0;
    private static final int TTL = 64;

    /** RFC 5227 §1.1: ANNOUNCE_NUM and ANNOUNCE_INTERVAL. */
    private static final int ANNOUNCEMENTS = 2;

    private static final Duration ANNOUNCE_INTERVAL = Duration.ofSeconds(2);

    /**
     * An address that one port claims.
     *
     * @param port where it is bound here
     * @param announced whether it is said on a physical network that it is here
     * @param standbys as in {@link NdResponder}
     */
    private record Neighbor(
            NetworkKey network,
            IPv4Address address,
            MacAddress mac,
            Optional<PortKey> port,
            boolean router,
            Askers askers,
            boolean announced,
            List<HostKey> standbys) {}

    /** An address behind a router, which answers for it with its gateway's MAC address (RFC 1027). */
    private record ProxiedAddress(NetworkKey network, IPv4Address address, MacAddress mac) {}

    /**
     * A router's address.
     *
     * @param announced whether it is this router's alone, and there is somebody here to tell
     */
    private record RouterAddress(
            NetworkKey network, IPv4Address address, MacAddress mac, boolean announced, Askers askers) {}

    @Override
    public String name() {
        return "ipv4-responder";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>(
                        "neighbors",
                        Scope.ADDRESS,
                        Ipv4Responder::neighbors,
                        Ipv4Responder::answer,
                        Ipv4Responder::announce),
                new Derivation<>("proxied", Scope.ADDRESS, Ipv4Responder::proxied, Ipv4Responder::answer),
                new Derivation<>(
                        "routers",
                        Scope.NETWORK,
                        Ipv4Responder::routerAddresses,
                        Ipv4Responder::answerPings,
                        Ipv4Responder::announce));
    }

    @Override
    public List<DropReason> drops() {
        return List.of(CONFLICT);
    }

    /** Those who share an address are asked, as all members are about addresses that are not known. */
    private static Stream<Neighbor> neighbors(AddressView view) {
        if (!(view.address() instanceof IPv4Address address) || view.claims().size() > 1) {
            return Stream.empty();
        }
        AddressView.Claim claim = view.claims().get(0);
        Optional<PortKey> port = claim.bound() ? Optional.of(claim.port()) : Optional.empty();
        return Stream.of(new Neighbor(
                view.network(),
                address,
                claim.mac(),
                port,
                claim.router(),
                Askers.allIf(view.forAll()),
                NdResponder.isAnnounced(view),
                view.standbys()));
    }

    private static List<Flow> answer(Neighbor neighbor) {
        Match about = neighbor.askers().among(Match.ARP.and(Field.NETWORK, neighbor.network()));
        Match request = about.and(Field.ARP_OP, Arp.REQUEST).and(Field.ARP_TPA, neighbor.address());
        List<Flow> flows = new ArrayList<>();
        flows.add(new Flow(Table.SERVICES, Priority.rank(5), request, reply(neighbor.address(), neighbor.mac())));
        // What a port asks about its own address is for all others to hear: an announcement, or a probe (RFC 5227
        // §2.1).
        neighbor.port().ifPresent(own -> flows.add(pass(6, request.and(Field.SOURCE_PORT, own))));
        if (neighbor.router()) {
            Match from = about.and(Field.ARP_SPA, neighbor.address());
            flows.add(Flow.of(Table.SERVICES, Priority.rank(7), from, Action.drop(CONFLICT)));
            // Who announces it is told, and nobody else hears of it.
            flows.add(new Flow(
                    Table.SERVICES,
                    Priority.rank(8),
                    request.and(Field.ARP_SPA, neighbor.address()),
                    reply(neighbor.address(), neighbor.mac())));
            neighbor.port().ifPresent(own -> flows.add(pass(9, from.and(Field.SOURCE_PORT, own))));
        }
        return flows;
    }

    /** A request becomes its answer. */
    private static List<Action> reply(IPv4Address address, MacAddress mac) {
        return List.of(
                Action.move(Field.ETH_SRC, Field.ETH_DST),
                Action.set(Field.ETH_SRC, mac),
                Action.set(Field.ARP_OP, Arp.REPLY),
                Action.move(Field.ARP_SHA, Field.ARP_THA),
                Action.move(Field.ARP_SPA, Field.ARP_TPA),
                Action.set(Field.ARP_SHA, mac),
                Action.set(Field.ARP_SPA, address),
                Action.outputInPort());
    }

    private static List<Announcement> announce(Neighbor neighbor) {
        return neighbor.announced()
                ? List.of(new Announcement(
                        NdResponder.toPhysicalNetwork(
                                neighbor.network(), Arp.announcement(neighbor.address(), neighbor.mac())),
                        ANNOUNCEMENTS,
                        ANNOUNCE_INTERVAL))
                : List.of();
    }

    private static Stream<ProxiedAddress> proxied(AddressView view) {
        return view.address() instanceof IPv4Address address
                ? view.proxies().stream().map(proxy -> new ProxiedAddress(proxy.network(), address, proxy.mac()))
                : Stream.empty();
    }

    /** Below what the network's own ports have. */
    private static List<Flow> answer(ProxiedAddress proxied) {
        Match request = Match.ARP
                .and(Field.NETWORK, proxied.network())
                .and(Field.ARP_OP, Arp.REQUEST)
                .and(Field.ARP_TPA, proxied.address());
        return List.of(new Flow(Table.SERVICES, Priority.rank(4), request, reply(proxied.address(), proxied.mac())));
    }

    private static Flow pass(int rank, Match match) {
        return Flow.of(Table.SERVICES, Priority.rank(rank), match, Action.goTo(Table.ROUTER));
    }

    private static Stream<RouterAddress> routerAddresses(NetworkView view) {
        List<IPv4Address> all =
                view.routers().stream().flatMap(Ipv4Responder::addresses).toList();
        return view.routers().stream()
                .flatMap(link -> addresses(link).map(address -> {
                    boolean sole = all.indexOf(address) == all.lastIndexOf(address);
                    return new RouterAddress(
                            view.key(),
                            address,
                            link.port().macAddress(),
                            sole && !view.boundPorts().isEmpty(),
                            Askers.allIf(link.servesOutside()));
                }))
                .distinct();
    }

    private static Stream<IPv4Address> addresses(RouterInterface link) {
        return link.port().fixedIps().stream()
                .map(Port.FixedIp::ipAddress)
                .filter(IPv4Address.class::isInstance)
                .map(IPv4Address.class::cast);
    }

    private static List<Flow> answerPings(RouterAddress router) {
        Match request = router.askers()
                .among(Match.IPV4)
                .and(Field.NETWORK, router.network())
                .and(Field.ETH_DST, router.mac())
                .and(Field.IPV4_DST, router.address())
                .and(Field.IP_PROTO, NextHeader.ICMPV4.value())
                .and(Field.IP_FRAG, WHOLE)
                .and(Field.ICMPV4_TYPE, ECHO_REQUEST)
                .and(Field.ICMPV4_CODE, 0);
        return List.of(Flow.of(
                Table.SERVICES,
                Priority.rank(8),
                request,
                Action.move(Field.ETH_SRC, Field.ETH_DST),
                Action.set(Field.ETH_SRC, router.mac()),
                Action.move(Field.IPV4_SRC, Field.IPV4_DST),
                Action.set(Field.IPV4_SRC, router.address()),
                Action.set(Field.ICMPV4_TYPE, ECHO_REPLY),
                Action.set(Field.HOP_LIMIT, TTL),
                Action.outputInPort()));
    }

    /** To the members that are bound here alone, as every host does so: as if it came from another host. */
    private static List<Announcement> announce(RouterAddress router) {
        if (!router.announced()) {
            return List.of();
        }
        PacketOut packet = new PacketOut(
                OFPort.CONTROLLER,
                List.of(
                        Action.set(Field.NETWORK, router.network()),
                        Action.set(Field.FROM_TUNNEL, true),
                        Action.resubmit(Table.FLOOD)),
                Arp.announcement(router.address(), router.mac()));
        return List.of(new Announcement(packet, ANNOUNCEMENTS, ANNOUNCE_INTERVAL));
    }
}
