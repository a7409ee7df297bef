package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flow6.core.ovs.OvsFixture;
import org.flow6.flow.Action;
import org.flow6.flow.ConntrackState;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Meter;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Table;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** What is written is what Open vSwitch reads. */
class FlowModsTest {
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
    private static final MacAddress MULTICAST = MacAddress.of("01:00:00:00:00:00");
    private static final IPv6Address ADDRESS = IPv6Address.of("2001:db8::1");
    private static final IpPrefix PREFIX = IpPrefix.parse("2001:db8::/33");
    private static final Match IPV4 = Match.IPV4;
    private static final int TRACKED = ConntrackState.TRACKED;
    private static final int INVALID = ConntrackState.INVALID;
    private static final Match TRACKED4 = IPV4.and(Field.CT_STATE, TRACKED, TRACKED | INVALID);
    private static final Match TRACKED6 = Match.IPV6.and(Field.CT_STATE, TRACKED, TRACKED | INVALID);
    private static final Match SOLICITATION =
            Match.ICMPV6.and(Field.ICMPV6_TYPE, 135).and(Field.ICMPV6_CODE, 0);
    private static final Match ADVERTISEMENT =
            Match.ICMPV6.and(Field.ICMPV6_TYPE, 136).and(Field.ICMPV6_CODE, 0);
    private static final PuntReason PUNT = new PuntReason(31, "test", 5, 6);

    private final FlowList app = new FlowList();
    private final List<String> expected = new ArrayList<>();

    private void flow(Table table, Match match, List<Action> actions, String shownMatch, String shownActions) {
        app.put("" + expected.size(), new Flow(table, Priority.rank(1), match, actions));
        String comma = shownMatch.isEmpty() ? "" : "," + shownMatch;
        expected.add((table.number() == 0 ? "" : "table=" + table.number() + ", ") + "priority=1000" + comma
                + " actions=" + shownActions);
    }

    private void match(Match match, String shown) {
        match(Table.FLOOD, match, shown);
    }

    private void match(Table table, Match match, String shown) {
        flow(table, match, List.of(), shown, "drop");
    }

    private void action(Match match, Action action, String shown) {
        action(Table.ND_SOLICITATION, match, action, shown);
    }

    private void action(Table table, Match match, Action action, String shown) {
        // Each in a match of its own, so that none takes another's place.
        PortKey key = new PortKey(0x1000 + expected.size());
        Flow flow = Flow.of(table, Priority.rank(2), match.and(Field.SOURCE_PORT, key), action);
        app.put("" + expected.size(), flow);
        expected.add(shown);
    }

    private void matches() {
        basicMatches();
        guardedMatches();
        ruledMatches();
        trackedMatches();
    }

    private void basicMatches() {
        match(Match.ANY, "");
        match(Match.ANY.and(Field.IN_PORT, OFPort.of(7)), "in_port=7");
        match(Match.ANY.and(Field.IN_PORT, OFPort.LOCAL), "in_port=LOCAL");
        match(Match.ANY.and(Field.NETWORK, new NetworkKey(0xfffffe)), "reg0=0xfffffe");
        match(Match.ANY.and(Field.SOURCE_PORT, new PortKey(-1)), "reg1=0xffffffff");
        match(Match.ANY.and(Field.DESTINATION_PORT, new PortKey(5)), "reg2=0x5");
        match(Match.ANY.and(Field.FLOOD_PAGE, 5), "reg3=0x5/0xffff");
        match(Match.ANY.and(Field.REASON, 5), "reg3=0x50000/0xffff0000");
        match(Match.ANY.and(Field.REASON, 5).and(Field.FLOOD_PAGE, 6), "reg3=0x50006");
        match(Match.ANY.and(Field.REASON, 0, 1), "reg3=0/0x10000");
        match(Match.ANY.and(Field.ETH_DST, MAC), "dl_dst=02:00:00:00:00:01");
        match(Match.ANY.and(Field.ETH_DST, MULTICAST, MULTICAST), "dl_dst=01:00:00:00:00:00/01:00:00:00:00:00");
        match(Match.ANY.and(Field.ETH_SRC, MAC), "dl_src=02:00:00:00:00:01");
        match(Match.ANY.and(Field.ETH_TYPE, 0x0806), "arp");
        match(Match.IPV6.and(Field.IP_PROTO, 17), "udp6");
        match(Match.IPV6.and(Field.IP_FRAG, 1), "ipv6,nw_frag=first");
        match(Match.IPV6.and(Field.IP_FRAG, 1, 1), "ipv6,nw_frag=yes");
        match(Match.IPV6.and(Field.HOP_LIMIT, 255), "ipv6,nw_ttl=255");
        match(IPV4.and(Field.IPV4_SRC, IPv4Address.of("192.0.2.1")), "ip,nw_src=192.0.2.1");
        match(IPV4.andIpv4(Field.IPV4_DST, IpPrefix.parse("192.0.2.0/24")), "ip,nw_dst=192.0.2.0/24");
        match(Match.IPV6.and(Field.IPV6_SRC, ADDRESS), "ipv6,ipv6_src=2001:db8::1");
        match(Match.IPV6.andIpv6(Field.IPV6_DST, PREFIX), "ipv6,ipv6_dst=2001:db8::/33");
        match(Match.ICMPV6.and(Field.ICMPV6_TYPE, 0), "icmp6,icmp_type=0");
        match(Match.ICMPV6.and(Field.ICMPV6_CODE, 4), "icmp6,icmp_code=4");
        match(
                SOLICITATION.andIpv6(Field.ND_TARGET, PREFIX).and(Field.ND_SLL, MAC),
                "icmp6,icmp_type=135,icmp_code=0,nd_target=2001:db8::/33,nd_sll=02:00:00:00:00:01");
        match(
                ADVERTISEMENT.and(Field.ND_TLL, MAC).and(Field.ND_RESERVED, 0xe0000000L),
                "icmp6,icmp_type=136,icmp_code=0,nd_tll=02:00:00:00:00:01,nd_reserved=3758096384");
        match(SOLICITATION.and(Field.ND_OPTIONS_TYPE, 1), "icmp6,icmp_type=135,icmp_code=0,nd_options_type=1");
    }

