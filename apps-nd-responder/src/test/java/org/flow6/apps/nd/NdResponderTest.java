package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Announcement;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.AddressClaim;
import org.flow6.network.Id;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NeighborAdvertisement;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U128;

class NdResponderTest {
    private static final NdResponder APP = new NdResponder();
    private static final List<Flow> FLOWS = GoldenFlows.flows(APP, Nets.SNAPSHOT);

    private static PortKey key(String port) {
        return Nets.SNAPSHOT.port(Id.<Port>of(port)).orElseThrow().key();
    }

    private static NetworkKey network(String port) {
        return Nets.SNAPSHOT.port(Id.<Port>of(port)).orElseThrow().networkKey();
    }

    private static boolean matches(Flow flow, Field<?> field, U128 value) {
        return flow.match().terms().stream()
                .filter(term -> term.field().equals(field))
                .findFirst()
                .map(term -> value.applyMask(term.mask()).equals(term.value()))
                .orElse(true);
    }

    /**
     * What becomes of a valid solicitation with a source link-layer address and nothing else in it, that a port sends
     * about a target.
     */
    private static List<Action> fate(List<Flow> flows, String from, int inPort, String target, boolean sourceAddress) {
        Optional<Flow> flow = flows.stream()
                .filter(one -> one.table() == Table.ND_SOLICITATION)
                .filter(one -> matches(one, Field.IN_PORT, Field.IN_PORT.encode(OFPort.of(inPort))))
                .filter(one -> matches(one, Field.NETWORK, Field.NETWORK.encode(network(from))))
                .filter(one -> matches(one, Field.ND_TARGET, Field.ND_TARGET.encode(IPv6Address.of(target))))
                .filter(one -> matches(one, Field.ND_OPTIONS_TYPE, U128.of(0, sourceAddress ? 1 : 0)))
                .filter(one -> matches(one, Field.LARGER, U128.ZERO))
                .max(Comparator.comparing(Flow::priority));
        return flow.map(Flow::actions).orElse(List.of(Action.drop(DropReason.ND_UNKNOWN_TARGET)));
    }

    private static List<Action> fate(String from, String target, boolean sourceAddress) {
        return fate(FLOWS, from, Nets.BINDINGS.getOrDefault(from, 0), target, sourceAddress);
    }

    private static void answers(String from, String target, String mac, boolean router) {
        List<Action> actions = fate(from, target, true);
        assertThat(actions)
                .as(target)
                .contains(
                        Action.set(Field.ETH_SRC, MacAddress.of(mac)),
                        Action.set(Field.IPV6_SRC, IPv6Address.of(target)),
                        Action.set(Field.ND_RESERVED, router ? 0xe0000000L : 0x60000000L))
                .endsWith(Action.goTo(Table.ND_ADVERTISEMENT));
        assertThat(fate(from, target, false)).containsExactly(Action.punt(NdResponder.PUNT));
    }

    private static void asks(String from, String target, String... ports) {
        List<PortKey> keys = IntStream.range(0, ports.length)
                .mapToObj(i -> key(ports[i]))
                .sorted()
                .toList();
        assertThat(fate(from, target, true)).as(target).isEqualTo(Action.deliverToEach(keys));
        assertThat(fate(from, target, false)).isEqualTo(Action.deliverToEach(keys));
    }

    @Test
    void keepsItsFlows() throws Exception {
        GoldenFlows.check("nd-responder.flows", FLOWS);
    }

    @Test
    void answersForAddressesThatOnePortHas() {
        answers("vm1", "2001:db8:1::12", "02:00:00:00:00:02", false);
        answers("vm1", "fe80::ff:fe00:2", "02:00:00:00:00:02", false);
        answers("vm1", "2001:db8:1::14", "02:00:00:00:00:04", false);
        // A port that is bound on another host, and one without port security.
        answers("vm1", "2001:db8:1::17", "02:00:00:00:00:07", false);
        answers("vm1", "2001:db8:1::16", "02:00:00:00:00:06", false);
    }

    @Test
    void answersForRoutersAsRouters() {
        answers("vm1", "2001:db8:1::1", "02:00:00:00:00:09", true);
        answers("vm1", "fe80::ff:fe00:9", "02:00:00:00:00:09", true);
    }

    @Test
    void answersForAllowedAddressesOfOnePort() {
        answers("vm1", "2001:db8:1::a2", "02:00:00:00:00:02", false);
    }

