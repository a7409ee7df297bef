package org.flow6.apps.l3.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketIn.Route;
import org.flow6.flow.PacketOut;
import org.flow6.flow.PuntReason;
import org.flow6.network.Facts;
import org.flow6.network.HostKey;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.packets.Bytes;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Icmpv6Error;
import org.flow6.packets.Ipv4;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NextHeader;
import org.flow6.packets.Udp;
import org.flow6.packets.UpperLayer;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Packets of vm1, on blue, as a router's flows punt them: red, whose MTU is 1280, is behind r1, and green behind r2. */
final class Punted {
    private static final String YAML = """
            networks: [{id: blue, mtu: 1500}, {id: red, mtu: 1280}, {id: green}]
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1"}
              - {id: blue7, network_id: blue, ip_version: 6, cidr: "2001:db8:7::/64", gateway_ip: "2001:db8:7::1"}
              - {id: blue4, network_id: blue, ip_version: 4, cidr: "192.0.2.0/24", gateway_ip: 192.0.2.1}
              - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64", gateway_ip: "2001:db8:2::1"}
              - {id: red4, network_id: red, ip_version: 4, cidr: "198.51.100.0/24", gateway_ip: 198.51.100.1}
              - {id: green6, network_id: green, ip_version: 6, cidr: "2001:db8:3::/64", gateway_ip: "2001:db8:3::1"}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01",
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}, {subnet_id: blue4, ip_address: 192.0.2.11}],
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "00:00:5e:00:02:01"}]}
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: blue7, ip_address: "2001:db8:7::1"}, {subnet_id: blue6, ip_address: "2001:db8:1::1"},
                   {subnet_id: blue4, ip_address: 192.0.2.1}]}
              - {id: r1-red, network_id: red, mac_address: "02:00:00:00:01:02", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: red6, ip_address: "2001:db8:2::1"}, {subnet_id: red4, ip_address: 198.51.100.1}]}
              - {id: r2-red, network_id: red, mac_address: "02:00:00:00:02:02", device_owner: "network:router_interface", device_id: r2,
                 fixed_ips: [{subnet_id: red6, ip_address: "2001:db8:2::2"}]}
              - {id: r2-green, network_id: green, mac_address: "02:00:00:00:02:03", device_owner: "network:router_interface", device_id: r2,
                 fixed_ips: [{subnet_id: green6, ip_address: "2001:db8:3::1"}]}
            routers: [{id: r1}, {id: r2}]
            """;

    static final NetworkSnapshot SNAPSHOT = GoldenFlows.network(YAML, Map.of("vm1", 1));
    static final MacAddress VM1 = MacAddress.of("02:00:00:00:00:01");
    static final MacAddress R1_BLUE = MacAddress.of("02:00:00:00:01:01");
    static final MacAddress R1_RED = MacAddress.of("02:00:00:00:01:02");
    static final MacAddress R2_RED = MacAddress.of("02:00:00:00:02:02");

    private static final Moment NOW = new Moment(Instant.EPOCH, Facts.NONE);

    private Punted() {}

    static Ipv6 packet(String source, String destination, UpperLayer upper) {
        return Ipv6.of(1, IPv6Address.of(source), IPv6Address.of(destination), upper);
    }

    static Ipv6 datagram(String source, String destination, int length) {
        return packet(source, destination, new Udp(40000, 33434, Bytes.of(new byte[length])));
    }

    static Ipv4 ipv4(String source, String destination, boolean dontFragment, NextHeader protocol, Bytes payload) {
        return new Ipv4(
                0,
                7,
                dontFragment,
                false,
                0,
                1,
                protocol,
                IPv4Address.of(source),
                IPv4Address.of(destination),
                Bytes.EMPTY,
                payload);
    }

    static Ipv4 ipv4(String source, String destination, UpperLayer upper) {
        return Ipv4.of(0, 1, IPv4Address.of(source), IPv4Address.of(destination), upper);
    }

    /** As r1 got it from blue. */
    static PacketIn atR1(Ethernet frame) {
        return punted("blue", "r1", null, false, frame);
    }

    static PacketIn atR1(Ipv6 packet) {
        return atR1(Ethernet.of(R1_BLUE, VM1, packet));
    }

    static PacketIn atR1(Ipv4 packet) {
        return atR1(Ethernet.of(R1_BLUE, VM1, packet));
    }

    /** As r1 was about to send it to red: from its port there, still to its port on blue. */
    static PacketIn beyondR1(Ethernet frame, String nextHop) {
        return punted("red", "r1", nextHop, false, frame);
    }

    static PacketIn beyondR1(Ipv6 packet) {
        return beyondR1(Ethernet.of(R1_BLUE, R1_RED, packet), "2001:db8:2::99");
    }

    static PacketIn beyondR1(Ipv4 packet) {
        return beyondR1(Ethernet.of(R1_BLUE, R1_RED, packet), "198.51.100.99");
    }

    static PacketIn punted(String network, String router, @Nullable String nextHop, boolean tunnel, Ethernet frame) {
        Optional<IPAddress<?>> next = Optional.ofNullable(nextHop).map(IPAddress::of);
        return new PacketIn(
                OFPort.of(1),
                SNAPSHOT.port(Id.<Port>of("vm1")).orElseThrow(),
                Optional.empty(),
                new Route(
                        Id.of(network),
                        Optional.of(Id.of(router)),
                        next,
                        tunnel ? Optional.of(new HostKey(1)) : Optional.empty()),
                frame);
    }

    /** What is sent; for a next hop that is asked for first, when nobody has answered. */
    static Answer.Result answer(PuntReason reason, PacketIn packet) {
        Answer answer = reason.equals(RoutePunts.UNRESOLVED)
                ? RouteErrors::addressUnreachable
                : RouteErrors.answers().get(reason);
        assertThat(answer).isNotNull();
        return answer.answer(packet, SNAPSHOT, NOW);
    }

    static List<PacketOut> sent(PuntReason reason, PacketIn packet) {
        Answer.Result result = answer(reason, packet);
        assertThat(result).isInstanceOf(Answer.Result.Send.class);
        return ((Answer.Result.Send) result).packets();
    }

    static PacketOut one(PuntReason reason, PacketIn packet) {
        List<PacketOut> packets = sent(reason, packet);
        assertThat(packets).hasSize(1);
        return packets.get(0);
    }

    static Ipv6 reply(PuntReason reason, PacketIn packet) {
        return Ipv6.decode(one(reason, packet).frame()).orElseThrow();
    }

    static Ipv4 reply4(PuntReason reason, PacketIn packet) {
        return Ipv4.decode(one(reason, packet).frame()).orElseThrow();
    }

    static Icmpv6Error error(PuntReason reason, PacketIn packet) {
        return (Icmpv6Error) Icmpv6.decode(reply(reason, packet)).orElseThrow();
    }

    static void refuses(DropReason why, PuntReason reason, PacketIn packet) {
        assertThat(answer(reason, packet)).isEqualTo(new Answer.Result.Refuse(why));
    }
}
