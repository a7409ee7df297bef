package org.flow6.apps.nd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Announcement;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.AddressView;
import org.flow6.network.HostKey;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.NetworkView.OpenClaim;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.NdFlags;
import org.flow6.packets.NeighborAdvertisement;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Answers Neighbor Solicitations for known addresses, in the switch where the packet has room for the answer (RFC 4861
 * §7.2.4); the controller answers duplicate checks and solicitations without a source link-layer address.
 */
public final class NdResponder implements FlowApp {
    /** A solicitation whose answer a switch cannot make of it: for all nodes, longer, or with other options in its way. */
    static final PuntReason PUNT = new PuntReason(1, "nd-solicitation", 50, 100);

    private static final int TARGET_LINK_LAYER_ADDRESS = 2;
    /** Of more ports, all members of the network are asked: one flow does not hold them. */
    private static final int MOST_ASKED_ALONE = 256;

    private static final Duration RETRANS_TIMER = Duration.ofSeconds(1);
    private static final int MAX_NEIGHBOR_ADVERTISEMENT = 3;

    /**
     * An address that one port claims, so that it can be answered for.
     *
     * @param announced whether it is said on a physical network that it is here: a router's, which is on one host
     * @param standbys the hosts that could have it, too: one that has just been found may have said that it has, until then
     */
    private record Neighbor(
            NetworkKey network,
            IPv6Address address,
            MacAddress mac,
            boolean router,
            Askers askers,
            boolean announced,
            List<HostKey> standbys) {}

    /** An address behind a router, which answers for it with its gateway's MAC address. */
    private record ProxiedAddress(NetworkKey network, IPv6Address address, MacAddress mac) {}

    /** An address that several ports claim, who take turns (VRRP): they are asked. */
    private record SharedAddress(
            NetworkKey network, IPv6Address address, List<PortKey> ports, Optional<PortKey> provider) {}

    /** An address of a port bound here. */
    private record OwnAddress(
            OFPort port,
            NetworkKey network,
            IPv6Address address,
            MacAddress mac,
            boolean router,
            Optional<PortKey> provider) {}

    /** A prefix of which some ports may own any address: they are asked about those that are not known. */
    private record OpenPrefix(NetworkKey network, IpPrefix prefix, List<PortKey> ports, Optional<PortKey> provider) {}

