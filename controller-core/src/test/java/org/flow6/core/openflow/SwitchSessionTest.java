package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.ovs.OvsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** What a session can do, with a real switch at its unix socket. */
@Timeout(60)
class SwitchSessionTest {
    private static final int PATIENCE = 20;
    private static final int ATOMIC_AND_ORDERED = 3;

    private static OvsFixture ovs;

    private Events events;
    private SwitchConnections connections;
    private SwitchSession session;

    @BeforeAll
    static void start() {
        ovs = OvsFixture.start();
        ovs.addBridge("br0");
        ovs.addPorts("br0", "p1", "p2");
    }

    @AfterAll
    static void stop() {
        ovs.close();
    }

    @BeforeEach
    void connect() throws Exception {
        ovs.ofctl("del-flows", "br0");
        events = new Events();
        connections = SwitchConnections.start(
                OpenFlowSettings.connecting(new Endpoint.Unix(ovs.managementSocket("br0"))), events);
        session = events.awaitSession();
    }

    @AfterEach
    void disconnect() {
        connections.close();
    }

    @Test
    void knowsTheSwitch() {
        assertThat(session.description().manufacturer()).isEqualTo("Nicira, Inc.");
        assertThat(session.description().hardware()).isEqualTo("Open vSwitch");
        assertThat(session.tables()).isEqualTo(254);
        assertThat(session.ports().values()).extracting(SwitchPort::name).containsExactlyInAnyOrder("p1", "p2", "br0");
        assertThat(session.port(OFPort.LOCAL))
                .get()
                .extracting(SwitchPort::name)
                .isEqualTo("br0");
        assertThat("dpid:" + session.datapathId().toString().replace(":", ""))
                .isEqualTo(ovs.ofctl("show", "br0")
                        .lines()
                        .filter(line -> line.contains("dpid:"))
                        .map(line -> line.substring(line.indexOf("dpid:")))
                        .findFirst()
                        .orElseThrow());
        assertThat(connections.session(session.datapathId())).contains(session);
        assertThat(connections.sessions()).containsExactly(session);
    }

    @Test
    void hasTakenTheMasterRole() throws Exception {
        assertThat(session.requestRole(ControllerRole.NOCHANGE).get(PATIENCE, TimeUnit.SECONDS))
                .isEqualTo(ControllerRole.MASTER);
    }

    @Test
    void takesTheRoleFromAnotherControllerWhateverItsGenerationId() throws Exception {
        // Each session of each controller begins above the others; two that do so at once find each other stale.
        Events others = new Events();
        try (SwitchConnections other = SwitchConnections.start(
                OpenFlowSettings.connecting(new Endpoint.Unix(ovs.managementSocket("br0"))), others)) {
            SwitchSession rival = others.awaitSession();
            assertThat(other.sessions()).containsExactly(rival);
            assertThat(session.requestRole(ControllerRole.NOCHANGE).get(PATIENCE, TimeUnit.SECONDS))
                    .isEqualTo(ControllerRole.SLAVE);
            for (int i = 0; i < 200; i++) {
                CompletableFuture<ControllerRole> ours = session.requestRole(ControllerRole.MASTER);
                CompletableFuture<ControllerRole> theirs = rival.requestRole(ControllerRole.MASTER);
                assertThat(ours.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ControllerRole.MASTER);
                assertThat(theirs.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ControllerRole.MASTER);
            }
        }
    }

    @Test
    void tellsOfPorts() throws Exception {
        ovs.addPorts("br0", "p3");
        PortStatus added = events.await(PortStatus.class);
        assertThat(added.change()).isEqualTo(PortStatus.Change.ADD);
        assertThat(added.port().name()).isEqualTo("p3");
        assertThat(session.port(added.port().number())).isPresent();
        ovs.vsctl("del-port", "p3");
        PortStatus next = events.await(PortStatus.class);
        while (next.change() != PortStatus.Change.DELETE) {
            next = events.await(PortStatus.class);
        }
        assertThat(next.port().name()).isEqualTo("p3");
        assertThat(session.port(added.port().number())).isEmpty();
    }

