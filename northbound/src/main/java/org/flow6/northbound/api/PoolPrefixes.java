package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.flow6.network.IpPrefix;
import org.jspecify.annotations.Nullable;

/** The prefixes that subnets get of subnet pools. */
final class PoolPrefixes {
    /** What clients name in place of a pool for a prefix that is given to them: one of the default pool, here. */
    private static final String PREFIX_DELEGATION = "prefix_delegation";

    private PoolPrefixes() {}

    /** Gives a new subnet without a cidr one of the pool that it names, or of the default pool. */
    static void draw(ObjectNode subnet, Caller caller, Draft draft) throws NeutronError {
        ObjectNode pool = pool(subnet, caller, draft);
        String cidr = Catalog.text(subnet, "cidr");
        if (pool == null) {
            if (cidr.isEmpty()) {
                throw NeutronError.badRequest(
                        "BadRequest", "Bad subnets request: a subnetpool must be specified in the absence of a cidr.");
            }
            return;
        }
        if (pool.path("ip_version").asInt() != subnet.path("ip_version").asInt()) {
            throw NeutronError.badRequest(
                    "BadRequest", "Bad subnets request: the pool's ip_version is not the subnet's.");
        }
        int length = subnet.has("prefixlen")
                ? subnet.path("prefixlen").asInt()
                : pool.path("default_prefixlen").asInt();
        if (cidr.isEmpty()) {
            if (length < pool.path("min_prefixlen").asInt()) {
                throw NeutronError.badRequest(
                        "MinPrefixSubnetAllocationError",
                        "Unable to allocate subnet with prefix length " + length + ", minimum allowed prefix is "
                                + pool.path("min_prefixlen").asInt() + ".");
            }
            if (length > pool.path("max_prefixlen").asInt()) {
                throw NeutronError.badRequest(
                        "MaxPrefixSubnetAllocationError",
                        "Unable to allocate subnet with prefix length " + length + ", maximum allowed prefix is "
                                + pool.path("max_prefixlen").asInt() + ".");
            }
            subnet.put("cidr", free(pool, length, draft.catalog()).toString());
        } else {
            checkHas(pool, IpPrefix.parse(cidr), draft.catalog());
        }
    }

    private static @Nullable ObjectNode pool(ObjectNode subnet, Caller caller, Draft draft) throws NeutronError {
        String id = Catalog.text(subnet, "subnetpool_id");
        boolean byDefault = subnet.path("use_default_subnetpool").asBoolean() || id.equals(PREFIX_DELEGATION);
        if (id.isEmpty() && !byDefault) {
            return null;
        }
        if (byDefault) {
            for (ObjectNode pool : draft.catalog().all(SubnetPools.ALL)) {
                if (pool.path("is_default").asBoolean()
                        && pool.path("ip_version").asInt()
                                == subnet.path("ip_version").asInt()) {
                    if (id.isEmpty()) {
                        subnet.set("subnetpool_id", pool.path("id"));
                    }
                    return draft.hold(SubnetPools.ALL, pool.path("id").asText());
                }
            }
            throw NeutronError.badRequest(
                    "BadRequest", "Bad subnets request: no default subnetpool is set for this IP version.");
        }
        ObjectNode pool = draft.hold(SubnetPools.ALL, id);
        if (pool == null
                || !(caller.owns(pool.path("project_id").asText())
                        || pool.path("shared").asBoolean())) {
            throw new SubnetPools().notFound(id);
        }
        return pool;
    }

    private static List<IpRange> taken(ObjectNode pool, Catalog catalog) {
        List<IpRange> taken = new ArrayList<>();
        for (String id : List.of(pool.path("id").asText(), PREFIX_DELEGATION)) {
            catalog.find(Subnets.ALL, "subnetpool_id", id)
                    .forEach(subnet -> taken.add(IpRange.of(Subnets.cidr(subnet))));
        }
        return taken;
    }

    private static void checkHas(ObjectNode pool, IpPrefix cidr, Catalog catalog) throws NeutronError {
        IpRange wanted = IpRange.of(cidr);
        boolean inside = SubnetPools.prefixes(pool).stream()
                .anyMatch(prefix -> IpRange.of(prefix).contains(wanted));
        if (!inside || taken(pool, catalog).stream().anyMatch(wanted::overlaps)) {
            throw NeutronError.conflict(
                    "SubnetAllocationError",
                    "Failed to allocate subnet: Cannot allocate requested subnet from the available set of prefixes.");
        }
    }

    /** The first one that overlaps none that is taken. */
    private static IpPrefix free(ObjectNode pool, int length, Catalog catalog) throws NeutronError {
        List<IpRange> taken = taken(pool, catalog);
        for (IpPrefix prefix : SubnetPools.prefixes(pool)) {
            if (prefix.length() > length) {
                continue;
            }
            IpRange all = IpRange.of(prefix);
            BigInteger step = BigInteger.ONE.shiftLeft((prefix.isIpv6() ? 128 : 32) - length);
            BigInteger at = all.first();
            while (at.compareTo(all.last()) <= 0) {
                IpRange candidate = new IpRange(all.ipv6(), at, at.add(step).subtract(BigInteger.ONE));
                IpRange obstacle =
                        taken.stream().filter(candidate::overlaps).findFirst().orElse(null);
                if (obstacle == null) {
                    return IpPrefix.of(all.address(at), length);
                }
                // Behind it, at the next place where a prefix of this length may begin.
                BigInteger behind = obstacle.last().add(BigInteger.ONE);
                at = behind.add(step).subtract(BigInteger.ONE).divide(step).multiply(step);
            }
        }
        throw NeutronError.conflict(
                "SubnetAllocationError",
                "Failed to allocate subnet: Insufficient prefix space to allocate subnet size /" + length + ".");
    }
}