    @Override
    public String name() {
        return "nd-responder";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("checks", Scope.ALWAYS, Stream::of, always -> SolicitationChecks.flows()),
                new Derivation<>("answer", Scope.ALWAYS, Stream::of, always -> List.of(advertise())),
                new Derivation<>(
                        "neighbors", Scope.ADDRESS, NdResponder::neighbors, NdResponder::answer, NdResponder::announce),
                new Derivation<>("proxied", Scope.ADDRESS, NdResponder::proxied, NdResponder::answer),
                new Derivation<>("shared", Scope.ADDRESS, NdResponder::shared, NdResponder::ask),
                new Derivation<>("open", Scope.NETWORK, NdResponder::open, NdResponder::ask),
                new Derivation<>(
                        "own", Scope.PORT, NdResponder::own, NdResponder::leaveUnanswered, NdResponder::announce));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(PUNT, NdAnswer::answer);
    }

    @Override
    public List<DropReason> drops() {
        return NdDrop.ALL;
    }

    private static Stream<Neighbor> neighbors(AddressView view) {
        if (!(view.address() instanceof IPv6Address address) || view.claims().size() > 1) {
            return Stream.empty();
        }
        AddressView.Claim claim = view.claims().get(0);
        return Stream.of(new Neighbor(
                view.network(),
                address,
                claim.mac(),
                claim.router(),
                Askers.allIf(view.forAll()),
                isAnnounced(view),
                view.standbys()));
    }

    /** Of a sole claim: shared addresses are announced by whose turn it is. */
    static boolean isAnnounced(AddressView view) {
        return view.provider().isPresent()
                && view.forAll()
                && view.claims().get(0).router();
    }

    private static List<Announcement> announce(Neighbor neighbor) {
        if (!neighbor.announced()) {
            return List.of();
        }
        NeighborAdvertisement advertisement =
                NdAnswer.advertisement(NdFlags.unsolicited(true), neighbor.address(), neighbor.mac());
        return List.of(new Announcement(
                toPhysicalNetwork(
                        neighbor.network(), NdAnswer.toAllNodes(neighbor.address(), neighbor.mac(), advertisement)),
                MAX_NEIGHBOR_ADVERTISEMENT,
                RETRANS_TIMER));
    }

    /** What says on a network's physical network, and nowhere else, that something is here. */
    static PacketOut toPhysicalNetwork(NetworkKey network, Ethernet frame) {
        return new PacketOut(
                OFPort.CONTROLLER,
                List.of(Action.set(Field.NETWORK, network), Action.resubmit(Table.FLOOD_HOSTS)),
                frame);
    }

    private static Stream<ProxiedAddress> proxied(AddressView view) {
        return view.address() instanceof IPv6Address address
                ? view.proxies().stream().map(proxy -> new ProxiedAddress(proxy.network(), address, proxy.mac()))
                : Stream.empty();
    }

    /** Below what the network's own ports have. Without the override flag (RFC 4861 §7.2.8). */
    private static List<Flow> answer(ProxiedAddress proxied) {
        return List.of(
                new Flow(
                        Table.ND_SOLICITATION,
                        Priority.rank(3).longestPrefix(1),
                        target(SolicitationChecks.WITH_SOURCE_ADDRESS_ALONE, proxied.network(), proxied.address()),
                        turn(proxied.address(), proxied.mac(), NdAnswer.PROXY)),
                Flow.of(
                        Table.ND_SOLICITATION,
                        Priority.rank(3),
                        target(SolicitationChecks.VALID, proxied.network(), proxied.address()),
                        Action.punt(PUNT)));
    }

    /** A solicitation becomes its answer. */
    private static List<Action> turn(IPv6Address address, MacAddress mac, NdFlags flags) {
        return List.of(
                Action.move(Field.ETH_SRC, Field.ETH_DST),
                Action.set(Field.ETH_SRC, mac),
                Action.move(Field.IPV6_SRC, Field.IPV6_DST),
                Action.set(Field.IPV6_SRC, address),
                Action.set(Field.ND_OPTIONS_TYPE, TARGET_LINK_LAYER_ADDRESS),
                Action.set(Field.ND_RESERVED, flags.word()),
                Action.set(Field.ICMPV6_TYPE, NeighborAdvertisement.TYPE),
                Action.goTo(Table.ND_ADVERTISEMENT));
    }

    private static List<Flow> answer(Neighbor neighbor) {
        Flow byFlow = new Flow(
                Table.ND_SOLICITATION,
                Priority.rank(5),
                neighbor.askers()
                        .among(target(
                                SolicitationChecks.WITH_SOURCE_ADDRESS_ALONE, neighbor.network(), neighbor.address())),
                turn(neighbor.address(), neighbor.mac(), NdFlags.solicited(neighbor.router())));
        Flow byController = Flow.of(
                Table.ND_SOLICITATION,
                Priority.rank(4),
                neighbor.askers().among(target(SolicitationChecks.VALID, neighbor.network(), neighbor.address())),
                Action.punt(PUNT));
        return List.of(byFlow, byController);
    }

    /** The target's link-layer address is the frame's source by now. */
    private static Flow advertise() {
        return Flow.of(
                Table.ND_ADVERTISEMENT,
                Priority.rank(1),
                Match.ICMPV6.and(Field.ICMPV6_TYPE, NeighborAdvertisement.TYPE).and(Field.ICMPV6_CODE, 0),
                Action.move(Field.ETH_SRC, Field.ND_TLL),
                Action.outputInPort());
    }

    private static Stream<SharedAddress> shared(AddressView view) {
        if (!(view.address() instanceof IPv6Address address) || view.claims().size() == 1) {
            return Stream.empty();
        }
        List<PortKey> asked = new ArrayList<>();
        view.claims().stream()
                .filter(AddressView.Claim::bound)
                .map(AddressView.Claim::port)
                .forEach(asked::add);
        Optional<PortKey> provider =
                view.provider().filter(port -> asked.size() < view.claims().size());
        provider.ifPresent(asked::add);
        return Stream.of(new SharedAddress(view.network(), address, asked, provider));
    }

    /** Ahead of {@link #leaveUnanswered}: what one of them asks about the address is for the others to answer. */
    private static List<Flow> ask(SharedAddress shared) {
        return List.of(new Flow(
                Table.ND_SOLICITATION,
                Priority.rank(7),
                target(SolicitationChecks.VALID, shared.network(), shared.address()),
                askEach(shared.ports(), shared.provider())));
    }

    private static List<Action> askEach(List<PortKey> ports, Optional<PortKey> provider) {
        return ports.size() > MOST_ASKED_ALONE ? askAll(provider) : Action.deliverToEach(ports);
    }

    private static List<Action> askAll(Optional<PortKey> provider) {
        List<Action> actions =
                new ArrayList<>(Action.deliverToEach(provider.stream().toList()));
        actions.add(Action.goTo(Table.FLOOD));
        return actions;
    }

    private static Stream<OpenPrefix> open(NetworkView view) {
        Set<IpPrefix> prefixes = new LinkedHashSet<>();
        view.openClaims().stream()
                .map(OpenClaim::prefix)
                .filter(IpPrefix::isIpv6)
                .forEach(prefixes::add);
        return prefixes.stream()
                .map(prefix -> new OpenPrefix(view.key(), prefix, claimants(view, prefix), view.provider()));
    }

    /** Who may own every address of a prefix: a longer prefix hides a shorter one's flow, so its flow asks both. */
    private static List<PortKey> claimants(NetworkView view, IpPrefix prefix) {
        return view.openClaims().stream()
                .filter(claim -> claim.prefix().contains(prefix))
                .map(OpenClaim::port)
                .distinct()
                .toList();
    }

    private static List<Flow> ask(OpenPrefix open) {
        return List.of(new Flow(
                Table.ND_SOLICITATION,
                Priority.rank(2).longestPrefix(open.prefix().length()),
                target(SolicitationChecks.VALID, open.network(), open.prefix()),
                askEach(open.ports(), open.provider())));
    }

    private static Stream<OwnAddress> own(PortView view) {
        if (view.ofPort().isEmpty() || view.port().isProvider()) {
            return Stream.empty();
        }
        Port port = view.port();
        Set<IPv6Address> addresses = new LinkedHashSet<>();
        addresses.add(LinkLocal.of(port.macAddress()));
        for (Port.FixedIp fixed : port.fixedIps()) {
            if (fixed.ipAddress() instanceof IPv6Address address) {
                addresses.add(address);
            }
        }
        OFPort ofPort = view.ofPort().get();
        return addresses.stream()
                .map(address -> new OwnAddress(
                        ofPort,
                        view.networkKey(),
                        address,
                        port.macAddress(),
                        port.isRouterInterface(),
                        view.provider()));
    }

    /**
     * By in_port, so that a port that moves to another one gets a new flow and with it a new announcement. On a physical
     * network somebody may have the address all the same.
     */
    private static List<Flow> leaveUnanswered(OwnAddress own) {
        return List.of(new Flow(
                Table.ND_SOLICITATION,
                Priority.rank(6),
                SolicitationChecks.VALID.and(Field.IN_PORT, own.port()).and(Field.ND_TARGET, own.address()),
                own.provider()
                        .map(port -> Action.deliverToEach(List.of(port)))
                        .orElse(List.of(Action.drop(NdDrop.OWN)))));
    }

    /** Tells the members of the network, here and on other hosts, where the address is now (RFC 4861 §7.2.6). */
    private static List<Announcement> announce(OwnAddress own) {
        NeighborAdvertisement advertisement =
                NdAnswer.advertisement(NdFlags.unsolicited(own.router()), own.address(), own.mac());
        PacketOut packet = new PacketOut(
                own.port(),
                List.of(
                        Action.set(Field.NETWORK, own.network()),
                        Action.resubmit(Table.FLOOD),
                        Action.resubmit(Table.FLOOD_HOSTS)),
                NdAnswer.toAllNodes(own.address(), own.mac(), advertisement));
        return List.of(new Announcement(packet, MAX_NEIGHBOR_ADVERTISEMENT, RETRANS_TIMER));
    }

    private static Match target(Match solicitation, NetworkKey network, IPv6Address target) {
        return solicitation.and(Field.NETWORK, network).and(Field.ND_TARGET, target);
    }

    private static Match target(Match solicitation, NetworkKey network, IpPrefix target) {
        return solicitation.and(Field.NETWORK, network).andIpv6(Field.ND_TARGET, target);
    }
}