    private void guardedMatches() {
        match(
                Table.GUARD_MESSAGE,
                Match.ANY.and(Field.MAY_ROUTE, true).and(Field.MAY_SERVE_DHCP, false),
                "reg4=0x2/0x6");
        match(Match.ANY.and(Field.VLAN_VID, Field.VLAN_PRESENT, Field.VLAN_PRESENT), "vlan_tci=0x1000/0x1000");
        match(Match.ARP.and(Field.ARP_OP, 2), "arp,arp_op=2");
        match(Match.ARP.and(Field.ARP_SPA, IPv4Address.of("192.0.2.1")), "arp,arp_spa=192.0.2.1");
        match(Match.ARP.andIpv4(Field.ARP_TPA, IpPrefix.parse("192.0.2.0/24")), "arp,arp_tpa=192.0.2.0/24");
        match(Match.ARP.and(Field.ARP_SHA, MAC), "arp,arp_sha=02:00:00:00:00:01");
        match(Match.ARP.and(Field.ARP_THA, MULTICAST, MULTICAST), "arp,arp_tha=01:00:00:00:00:00/01:00:00:00:00:00");
    }

    private void ruledMatches() {
        match(Table.EGRESS_RULES, Match.ANY.and(Field.RULED_PORT, new PortKey(-1)), "reg5=0xffffffff");
        match(Table.EGRESS_TRACK, Match.ANY.and(Field.ZONE, 0xffff), "reg6=0xffff/0xffff");
        match(Table.EGRESS_TRACK, Match.ANY.and(Field.STATELESS, true).and(Field.ALLOWED, true), "reg4=0x18/0x18");
        match(Match.ANY.and(Field.CONJ_ID, new ConjunctionKey(-2)), "conj_id=4294967294");
        Match tcp = Match.IPV6.and(Field.IP_PROTO, 6);
        match(tcp.and(Field.TCP_SRC, 80), "tcp6,tp_src=80");
        match(tcp.and(Field.TCP_DST, 0x1000, 0xf000), "tcp6,tp_dst=0x1000/0xf000");
        Match udp = IPV4.and(Field.IP_PROTO, 17);
        match(udp.and(Field.UDP_SRC, 0x8000, 0x8000), "udp,tp_src=0x8000/0x8000");
        match(udp.and(Field.UDP_DST, 67), "udp,tp_dst=67");
        Match sctp = Match.IPV6.and(Field.IP_PROTO, 132);
        match(sctp.and(Field.SCTP_SRC, 0, 1), "sctp6,tp_src=0x0/0x1");
        match(sctp.and(Field.SCTP_DST, 9), "sctp6,tp_dst=9");
        Match icmp = IPV4.and(Field.IP_PROTO, 1);
        match(icmp.and(Field.ICMPV4_TYPE, 3).and(Field.ICMPV4_CODE, 4), "icmp,icmp_type=3,icmp_code=4");
    }

