package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FixedIpsTest extends ApiScene {
    private static final String SLAAC = ", ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac'";
    private static final String STATELESS = ", ipv6_ra_mode: 'dhcpv6-stateless', ipv6_address_mode: 'dhcpv6-stateless'";
    private static final String STATEFUL = ", ipv6_ra_mode: 'dhcpv6-stateful', ipv6_address_mode: 'dhcpv6-stateful'";
    private static final String MAC = ", mac_address: '02:00:00:00:00:01'";
    private static final String EUI64 = "2001:db8:1::ff:fe00:1";

    @SuppressWarnings("NullAway.Init")
    private String network;

    /** The beginning of what a port of a router says. */
    @SuppressWarnings("NullAway.Init")
    private String router;

    @BeforeEach
    void open() {
        network = api.post("networks", "{network: {}}").id();
        router = ", device_id: '" + api.post("routers", "{router: {}}").id() + "', device_owner: 'network:router_";
    }

    private String subnet(String cidr, String attributes) {
        return api.subnet(network, cidr, attributes);
    }

    private static String pool(String start, String end) {
        return ", allocation_pools: [{start: '" + start + "', end: '" + end + "'}]";
    }

    private Reply create(String attributes) {
        return api.post("ports", "{port: {network_id: '" + network + "'" + attributes + "}}");
    }

    private Reply change(String id, String attributes) {
        return api.put("ports/" + id, "{port: {" + attributes + "}}");
    }

    private static List<String> addresses(Reply reply) {
        assertThat(reply.status()).as(reply.error()).isBetween(200, 201);
        List<String> addresses = new ArrayList<>();
        for (JsonNode one : reply.object().path("fixed_ips")) {
            addresses.add(one.path("ip_address").asText());
        }
        return addresses;
    }

    @Test
    void areOneOfEachAutomaticSubnetAndOneOfEachFamily() {
        subnet("2001:db8:1::/64", SLAAC);
        subnet("2001:db8:2::/64", STATELESS);
        subnet("2001:db8:3::/64", STATEFUL + pool("2001:db8:3::100", "2001:db8:3::1ff"));
        subnet("2001:db8:4::/64", pool("2001:db8:4::100", "2001:db8:4::1ff"));
        subnet("2001:db8:5::/64", ", ipv6_ra_mode: 'slaac'");
        subnet("192.0.2.0/24", "");
        subnet("198.51.100.0/24", "");
        List<String> addresses = addresses(create(MAC));
        assertThat(addresses).hasSize(5);
        assertThat(addresses)
                .contains(EUI64, "2001:db8:2::ff:fe00:1", "2001:db8:5::ff:fe00:1")
                .containsAnyOf("2001:db8:3::100", "2001:db8:4::100")
                .containsAnyOf("192.0.2.2", "198.51.100.2");
    }

    @Test
    void areAutomaticEvenWhereNoneAreAskedFor() {
        subnet("2001:db8:1::/64", SLAAC);
        subnet("192.0.2.0/24", "");
        assertThat(addresses(create(MAC + ", fixed_ips: []"))).containsExactly(EUI64);
    }

    @Test
    void areNoneWhereTheNetworkHasNoSubnet() {
        assertThat(addresses(create(""))).isEmpty();
        assertThat(create(", fixed_ips: [{ip_address: '::1'}]").error())
                .isEqualTo(
                        "400 InvalidInput: Invalid input for operation: IP allocation requires subnets for network.");
    }

    @Test
    void areWhatIsAskedFor() {
        String subnet = subnet("2001:db8:2::/64", pool("2001:db8:2::100", "2001:db8:2::1ff"));
        String v4 = subnet("192.0.2.0/24", "");
        assertThat(addresses(create(", fixed_ips: [{subnet_id: '" + subnet + "'}]")))
                .containsExactly("2001:db8:2::100");
        assertThat(addresses(create(", fixed_ips: [{subnet_id: '" + subnet + "', ip_address: '2001:DB8:2::ABC'}]")))
                .containsExactly("2001:db8:2::abc");
        assertThat(addresses(create(", fixed_ips: [{ip_address: '192.0.2.77'}, {ip_address: '2001:db8:2::abd'}]")))
                .containsExactlyInAnyOrder("192.0.2.77", "2001:db8:2::abd");
        assertThat(addresses(create(", fixed_ips: [{subnet_id: '" + v4 + "'}, {subnet_id: '" + v4
                        + "'}, {ip_address: '192.0.2.2'}]")))
                .containsExactly("192.0.2.2", "192.0.2.3", "192.0.2.4");
    }

    @Test
    void areOfTheNetwork() {
        String subnet = subnet("2001:db8:2::/64", "");
        String other = api.post("networks", "{network: {}}").id();
        String elsewhere = api.post(
                        "subnets", "{subnet: {network_id: '" + other + "', ip_version: 6, cidr: '2001:db8:8::/64'}}")
                .id();
        assertThat(create(", fixed_ips: [{subnet_id: '" + subnet + "', ip_address: '2001:db8:8::1'}]")
                        .error())
                .isEqualTo(
                        "400 InvalidIpForSubnet: IP address 2001:db8:8::1 is not a valid IP for the specified subnet.");
        assertThat(create(", fixed_ips: [{ip_address: '2001:db8:8::1'}]").error())
                .isEqualTo("400 InvalidIpForNetwork: IP address 2001:db8:8::1 is not a valid IP for any of the subnets"
                        + " on the specified network.");
        assertThat(create(", fixed_ips: [{subnet_id: '" + elsewhere + "'}]").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Failed to create port on network " + network
                        + ", because fixed_ips included invalid subnet " + elsewhere + ".");
        assertThat(create(", fixed_ips: [{subnet_id: 'none'}]").error())
                .isEqualTo("404 SubnetNotFound: Subnet none could not be found.");
        assertThat(create(", fixed_ips: [{}]").error())
                .isEqualTo(
                        "400 InvalidInput: Invalid input for operation: IP allocation requires subnet_id or ip_address.");
    }

    @Test
    void standForNobodyElse() {
        subnet("2001:db8:2::/64", "");
        subnet("192.0.2.0/24", "");
        for (String address : new String[] {"2001:db8:2::", "192.0.2.0", "192.0.2.255"}) {
            assertThat(create(", fixed_ips: [{ip_address: '" + address + "'}]").status())
                    .as(address)
                    .isEqualTo(400);
        }
        assertThat(addresses(create(router + "interface', fixed_ips: [{ip_address: '2001:db8:2::'}]")))
                .containsExactly("2001:db8:2::");
    }

    @Test
    void areUniqueOnTheNetwork() {
        String subnet = subnet("2001:db8:2::/64", "");
        String wanted = ", fixed_ips: [{ip_address: '2001:db8:2::abc'}]";
        String id = create(wanted).id();
        String refused =
                "409 IpAddressAlreadyAllocated: IP address 2001:db8:2::abc already allocated in subnet " + subnet;
        assertThat(create(wanted).error()).isEqualTo(refused);
        String other = create(", fixed_ips: []").id();
        assertThat(change(other, "fixed_ips: [{ip_address: '2001:db8:2::abc'}]").error())
                .isEqualTo(refused);
        assertThat(change(id, "fixed_ips: [{ip_address: '2001:db8:2::abc'}]").status())
                .isEqualTo(200);
        assertThat(api.delete("ports/" + id).status()).isEqualTo(204);
        assertThat(create(wanted).status()).isEqualTo(201);
    }

    @Test
    void areTheNextOfASmallPoolUntilItIsFull() {
        String subnet = subnet("2001:db8:2::/64", pool("2001:db8:2::2", "2001:db8:2::5"));
        create(", fixed_ips: [{ip_address: '2001:db8:2::3'}]");
        assertThat(addresses(create(""))).containsExactly("2001:db8:2::2");
        String fourth = create("").id();
        assertThat(addresses(create(""))).containsExactly("2001:db8:2::5");
        assertThat(create("").error())
                .isEqualTo(
                        "409 IpAddressGenerationFailure: No more IP addresses available on network " + network + ".");
        assertThat(create(", fixed_ips: [{subnet_id: '" + subnet + "'}]").error())
                .isEqualTo("409 IpAddressGenerationFailure: No more IP addresses available for subnet " + subnet + ".");
        api.delete("ports/" + fourth);
        assertThat(addresses(create(""))).containsExactly("2001:db8:2::4");
        subnet("2001:db8:3::/64", pool("2001:db8:3::2", "2001:db8:3::2"));
        assertThat(addresses(create(""))).containsExactly("2001:db8:3::2");
    }

    @Test
    void areOfTheNextPoolWhereOneIsFull() {
        subnet(
                "192.0.2.0/24",
                ", allocation_pools: [{start: '192.0.2.9', end: '192.0.2.9'}, {start: '192.0.2.20', end: '192.0.2.21'}]");
        assertThat(addresses(create(""))).containsExactly("192.0.2.9");
        assertThat(addresses(create(""))).containsExactly("192.0.2.20");
        assertThat(addresses(create(""))).containsExactly("192.0.2.21");
        assertThat(create("").status()).isEqualTo(409);
    }

    @Test
    void areAnyOfALargePool() {
        subnet("2001:db8:2::/64", STATEFUL);
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            addresses.addAll(addresses(create("")));
        }
        assertThat(addresses).hasSize(20).allMatch(address -> address.startsWith("2001:db8:2:0:"));
    }

    @Test
    void areNotChosenWhereHostsMakeThem() {
        String subnet = subnet("2001:db8:1::/64", SLAAC);
        assertThat(create(", fixed_ips: [{ip_address: '2001:db8:1::1234'}]").error())
                .isEqualTo(
                        "400 AllocationOnAutoAddressSubnet: IPv6 address 2001:db8:1::1234 cannot be directly assigned"
                                + " to a port on subnet " + subnet
                                + " as the subnet is configured for automatic addresses");
        assertThat(addresses(create(MAC + ", fixed_ips: [{ip_address: '" + EUI64 + "'}]")))
                .containsExactly(EUI64);
        assertThat(addresses(create(", mac_address: '02:00:00:00:00:02', fixed_ips: [{subnet_id: '" + subnet + "'}]")))
                .containsExactly("2001:db8:1::ff:fe00:2");
        String id = create(", mac_address: '02:00:00:00:00:03'").id();
        assertThat(change(id, "fixed_ips: [{ip_address: '2001:db8:1::1234'}]").status())
                .isEqualTo(400);
    }

    @Test
    void ofRoutersAreChosen() {
        subnet("2001:db8:1::/64", SLAAC);
        assertThat(addresses(create(router + "interface', fixed_ips: [{ip_address: '2001:db8:1::1'}]")))
                .containsExactly("2001:db8:1::1");
        assertThat(addresses(create(router + "interface'"))).isEmpty();
        assertThat(addresses(create(router + "gateway', fixed_ips: [{ip_address: '2001:db8:1::2'}]")))
                .containsExactly("2001:db8:1::2");
        assertThat(addresses(create(router + "gateway'" + MAC))).containsExactly(EUI64);
    }

    @Test
    void followTheMacAddress() {
        subnet("2001:db8:1::/64", SLAAC);
        subnet("192.0.2.0/24", "");
        String id = create(MAC).id();
        assertThat(addresses(change(id, "mac_address: '02:00:00:00:00:02'")))
                .containsExactly("192.0.2.2", "2001:db8:1::ff:fe00:2");
        // As a client says that merges what it read.
        assertThat(addresses(change(
                        id,
                        "mac_address: '02:00:00:00:00:03', fixed_ips: [{ip_address: '192.0.2.2'},"
                                + " {ip_address: '2001:db8:1::ff:fe00:2'}, {ip_address: '192.0.2.9'}]")))
                .containsExactly("192.0.2.2", "192.0.2.9", "2001:db8:1::ff:fe00:3");
    }

    @Test
    void changeToWhatIsAskedFor() {
        subnet("2001:db8:1::/64", SLAAC);
        String v4 = subnet("192.0.2.0/24", "");
        String id = create(MAC).id();
        String one = "{subnet_id: '" + v4 + "'}";
        assertThat(addresses(change(id, "fixed_ips: [" + one + ", " + one + "]")))
                .containsExactly("192.0.2.2", "192.0.2.3", EUI64);
        assertThat(addresses(change(id, "fixed_ips: [{ip_address: '192.0.2.3'}, " + one + "]")))
                .containsExactly("192.0.2.3", "192.0.2.2", EUI64);
        assertThat(addresses(change(id, "fixed_ips: [{ip_address: '192.0.2.3'}]")))
                .containsExactly("192.0.2.3", EUI64);
        assertThat(addresses(change(id, "fixed_ips: []"))).containsExactly(EUI64);
        assertThat(addresses(change(id, "name: 'x'"))).containsExactly(EUI64);
    }

    @Test
    void comeAndGoWithAutomaticSubnets() {
        subnet("192.0.2.0/24", "");
        String host = create(MAC).id();
        String routers = create(router + "interface', fixed_ips: []").id();
        String dhcp = create(", device_owner: 'network:dhcp', fixed_ips: []").id();
        String automatic = subnet("2001:db8:1::/64", SLAAC);
        Reply now = api.get("ports/" + host);
        assertThat(addresses(now)).containsExactly("192.0.2.2", EUI64);
        assertThat(now.object().path("revision_number").asInt()).isEqualTo(1);
        assertThat(addresses(api.get("ports/" + routers))).isEmpty();
        assertThat(addresses(api.get("ports/" + dhcp))).isEmpty();
        assertThat(api.delete("subnets/" + automatic).status()).isEqualTo(204);
        assertThat(addresses(api.get("ports/" + host))).containsExactly("192.0.2.2");
    }

    @Test
    void ofRoutersKeepAnAutomaticSubnet() {
        String automatic = subnet("2001:db8:1::/64", SLAAC);
        create(router + "interface', fixed_ips: [{ip_address: '2001:db8:1::1'}]");
        assertThat(api.delete("subnets/" + automatic).error())
                .isEqualTo("409 SubnetInUse: Unable to complete operation on subnet " + automatic
                        + ": One or more ports have an IP allocation from this subnet.");
    }

    @Test
    void areNotTakenTwiceByPortsMadeAtOnce() {
        subnet("192.0.2.0/24", pool("192.0.2.10", "192.0.2.12"));
        String one = "{network_id: '" + network + "'}";
        Reply made = api.post("ports", "{ports: [" + one + "," + one + "," + one + "]}");
        Set<String> addresses = new HashSet<>();
        made.object()
                .forEach(
                        port -> addresses.add(port.at("/fixed_ips/0/ip_address").asText()));
        assertThat(addresses).containsExactlyInAnyOrder("192.0.2.10", "192.0.2.11", "192.0.2.12");
        assertThat(api.post("ports", "{ports: [" + one + "]}").status()).isEqualTo(409);
    }
}
