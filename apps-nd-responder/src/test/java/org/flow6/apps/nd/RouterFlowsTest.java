package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Match;
import org.flow6.flow.Table;
import org.flow6.network.NetworkKey;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.U128;

/** The flows of the two apps for routers, and what becomes of packets by them. */
class RouterFlowsTest {
    private static final List<Flow> ADVERTISER = GoldenFlows.flows(new RouterAdvertiser(), RouterNets.SNAPSHOT);
    private static final List<Flow> RESPONDER = GoldenFlows.flows(new Icmpv6Responder(), RouterNets.SNAPSHOT);
    private static final List<Action> PASSES = List.of();
    private static final MacAddress HOST = MacAddress.of("02:00:00:00:00:01");
    private static final MacAddress R1 = RouterNets.R1_MAC;
    private static final MacAddress R2 = MacAddress.of("02:00:00:00:02:02");
    private static final MacAddress GATEWAY = MacAddress.of("02:00:00:00:03:03");

    private static NetworkKey key(String network) {
        return RouterNets.view(RouterNets.SNAPSHOT, network).key();
    }

    /** An ICMPv6 packet as flows see it. */
    private static final class Packet {
        private final Map<Field<?>, U128> fields = new LinkedHashMap<>();

        static Packet of(String network, MacAddress to, String source, String destination, int type) {
            return new Packet()
                    .with(Field.NETWORK, key(network))
                    .with(Field.ETH_TYPE, 0x86dd)
                    .with(Field.ETH_DST, to)
                    .with(Field.IP_PROTO, 58)
                    .with(Field.IP_FRAG, 0)
                    .with(Field.HOP_LIMIT, 255)
                    .with(Field.IPV6_SRC, IPv6Address.of(source))
                    .with(Field.IPV6_DST, IPv6Address.of(destination))
                    .with(Field.ICMPV6_TYPE, type)
                    .with(Field.ICMPV6_CODE, 0);
        }

        <T> Packet with(Field<T> field, T value) {
            fields.put(field, field.encode(value));
            return this;
        }

        List<Action> fate(List<Flow> flows, Table table) {
            Optional<Flow> flow = flows.stream()
                    .filter(one -> one.table() == table)
                    .filter(one -> one.match().terms().stream().allMatch(this::holds))
                    .max(Comparator.comparing(Flow::priority));
            return flow.map(Flow::actions).orElse(PASSES);
        }

        private boolean holds(Match.Term term) {
            U128 value = fields.getOrDefault(term.field(), U128.ZERO);
            return value.applyMask(term.mask()).equals(term.value());
        }
    }

    private static List<Action> solicits(String network, MacAddress to, String destination, int type) {
        return Packet.of(network, to, "fe80::1", destination, type).fate(ADVERTISER, Table.BASE_ICMPV6);
    }

    private static List<Action> checked(Packet packet) {
        return packet.fate(ADVERTISER, Table.ROUTER_DISCOVERY);
    }

    private static Packet solicitation() {
        return Packet.of("blue", MacAddress.of("33:33:00:00:00:02"), "fe80::1", "ff02::2", 133);
    }

    private static List<Action> pinged(Packet packet) {
        return packet.fate(RESPONDER, Table.SERVICES);
    }

    private static Packet ping(String network, MacAddress to, String source, String destination) {
        return Packet.of(network, to, source, destination, 128);
    }

    @Test
    void keepTheirFlows() throws Exception {
        GoldenFlows.check("router-advertisement.flows", ADVERTISER);
        GoldenFlows.check("icmpv6-responder.flows", RESPONDER);
    }

    @Test
    void takeSolicitationsToRoutersThatAdvertiseThemselves() {
        List<Action> taken = List.of(Action.goTo(Table.ROUTER_DISCOVERY));
        assertThat(solicits("blue", MacAddress.of("33:33:00:00:00:02"), "ff02::2", 133)).isEqualTo(taken);
        assertThat(solicits("blue", MacAddress.of("33:33:00:00:00:01"), "ff02::1", 133)).isEqualTo(taken);
        assertThat(solicits("blue", R1, "fe80::ff:fe00:101", 133)).isEqualTo(taken);
        assertThat(solicits("blue", R2, "2001:db8:1::2", 133)).isEqualTo(taken);
    }

