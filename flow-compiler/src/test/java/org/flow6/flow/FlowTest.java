package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U128;

class FlowTest {
    private static final PuntReason PUNT = new PuntReason(1, "test", 1, 1);
    private static final Match SOLICITATION =
            Match.ICMPV6.and(Field.ICMPV6_TYPE, 135).and(Field.ICMPV6_CODE, 0);

    private static Flow flow(Table table, Action... actions) {
        return flow(table, Match.ANY, actions);
    }

    private static Flow flow(Table table, Match match, Action... actions) {
        return Flow.of(table, Priority.rank(1), match, actions);
    }

    private static void refuses(Table table, Match match, String why, Action... actions) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flow(table, match, actions))
                .withMessageContaining(why);
    }

    @Test
    void goesForwardOnly() {
        assertThat(flow(Table.BRIDGE, Action.goTo(Table.FLOOD)).actions()).hasSize(1);
        refuses(Table.BRIDGE, Match.ANY, "BRIDGE", Action.goTo(Table.BRIDGE));
        refuses(Table.BRIDGE, Match.ANY, "CLASSIFY", Action.goTo(Table.CLASSIFY));
        refuses(Table.BRIDGE, Match.ANY, "CLASSIFY", Action.resubmit(Table.CLASSIFY));
    }

    @Test
    void resubmitsToTheSameTableAtTheEarliest() {
        assertThat(flow(Table.FLOOD, Action.resubmit(Table.FLOOD)).actions()).hasSize(1);
        assertThat(flow(Table.FLOOD, Action.resubmit(Table.DELIVER)).actions()).hasSize(1);
    }

    @Test
    void puntsAndDropsGoForwardToo() {
        assertThat(flow(Table.PUNT, Action.drop(DropReason.NOT_METERED)).actions())
                .hasSize(1);
        refuses(Table.PUNT, Match.ANY, "PUNT", Action.punt(PUNT));
        refuses(Table.DROP, Match.ANY, "PUNT", Action.punt(PUNT));
        refuses(Table.DROP, Match.ANY, "DROP", Action.drop(DropReason.UNKNOWN_PORT));
    }

    @Test
    void nothingStandsBehindTheLastAction() {
        Action output = Action.output(OFPort.of(1));
        for (Action last :
                List.of(Action.goTo(Table.DELIVER), Action.punt(PUNT), Action.drop(DropReason.UNKNOWN_DESTINATION))) {
            assertThat(flow(Table.BRIDGE, output, last).actions()).containsExactly(output, last);
            refuses(Table.BRIDGE, Match.ANY, "not the last action", last, output);
        }
    }

    @Test
    void usesRegistersWhereTheyLive() {
        Action toPort = Action.set(Field.DESTINATION_PORT, new PortKey(1));
        assertThat(flow(Table.BRIDGE, toPort).actions()).containsExactly(toPort);
        refuses(Table.PUNT, Match.ANY, "destination_port", toPort);
        refuses(Table.BASE_ICMPV6, Match.ANY, "destination_port", toPort);
        refuses(Table.DROP, Match.ANY.and(Field.NETWORK, new NetworkKey(1)), "network");
        refuses(Table.BRIDGE, Match.ANY.and(Field.FLOOD_PAGE, 1), "flood_page");
        refuses(Table.PUNT, Match.ANY, "destination_port", Action.move(Field.DESTINATION_PORT, Field.SOURCE_PORT));
    }

    @Test
    void setsWhatCanBeSet() {
        refuses(Table.BRIDGE, Match.ANY, "cannot be set", Action.set(Field.IN_PORT, OFPort.of(1)));
        refuses(Table.BRIDGE, Match.ANY, "cannot be set", Action.set(Field.ETH_TYPE, 0x86dd));
        refuses(Table.BRIDGE, Match.IPV6, "cannot be set", Action.set(Field.IP_PROTO, 58));
    }

    @Test
    void setsNothingWhosePrerequisiteIsNotMatched() {
        IPv6Address address = IPv6Address.of("2001:db8::1");
        assertThat(flow(Table.BRIDGE, Match.IPV6, Action.set(Field.IPV6_SRC, address))
                        .actions())
                .hasSize(1);
        refuses(Table.BRIDGE, Match.ANY, "eth_type", Action.set(Field.IPV6_SRC, address));
        refuses(Table.BRIDGE, Match.ANY, "eth_type", Action.move(Field.IPV6_SRC, Field.IPV6_DST));
        // The type that an earlier action sets does not count: OVS looks at the match alone.
        refuses(
                Table.ND_SOLICITATION,
                SOLICITATION,
                "icmpv6_type",
                Action.set(Field.ICMPV6_TYPE, 136),
                Action.set(Field.ND_TLL, MacAddress.of("02:00:00:00:00:01")));
    }

    @Test
    void movesIntoFieldsThatHaveRoom() {
        refuses(Table.BRIDGE, Match.ANY, "eth_dst", new Action.Move(Field.ETH_DST, Field.SOURCE_PORT));
        Flow.of(Table.TUNNEL, Priority.rank(1), Match.ANY, new Action.Move(Field.NETWORK, Field.TUN_ID));
        refuses(Table.BRIDGE, Match.ANY, "cannot be set", new Action.Move(Field.SOURCE_PORT, Field.IN_PORT));
    }

    @Test
    void refusesValuesThatAreTooLargeForTheirField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Action.set(Field.FLOOD_PAGE, 0x10000))
                .withMessageContaining("flood_page");
        assertThatIllegalArgumentException().isThrownBy(() -> Action.set(Field.HOP_LIMIT, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> Action.set(Field.ICMPV6_TYPE, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Action.Set(Field.ETH_SRC, U128.of(1, 0)));
    }

    @Test
    void keepsItsActions() {
        List<Action> actions = new ArrayList<>(List.of(Action.output(OFPort.of(1))));
        Flow flow = new Flow(Table.DELIVER, Priority.rank(1), Match.ANY, actions);
        actions.clear();
        assertThat(flow.actions()).hasSize(1);
    }

    @Test
    void deliversToEachPortInTurn() {
        assertThat(Action.deliverToEach(List.of(new PortKey(1), new PortKey(-2))))
                .containsExactly(
                        Action.set(Field.DESTINATION_PORT, new PortKey(1)),
                        Action.resubmit(Table.INGRESS),
                        Action.set(Field.DESTINATION_PORT, new PortKey(-2)),
                        Action.resubmit(Table.INGRESS));
        assertThat(Action.deliverToEach(List.of())).isEmpty();
    }

    private static final Action CLAUSE = Action.conjunction(new ConjunctionKey(7), 1, 2);

    @Test
    void clausesStandAlone() {
        Action other = Action.conjunction(new ConjunctionKey(8), 2, 2);
        assertThat(flow(Table.EGRESS_RULES, CLAUSE, other).isClause()).isTrue();
        assertThat(flow(Table.EGRESS_RULES, Action.set(Field.ALLOWED, true)).isClause())
                .isFalse();
        assertThat(flow(Table.EGRESS_RULES).isClause()).isFalse();
        refuses(Table.EGRESS_RULES, Match.ANY, "more than clauses", CLAUSE, Action.set(Field.ALLOWED, true));
        refuses(Table.EGRESS_RULES, Match.ANY, "more than clauses", Action.set(Field.ALLOWED, true), CLAUSE);
        refuses(Table.EGRESS_RULES, Match.ANY, "more than clauses", CLAUSE, Action.drop(DropReason.UNKNOWN_PORT));
    }

    /** As ovs-actions(7) has it. */
    @Test
    void aConjunctionHasTwoTo64Clauses() {
        ConjunctionKey key = new ConjunctionKey(1);
        assertThat(Action.conjunction(key, 64, 64)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Action.conjunction(key, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Action.conjunction(key, 1, 65));
        assertThatIllegalArgumentException().isThrownBy(() -> Action.conjunction(key, 0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Action.conjunction(key, 3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConjunctionKey(0));
    }

    @Test
    void tracksIpForwardAndLast() {
        Action track = Action.track(Field.ZONE, Table.EGRESS_STATE);
        assertThat(flow(Table.EGRESS_TRACK, Match.IPV6, track).actions()).containsExactly(track);
        refuses(Table.EGRESS_TRACK, Match.IPV6, "not the last action", track, Action.goTo(Table.SERVICES));
        refuses(Table.EGRESS_STATE, Match.IPV6, "EGRESS_STATE", track);
        refuses(Table.EGRESS_TRACK, Match.ANY, "eth_type", track);
        refuses(Table.EGRESS_TRACK, Match.ARP, "eth_type", track);
        refuses(Table.GUARD, Match.IPV6, "zone", track);
    }

    @Test
    void commitsIpWhereThereIsAZone() {
        Action commit = Action.commit(Field.ZONE);
        Action on = Action.goTo(Table.SERVICES);
        assertThat(flow(Table.EGRESS_VERDICT, Match.IPV4, commit, on).actions()).containsExactly(commit, on);
        refuses(Table.EGRESS_VERDICT, Match.ANY, "eth_type", commit, on);
        refuses(Table.DELIVER, Match.IPV6, "zone", commit);
    }

    @Test
    void aCopyIsPuntedBeforeThePacketGoesOn() {
        Action copy = Action.puntCopy(PUNT);
        Action on = Action.goTo(Table.BASE_ICMPV6);
        assertThat(flow(Table.GUARD_MESSAGE, copy, on).actions()).containsExactly(copy, on);
        refuses(Table.PUNT, Match.ANY, "PUNT", copy);
    }

    @Test
    void setsNoFieldsOfConnectionsAndTags() {
        Match tracked = Match.IPV6.and(Field.CT_STATE, ConntrackState.TRACKED, 0x30);
        refuses(Table.EGRESS_STATE, tracked, "cannot be set", Action.set(Field.CT_STATE, 0));
        refuses(Table.EGRESS_STATE, tracked, "cannot be set", Action.set(Field.CT_TP_DST, 80));
        refuses(Table.EGRESS_STATE, tracked, "cannot be set", Action.set(Field.CT_NW_PROTO, 6));
        refuses(Table.EGRESS_STATE, tracked, "cannot be set", Action.set(Field.CONJ_ID, new ConjunctionKey(1)));
        refuses(Table.BRIDGE, Match.ANY, "cannot be set", Action.set(Field.VLAN_VID, 5));
    }
}
