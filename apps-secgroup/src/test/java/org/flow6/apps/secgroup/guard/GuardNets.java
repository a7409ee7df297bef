package org.flow6.apps.secgroup.guard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.AddressClaim;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkEditor;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Networks with every kind of guarded port: blue's hosts make addresses by themselves, red's do not. */
final class GuardNets {
    static final String YAML = """
            networks:
              - {id: blue, flow6: {trusted_router: upstream, trusted_dhcp_server: upstream}}
              - {id: red}
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", enable_dhcp: false, flow6: {allow_slaac_prefix: true}}
              - {id: blue4, network_id: blue, ip_version: 4, cidr: "192.0.2.0/24"}
              - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64", enable_dhcp: false}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}, {subnet_id: blue4, ip_address: 192.0.2.11}]}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::12"}],
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "00:00:5e:00:02:01"}, {ip_address: "2001:db8:1:0:f::/80"}, {ip_address: "198.51.100.0/24", mac_address: "00:00:5e:00:01:01"}]}
              - {id: any, network_id: blue, mac_address: "02:00:00:00:00:03", allowed_address_pairs: [{ip_address: "::/0"}, {ip_address: "0.0.0.0/0"}]}
              - {id: upstream, network_id: blue, mac_address: "02:00:00:00:00:04", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
              - {id: router, network_id: blue, mac_address: "02:00:00:00:00:05", device_owner: "network:router_interface", device_id: r1, port_security_enabled: true,
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::2"}]}
              - {id: dhcp, network_id: blue, mac_address: "02:00:00:00:00:06", device_owner: "network:dhcp", port_security_enabled: true, fixed_ips: [{subnet_id: blue4, ip_address: 192.0.2.2}]}
              - {id: free, network_id: blue, mac_address: "02:00:00:00:00:07", port_security_enabled: false, fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::17"}]}
              - {id: elsewhere, network_id: blue, mac_address: "02:00:00:00:00:08", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::18"}]}
              - {id: down, network_id: blue, mac_address: "02:00:00:00:00:09", admin_state_up: false}
              - {id: red1, network_id: red, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: red6, ip_address: "2001:db8:2::11"}]}
            routers: [{id: r1}]
            """;

    static final Map<String, Integer> BINDINGS = new TreeMap<>(Map.of(
            "vm1", 1, "vm2", 2, "any", 3, "upstream", 4, "router", 5, "dhcp", 6, "free", 7, "down", 9, "red1", 10));

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** Before any port claimed an address. */
    static final NetworkSnapshot UNCLAIMED = GoldenFlows.network(YAML, BINDINGS);

    static final NetworkSnapshot SNAPSHOT = claimed(
            claim("vm1", "fe80::1234", 0), claim("vm1", "2001:db8:1::abcd", 1), claim("elsewhere", "fe80::5", 2));

    private GuardNets() {}

    /** On the port's network, some seconds after {@link #NOW}. */
    static AddressClaim claim(String port, String address, int seconds) {
        return new AddressClaim(
                port(UNCLAIMED, port).networkId(), IPv6Address.of(address), Id.of(port), NOW.plusSeconds(seconds));
    }

    static NetworkSnapshot claimed(AddressClaim... claims) {
        NetworkEditor editor = UNCLAIMED.edit();
        List.of(claims).forEach(editor::claim);
        return editor.update().after();
    }

    static Port port(NetworkSnapshot snapshot, String id) {
        return snapshot.port(Id.<Port>of(id)).orElseThrow().port();
    }

    static PortKey key(String id) {
        return SNAPSHOT.port(Id.<Port>of(id)).orElseThrow().key();
    }

    static MacAddress mac(String id) {
        return port(SNAPSHOT, id).macAddress();
    }

    static PacketIn from(NetworkSnapshot snapshot, String port, Ethernet frame) {
        return new PacketIn(
                OFPort.of(BINDINGS.getOrDefault(port, 9)),
                snapshot.port(Id.<Port>of(port)).orElseThrow(),
                frame);
    }

    /** With these claims remembered, ten minutes after {@link #NOW}. */
    static Moment moment(AddressClaim... claims) {
        Facts facts = Facts.NONE;
        for (AddressClaim claim : claims) {
            facts = facts.with(Facts.Change.remember(claim.fact()));
        }
        return new Moment(NOW.plusSeconds(600), facts);
    }
}
