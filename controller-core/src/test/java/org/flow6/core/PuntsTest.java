package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.openflow.PacketIn;
import org.flow6.core.openflow.SwitchConnections;
import org.flow6.core.openflow.SwitchListener;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovs.OvsFixture;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.PacketIn.Route;
import org.flow6.flow.PacketOut;
import org.flow6.flow.PuntReason;
import org.flow6.network.Host;
import org.flow6.network.HostKey;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.Router;
import org.flow6.network.Tunnel;
import org.flow6.network.file.NetworkFile;
import org.flow6.packets.NdFlags;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

/** With packets that a real switch punts: it sets registers and sends them to the controller, as flows do. */
class PuntsTest {
    private static final int PATIENCE = 20;
    private static final int QUEUE = 256;
    private static final PuntReason SLOW = new PuntReason(3, "slow", 1, 1);
    private static final PuntReason QUICK = new PuntReason(4, "quick", 1, 1);
    private static final DropReason REFUSED = new DropReason(77, "refused", "test");
    private static final String FRAME = "ffffffffffff" + "020000000001" + "88b5" + "00".repeat(46);
    private static final EthType WAITING = EthType.of(0x88b6);
    private static final EthType SAID = EthType.of(0x88b7);
    private static final String FROM_TUNNEL = "load:1->NXM_NX_REG4[6]";
    private static final NetworkSnapshot SNAPSHOT = snapshot();
    private static final HostKey THERE =
            SNAPSHOT.host(Id.<Host>of("there")).orElseThrow().key();

    private static OvsFixture ovs;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final BlockingQueue<String> answered = new LinkedBlockingQueue<>();
    private final BlockingQueue<Route> routes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer.Result.Resolve> resolving = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer.Result.Advertised> advertised = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startSwitch() {
        ovs = OvsFixture.start();
        ovs.addBridge("br0");
        ovs.addPorts("br0", "p1");
    }

    @AfterAll
    static void stopSwitch() {
        ovs.close();
    }

    private static NetworkSnapshot snapshot() {
        NetworkModel model = ((NetworkFile.Valid) NetworkFile.parse("net.yaml", """
                hosts: [{name: here, tunnel_ip: "fd00::1"}, {name: there, tunnel_ip: "fd00::2"}]
                networks: [{id: net}, {id: out}]
                subnets: [{id: sub, network_id: net, ip_version: 6, cidr: "2001:db8::/64"}]
                routers: [{id: r1}]
                ports:
                - {id: vm1, network_id: net, mac_address: "02:00:00:00:00:01", binding:host_id: here}
                - {id: vm2, network_id: net, mac_address: "02:00:00:00:00:02", binding:host_id: there,
                   fixed_ips: [{subnet_id: sub, ip_address: "2001:db8::2"}]}
                """)).model();
        return NetworkSnapshot.EMPTY
                .edit()
                .model(model)
                .bind(Id.of("vm1"), OFPort.of(1))
                .host("here")
                .tunnel(Optional.of(new Tunnel(OFPort.of(9), Tunnel.Type.VXLAN)))
                .update()
                .after();
    }

    private static int vm1() {
        return SNAPSHOT.port(Id.<Port>of("vm1")).orElseThrow().key().value();
    }

    private final class App implements FlowApp {
        @Override
        public String name() {
            return "punting";
        }

        @Override
        public List<Derivation<?, ?, ?>> derivations() {
            return List.of();
        }

        @Override
        public Map<PuntReason, Answer> answers() {
            return Map.of(
                    SLOW, (packet, snapshot, moment) -> slow(), QUICK, (packet, snapshot, moment) -> quick(packet));
        }
    }