    @Test
    void dumpsThousandsOfFlows() throws Exception {
        StringBuilder flows = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            flows.append(
                    "table=%d,priority=%d,cookie=0x%x,ipv6,ipv6_dst=2001:db8::%x,actions=set_field:0x5->reg1,move:eth_src->eth_dst,resubmit(,9)\n"
                            .formatted(i % 3, 100 + i % 7, (i % 2 == 0 ? 0x1000000L : 0x2000000L) + i, i));
        }
        ovs.insideWithInput(flows.toString(), "ovs-ofctl", "-O", "OpenFlow13", "--bundle", "add-flows", "br0", "-");
        Set<Long> cookies = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        int shown = session.dumpFlows(FlowFilter.ALL, flow -> {
                    int i = (int) flow.cookie() & 0xffffff;
                    cookies.add(flow.cookie());
                    if (flow.table() != i % 3
                            || flow.priority() != 100 + i % 7
                            || flow.match().readableBytes() != 26
                            || flow.instructions().readableBytes() != 64) {
                        wrong.add("flow %d: %d octets"
                                .formatted(i, flow.instructions().readableBytes()));
                    }
                })
                .get(PATIENCE, TimeUnit.SECONDS);
        assertThat(shown).isEqualTo(5000);
        assertThat(cookies).hasSize(5000);
        assertThat(wrong).isEmpty();
        FlowFilter odd = FlowFilter.cookie(0x2000000, 0xff000000L);
        assertThat(session.dumpFlows(odd, flow -> {}).get(PATIENCE, TimeUnit.SECONDS))
                .isEqualTo(2500);
        assertThat(session.dumpFlows(FlowFilter.table(7), flow -> {}).get(PATIENCE, TimeUnit.SECONDS))
                .isZero();
        assertThat(session.aggregateFlows(FlowFilter.ALL)
                        .get(PATIENCE, TimeUnit.SECONDS)
                        .getInt(16))
                .isEqualTo(5000);
    }

    @Test
    void survivesAConsumerThatThrows() throws Exception {
        ovs.ofctl("add-flow", "br0", "actions=drop");
        CompletableFuture<Integer> dump = session.dumpFlows(FlowFilter.ALL, flow -> {
            throw new IllegalStateException("no more, please");
        });
        assertThatThrownBy(() -> dump.get(PATIENCE, TimeUnit.SECONDS)).hasRootCauseMessage("no more, please");
        session.barrier().get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void readsRegistersOfAPacketIn() throws Exception {
        ovs.ofctl(
                "add-flow",
                "br0",
                "table=0,in_port=p1,actions=set_field:0x11->reg0,set_field:0x80000001->reg9,set_field:0xfffffffe->reg15,"
                        + "set_field:0xabc->metadata,set_field:7->tun_id,set_field:1->pkt_mark,resubmit(,5)");
        ovs.ofctl("add-flow", "br0", "table=5,cookie=0xfedcba9876543210,actions=controller(max_len=65535)");
        String packet = "020000000002" + "020000000001" + "86dd" + "6000000000083a40" + "fe80" + "00".repeat(13) + "01"
                + "ff02" + "00".repeat(13) + "01" + "8000000000000001";
        ovs.ofctl("packet-out", "br0", "in_port=p1 packet=" + packet + " actions=table");
        Events.Punt punt = events.await(Events.Punt.class);
        assertThat(punt.cookie()).isEqualTo(0xfedcba9876543210L);
        assertThat(punt.table()).isEqualTo(5);
        assertThat(session.port(OFPort.of(punt.inPort())))
                .get()
                .extracting(SwitchPort::name)
                .isEqualTo("p1");
        assertThat(punt.metadata()).isEqualTo(0xabc);
        assertThat(punt.data()).isEqualTo(packet);
        assertThat(punt.totalLength()).isEqualTo(packet.length() / 2);
        assertThat(punt.registers())
                .containsExactly(0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0x80000001, 0, 0, 0, 0, 0, 0xfffffffe);
    }

    @Test
    void sendsPackets() throws Exception {
        ovs.ofctl("add-flow", "br0", "table=0,in_port=CONTROLLER,actions=controller");
        ByteBuf toTable = bytes("00000010fffffff9ffff000000000000");
        ByteBuf packet = bytes("02".repeat(100));
        session.sendPacketOut(OFPort.CONTROLLER, toTable, packet);
        Events.Punt punt = events.await(Events.Punt.class);
        assertThat(punt.data()).isEqualTo("02".repeat(100));
        assertThat(punt.totalLength()).isEqualTo(100);
        assertThat(punt.inPort()).isEqualTo(OFPort.CONTROLLER.getPortNumber());
        assertThat(packet.readableBytes()).isEqualTo(100);
    }

    @Test
    void tellsOfRemovedFlows() throws Exception {
        ovs.ofctl("add-flow", "br0", "table=3,priority=77,cookie=0x123,send_flow_rem,actions=drop");
        ovs.ofctl("del-flows", "br0", "table=3");
        assertThat(events.await(FlowRemoved.class)).isEqualTo(new FlowRemoved(0x123, 3, 77, FlowRemoved.Reason.DELETE));
        ovs.ofctl("add-flow", "br0", "table=4,priority=78,cookie=0x124,hard_timeout=1,send_flow_rem,actions=drop");
        assertThat(events.await(FlowRemoved.class))
                .isEqualTo(new FlowRemoved(0x124, 4, 78, FlowRemoved.Reason.HARD_TIMEOUT));
    }

    @Test
    void writesMessagesOfOpenflowj() throws Exception {
        OFFactory factory = OFFactories.getFactory(OFVersion.OF_13);
        session.write(factory.buildFlowAdd()
                .setXid(Integer.toUnsignedLong(session.nextXid()))
                .setTableId(TableId.of(8))
                .setPriority(5)
                .setCookie(U64.of(0x99))
                .setMatch(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(1))
                        .build())
                .build());
        session.barrier().get(PATIENCE, TimeUnit.SECONDS);
        assertThat(ovs.ofctl("--no-stats", "dump-flows", "br0")).contains("cookie=0x99, table=8, priority=5,in_port=1");
    }

    @Test
    void parsesRepliesWithOpenflowjOnDemand() throws Exception {
        OFFactory factory = OFFactories.getFactory(OFVersion.OF_13);
        Frame reply = session.request(
                        factory.buildGetConfigRequest()
                                .setXid(Integer.toUnsignedLong(session.nextXid()))
                                .build(),
                        8)
                .get(PATIENCE, TimeUnit.SECONDS);
        assertThat(reply.parse()).isInstanceOf(Decoded.Ok.class);
        assertThat(reply.parse().toString()).contains("missSendLen=65535");
    }

    @Test
    void tellsWhichMessageWasRefused() throws Exception {
        int xid = session.nextXid();
        // Matches icmpv6_type without its prerequisites.
        session.write(flowMod(xid, "8000_3a01_87"));
        session.flush();
        OpenFlowError error = events.await(OpenFlowError.class);
        assertThat(error.xid()).isEqualTo(xid);
        assertThat(error.name()).isEqualTo("OFPBMC_BAD_PREREQ");
        assertThat(error.data().getInt(4)).isEqualTo(xid);
        assertThat(error).hasToString("OFPBMC_BAD_PREREQ for the message with xid 0x%x".formatted(xid));
    }

    @Test
    void failsRequestsThatAreRefused() {
        assertThatThrownBy(() -> session.bundle(77, BundleControl.COMMIT, ATOMIC_AND_ORDERED)
                        .get(PATIENCE, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SwitchErrorException.class,
                        refused -> assertThat(refused.error().name()).isEqualTo("OFPBFC_BAD_ID"))
                .hasMessageContaining("bundle COMMIT");
    }

    @Test
    void commitsABundle() throws Exception {
        session.bundle(1, BundleControl.OPEN, ATOMIC_AND_ORDERED).get(PATIENCE, TimeUnit.SECONDS);
        int xid = session.nextXid();
        ByteBuf flowMod = flowMod(xid, "8000_0004_00000001");
        session.write(Messages.message(Wire.EXPERIMENTER, xid, 16 + flowMod.readableBytes())
                .writeInt(Wire.ONF)
                .writeInt(Wire.ONF_BUNDLE_ADD)
                .writeInt(1)
                .writeShort(0)
                .writeShort(ATOMIC_AND_ORDERED)
                .writeBytes(flowMod));
        session.barrier().get(PATIENCE, TimeUnit.SECONDS);
        assertThat(ovs.ofctl("dump-flows", "br0")).doesNotContain("in_port");
        session.bundle(1, BundleControl.COMMIT, ATOMIC_AND_ORDERED).get(PATIENCE, TimeUnit.SECONDS);
        assertThat(ovs.ofctl("dump-flows", "br0")).contains("in_port");
    }

    @Test
    void tellsWhenTheSwitchKeepsUpAgain() throws Exception {
        int chunks = 0;
        ovs.freezeSwitch();
        try {
            while (session.isWritable()) {
                ByteBuf chunk = Unpooled.buffer(65536);
                while (chunk.writableBytes() >= 64) {
                    chunk.writeBytes(flowMod(session.nextXid(), "8000_0004_00000001"));
                }
                session.write(chunk);
                session.flush();
                chunks++;
            }
            assertThat(chunks).isGreaterThan(10);
            assertThat(session.whenWritable()).isNotDone();
        } finally {
            ovs.thawSwitch();
        }
        session.whenWritable().get(PATIENCE, TimeUnit.SECONDS);
        assertThat(session.isWritable()).isTrue();
        session.barrier().get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void failsWhatIsUnderWayWhenItEnds() throws Exception {
        ovs.freezeSwitch();
        try {
            CompletableFuture<Void> barrier = session.barrier();
            session.disconnect("enough");
            assertThat(events.await(Events.Disconnected.class).reason()).isEqualTo("enough");
            assertThatThrownBy(() -> barrier.get(PATIENCE, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SessionClosedException.class)
                    .hasMessageContaining("barrier: enough");
            assertThatThrownBy(() -> session.barrier().get(PATIENCE, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SessionClosedException.class);
        } finally {
            ovs.thawSwitch();
        }
        // It connects anew of itself.
        assertThat(events.awaitSession().datapathId()).isEqualTo(session.datapathId());
    }

    private static ByteBuf flowMod(int xid, String field) {
        ByteBuf match = bytes(field.replace("_", ""));
        int length = 4 + match.readableBytes();
        return Messages.message(14, xid, 40 + Wire.padded(length))
                .writeZero(16) // cookie and mask
                .writeByte(0)
                .writeByte(0) // ADD
                .writeInt(0)
                .writeShort(1)
                .writeInt(-1)
                .writeInt(-1)
                .writeInt(-1)
                .writeShort(0)
                .writeShort(0)
                .writeShort(1)
                .writeShort(length)
                .writeBytes(match)
                .writeZero(Wire.padded(length) - length);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
