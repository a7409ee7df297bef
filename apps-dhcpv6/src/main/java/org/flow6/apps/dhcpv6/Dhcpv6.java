package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.Fact;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.packets.NextHeader;
import org.flow6.packets.dhcpv6.Dhcpv6Message;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * The DHCPv6 server of every network with a subnet that has one (RFC 8415). What hosts send to servers goes to the
 * controller and to nobody else; other networks' DHCPv6 is bridged like everything.
 */
public final class Dhcpv6 implements FlowApp {
    /** A message for the server. */
    static final PuntReason PUNT = new PuntReason(4, "dhcpv6", 50, 100, true);

    private static final Match UDP = Match.IPV6.and(Field.IP_PROTO, NextHeader.UDP.value());
    /** OVS shows the Fragment header in the place of what is in the fragments behind the first one. */
    private static final Match LATER_FRAGMENT =
            Match.IPV6.and(Field.IP_PROTO, NextHeader.FRAGMENT.value()).and(Field.IP_FRAG, 3);

    /**
     * A network that is served, and where its hosts send to.
     *
     * @param physical whether it is part of a physical network: who is outside has a server there, or none
     */
    private record Service(NetworkKey network, List<IPv6Address> destinations, boolean physical) {}

    @Override
    public String name() {
        return "dhcpv6";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(new Derivation<>("servers", Scope.NETWORK, Dhcpv6::services, Dhcpv6::punt));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(PUNT, Dhcpv6Answer::answer);
    }

    /** Which address is in which identity association is not among them: clients say so as they ask. */
    @Override
    public Map<String, Function<Fact, Optional<Id<Port>>>> sharedFacts() {
        return Map.of(
                Remembered.PREFIX, fact -> Remembered.Delegation.of(fact).map(Remembered.Delegation::port),
                Remembered.DECLINED, fact -> Remembered.declinedBy(fact));
    }

    @Override
    public List<DropReason> drops() {
        return Dhcpv6Drop.ALL;
    }

    private static Stream<Service> services(NetworkView view) {
        Link link = Link.of(view);
        if (view.boundPorts().isEmpty() || !link.isServed()) {
            return Stream.empty();
        }
        List<IPv6Address> destinations = new ArrayList<>();
        destinations.add(Dhcpv6Message.ALL_RELAY_AGENTS_AND_SERVERS);
        destinations.add(Dhcpv6Message.ALL_SERVERS);
        destinations.addAll(link.server().addresses());
        return Stream.of(
                new Service(view.key(), destinations, view.network().segment().isPresent()));
    }

    /** Whatever the destination MAC address: RFC 6085 lets multicast be sent to a single one. */
    private static List<Flow> punt(Service service) {
        List<Flow> flows = new ArrayList<>();
        for (IPv6Address destination : service.destinations()) {
            flows.add(punt(to(UDP, service, destination).and(Field.UDP_DST, Dhcpv6Message.SERVER_PORT)));
            if (destination.isMulticast()) {
                // To an address that is a router's or a DNS server's as well, they may be of anything.
                flows.add(punt(to(LATER_FRAGMENT, service, destination)));
            }
        }
        return flows;
    }

    private static Match to(Match what, Service service, IPv6Address destination) {
        Match asker = service.physical() ? what.and(Field.FROM_OUTSIDE, false) : what;
        return asker.and(Field.NETWORK, service.network()).andIpv6(Field.IPV6_DST, IpPrefix.host(destination));
    }

    private static Flow punt(Match match) {
        return Flow.of(Table.SERVICES, Priority.rank(1), match, Action.punt(PUNT));
    }
}