    private void trackedMatches() {
        match(Match.ANY.and(Field.CT_STATE, TRACKED | INVALID, TRACKED | INVALID), "ct_state=+inv+trk");
        match(
                Match.ANY.and(
                        Field.CT_STATE,
                        TRACKED | ConntrackState.REPLY,
                        TRACKED | INVALID | ConntrackState.REPLY | ConntrackState.NEW),
                "ct_state=-new+rpl-inv+trk");
        match(TRACKED6, "ct_state=-inv+trk,ipv6");
        match(TRACKED4.and(Field.CT_NW_PROTO, 6), "ct_state=-inv+trk,ct_nw_proto=6,ip");
        match(TRACKED4.and(Field.CT_IPV4_SRC, IPv4Address.of("192.0.2.1")), "ct_state=-inv+trk,ct_nw_src=192.0.2.1,ip");
        match(
                TRACKED4.andIpv4(Field.CT_IPV4_DST, IpPrefix.parse("192.0.2.0/24")),
                "ct_state=-inv+trk,ct_nw_dst=192.0.2.0/24,ip");
        match(TRACKED6.and(Field.CT_IPV6_SRC, ADDRESS), "ct_state=-inv+trk,ct_ipv6_src=2001:db8::1,ipv6");
        match(TRACKED6.andIpv6(Field.CT_IPV6_DST, PREFIX), "ct_state=-inv+trk,ct_ipv6_dst=2001:db8::/33,ipv6");
        Match icmp = TRACKED6.and(Field.CT_NW_PROTO, 58);
        match(icmp.and(Field.CT_TP_SRC, 128), "ct_state=-inv+trk,ct_nw_proto=58,ct_tp_src=128,ipv6");
        match(
                TRACKED6.and(Field.CT_NW_PROTO, 6).and(Field.CT_TP_DST, 0x1000, 0xf000),
                "ct_state=-inv+trk,ct_nw_proto=6,ct_tp_dst=0x1000/0xf000,ipv6");
    }

    private void actions() {
        Match ipv6 = Match.IPV6;
        action(ipv6, Action.set(Field.NETWORK, new NetworkKey(3)), "load:0x3->NXM_NX_REG0[]");
        action(ipv6, Action.set(Field.SOURCE_PORT, new PortKey(-2)), "load:0xfffffffe->NXM_NX_REG1[]");
        action(ipv6, Action.set(Field.REASON, 0xffff), "load:0xffff->NXM_NX_REG3[16..31]");
        action(ipv6, Action.set(Field.LARGER, true), "load:0x1->NXM_NX_REG4[0]");
        action(ipv6, Action.checkLarger(86, Field.LARGER), "check_pkt_larger(86)->NXM_NX_REG4[0]");
        action(ipv6, Action.set(Field.ETH_DST, MAC), "set_field:02:00:00:00:00:01->eth_dst");
        action(ipv6, Action.set(Field.IPV6_SRC, ADDRESS), "set_field:2001:db8::1->ipv6_src");
        action(ipv6, Action.set(Field.HOP_LIMIT, 64), "set_field:64->nw_ttl");
        action(IPV4, Action.set(Field.IPV4_DST, IPv4Address.of("192.0.2.9")), "set_field:192.0.2.9->ip_dst");
        action(SOLICITATION, Action.set(Field.ICMPV6_TYPE, 136), "set_field:136->icmpv6_type");
        action(SOLICITATION, Action.set(Field.ND_TARGET, ADDRESS), "set_field:2001:db8::1->nd_target");
        action(SOLICITATION, Action.set(Field.ND_SLL, MAC), "set_field:02:00:00:00:00:01->nd_sll");
        action(ADVERTISEMENT, Action.set(Field.ND_TLL, MAC), "set_field:02:00:00:00:00:01->nd_tll");
        action(SOLICITATION, Action.set(Field.ND_OPTIONS_TYPE, 2), "set_field:2->nd_options_type");
        action(SOLICITATION, Action.set(Field.ND_RESERVED, 0x60000000L), "set_field:1610612736->nd_reserved");
        action(ipv6, Action.move(Field.ETH_SRC, Field.ETH_DST), "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]");
        action(ipv6, Action.move(Field.IPV6_SRC, Field.IPV6_DST), "move:NXM_NX_IPV6_SRC[]->NXM_NX_IPV6_DST[]");
        action(ipv6, new Action.Move(Field.SOURCE_PORT, Field.DESTINATION_PORT), "move:NXM_NX_REG1[]->NXM_NX_REG2[]");
        action(ADVERTISEMENT, Action.move(Field.ETH_SRC, Field.ND_TLL), "move:NXM_OF_ETH_SRC[]->NXM_NX_ND_TLL[]");
        action(ipv6, Action.output(OFPort.of(65)), "output:65");
        action(ipv6, Action.output(OFPort.LOCAL), "LOCAL");
        action(ipv6, Action.outputInPort(), "IN_PORT");
        action(ipv6, Action.resubmit(Table.DELIVER), "resubmit(,90)");
        action(ipv6, Action.goTo(Table.BRIDGE), "goto_table:70");
        action(ipv6, Action.punt(PUNT), "load:0x1f->NXM_NX_REG3[16..31],goto_table:100");
        action(ipv6, Action.drop(DropReason.UNKNOWN_PORT), "load:0x1->NXM_NX_REG3[16..31],goto_table:101");
        action(ipv6, Action.puntCopy(PUNT), "clone(load:0x1f->NXM_NX_REG3[16..31],resubmit(,100))");
        action(ipv6, Action.conjunction(new ConjunctionKey(-2), 1, 2), "conjunction(4294967294,1/2)");
        action(ipv6, Action.conjunction(new ConjunctionKey(7), 64, 64), "conjunction(7,64/64)");
        action(
                Table.EGRESS_TRACK,
                ipv6,
                Action.track(Field.ZONE, Table.EGRESS_STATE),
                "ct(table=36,zone=NXM_NX_REG6[0..15])");
        action(Table.INGRESS_VERDICT, IPV4, Action.commit(Field.ZONE), "ct(commit,zone=NXM_NX_REG6[0..15])");
        action(Table.INGRESS_RULES, ipv6, Action.set(Field.ALLOWED, true), "load:0x1->NXM_NX_REG4[4]");
        action(Table.INGRESS, ipv6, Action.set(Field.ZONE, 0xffff), "load:0xffff->NXM_NX_REG6[0..15]");
        action(ipv6, new Action.MeteredController(new Meter.OfPort(OFPort.of(3), PUNT)), "meter:127,CONTROLLER:65535");
    }