    @Test
    void asksThoseWhoShareAnAddress() {
        asks("vm1", "2001:db8:1::77", "vm2", "vm3");
        asks("vm4", "2001:db8:1::11", "vm1", "vm3");
    }

    @Test
    void asksTheOthersWhoShareAnAddressAboutOnesOwn() {
        // OVS sends nothing back by the port that it came in by: vm1's duplicate check reaches vm3, who may have it.
        asks("vm1", "2001:db8:1::11", "vm1", "vm3");
        asks("vm2", "2001:db8:1::77", "vm2", "vm3");
    }

    @Test
    void leavesAPortsQuestionAboutItselfUnanswered() {
        assertThat(fate("vm2", "2001:db8:1::12", true)).containsExactly(Action.drop(NdDrop.OWN));
        assertThat(fate("vm2", "2001:db8:1::12", false)).containsExactly(Action.drop(NdDrop.OWN));
        assertThat(fate("vm2", "fe80::ff:fe00:2", false)).containsExactly(Action.drop(NdDrop.OWN));
    }

    @Test
    void asksPortsThatMayOwnAnythingAboutUnknownTargets() {
        // A router's port has no port security.
        asks("vm1", "2001:db8:1::99", "vm5", "free", "router");
        asks("vm1", "fe80::1234", "vm5", "free", "router");
        // The longer prefix's ports, and those of the shorter one.
        asks("vm1", "2001:db8:1:0:f::1", "vm4", "vm5", "free", "router");
    }

    /** A host may have lost its duplicate check to one that is not guarded, so nobody answers for it. */
    @Test
    void asksThePortThatClaimedAnAddress() throws Exception {
        AddressClaim claim = new AddressClaim(
                Id.of("blue"), IPv6Address.of("fe80::1234"), Id.of("vm1"), Instant.parse("2026-01-01T00:00:00Z"));
        List<Flow> claimed = GoldenFlows.flows(
                APP, Nets.SNAPSHOT.edit().claim(claim).update().after());
        List<PortKey> asked = Stream.of("vm1", "vm5", "free", "router")
                .map(NdResponderTest::key)
                .sorted()
                .toList();
        for (boolean sourceAddress : List.of(true, false)) {
            assertThat(fate(claimed, "vm2", 2, "fe80::1234", sourceAddress)).isEqualTo(Action.deliverToEach(asked));
        }
        List<Flow> more = claimed.stream().filter(flow -> !FLOWS.contains(flow)).toList();
        GoldenFlows.check("nd-responder-claim.flows", more);
        assertThat(FLOWS).allMatch(claimed::contains);
    }

    @Test
    void claimsNothingForPortsThatAreDownNorForIpv4() {
        asks("vm1", "2001:db8:1::18", "vm5", "free", "router");
        assertThat(FLOWS.toString()).doesNotContain("ipv4");
    }

    @Test
    void networksKeepToThemselves() {
        assertThat(fate("red1", "2001:db8:1::12", true)).containsExactly(Action.drop(DropReason.ND_UNKNOWN_TARGET));
        assertThat(fate("red1", "2001:db8:1::99", true)).containsExactly(Action.drop(DropReason.ND_UNKNOWN_TARGET));
    }

    @Test
    void refusesMulticastTargets() {
        assertThat(fate("vm1", "ff02::1", true)).containsExactly(Action.drop(NdDrop.TARGET));
    }

    @Test
    void floodsWhatMorePortsMayOwnThanOneFlowHolds() {
        int many = 2000;
        String ports = IntStream.range(0, many)
                .mapToObj(i -> ("  - {id: p%d, network_id: blue, mac_address: \"02:00:00:00:%02x:%02x\","
                                + " port_security_enabled: false}")
                        .formatted(i, i >> 8, i & 0xff))
                .collect(Collectors.joining("\n"));
        NetworkSnapshot snapshot = GoldenFlows.network(
                "networks: [{id: blue}]\nports:\n" + ports + "\n",
                IntStream.range(0, many).boxed().collect(Collectors.toMap(i -> "p" + i, i -> i + 1)));
        List<Flow> flows = GoldenFlows.flows(APP, snapshot);
        assertThat(flows.stream().mapToInt(flow -> flow.actions().size()).max().orElse(0))
                .isLessThan(1000);
        assertThat(flows)
                .contains(Flow.of(
                        Table.ND_SOLICITATION,
                        Priority.rank(2),
                        SolicitationChecks.VALID.and(
                                Field.NETWORK,
                                snapshot.port(Id.<Port>of("p0")).orElseThrow().networkKey()),
                        Action.goTo(Table.FLOOD)));
    }

