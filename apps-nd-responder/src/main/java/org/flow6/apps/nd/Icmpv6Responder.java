package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flow6.apps.nd.EchoTargets.Answerer;
import org.flow6.apps.nd.EchoTargets.Group;
import org.flow6.apps.nd.EchoTargets.GroupAnswer;
import org.flow6.apps.nd.EchoTargets.Station;
import org.flow6.apps.nd.EchoTargets.Unicast;
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
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * Answers echo requests to routers (RFC 4443 §4.2) in the switch; the controller puts those together that come in
 * fragments. OVS finds the ICMPv6 header behind extension headers, which come back as they are.
 */
public final class Icmpv6Responder implements FlowApp {
    /** A fragment; a whole packet of 64 KiB has 48 of them at an MTU of 1500. */
    static final PuntReason FRAGMENT = new PuntReason(3, "icmpv6-echo", 100, 200, true);

    static final int HOP_LIMIT = 64;

    private static final int ECHO_REQUEST = 128;
    private static final int ECHO_REPLY = 129;
    /** What OVS takes for the protocol of a fragment but the first. */
    private static final int FRAGMENT_HEADER = 44;

    private static final int WHOLE = 0;
    private static final int FIRST_FRAGMENT = 1;
    private static final int LATER_FRAGMENT = 3;
    private static final IpPrefix UNSPECIFIED = IpPrefix.host(IPv6Address.NONE);
    private static final IpPrefix MULTICAST = IpPrefix.parse("ff00::/8");

    @Override
    public String name() {
        return "icmpv6-responder";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("stations", Scope.NETWORK, EchoTargets::stations, Icmpv6Responder::checkSource),
                new Derivation<>("addresses", Scope.NETWORK, EchoTargets::unicast, Icmpv6Responder::answer),
                new Derivation<>("groups", Scope.NETWORK, EchoTargets::groups, Icmpv6Responder::check),
                new Derivation<>("group-answers", Scope.NETWORK, EchoTargets::groupAnswers, Icmpv6Responder::answer));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(FRAGMENT, EchoAnswer::answer);
    }

    @Override
    public List<DropReason> drops() {
        return EchoDrop.ALL;
    }

    private static List<Flow> checkSource(Station station) {
        Match match = to(station.askers().among(Match.ICMPV6), station.network(), station.mac())
                .and(Field.ICMPV6_TYPE, ECHO_REQUEST);
        return List.of(
                flow(9, match.andIpv6(Field.IPV6_SRC, MULTICAST), Action.drop(EchoDrop.SOURCE)),
                flow(9, match.andIpv6(Field.IPV6_SRC, UNSPECIFIED), Action.drop(EchoDrop.SOURCE)));
    }

    private static List<Flow> answer(Unicast target) {
        List<Action> actions = new ArrayList<>(turn());
        actions.addAll(reply(new Answerer(target.mac(), target.address())));
        List<Flow> flows = new ArrayList<>();
        flows.add(new Flow(
                Table.SERVICES,
                Priority.rank(8),
                target.askers().among(request(target.network(), target.mac(), target.address())),
                actions));
        flows.addAll(others(target.askers(), target.network(), target.mac(), target.address(), List.of()));
        return flows;
    }

    private static List<Flow> check(Group group) {
        return others(group.askers(), group.network(), group.mac(), group.address(), toMembers(group));
    }

    /** Every router answers, one after the other (RFC 4443 §2.2 on whose address is the source). */
    private static List<Flow> answer(GroupAnswer answer) {
        Group group = answer.group();
        List<Action> actions = new ArrayList<>(toMembers(group));
        actions.addAll(turn());
        answer.answerers().forEach(one -> actions.addAll(reply(one)));
        Match match = group.askers()
                .among(request(group.network(), group.mac(), group.address()))
                .andIpv6(Field.IPV6_SRC, answer.askers());
        return List.of(new Flow(
                Table.SERVICES, Priority.rank(8).longestPrefix(answer.askers().length()), match, actions));
    }

    private static List<Action> toMembers(Group group) {
        return group.members() ? List.of(Action.resubmit(Table.BRIDGE)) : List.of();
    }

    /** What is neither whole nor of code 0. Of a fragment that is not the first, the upper layer is not to be seen. */
    private static List<Flow> others(
            Askers askers, NetworkKey network, MacAddress mac, IPv6Address address, List<Action> before) {
        List<Action> punt = new ArrayList<>(before);
        punt.add(Action.punt(FRAGMENT));
        Match icmpv6 = at(to(askers.among(Match.ICMPV6), network, mac), address);
        Match later = at(to(askers.among(Match.IPV6).and(Field.IP_PROTO, FRAGMENT_HEADER), network, mac), address);
        return List.of(
                flow(
                        7,
                        icmpv6.and(Field.IP_FRAG, WHOLE).and(Field.ICMPV6_TYPE, ECHO_REQUEST),
                        Action.drop(EchoDrop.CODE)),
                new Flow(
                        Table.SERVICES,
                        Priority.rank(7),
                        icmpv6.and(Field.IP_FRAG, FIRST_FRAGMENT).and(Field.ICMPV6_TYPE, ECHO_REQUEST),
                        punt),
                new Flow(Table.SERVICES, Priority.rank(7), later.and(Field.IP_FRAG, LATER_FRAGMENT), punt));
    }

    private static Match request(NetworkKey network, MacAddress mac, IPv6Address address) {
        return at(to(Match.ICMPV6, network, mac), address)
                .and(Field.IP_FRAG, WHOLE)
                .and(Field.ICMPV6_TYPE, ECHO_REQUEST)
                .and(Field.ICMPV6_CODE, 0);
    }

    private static Match to(Match packets, NetworkKey network, MacAddress mac) {
        return packets.and(Field.NETWORK, network).and(Field.ETH_DST, mac);
    }

    private static Match at(Match packets, IPv6Address address) {
        return packets.andIpv6(Field.IPV6_DST, IpPrefix.host(address));
    }

    /** Back to the asker, whose addresses stay for every router that answers. */
    private static List<Action> turn() {
        return List.of(
                Action.move(Field.ETH_SRC, Field.ETH_DST),
                Action.move(Field.IPV6_SRC, Field.IPV6_DST),
                Action.set(Field.ICMPV6_TYPE, ECHO_REPLY),
                Action.set(Field.HOP_LIMIT, HOP_LIMIT));
    }

    private static List<Action> reply(Answerer answerer) {
        return List.of(
                Action.set(Field.ETH_SRC, answerer.mac()),
                Action.set(Field.IPV6_SRC, answerer.source()),
                Action.outputInPort());
    }

    private static Flow flow(int rank, Match match, Action action) {
        return Flow.of(Table.SERVICES, Priority.rank(rank), match, action);
    }
}