    @Test
    void readsInTheSwitchAsWritten() throws Exception {
        matches();
        List<String> shownFlows = List.copyOf(expected);
        actions();
        List<String> shownActions = expected.subList(shownFlows.size(), expected.size());
        try (OvsFixture ovs = OvsFixture.start()) {
            ovs.addBridge("br0");
            List<String> shown = installAndShow(ovs);
            assertThat(shown).hasSize(expected.size());
            assertThat(shown).containsAll(shownFlows);
            assertThat(shown.stream()
                            .filter(line -> line.contains("priority=2000"))
                            .map(line -> line.replaceFirst(".* actions=", "")))
                    .containsExactlyInAnyOrderElementsOf(shownActions);
        }
    }

    private List<String> installAndShow(OvsFixture ovs) throws Exception {
        try (Attachment attachment = new Attachment(ovs, "br0", origin -> {})) {
            attachment.reconciler().synchronize(app::wanted);
            assertThat(attachment.reconciler().refused()).isEmpty();
            return Attachment.shown(ovs, "br0");
        }
    }

    private static long cookie(OwnedFlow flow, int xid) {
        ByteBuf out = Unpooled.buffer();
        long cookie = FlowMods.add(out, xid, flow);
        assertThat(out.getLong(8)).isEqualTo(cookie);
        assertThat(out.getUnsignedShort(2)).isEqualTo(out.readableBytes());
        assertThat(out.readableBytes() % 8).isZero();
        return cookie;
    }

    @Test
    void everyFlowHasItsCookie() {
        matches();
        actions();
        Map<Long, Flow> cookies = new LinkedHashMap<>();
        app.wantedFlows().forEach(flow -> {
            long cookie = cookie(flow, 1);
            assertThat(cookies.put(cookie, flow.flow())).isNull();
            assertThat(cookie >>> 48).isEqualTo(FlowMods.appBits("list"));
            assertThat(cookie(flow, 2)).isEqualTo(cookie);
        });
        assertThat(cookies).hasSize(expected.size());
    }

    /** Cookies are how a new version knows the flows of an old one: a change here makes every upgrade rewrite them all. */
    @Test
    void cookiesStayFromVersionToVersion() {
        app.put(
                "flow",
                Flow.of(
                        Table.DELIVER,
                        Priority.rank(1),
                        Match.ANY.and(Field.DESTINATION_PORT, new PortKey(0x12345678)),
                        Action.output(OFPort.of(3))));
        assertThat(app.wantedFlows().map(flow -> Long.toHexString(cookie(flow, 9))))
                .containsExactly("8e78dbfdaeb2dc4a");
    }
}
