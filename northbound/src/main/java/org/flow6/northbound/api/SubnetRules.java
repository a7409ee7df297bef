package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.flow6.network.IpPrefix;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What Neutron asks of a subnet beside the form of its attributes. */
final class SubnetRules {
    /** RFC 4291 §2.5.1. */
    private static final int SLAAC_LENGTH = 64;

    private static final BigInteger TWO = BigInteger.TWO;

    private SubnetRules() {}

    static void checkModes(ObjectNode subnet) throws NeutronError {
        String ra = Catalog.text(subnet, "ipv6_ra_mode");
        String address = Catalog.text(subnet, "ipv6_address_mode");
        if (ra.isEmpty() && address.isEmpty()) {
            return;
        }
        if (!Subnets.isIpv6(subnet)) {
            throw invalid("ipv6_ra_mode or ipv6_address_mode cannot be set when ip_version is 4.");
        }
        if (!subnet.path("enable_dhcp").asBoolean()) {
            throw invalid("ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False.");
        }
        if (!ra.isEmpty() && !address.isEmpty() && !ra.equals(address)) {
            throw invalid("ipv6_ra_mode set to '" + ra + "' with ipv6_address_mode set to '" + address
                    + "' is not valid. If both attributes are set, they must be the same value.");
        }
        if (Subnets.isAutoAddress(subnet) && Subnets.cidr(subnet).length() != SLAAC_LENGTH) {
            throw invalid(
                    "Invalid CIDR " + subnet.path("cidr").asText()
                            + " for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64.");
        }
    }

    static void checkFamily(ObjectNode subnet) throws NeutronError {
        IpPrefix cidr = Subnets.cidr(subnet);
        if (cidr.isIpv6() != Subnets.isIpv6(subnet)) {
            throw invalid("cidr '" + cidr + "' does not match the ip_version '"
                    + subnet.path("ip_version").asText() + "'");
        }
        if (cidr.length() == 0) {
            throw invalid("0 is not allowed as CIDR prefix length");
        }
        if (cidr.address().isMulticast() || cidr.address().isLoopback()) {
            throw invalid("cidr '" + cidr + "' is not one that hosts have addresses in");
        }
    }

    static void checkMtu(ObjectNode subnet, ObjectNode network) throws NeutronError {
        if (Subnets.isIpv6(subnet) && network.path("mtu").asInt(Networks.LEAST_IPV6_MTU) < Networks.LEAST_IPV6_MTU) {
            throw NeutronError.conflict(
                    "NetworkMTUSubnetConflict",
                    "The mtu of network " + Catalog.text(network, "id") + " is less than " + Networks.LEAST_IPV6_MTU
                            + ", which IPv6 needs.");
        }
    }

    static void checkOverlaps(ObjectNode subnet, Catalog catalog) throws NeutronError {
        IpRange range = IpRange.of(Subnets.cidr(subnet));
        String network = subnet.path("network_id").asText();
        for (ObjectNode other : catalog.find(Subnets.ALL, "network_id", network)) {
            if (IpRange.of(Subnets.cidr(other)).overlaps(range)) {
                throw invalid("Requested subnet with cidr: "
                        + subnet.path("cidr").asText() + " for network: " + network + " overlaps with another subnet.");
            }
        }
    }

    /** What the request does not say: the gateway, and the pools. */
    static void complete(ObjectNode subnet, Request request) {
        IpPrefix cidr = Subnets.cidr(subnet);
        IpRange all = IpRange.of(cidr);
        if (!request.says("gateway_ip")) {
            // With IPv6 the anycast address of the subnet's routers (RFC 4291 §2.6.1), as Neutron.
            boolean single = all.size().equals(BigInteger.ONE);
            BigInteger gateway =
                    cidr.isIpv6() || single ? all.first() : all.first().add(BigInteger.ONE);
            subnet.put("gateway_ip", all.address(gateway).toString());
        }
        if (!subnet.has("allocation_pools")) {
            subnet.set("allocation_pools", pools(subnet));
        }
    }

    /** The pools of a subnet that states none. */
    static ArrayNode pools(ObjectNode subnet) {
        ArrayNode pools = JsonNodeFactory.instance.arrayNode();
        pools(subnet, IpRange.of(Subnets.cidr(subnet))).forEach(range -> pools.addObject()
                .put("start", range.address(range.first()).toString())
                .put("end", range.address(range.last()).toString()));
        return pools;
    }

    /** All addresses but the first, with IPv4 the last, and the gateway. */
    private static List<IpRange> pools(ObjectNode subnet, IpRange all) {
        BigInteger first = all.first();
        BigInteger last = all.last();
        if (all.size().compareTo(TWO) > 0) {
            first = first.add(BigInteger.ONE);
            last = all.ipv6() ? last : last.subtract(BigInteger.ONE);
        }
        List<IpRange> pools = new ArrayList<>();
        IpRange usable = new IpRange(all.ipv6(), first, last);
        String gateway = Catalog.text(subnet, "gateway_ip");
        if (gateway.isEmpty() || !usable.contains(IPAddress.of(gateway))) {
            pools.add(usable);
        } else {
            BigInteger number = IpRange.number(IPAddress.of(gateway));
            pools.add(new IpRange(all.ipv6(), first, number.subtract(BigInteger.ONE)));
            pools.add(new IpRange(all.ipv6(), number.add(BigInteger.ONE), last));
        }
        pools.removeIf(IpRange::isEmpty);
        return pools;
    }