    @Test
    void announcesThePortsOwnAddresses() {
        FlowCompiler compiler = new FlowCompiler(List.of(APP));
        compiler.update(NetworkUpdate.all(Nets.SNAPSHOT));
        List<Announcement> announcements = compiler.enable(APP.name(), true).added().stream()
                .map(OwnedFlow::origin)
                .distinct()
                .flatMap(origin -> origin.announcements().stream())
                .toList();
        // Link-local and fixed address of each bound port that is up, of red1 the link-local one.
        assertThat(announcements).hasSize(7 * 2 + 1);
        Announcement router = announcements.stream()
                .filter(one -> advertisement(one).target().equals(IPv6Address.of("2001:db8:1::1")))
                .findFirst()
                .orElseThrow();
        NeighborAdvertisement advertisement = advertisement(router);
        assertThat(advertisement.flags().router()).isTrue();
        assertThat(advertisement.flags().solicited()).isFalse();
        assertThat(advertisement.flags().override()).isTrue();
        assertThat(advertisement.targetLinkLayerAddress()).contains(MacAddress.of("02:00:00:00:00:09"));
        assertThat(router.packet().inPort()).isEqualTo(OFPort.of(9));
        assertThat(router.packet().actions())
                .containsExactly(
                        Action.set(Field.NETWORK, network("router")),
                        Action.resubmit(Table.FLOOD),
                        Action.resubmit(Table.FLOOD_HOSTS));
        assertThat(router.times()).isEqualTo(3);
        assertThat(router.packet().frame().destination()).isEqualTo(MacAddress.of("33:33:00:00:00:01"));
    }

    private static NeighborAdvertisement advertisement(Announcement announcement) {
        return Ipv6.decode(announcement.packet().frame())
                .then(NeighborAdvertisement::validate)
                .orElseThrow();
    }

    @Test
    void aPortThatMovesIsAnnouncedAnew() {
        FlowCompiler compiler = new FlowCompiler(List.of(APP));
        compiler.update(NetworkUpdate.all(Nets.SNAPSHOT));
        compiler.enable(APP.name(), true);
        NetworkUpdate moved =
                Nets.SNAPSHOT.edit().bind(Id.of("vm2"), OFPort.of(22)).update();
        assertThat(compiler.update(moved).added().stream()
                        .map(OwnedFlow::origin)
                        .flatMap(origin -> origin.announcements().stream())
                        .map(one -> advertisement(one).target()))
                .containsExactlyInAnyOrder(IPv6Address.of("2001:db8:1::12"), IPv6Address.of("fe80::ff:fe00:2"));
    }

    /** Solicitations do not cross tunnels: whose address it is, is known here. */
    @Test
    void answersForPortsOfOtherHosts() {
        NetworkSnapshot snapshot = GoldenFlows.network("""
                        hosts: [{name: hostA, tunnel_ip: "fd00::1"}, {name: hostB, tunnel_ip: "fd00::2"}]
                        networks: [{id: n}]
                        subnets: [{id: s, network_id: n, ip_version: 6, cidr: "2001:db8:5::/64"}]
                        ports:
                          - {id: here, network_id: n, mac_address: "02:00:00:00:05:01", "binding:host_id": hostA}
                          - {id: there, network_id: n, mac_address: "02:00:00:00:05:02", "binding:host_id": hostB,
                             fixed_ips: [{ip_address: "2001:db8:5::2"}]}
                        """, Map.of("here", 1))
                .edit()
                .host("hostA")
                .update()
                .after();
        U128 target = Field.ND_TARGET.encode(IPv6Address.of("2001:db8:5::2"));
        assertThat(GoldenFlows.flows(APP, snapshot).stream()
                        .filter(flow -> flow.match().terms().stream()
                                .anyMatch(term -> term.value().equals(target)))
                        .max(Comparator.comparing(Flow::priority))
                        .orElseThrow()
                        .actions())
                .contains(Action.set(Field.ETH_SRC, MacAddress.of("02:00:00:00:05:02")))
                .endsWith(Action.goTo(Table.ND_ADVERTISEMENT));
    }
}
