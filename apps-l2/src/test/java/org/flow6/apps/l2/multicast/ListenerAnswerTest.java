package org.flow6.apps.l2.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.flow.Answer.Result;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketIn.Route;
import org.flow6.network.Facts;
import org.flow6.network.HostKey;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortView;
import org.flow6.network.Receiver;
import org.flow6.network.Snooper;
import org.flow6.network.Tunnel;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.Mld;
import org.flow6.packets.Mldv2Query;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.MulticastRouterDiscovery;
import org.flow6.packets.RouterAlert;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Who is believed what about multicast. */
class ListenerAnswerTest {
    private static final String NETWORK = """
            hosts:
              - {name: hostA, tunnel_ip: "fd00::1"}
              - {name: hostB, tunnel_ip: "fd00::2"}
            networks: [{id: blue, flow6: {trusted_router: [router]}}]
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", "binding:host_id": hostA}
              - {id: router, network_id: blue, mac_address: "02:00:00:00:00:04", "binding:host_id": hostA}
              - {id: there, network_id: blue, mac_address: "02:00:00:00:00:05", "binding:host_id": hostB}
            """;
    private static final NetworkSnapshot SNAPSHOT = GoldenFlows.network(NETWORK, Map.of("vm1", 1, "router", 4))
            .edit()
            .host("hostA")
            .tunnel(Optional.of(new Tunnel(OFPort.of(99), Tunnel.Type.GENEVE)))
            .update()
            .after();
    private static final Moment MOMENT = new Moment(Instant.EPOCH, Facts.NONE);
    private static final IPv6Address GROUP = IPv6Address.of("ff15::77");
    private static final Mldv2Report REPORT = new Mldv2Report(List.of(new GroupRecord(4, GROUP, List.of())));
    private static final Mldv2Query QUERY = Mldv2Query.of(1000, IPv6Address.NONE, 2, 125, List.of());
    private static final MulticastRouterDiscovery ADVERTISEMENT =
            new MulticastRouterDiscovery.Advertisement(20, 125, 2);

    private static PortView port(String id) {
        return SNAPSHOT.port(Id.of(id)).orElseThrow();
    }

    private static PacketIn packet(String port, Ipv6 packet) {
        PortView source = port(port);
        MacAddress mac = source.port().macAddress();
        return new PacketIn(OFPort.of(1), source, Ethernet.of(MulticastMac.of(packet.destination()), mac, packet));
    }

    private static Ipv6 from(String port, Icmpv6 message) {
        IPv6Address source = LinkLocal.of(port(port).port().macAddress());
        return RouterAlert.packet(source, LinkLocalMulticast.MLDV2_ROUTERS, message);
    }

    private static PacketIn fromHost(MacAddress mac) {
        PortView there = port("there");
        HostKey host = there.remoteHost().orElseThrow();
        Route route = new Route(Id.of("blue"), Optional.empty(), Optional.empty(), Optional.of(host));
        Ipv6 packet = RouterAlert.packet(LinkLocal.of(mac), LinkLocalMulticast.MLDV2_ROUTERS, REPORT);
        return new PacketIn(
                OFPort.of(99),
                there,
                Optional.empty(),
                route,
                Ethernet.of(MulticastMac.of(packet.destination()), mac, packet));
    }

    @Test
    void aHostIsBelievedWhatItListensTo() {
        for (Mld message : List.of(REPORT, new Mld.Report(GROUP), new Mld.Done(GROUP))) {
            assertThat(ListenerAnswer.report(packet("vm1", from("vm1", message)), SNAPSHOT, MOMENT))
                    .isEqualTo(new Result.Multicast(
                            Id.of("blue"),
                            new Receiver.OnPort(Id.of("vm1")),
                            IPv6Address.of("fe80::ff:fe00:1"),
                            message));
        }
    }

    @Test
    void reportsThatBreakTheRulesAreRefused() {
        Result refused = new Result.Refuse(MulticastDrop.REPORT);
        Ipv6 unalerted = Ipv6.of(1, IPv6Address.of("fe80::1"), LinkLocalMulticast.MLDV2_ROUTERS, REPORT);
        Ipv6 global = RouterAlert.packet(IPv6Address.of("2001:db8::1"), LinkLocalMulticast.MLDV2_ROUTERS, REPORT);
        for (Ipv6 packet : List.of(unalerted, global, from("vm1", QUERY), from("vm1", ADVERTISEMENT))) {
            assertThat(ListenerAnswer.report(packet("vm1", packet), SNAPSHOT, MOMENT))
                    .isEqualTo(refused);
        }
        assertThat(ListenerAnswer.query(packet("router", from("router", REPORT)), SNAPSHOT, MOMENT))
                .isEqualTo(refused);
    }

    /** RFC 4541 §2.1.1: a host that says that it is a router would get all multicast there is. */
    @Test
    void routersAreWhoMayRoute() {
        for (String name : List.of("vm1", "router")) {
            Result query = ListenerAnswer.query(packet(name, from(name, QUERY)), SNAPSHOT, MOMENT);
            Result router = ListenerAnswer.router(packet(name, from(name, ADVERTISEMENT)), SNAPSHOT, MOMENT);
            if (name.equals("router")) {
                assertThat(query).isInstanceOf(Result.Multicast.class);
                assertThat(router).isInstanceOf(Result.Multicast.class);
            } else {
                assertThat(List.of(query, router)).containsOnly(new Result.Refuse(MulticastDrop.QUERIER));
            }
        }
        assertThat(ListenerAnswer.router(packet("router", from("router", QUERY)), SNAPSHOT, MOMENT))
                .isEqualTo(new Result.Refuse(MulticastDrop.ROUTER));
    }

    @Test
    void anotherHostIsBelievedWhatItsFlow6Says() {
        MacAddress own = Snooper.on(port("there").networkKey()).mac();
        assertThat(ListenerAnswer.report(fromHost(own), SNAPSHOT, MOMENT))
                .isInstanceOfSatisfying(Result.Multicast.class, said -> assertThat(said.from())
                        .isEqualTo(new Receiver.OnHost(Id.of("hostB"))));
        assertThat(ListenerAnswer.report(fromHost(MacAddress.of("02:00:00:00:00:05")), SNAPSHOT, MOMENT))
                .isEqualTo(new Result.Refuse(MulticastDrop.HOST));
    }
}
