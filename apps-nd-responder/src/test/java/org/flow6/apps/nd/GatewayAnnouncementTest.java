package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flow6.flow.FlowApp;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Origin;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Tunnel;
import org.flow6.packets.Arp;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NeighborAdvertisement;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** What is said on a physical network when a gateway comes to a host of several. */
class GatewayAnnouncementTest {
    private static final Id<Host> A = Id.of("hostA");
    private static final Id<Host> B = Id.of("hostB");
    private static final String NETWORK = """
            hosts:
              - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet1]}
              - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet1]}
            networks: [{id: out, "router:external": true, "provider:network_type": flat, "provider:physical_network": physnet1}]
            subnets:
              - {id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64"}
              - {id: out4, network_id: out, ip_version: 4, cidr: 203.0.113.0/24}
            routers: [{id: r1, flow6: {gateway_hosts: [hostA, hostB]}}]
            ports:
              - {id: r1-out, network_id: out, mac_address: "02:00:00:00:01:02", device_owner: "network:router_gateway", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:e::2"}, {ip_address: 203.0.113.2}]}
            """;

    private static NetworkSnapshot on(Id<Host> host, Set<Id<Host>> unreachable) {
        return GoldenFlows.network(NETWORK, Map.of("provider/out", 7))
                .edit()
                .host(host.value())
                .tunnel(Optional.of(new Tunnel(OFPort.of(9), Tunnel.Type.GENEVE)))
                .unreachable(unreachable)
                .update()
                .after();
    }

    private static Stream<Origin> added(FlowCompiler compiler, NetworkUpdate update) {
        return compiler.update(update).added().stream()
                .map(flow -> flow.origin())
                .distinct();
    }

    private static FlowCompiler compiler(FlowApp app) {
        FlowCompiler compiler = new FlowCompiler(List.of(app));
        compiler.enable(app.name(), true);
        return compiler;
    }

    private static List<String> said(Stream<Origin> origins) {
        return origins.flatMap(origin -> origin.announcements().stream())
                .map(announcement -> {
                    Ethernet frame = announcement.packet().frame();
                    String times = " " + announcement.times() + " times";
                    return Arp.decode(frame) instanceof Decoded.Ok<Arp> arp
                            ? arp.value().senderAddress() + times
                            : said(Ipv6.decode(frame)
                                            .then(NeighborAdvertisement::validate)
                                            .orElseThrow())
                                    + times;
                })
                .sorted()
                .toList();
    }

    private static String said(NeighborAdvertisement advertisement) {
        assertThat(advertisement.flags().router()).isTrue();
        assertThat(advertisement.flags().solicited()).isFalse();
        assertThat(advertisement.flags().override()).isTrue();
        return advertisement.target().toString();
    }

    @Test
    void itsHostAloneSaysThatItHasIt() {
        for (Set<Id<Host>> lost : List.of(Set.<Id<Host>>of(), Set.of(A))) {
            Id<Host> active = lost.isEmpty() ? A : B;
            for (Id<Host> host : List.of(A, B)) {
                NetworkUpdate all = NetworkUpdate.all(on(host, lost));
                List<String> six = said(added(compiler(new NdResponder()), all));
                List<String> four = said(added(compiler(new Ipv4Responder()), all));
                if (host.equals(active)) {
                    assertThat(six).containsExactly("2001:db8:e::2 3 times", "fe80::ff:fe00:102 3 times");
                    assertThat(four).containsExactly("203.0.113.2 2 times");
                } else {
                    assertThat(six).isEmpty();
                    assertThat(four).isEmpty();
                }
            }
        }
    }

    /** It may have had the gateway for its own until it was heard of: switches must learn the way anew. */
    @Test
    void itIsSaidAgainWhenAStandbyIsFound() {
        FlowCompiler compiler = compiler(new NdResponder());
        NetworkSnapshot alone = on(A, Set.of(B));
        assertThat(said(added(compiler, NetworkUpdate.all(alone)))).hasSize(2);
        NetworkUpdate found = alone.edit().unreachable(Set.of()).update();
        assertThat(said(added(compiler, found))).hasSize(2);
        NetworkUpdate same =
                found.after().edit().unreachable(Set.of(Id.of("hostC"))).update();
        assertThat(said(added(compiler, same))).isEmpty();
    }
}
