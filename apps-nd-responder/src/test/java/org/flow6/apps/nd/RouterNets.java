package org.flow6.apps.nd;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.RouterAdvertisement;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Networks with routers: blue with two that advertise themselves, red with one that does not, green with none. */
final class RouterNets {
    static final String BLUE = """
            networks: [{id: blue, mtu: 1400}, {id: red}, {id: green}]
            subnets:
              - {id: one, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1", enable_dhcp: true,
                 ipv6_ra_mode: slaac, ipv6_address_mode: slaac, dns_nameservers: ["2001:db8::53", "192.0.2.53"],
                 host_routes: [{destination: "2001:db8:f::/48", nexthop: "2001:db8:1::1"}, {destination: "2001:db8:e::/48", nexthop: "2001:db8:1::99"},
                   {destination: "2001:db8:d::/48", nexthop: "fe80::ff:fe00:101"}, {destination: "10.0.0.0/8", nexthop: "192.0.2.1"}],
                 flow6: {valid_lifetime: 7200, preferred_lifetime: 3600, domain_search: [lab.example, example]}}
              - {id: two, network_id: blue, ip_version: 6, cidr: "2001:db8:2::/64", gateway_ip: "2001:db8:2::1", enable_dhcp: true,
                 ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful, dns_nameservers: ["2001:db8::53", "2001:db8::54"],
                 flow6: {dns_lifetime: 100, on_link: false}}
              - {id: quiet, network_id: blue, ip_version: 6, cidr: "2001:db8:3::/64", gateway_ip: "2001:db8:3::1", enable_dhcp: false}
              - {id: four, network_id: blue, ip_version: 4, cidr: "192.0.2.0/24"}
              - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:8::/64", gateway_ip: "2001:db8:8::1", enable_dhcp: false}
              - {id: green6, network_id: green, ip_version: 6, cidr: "2001:db8:9::/64", gateway_ip: null, enable_dhcp: false}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: two, ip_address: "2001:db8:2::11"}]}
              - {id: red1, network_id: red, mac_address: "02:00:00:00:00:02", fixed_ips: [{subnet_id: red6, ip_address: "2001:db8:8::11"}]}
              - {id: green1, network_id: green, mac_address: "02:00:00:00:00:03", fixed_ips: [{subnet_id: green6, ip_address: "2001:db8:9::11"}]}
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: one, ip_address: "2001:db8:1::1"}, {subnet_id: two, ip_address: "2001:db8:2::1"},
                   {subnet_id: quiet, ip_address: "2001:db8:3::1"}, {subnet_id: four, ip_address: 192.0.2.1}],
                 flow6: {max_interval: 600, router_preference: high, hop_limit: 33, reachable_time: 5000, retransmission_timer: 700,
                   pref64: [{prefix: "64:ff9b::/96", lifetime: 1204}], captive_portal: "https://portal.example/api"}}
              - {id: r2-blue, network_id: blue, mac_address: "02:00:00:00:02:02", device_owner: "network:router_interface", device_id: r2,
                 fixed_ips: [{subnet_id: one, ip_address: "2001:db8:1::2"}]}
              - {id: gw-blue, network_id: blue, mac_address: "02:00:00:00:03:03", device_owner: "network:router_gateway", device_id: r2,
                 fixed_ips: [{subnet_id: one, ip_address: "2001:db8:1::3"}]}
              - {id: r1-red, network_id: red, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: red6, ip_address: "2001:db8:8::1"}]}
            routers: [{id: r1}, {id: r2}]
            """;

    static final Map<String, Integer> BINDINGS = new TreeMap<>(Map.of("vm1", 1, "red1", 2, "green1", 3));
    static final NetworkSnapshot SNAPSHOT = GoldenFlows.network(BLUE, BINDINGS);

    static final IPv6Address ASKER = IPv6Address.of("fe80::ff:fe00:1");
    static final MacAddress ASKER_MAC = MacAddress.of("02:00:00:00:00:01");
    static final MacAddress R1_MAC = MacAddress.of("02:00:00:00:01:01");
    static final IPv6Address R1 = IPv6Address.of("fe80::ff:fe00:101");
    static final IPv6Address R2 = IPv6Address.of("fe80::ff:fe00:202");
    static final Moment NOW = new Moment(Instant.EPOCH, Facts.NONE);

    private RouterNets() {}

    static NetworkView view(NetworkSnapshot snapshot, String network) {
        return snapshot.network(Id.<Network>of(network)).orElseThrow();
    }

    /** The text with some of it replaced. */
    static NetworkView blue(String old, String replacement) {
        if (!BLUE.contains(old)) {
            throw new IllegalArgumentException(old);
        }
        return view(GoldenFlows.network(BLUE.replace(old, replacement), BINDINGS), "blue");
    }

    static Advertiser advertiser(NetworkView view, String port) {
        return Advertiser.of(view)
                .filter(one -> one.port().equals(Id.<Port>of(port)))
                .findFirst()
                .orElseThrow();
    }

    static Advertiser r1() {
        return advertiser(view(SNAPSHOT, "blue"), "r1-blue");
    }

    static PacketIn from(String port, Ethernet frame) {
        return new PacketIn(
                OFPort.of(BINDINGS.getOrDefault(port, 9)),
                SNAPSHOT.port(Id.<Port>of(port)).orElseThrow(),
                frame);
    }

    static Ipv6 packet(Ethernet frame) {
        return Ipv6.decode(frame).orElseThrow();
    }

    static RouterAdvertisement advertisement(Ethernet frame) {
        return Ipv6.decode(frame).then(RouterAdvertisement::validate).orElseThrow();
    }

    static <O> List<O> options(List<Ethernet> frames, Class<O> kind) {
        return frames.stream()
                .flatMap(frame -> advertisement(frame).options().stream())
                .flatMap(option -> kind.isInstance(option) ? Stream.of(kind.cast(option)) : Stream.empty())
                .toList();
    }
}