    static void check(ObjectNode subnet) throws NeutronError {
        boolean ipv6 = Subnets.isIpv6(subnet);
        checkFamilies(subnet, ipv6);
        checkPools(subnet);
        String gateway = Catalog.text(subnet, "gateway_ip");
        if (gateway.isEmpty()) {
            return;
        }
        for (JsonNode pool : subnet.path("allocation_pools")) {
            if (IpRange.of(pool).contains(IPAddress.of(gateway))) {
                throw NeutronError.conflict(
                        "GatewayConflictWithAllocationPools",
                        "Gateway ip " + gateway + " conflicts with allocation pool "
                                + pool.path("start").asText() + "-"
                                + pool.path("end").asText() + ".");
            }
        }
    }

    private static void checkFamilies(ObjectNode subnet, boolean ipv6) throws NeutronError {
        String gateway = Catalog.text(subnet, "gateway_ip");
        if (!gateway.isEmpty()) {
            requireFamily("gateway_ip", gateway, ipv6);
            requireHost(subnet, IPAddress.of(gateway));
        }
        for (JsonNode server : subnet.path("dns_nameservers")) {
            requireFamily("dns_nameserver", server.asText(), ipv6);
        }
        for (JsonNode route : subnet.path("host_routes")) {
            requireFamily("destination", route.path("destination").asText(), ipv6);
            requireFamily("nexthop", route.path("nexthop").asText(), ipv6);
        }
    }

    /** With IPv4 the first and the last address of a subnet are no host's; with IPv6 the first is its routers'. */
    private static void requireHost(ObjectNode subnet, IPAddress<?> gateway) throws NeutronError {
        IpRange all = IpRange.of(Subnets.cidr(subnet));
        BigInteger number = IpRange.number(gateway);
        boolean edge = number.equals(all.first()) || number.equals(all.last());
        boolean none = gateway.isMulticast() || gateway.isUnspecified() || gateway.isLoopback();
        if (none || (!all.ipv6() && edge && all.size().compareTo(TWO) > 0)) {
            throw invalid("Gateway is not valid on subnet.");
        }
    }

    /** Whether a host may have an address of a subnet: none that stands for all its routers or hosts. */
    static boolean fits(ObjectNode subnet, IPAddress<?> address, boolean router) {
        IpPrefix cidr = Subnets.cidr(subnet);
        if (!cidr.contains(address)) {
            return router && address.toString().equals(Catalog.text(subnet, "gateway_ip"));
        }
        IpRange all = IpRange.of(cidr);
        if (all.size().compareTo(TWO) <= 0) {
            return true;
        }
        boolean first = IpRange.number(address).equals(all.first());
        return cidr.isIpv6()
                ? router || !first
                : !first && !IpRange.number(address).equals(all.last());
    }

    private static void requireFamily(String name, String text, boolean ipv6) throws NeutronError {
        if (IpPrefix.parse(text).isIpv6() != ipv6) {
            throw invalid(name + " '" + text + "' does not match the ip_version '" + (ipv6 ? 6 : 4) + "'");
        }
    }

    private static void checkPools(ObjectNode subnet) throws NeutronError {
        IpRange all = IpRange.of(Subnets.cidr(subnet));
        List<IpRange> seen = new ArrayList<>();
        for (JsonNode pool : subnet.path("allocation_pools")) {
            String text = pool.path("start").asText() + "-" + pool.path("end").asText();
            if (IPAddress.of(pool.path("end").asText()) instanceof IPv6Address != all.ipv6()) {
                throw NeutronError.badRequest(
                        "InvalidAllocationPool", "The allocation pool " + text + " is not valid.");
            }
            IpRange range = IpRange.of(pool);
            if (range.isEmpty() || range.ipv6() != all.ipv6()) {
                throw NeutronError.badRequest(
                        "InvalidAllocationPool", "The allocation pool " + text + " is not valid.");
            }
            if (!all.contains(range)) {
                throw NeutronError.badRequest(
                        "OutOfBoundsAllocationPool",
                        "The allocation pool " + text + " spans beyond the subnet cidr "
                                + subnet.path("cidr").asText() + ".");
            }
            for (IpRange other : seen) {
                if (other.overlaps(range)) {
                    throw NeutronError.conflict(
                            "OverlappingAllocationPools",
                            "Found overlapping allocation pools: " + text + " for subnet "
                                    + subnet.path("cidr").asText() + ".");
                }
            }
            seen.add(range);
        }
    }

    static void checkGatewayIsFree(ObjectNode before, ObjectNode after, Catalog catalog) throws NeutronError {
        String old = Catalog.text(before, "gateway_ip");
        if (old.isEmpty() || old.equals(Catalog.text(after, "gateway_ip"))) {
            return;
        }
        for (ObjectNode port :
                catalog.find(Ports.ALL, Ports.ADDRESS, before.path("network_id").asText() + " " + old)) {
            if (Ports.isOfRouter(port)) {
                throw NeutronError.conflict(
                        "GatewayIpInUse",
                        "Current gateway ip " + old + " already in use by port "
                                + port.path("id").asText() + ". Unable to update.");
            }
        }
    }

    private static NeutronError invalid(String message) {
        return NeutronError.badRequest("InvalidInput", "Invalid input for operation: " + message);
    }
}