    @Test
    void passOtherSolicitations() {
        assertThat(solicits("blue", HOST, "fe80::9", 133)).isEqualTo(PASSES);
        assertThat(solicits("blue", GATEWAY, "2001:db8:1::3", 133)).isEqualTo(PASSES);
        // Red's router does not advertise itself: another one may be there.
        assertThat(solicits("red", MacAddress.of("33:33:00:00:00:02"), "ff02::2", 133)).isEqualTo(PASSES);
        assertThat(solicits("red", R1, "fe80::ff:fe00:101", 133)).isEqualTo(PASSES);
        assertThat(solicits("green", MacAddress.of("33:33:00:00:00:02"), "ff02::2", 133)).isEqualTo(PASSES);
    }

    @Test
    void takeInverseSolicitationsToEveryRouter() {
        List<Action> taken = List.of(Action.goTo(Table.ROUTER_DISCOVERY));
        assertThat(solicits("blue", R1, "ff02::1", 141)).isEqualTo(taken);
        assertThat(solicits("blue", GATEWAY, "ff02::1", 141)).isEqualTo(taken);
        assertThat(solicits("red", R1, "ff02::1", 141)).isEqualTo(taken);
        assertThat(solicits("red", R2, "ff02::1", 141)).isEqualTo(PASSES);
        assertThat(solicits("green", R1, "ff02::1", 141)).isEqualTo(PASSES);
    }

    /** RFC 4861 §6.1.1, RFC 6980 §5. */
    @Test
    void checkSolicitations() {
        assertThat(checked(solicitation())).containsExactly(Action.punt(RouterAdvertiser.SOLICITATION));
        assertThat(checked(solicitation().with(Field.IPV6_SRC, IPv6Address.NONE)))
                .containsExactly(Action.punt(RouterAdvertiser.SOLICITATION));
        assertThat(checked(solicitation().with(Field.HOP_LIMIT, 254)))
                .containsExactly(Action.drop(RouterDrop.HOP_LIMIT));
        assertThat(checked(solicitation().with(Field.ICMPV6_CODE, 1))).containsExactly(Action.drop(RouterDrop.CODE));
        assertThat(checked(solicitation().with(Field.IP_FRAG, 1))).containsExactly(Action.drop(RouterDrop.FRAGMENT));
        assertThat(checked(solicitation().with(Field.IPV6_SRC, IPv6Address.of("ff02::5"))))
                .containsExactly(Action.drop(RouterDrop.SOURCE));
    }

    /** RFC 3122 §4.3.1. */
    @Test
    void checkInverseSolicitations() {
        Packet valid = Packet.of("blue", R1, "fe80::1", "ff02::1", 141);
        assertThat(checked(valid)).containsExactly(Action.punt(RouterAdvertiser.INVERSE));
        assertThat(checked(valid.with(Field.HOP_LIMIT, 1))).containsExactly(Action.drop(RouterDrop.INVERSE));
    }

    @Test
    void answerPingsOfEveryAddressOfARouter() {
        for (String address :
                List.of("2001:db8:1::1", "2001:db8:2::1", "2001:db8:3::1", "fe80::ff:fe00:101")) {
            assertThat(pinged(ping("blue", R1, "2001:db8:2::11", address)))
                    .as(address)
                    .contains(
                            Action.set(Field.ETH_SRC, R1),
                            Action.set(Field.IPV6_SRC, IPv6Address.of(address)),
                            Action.set(Field.ICMPV6_TYPE, 129),
                            Action.set(Field.HOP_LIMIT, 64))
                    .endsWith(Action.outputInPort());
        }
        assertThat(pinged(ping("blue", GATEWAY, "2001:db8:2::11", "2001:db8:1::3"))).endsWith(Action.outputInPort());
        assertThat(pinged(ping("red", R1, "2001:db8:8::11", "2001:db8:8::1"))).endsWith(Action.outputInPort());
    }

