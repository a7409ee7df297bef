package org.flow6.core.openflow.ryu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.Decoded;
import org.flow6.core.openflow.FlowFilter;
import org.flow6.core.openflow.FlowStats;
import org.flow6.core.openflow.MultipartType;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.openflow.SwitchConnections;
import org.flow6.core.openflow.SwitchListener;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovs.OvsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RyuStatsTest {
    private static final int PATIENCE = 20;

    /** Flows that Ryu can write. */
    private static final List<String> RYU_FLOWS = List.of(
            "table=0,priority=7,in_port=1,dl_vlan=5,cookie=0xffffffffffffffff,idle_timeout=600,hard_timeout=700,actions=pop_vlan,output:2,LOCAL,IN_PORT,CONTROLLER:65535",
            "table=0,priority=6,vlan_tci=0x1000/0x1000,actions=drop",
            "table=0,priority=5,vlan_tci=0,in_port=LOCAL,actions=NORMAL",
            "table=0,priority=4,dl_src=01:00:00:00:00:00/01:00:00:00:00:00,dl_dst=02:00:00:00:00:01,actions=goto_table:3",
            "table=0,priority=4,ip,nw_src=10.0.0.0/8,nw_dst=10.1.2.3,nw_tos=64,nw_ecn=1,actions=dec_ttl,goto_table:5",
            "table=0,priority=4,udp,tp_src=68,tp_dst=0x40/0xfff0,actions=drop",
            "table=0,priority=4,tcp6,tp_src=80,tcp_flags=+syn-ack,actions=drop",
            "table=0,priority=4,sctp,tp_dst=7,actions=drop",
            "table=0,priority=4,icmp,icmp_type=8,icmp_code=0,actions=drop",
            "table=0,priority=4,arp,arp_op=1,arp_spa=10.0.0.1,arp_tpa=10.0.0.0/24,arp_sha=02:00:00:00:00:01,arp_tha=00:00:00:00:00:00,actions=drop",
            "table=1,priority=3,ipv6,ipv6_src=fe80::/10,ipv6_dst=2001:db8::1,ipv6_label=0x12345,nw_ttl=64,actions=drop",
            "table=1,priority=3,ipv6,ip_frag=later,actions=drop",
            "table=1,priority=3,icmp6,icmp_type=135,icmp_code=0,nd_target=2001:db8::1,nd_sll=02:00:00:00:00:01,actions=drop",
            "table=1,priority=3,icmp6,icmp_type=136,nd_target=2001:db8::/64,nd_tll=02:00:00:00:00:01,actions=drop",
            "table=1,priority=2,reg0=5,reg1=0x80000000/0xf0000000,reg15=0xffffffff,metadata=0x5/0xff,tun_id=0x7,actions=drop",
            "table=1,priority=2,xreg5=0x1122334455667788,pkt_mark=4,actions=drop",
            "table=1,priority=2,xxreg1=0x0102030405060708090a0b0c0d0e0f10,conj_id=9,actions=drop",
            "table=1,priority=2,ct_state=+trk+est-new,ct_zone=5,ct_mark=1/3,ct_label=0x1/0xff,ip,actions=drop",
            "table=1,priority=2,ct_state=+trk-inv,tcp6,tp_dst=0x1000/0xf000,actions=drop",
            "table=1,priority=2,sctp6,tp_src=0x8000/0x8000,actions=drop",
            "table=1,priority=2,tun_ipv6_dst=fd00::1,tun_src=10.0.0.1,tun_flags=oam,actions=drop",
            "table=1,priority=2,mpls,mpls_label=100,mpls_tc=3,mpls_bos=1,actions=dec_mpls_ttl,pop_mpls:0x0800",
            "table=1,priority=1,actions=push_vlan:0x8100,set_field:4100->vlan_vid,push_mpls:0x8847,set_mpls_ttl:9,output:1",
            "table=2,priority=9,ipv6,actions=set_field:02:00:00:00:00:01->eth_src,set_field:2001:db8::1->ipv6_src,set_field:0x5->reg3,set_field:6->tun_id,set_field:255->nw_ttl,output:1",
            "table=2,priority=8,tcp6,actions=set_field:80->tcp_dst,set_field:1->ip_dscp,set_queue:5,group:1",
            "table=2,priority=7,icmp6,icmp_type=136,actions=move:eth_src->nd_tll,move:reg0[0..15]->reg1[16..31],move:ipv6_src->ipv6_dst,IN_PORT",
            "table=2,priority=6,actions=load:0x5->reg0[0..3],load:1->reg0[31],load:0xffffffff->reg2[],load:0x22->metadata[0..7]",
            "table=2,priority=5,ipv6,actions=conjunction(5,1/2),conjunction(0xfffffff0,2/3)",
            "table=2,priority=4,tcp6,actions=ct(table=4,zone=7)",
            "table=2,priority=3,tcp6,actions=ct(commit,zone=reg6[0..15],alg=ftp,exec(set_field:1->ct_mark,load:0x5->ct_label[0..7]))",
            "table=2,priority=2,tcp,actions=ct(commit,table=4,zone=1,nat(src=10.0.0.1-10.0.0.9:1000-2000,random))",
            "table=2,priority=1,tcp6,actions=ct(commit,zone=1,nat(dst=2001:db8::1))",
            "table=3,priority=1,actions=write_actions(set_field:02:00:00:00:00:01->eth_dst,output:1),goto_table:4",
            "table=3,priority=2,actions=clear_actions,write_metadata:0x5/0xff,goto_table:253",
            "table=3,priority=3,actions=meter:3,output:1",
            "table=3,priority=4,send_flow_rem,no_packet_counts,actions=FLOOD,ALL");

    private static OvsFixture ovs;
    private static SwitchConnections connections;
    private static SwitchSession session;

    @BeforeAll
    static void start() throws Exception {
        ovs = OvsFixture.start();
        ovs.addBridge("br0");
        ovs.addPorts("br0", "p1", "p2");
        ovs.ofctl("add-group", "br0", "group_id=1,type=all,bucket=output:1");
        ovs.ofctl("add-meter", "br0", "meter=3,pktps,stats,burst,band=type=drop,rate=10,burst_size=5");
        ovs.ofctl("add-meter", "br0", "meter=9,kbps,stats,bands=type=drop,rate=100");
        BlockingQueue<SwitchSession> sessions = new LinkedBlockingQueue<>();
        connections = SwitchConnections.start(
                OpenFlowSettings.connecting(new Endpoint.Unix(ovs.managementSocket("br0"))), new SwitchListener() {
                    @Override
                    public void connected(SwitchSession connected) {
                        sessions.add(connected);
                    }
                });
        SwitchSession first = sessions.poll(PATIENCE, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        session = first;
    }

    @AfterAll
    static void stop() {
        connections.close();
        ovs.close();
    }

    @Test
    void writesFlowsAsRyuDoes() throws Exception {
        addFlows(RYU_FLOWS);
        ByteBuf body = reply(
                MultipartType.FLOW,
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(
                        "ff000000ffffffffffffffff00000000" + "00".repeat(16) + "0001000400000000")));
        ArrayNode flows = JsonNodeFactory.instance.arrayNode();
        assertThat(FlowStats.walk(body, flow -> flows.add(FlowText.flow(flow))))
                .isEqualTo(Decoded.ok(RYU_FLOWS.size()));
        assertSame(flows, ryuSays("flow_stats", 1, body));
    }

    /** Actions that Ryu fails at, or has no name for. */
    private static final List<String> OVS_ACTIONS = List.of(
            "resubmit(,10)",
            "resubmit(2,11)",
            "resubmit:3",
            "controller(reason=no_match,max_len=128,id=7)",
            "controller(userdata=01.02.03.04.05,pause)",
            "controller(userdata=0a,meter_id=3)",
            "controller(reason=invalid_ttl)",
            "output:reg0[0..15]",
            "output:reg5[]",
            "output(port=1,max_len=64)",
            "clone(ct_clear,exit)",
            "clone(resubmit(,100))",
            "check_pkt_larger(1500)->reg0[3]",
            "push:reg0[]",
            "pop:reg1[0..3]",
            "dec_ttl",
            "ct_clear",
            "note:01.02.03.04.05.06",
            "pop_queue",
            "delete_field:tun_metadata0",
            "exit");

    @Test
    void writesAsOvsDoesWhatRyuCannot() throws Exception {
        ovs.ofctl("add-tlv-map", "br0", "{class=0xffff,type=0,len=4}->tun_metadata0");
        List<String> flows = new ArrayList<>();
        for (int i = 0; i < OVS_ACTIONS.size(); i++) {
            flows.add("table=9,ipv6,priority=%d,actions=%s".formatted(i + 1, OVS_ACTIONS.get(i)));
        }
        addFlows(flows);
        Map<Integer, String> ours = new HashMap<>();
        session.dumpFlows(
                        FlowFilter.table(9),
                        flow -> ours.put(
                                flow.priority() - 1,
                                FlowText.instructions(flow.instructions())
                                        .get(0)
                                        .asText()))
                .get(PATIENCE, TimeUnit.SECONDS);
        for (int i = 0; i < OVS_ACTIONS.size(); i++) {
            // Of dec_ttl alone there is an action in the standard.
            String expected = OVS_ACTIONS.get(i).equals("dec_ttl") ? "DEC_NW_TTL" : OVS_ACTIONS.get(i);
            assertThat(ours).containsEntry(i, expected);
        }
    }

    @Test
    void namesFieldsAsOvsDoesThatRyuCannot() throws Exception {
        addFlows(
                List.of(
                        "table=0,icmp6,icmp_type=135,nd_reserved=0x60000000,nd_options_type=1,actions=set_field:2->nd_options_type,set_field:0->nd_reserved"));
        List<JsonNode> flows = new ArrayList<>();
        session.dumpFlows(FlowFilter.ALL, flow -> flows.add(FlowText.flow(flow)))
                .get(PATIENCE, TimeUnit.SECONDS);
        assertThat(flows.get(0).get("match").toString())
                .contains("\"nd_reserved\":1610612736", "\"nd_options_type\":1");
        assertThat(flows.get(0).get("actions").toString())
                .isEqualTo("[\"SET_FIELD: {nd_options_type:2}\",\"SET_FIELD: {nd_reserved:0}\"]");
    }

    @Test
    void namesTheTupleOfAConnectionAsOvsDoes() throws Exception {
        addFlows(List.of(
                "ct_state=+trk-inv,ct_nw_proto=6,ct_ipv6_src=2001:db8::/32,ct_ipv6_dst=2001:db8::1,ct_tp_src=0x8000/0x8000,ct_tp_dst=80,ipv6,actions=drop",
                "ct_state=+trk-inv,ct_nw_src=192.0.2.0/24,ct_nw_dst=192.0.2.1,ip,actions=drop"));
        List<String> matches = new ArrayList<>();
        session.dumpFlows(
                        FlowFilter.ALL,
                        flow -> matches.add(FlowText.flow(flow).get("match").toString()))
                .get(PATIENCE, TimeUnit.SECONDS);
        assertThat(matches).hasSize(2);
        assertThat(String.join("", matches))
                .contains(
                        "\"ct_state\":\"32/48\"",
                        "\"ct_nw_proto\":6",
                        "\"ct_ipv6_src\":\"2001:db8::/ffff:ffff::\"",
                        "\"ct_ipv6_dst\":\"2001:db8::1\"",
                        "\"ct_tp_src\":\"32768/32768\"",
                        "\"ct_tp_dst\":80",
                        "\"ct_nw_src\":\"192.0.2.0/255.255.255.0\"",
                        "\"ct_nw_dst\":\"192.0.2.1\"");
    }

    @Test
    void writesCountersAsRyuDoes() throws Exception {
        ovs.ofctl("packet-out", "br0", "in_port=controller packet=" + "02".repeat(64) + " actions=output:1,output:2");
        ByteBuf any = Unpooled.buffer(8).writeInt(-1).writeInt(0);
        ByteBuf ports = reply(MultipartType.PORT_STATS, any);
        assertSame(RyuStats.ports(ports), ryuSays("port_stats", 4, ports));
        ByteBuf meters = reply(MultipartType.METER, any);
        assertThat(RyuStats.meters(meters)).hasSize(2);
        assertSame(RyuStats.meters(meters), ryuSays("meter_stats", 9, meters));
        ByteBuf sum = session.aggregateFlows(FlowFilter.ALL).get(PATIENCE, TimeUnit.SECONDS);
        assertSame(RyuStats.aggregate(sum), ryuSays("aggregate_flow_stats", 2, sum));
    }

    @Test
    void describesAsRyuDoes() throws Exception {
        ByteBuf desc = reply(MultipartType.DESC, Unpooled.EMPTY_BUFFER);
        assertSame(onlyValue(RyuStats.desc(session).get()), ryuSays("desc_stats", 0, desc));
        ByteBuf ports = reply(MultipartType.PORT_DESC, Unpooled.EMPTY_BUFFER);
        JsonNode expected = ryuSays("port_desc", 13, ports);
        JsonNode actual = reparse(onlyValue(RyuStats.portDescriptions(session).get()));
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void wrapsAnswersInTheDatapathIdInDecimal() throws Exception {
        String id = Long.toUnsignedString(session.datapathId().getLong());
        assertThat(RyuStats.flows(session)
                        .get(PATIENCE, TimeUnit.SECONDS)
                        .fieldNames()
                        .next())
                .isEqualTo(id);
        assertThat(RyuStats.meters(session).get(PATIENCE, TimeUnit.SECONDS).get(id))
                .hasSize(2);
        assertThat(RyuStats.ports(session).get(PATIENCE, TimeUnit.SECONDS).get(id))
                .hasSize(3);
        assertThat(RyuStats.aggregateFlows(session)
                        .get(PATIENCE, TimeUnit.SECONDS)
                        .get(id))
                .hasSize(1);
    }

    private static void addFlows(List<String> flows) {
        ovs.ofctl("del-flows", "br0");
        ovs.insideWithInput(String.join("\n", flows) + "\n", "ovs-ofctl", "-O", "OpenFlow13", "add-flows", "br0", "-");
    }

    private static ByteBuf reply(MultipartType type, ByteBuf body) throws Exception {
        return session.multipart(type, body).get(PATIENCE, TimeUnit.SECONDS);
    }

    private static JsonNode ryuSays(String kind, int type, ByteBuf body) throws Exception {
        Path script = Path.of(RyuStatsTest.class.getResource("ryu_says.py").toURI());
        String line = "%s %d %s\n".formatted(kind, type, ByteBufUtil.hexDump(body));
        return new ObjectMapper().readTree(ovs.insideWithInput(line, "/usr/bin/python3", script.toString()));
    }

    private static JsonNode onlyValue(JsonNode wrapped) {
        return wrapped.elements().next();
    }

    /** A number is equal to another only if both were parsed. */
    private static JsonNode reparse(JsonNode json) throws Exception {
        return new ObjectMapper().readTree(json.toString());
    }

    private static void assertSame(JsonNode ours, JsonNode ryus) throws Exception {
        JsonNode actual = reparse(ours);
        if (actual.isArray()) {
            // Element by element, so that a difference can be read.
            assertThat(actual).containsExactlyElementsOf(ryus);
        }
        assertThat(actual).isEqualTo(ryus);
    }
}