    private Answer.Result slow() {
        entered.countDown();
        try {
            if (!gate.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opens the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answered.add("slow");
        return new Answer.Result.Refuse(REFUSED);
    }

    private Answer.Result quick(org.flow6.flow.PacketIn packet) {
        routes.add(packet.route());
        answered.add(packet.inPort() + " " + packet.source().port().id() + " "
                + packet.frame().source());
        NetworkAddress neighbor = new NetworkAddress(Id.of("out"), IPv6Address.of("2001:db8::9"));
        if (packet.frame().type().equals(WAITING)) {
            return new Answer.Result.Resolve(
                    neighbor, Id.of("r1-out"), (same, snapshot, moment) -> new Answer.Result.Refuse(REFUSED));
        } else if (packet.frame().type().equals(SAID)) {
            return new Answer.Result.Advertised(neighbor, Id.of("vm1"), Optional.empty(), NdFlags.solicited(true));
        }
        return new Answer.Result.Send(List.of(PacketOut.to(packet.inPort(), packet.frame())));
    }

    /** Has the switch send packets to the controller, with these registers. */
    private static void punt(int count, int reason, int source, String frame, String... registers) {
        List<String> actions = new ArrayList<>(List.of(registers));
        actions.add("load:%d->NXM_NX_REG3[16..31]".formatted(reason));
        actions.add("load:0x%x->NXM_NX_REG1[]".formatted(source));
        actions.addAll(Collections.nCopies(count, "controller:65535"));
        ovs.ofctl("packet-out", "br0", "in_port=1 packet=" + frame + " actions=" + String.join(",", actions));
    }

    /** Of the one switch there is, and of which no neighbor answers. */
    private final class Origin implements Punts.Origin {
        @Override
        public NetworkSnapshot snapshot() {
            return SNAPSHOT;
        }

        @Override
        public void solicited(String app, Answer.Solicited solicited, Id<Port> asker) {
            throw new AssertionError(app + " solicits " + solicited);
        }

        @Override
        public void resolve(Answer.Result.Resolve question, WaitingPacket packet) {
            resolving.add(question);
            packet.unreachable().run();
        }

        @Override
        public void advertised(Answer.Result.Advertised said) {
            advertised.add(said);
        }

        @Override
        public void multicast(Answer.Result.Multicast said, Consumer<DropReason> drop) {
            throw new AssertionError(said);
        }
    }

    private interface Scene {
        void play(Punts punts) throws Exception;
    }

    private void with(Scene scene) throws Exception {
        try (Punts punts = new Punts(
                List.of(new App()), new FactStore(Optional.empty(), new ErrorLog(), new SharedFacts("a", List.of())))) {
            BlockingQueue<SwitchSession> connected = new LinkedBlockingQueue<>();
            SwitchListener listener = new SwitchListener() {
                @Override
                public void connected(SwitchSession session) {
                    connected.add(session);
                }

                @Override
                public void packetIn(SwitchSession session, PacketIn packet) {
                    punts.packetIn(session, packet, new Origin());
                }
            };
            Endpoint socket = new Endpoint.Unix(ovs.managementSocket("br0"));
            SwitchConnections connections = SwitchConnections.start(OpenFlowSettings.connecting(socket), listener);
            try {
                assertThat(connected.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
                scene.play(punts);
            } finally {
                gate.countDown();
                connections.close();
            }
        }
    }

    private String next() throws InterruptedException {
        String text = answered.poll(PATIENCE, TimeUnit.SECONDS);
        return text == null ? "nothing" : text;
    }

    @Test
    void tellsReasonAndSourceByRegisters() throws Exception {
        with(punts -> {
            punt(1, QUICK.code(), vm1(), FRAME);
            assertThat(next()).isEqualTo("1 vm1 02:00:00:00:00:01");
            assertThat(punts.received()).isEqualTo(Map.of("slow", 0L, "quick", 1L));
            assertThat(punts.overflowed()).isEqualTo(Map.of("slow", 0L, "quick", 0L));
        });
    }

    @Test
    void tellsTheWayOfARoutedPacketByRegisters() throws Exception {
        int out = SNAPSHOT.network(Id.<Network>of("out")).orElseThrow().key().value();
        String outNetwork = "load:0x%x->NXM_NX_REG0[]".formatted(out);
        String r1 = "load:0x%x->NXM_NX_REG7[]"
                .formatted(
                        SNAPSHOT.router(Id.<Router>of("r1")).orElseThrow().key().value());
        String ipv6 = "ffffffffffff" + "020000000001" + "86dd" + "00".repeat(46);
        String ipv4 = "ffffffffffff" + "020000000001" + "0800" + "00".repeat(46);
        with(punts -> {
            punt(1, QUICK.code(), vm1(), FRAME, "load:0xffffff->NXM_NX_REG0[]");
            punt(
                    1,
                    QUICK.code(),
                    vm1(),
                    ipv6,
                    outNetwork,
                    r1,
                    FROM_TUNNEL,
                    "set_field:fd00::2->tun_ipv6_src",
                    "set_field:0x20010db8000000000000000000000009->xxreg2");
            punt(
                    1,
                    QUICK.code(),
                    vm1(),
                    ipv4,
                    outNetwork,
                    "set_field:0x20010db8000000000000000000000009->xxreg2",
                    "load:0xc0000209->reg12");
            assertThat(routes.poll(PATIENCE, TimeUnit.SECONDS))
                    .isEqualTo(Route.none(SNAPSHOT.port(Id.<Port>of("vm1")).orElseThrow()));
            assertThat(routes.poll(PATIENCE, TimeUnit.SECONDS))
                    .isEqualTo(new Route(
                            Id.of("out"),
                            Optional.of(Id.of("r1")),
                            Optional.of(IPv6Address.of("2001:db8::9")),
                            Optional.of(THERE)));
            assertThat(routes.poll(PATIENCE, TimeUnit.SECONDS))
                    .isEqualTo(new Route(
                            Id.of("out"),
                            Optional.empty(),
                            Optional.of(IPv4Address.of("192.0.2.9")),
                            Optional.empty()));
        });
    }

    @Test
    void givesAwayWhatHasToWaitAndAnswersItLater() throws Exception {
        with(punts -> {
            punt(1, QUICK.code(), vm1(), FRAME.replace("88b5", "88b6"));
            Answer.Result.Resolve question = resolving.poll(PATIENCE, TimeUnit.SECONDS);
            assertThat(question.from()).isEqualTo(Id.of("r1-out"));
            assertThat(question.nextHop().address()).isEqualTo(IPv6Address.of("2001:db8::9"));
            punt(1, QUICK.code(), vm1(), FRAME.replace("88b5", "88b7"));
            assertThat(advertised.poll(PATIENCE, TimeUnit.SECONDS).from()).isEqualTo(Id.of("vm1"));
            assertThat(punts.drops()).isEqualTo(Map.of("refused", 1L));
        });
    }

    @Test
    void countsWhatAnAppRefuses() throws Exception {
        with(punts -> {
            gate.countDown();
            punt(2, SLOW.code(), vm1(), FRAME);
            punt(1, QUICK.code(), vm1(), FRAME);
            assertThat(List.of(next(), next(), next())).startsWith("slow", "slow");
            assertThat(punts.drops()).containsEntry("refused", 2L);
        });
    }

    @Test
    void dropsPacketsWithoutAKnownReasonOrSource() throws Exception {
        with(punts -> {
            punt(1, 0, vm1(), FRAME);
            punt(1, 30, vm1(), FRAME);
            punt(1, QUICK.code(), 0, FRAME);
            punt(1, QUICK.code(), vm1() + 1, FRAME);
            punt(1, QUICK.code(), vm1(), FRAME);
            assertThat(next()).startsWith("1 vm1");
            assertThat(answered).isEmpty();
            assertThat(punts.drops())
                    .containsEntry(Punts.UNDECODABLE.name(), 3L)
                    .containsEntry(Punts.UNKNOWN_SENDER.name(), 1L);
        });
    }

    /** VXLAN does not tell the port: the packet's addresses do, and it must be on the host that the packet is from. */
    @Test
    void findsTheSenderOnAnotherHost() throws Exception {
        String vm2 = ipv6("020000000002", "20010db8000000000000000000000002");
        String routed = ipv6("0200000000aa", "20010db8000000000000000000000002");
        String vm1 = ipv6("020000000001", "fe80000000000000000000fffe000001");
        String stranger = ipv6("0200000000bb", "20010db80000000000000000000000bb");
        with(punts -> {
            for (String frame : List.of(vm2, routed, vm1, stranger)) {
                punt(1, QUICK.code(), 0, frame, fromTunnel("fd00::2"));
            }
            punt(1, QUICK.code(), 0, vm2, fromTunnel("fd00::3"));
            punt(1, QUICK.code(), 0, vm2, FROM_TUNNEL, "set_field:fd00::2->tun_ipv6_src");
            punt(1, QUICK.code(), 0, FRAME.replace("020000000001", "020000000002"), fromTunnel("fd00::2"));
            assertThat(next()).isEqualTo("1 vm2 02:00:00:00:00:02");
            assertThat(next()).isEqualTo("1 vm2 02:00:00:00:00:aa");
            assertThat(next()).isEqualTo("1 vm2 02:00:00:00:00:02");
            assertThat(answered).isEmpty();
            assertThat(punts.drops()).containsEntry(Punts.UNKNOWN_SENDER.name(), 4L);
        });
    }

    private static String[] fromTunnel(String host) {
        int network =
                SNAPSHOT.network(Id.<Network>of("net")).orElseThrow().key().value();
        return new String[] {
            FROM_TUNNEL, "set_field:" + host + "->tun_ipv6_src", "set_field:%d->tun_id".formatted(network)
        };
    }

    private static String ipv6(String mac, String source) {
        return "0200000000ff" + mac + "86dd" + "6000000000003b40" + source + "20010db8000000000000000000000099";
    }

    @Test
    void dropsWhatIsNoFrame() throws Exception {
        with(punts -> {
            // OVS takes a VLAN tag for one though nothing follows it.
            punt(1, QUICK.code(), vm1(), "ffffffffffff" + "020000000001" + "8100" + "00");
            punt(1, QUICK.code(), vm1(), FRAME);
            assertThat(next()).startsWith("1 vm1");
            assertThat(punts.drops()).containsEntry(Punts.UNDECODABLE.name(), 1L);
        });
    }

    @Test
    void aFullQueueDropsAndLeavesOtherReasonsAlone() throws Exception {
        with(punts -> {
            punt(1, SLOW.code(), vm1(), FRAME);
            assertThat(entered.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
            // One is being answered, as many as the queue holds wait, the rest is too much.
            punt(QUEUE + 50, SLOW.code(), vm1(), FRAME);
            punt(1, QUICK.code(), vm1(), FRAME);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (!Long.valueOf(1).equals(punts.received().get("quick")) && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            gate.countDown();
            for (int i = 0; i < 1 + QUEUE; i++) {
                assertThat(next()).isEqualTo("slow");
            }
            assertThat(next()).startsWith("1 vm1");
            assertThat(punts.received()).isEqualTo(Map.of("slow", 1L + QUEUE + 50, "quick", 1L));
            assertThat(punts.overflowed()).isEqualTo(Map.of("slow", 50L, "quick", 0L));
        });
    }
}