    @Test
    void passPingsOfOthers() {
        assertThat(pinged(ping("blue", R1, "2001:db8:2::11", "2001:db8:1::2"))).isEqualTo(PASSES);
        assertThat(pinged(ping("blue", HOST, "2001:db8:2::11", "2001:db8:1::1"))).isEqualTo(PASSES);
        assertThat(pinged(ping("red", R1, "2001:db8:8::11", "2001:db8:1::1"))).isEqualTo(PASSES);
        assertThat(pinged(ping("green", MacAddress.of("33:33:00:00:00:02"), "2001:db8:9::11", "ff02::2")))
                .isEqualTo(PASSES);
        assertThat(pinged(ping("blue", MacAddress.of("33:33:00:00:00:fb"), "2001:db8:2::11", "ff02::fb")))
                .isEqualTo(PASSES);
    }

    /** RFC 4443 §2.2, RFC 6724 §5: each router by the address that suits the asker. */
    @Test
    void answerPingsOfAllRouters() {
        MacAddress mac = MacAddress.of("33:33:00:00:00:02");
        assertThat(sources(pinged(ping("blue", mac, "2001:db8:2::11", "ff02::2"))))
                .containsExactlyInAnyOrder("2001:db8:2::1", "2001:db8:1::2", "2001:db8:1::3");
        assertThat(sources(pinged(ping("blue", mac, "fe80::11", "ff02::2"))))
                .containsExactlyInAnyOrder("fe80::ff:fe00:101", "fe80::ff:fe00:202", "fe80::ff:fe00:303");
        assertThat(sources(pinged(ping("blue", mac, "2600::11", "ff02::2"))))
                .containsExactlyInAnyOrder("2001:db8:1::1", "2001:db8:1::2", "2001:db8:1::3");
    }

    private static List<String> sources(List<Action> actions) {
        return actions.stream()
                .filter(action -> action instanceof Action.Set set && set.field().equals(Field.IPV6_SRC))
                .map(action -> ((Action.Set) action).value())
                .map(value -> IPv6Address.of(value.getMsb(), value.getLsb()).toString())
                .toList();
    }

    @Test
    void letPingsOfAllNodesReachTheOthersToo() {
        MacAddress mac = MacAddress.of("33:33:00:00:00:01");
        List<Action> actions = pinged(ping("blue", mac, "fe80::11", "ff02::1"));
        assertThat(actions).startsWith(Action.resubmit(Table.BRIDGE)).endsWith(Action.outputInPort());
        assertThat(sources(actions)).hasSize(3);
        assertThat(pinged(ping("blue", mac, "fe80::11", "ff02::1").with(Field.IP_FRAG, 1)))
                .containsExactly(Action.resubmit(Table.BRIDGE), Action.punt(Icmpv6Responder.FRAGMENT));
    }

    @Test
    void dropPingsThatHaveNoAnswer() {
        for (MacAddress mac : List.of(R1, MacAddress.of("33:33:00:00:00:02"))) {
            String destination = mac.equals(R1) ? "2001:db8:1::1" : "ff02::2";
            assertThat(pinged(ping("blue", mac, "ff02::9", destination)))
                    .containsExactly(Action.drop(EchoDrop.SOURCE));
            assertThat(pinged(ping("blue", mac, "::", destination))).containsExactly(Action.drop(EchoDrop.SOURCE));
            assertThat(pinged(ping("blue", mac, "fe80::11", destination).with(Field.ICMPV6_CODE, 3)))
                    .containsExactly(Action.drop(EchoDrop.CODE));
        }
    }

    @Test
    void puntPingsInFragments() {
        Packet first = ping("blue", R1, "2001:db8:2::11", "2001:db8:1::1").with(Field.IP_FRAG, 1);
        assertThat(pinged(first)).containsExactly(Action.punt(Icmpv6Responder.FRAGMENT));
        Packet later = first.with(Field.IP_FRAG, 3).with(Field.IP_PROTO, 44);
        assertThat(pinged(later)).containsExactly(Action.punt(Icmpv6Responder.FRAGMENT));
        assertThat(pinged(later.with(Field.IPV6_DST, IPv6Address.of("2001:db8:7::1")))).isEqualTo(PASSES);
    }

    @Test
    void haveReasonsOfTheirOwn() {
        List<FlowApp> apps = List.of(new NdResponder(), new RouterAdvertiser(), new Icmpv6Responder());
        assertThat(new org.flow6.flow.Pipeline(apps).drops()).containsAll(RouterDrop.ALL).containsAll(EchoDrop.ALL);
    }
}
