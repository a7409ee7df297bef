package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdFlags;
import org.flow6.packets.NeighborAdvertisement;
import org.flow6.packets.NeighborSolicitation;
import org.flow6.packets.SolicitedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Who is answered on a network that is part of a physical network: on hostA, where router here has its gateway. */
class ProviderNetworkTest {
    private static final Moment NOW = new Moment(Instant.EPOCH, Facts.NONE);
    private static final MacAddress GATE = MacAddress.of("02:00:00:00:01:01");
    private static final MacAddress ASKER_MAC = MacAddress.of("02:00:00:00:aa:01");

    private static final String NETWORKS = """
            hosts:
            - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet1]}
            - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet1]}
            networks:
            - {id: ext, "router:external": true, "provider:network_type": flat, "provider:physical_network": physnet1}
            - {id: blue}
            subnets:
            - {id: ext6, network_id: ext, ip_version: 6, cidr: "2001:db8:e::/64", ipv6_ra_mode: slaac, ipv6_address_mode: slaac}
            - {id: ext4, network_id: ext, ip_version: 4, cidr: 198.51.100.0/24}
            - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:b::/64"}
            - {id: blue4, network_id: blue, ip_version: 4, cidr: 192.0.2.0/24}
            routers: [{id: here, flow6: {proxy_nd: true}}, {id: there, flow6: {proxy_nd: true}}]
            ports:
            - {id: vm1, network_id: ext, mac_address: "02:00:00:00:00:01", "binding:host_id": hostA, fixed_ips: [{ip_address: 198.51.100.11}]}
            - {id: vm2, network_id: ext, mac_address: "02:00:00:00:00:02", "binding:host_id": hostB, fixed_ips: [{ip_address: 198.51.100.12}]}
            - {id: vm3, network_id: blue, mac_address: "02:00:00:00:00:03", "binding:host_id": hostA,
               fixed_ips: [{ip_address: "2001:db8:b::13"}, {ip_address: 192.0.2.13}]}
            - {id: gate, network_id: ext, mac_address: "02:00:00:00:01:01", "binding:host_id": hostA, device_owner: "network:router_gateway",
               device_id: here, fixed_ips: [{ip_address: "2001:db8:e::9"}, {ip_address: 198.51.100.9}]}
            - {id: far, network_id: ext, mac_address: "02:00:00:00:01:02", "binding:host_id": hostB, device_owner: "network:router_gateway",
               device_id: there, fixed_ips: [{ip_address: "2001:db8:e::8"}, {ip_address: 198.51.100.8}]}
            - {id: side, network_id: ext, mac_address: "02:00:00:00:01:04", device_owner: "network:router_interface",
               device_id: here, fixed_ips: [{ip_address: "2001:db8:e::7"}]}
            - {id: inside, network_id: blue, mac_address: "02:00:00:00:01:03", device_owner: "network:router_interface", device_id: here,
               fixed_ips: [{ip_address: "2001:db8:b::1"}, {ip_address: 192.0.2.1}]}
            """;

    private static final NetworkSnapshot SNAPSHOT = GoldenFlows.network(
                    NETWORKS, Map.of("vm1", 1, "vm3", 3, "provider/ext", 9))
            .edit()
            .host("hostA")
            .update()
            .after();

    private static void keeps(FlowApp app) throws Exception {
        GoldenFlows.check("provider-network/" + app.name() + ".flows", GoldenFlows.flows(app, SNAPSHOT));
    }

    @Test
    void answersSolicitations() throws Exception {
        keeps(new NdResponder());
    }

    @Test
    void answersArpRequests() throws Exception {
        keeps(new Ipv4Responder());
    }

    @Test
    void advertisesRouters() throws Exception {
        keeps(new RouterAdvertiser());
    }

    @Test
    void answersPings() throws Exception {
        keeps(new Icmpv6Responder());
    }

    private static Answer.Result answer(String port, int ofPort, IPv6Address source, String target) {
        IPv6Address address = IPv6Address.of(target);
        IPv6Address group = SolicitedNode.of(address);
        Ethernet frame = Ethernet.of(
                MulticastMac.of(group),
                ASKER_MAC,
                Ipv6.of(255, source, group, new NeighborSolicitation(address, List.of())));
        PacketIn packet =
                new PacketIn(OFPort.of(ofPort), SNAPSHOT.port(Id.<Port>of(port)).orElseThrow(), frame);
        return NdAnswer.answer(packet, SNAPSHOT, NOW);
    }

    private static Answer.Result outside(String source, String target) {
        return answer("provider/ext", 9, IPv6Address.of(source), target);
    }

    private static NeighborAdvertisement said(Answer.Result result, MacAddress by) {
        assertThat(result).isInstanceOf(Answer.Result.Send.class);
        List<org.flow6.flow.PacketOut> packets = ((Answer.Result.Send) result).packets();
        assertThat(packets).hasSize(1);
        assertThat(packets.get(0).frame().source()).isEqualTo(by);
        return NeighborAdvertisement.validate(
                        Ipv6.decode(packets.get(0).frame()).orElseThrow())
                .orElseThrow();
    }

    @Test
    void tellsWhoIsOutsideOfWhatIsHere() {
        assertThat(said(outside("fe80::1", "2001:db8:e::ff:fe00:1"), MacAddress.of("02:00:00:00:00:01"))
                        .flags())
                .isEqualTo(new NdFlags(false, true, true));
        assertThat(said(outside("fe80::1", "2001:db8:e::9"), GATE).flags()).isEqualTo(new NdFlags(true, true, true));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:e::ff:fe00:2", "2001:db8:e::8", "2001:db8:e::7", "fe80::ff:fe00:102"})
    void leavesToOthersWhatIsTheirs(String target) {
        for (String source : List.of("fe80::1", "::")) {
            assertThat(outside(source, target)).isEqualTo(new Answer.Result.Send(List.of()));
        }
        // As ever, who is inside is told.
        assertThat(answer("vm1", 1, IPv6Address.of("fe80::1"), target))
                .isInstanceOfSatisfying(Answer.Result.Send.class, send -> assertThat(send.packets())
                        .hasSize(1));
    }

    /** Also where the router has another port on that network: what is on it is not behind the router. */
    @Test
    void noRouterAnswersForItsGatewaysOwnNetwork() {
        for (String address : List.of("2001:db8:e::8", "2001:db8:e::9", "2001:db8:e::ff:fe00:2", "198.51.100.12")) {
            assertThat(SNAPSHOT.address(new NetworkAddress(Id.of("ext"), IPAddress.of(address))))
                    .hasValueSatisfying(view -> assertThat(view.proxies()).isEmpty());
        }
    }

    @Test
    void aRouterAnswersForWhatIsBehindIt() {
        for (String target : List.of("2001:db8:b::13", "2001:db8:b::1")) {
            assertThat(said(outside("fe80::1", target), GATE).flags())
                    .as("RFC 4861 §7.2.8")
                    .isEqualTo(new NdFlags(true, true, false));
            assertThat(said(outside("::", target), GATE).flags()).isEqualTo(new NdFlags(true, false, false));
        }
        for (String nobody : List.of("2001:db8:b::99", "fe80::ff:fe00:3", "2001:db8:c::1")) {
            assertThat(outside("fe80::1", nobody)).isEqualTo(new Answer.Result.Refuse(DropReason.ND_UNKNOWN_TARGET));
        }
    }
}
