package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.ADMIN;
import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.flow6.network.IpPrefix;
import org.jspecify.annotations.Nullable;

/** Pools that subnets get their prefixes of. */
final class SubnetPools extends Resource {
    static final String ALL = "subnetpools";
    /** What clients name in place of a pool for a prefix that is given to them: one of the default pool, here. */
    static final String PREFIX_DELEGATION = "prefix_delegation";

    private static final int IPV6_BITS = 128;
    private static final int IPV4_BITS = 32;

    SubnetPools() {
        super(ALL, "subnetpool", "SubnetPool");
        common(255);
        tagged();
        add(
                Attribute.of(
                        "prefixes",
                        Conversions.listOf(AddressConversions.CIDR, 1000),
                        "What it has.",
                        POST,
                        PUT,
                        REQUIRED),
                Attribute.of(
                        "default_prefixlen",
                        Conversions.number(0, IPV6_BITS),
                        "How long prefixes are if nobody says.",
                        POST,
                        PUT,
                        FILTER,
                        SORT),
                Attribute.of(
                        "min_prefixlen",
                        Conversions.number(0, IPV6_BITS),
                        "The shortest prefix.",
                        POST,
                        PUT,
                        FILTER,
                        SORT),
                Attribute.of(
                        "max_prefixlen",
                        Conversions.number(0, IPV6_BITS),
                        "The longest prefix.",
                        POST,
                        PUT,
                        FILTER,
                        SORT),
                Attribute.of(
                                "default_quota",
                                Conversions.number(0, Integer.MAX_VALUE).orNull(),
                                "Of no effect.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .orNull(),
                Attribute.of(
                                "address_scope_id",
                                Conversions.text(255).orNull(),
                                "Of no effect.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .orNull(),
                Attribute.of(
                                "is_default",
                                Conversions.BOOLEAN,
                                "Whether it is the pool of choice.",
                                POST,
                                PUT,
                                FILTER,
                                SORT,
                                ADMIN)
                        .or(false),
                Attribute.of(
                                "shared",
                                Conversions.BOOLEAN,
                                "Whether all projects may use it.",
                                POST,
                                FILTER,
                                SORT,
                                ADMIN)
                        .or(false),
                Attribute.of("ip_version", Conversions.number(4, 6), "Follows from the prefixes.", FILTER, SORT));
    }

    @Override
    void create(ObjectNode pool, Request request, Draft draft) throws NeutronError {
        List<IpPrefix> prefixes = prefixes(pool);
        if (prefixes.isEmpty()) {
            throw NeutronError.badRequest("EmptySubnetPoolPrefixList", "Empty subnet pool prefix list.");
        }
        boolean ipv6 = prefixes.get(0).isIpv6();
        pool.put("ip_version", ipv6 ? 6 : 4);
        int bits = ipv6 ? IPV6_BITS : IPV4_BITS;
        setDefault(pool, "min_prefixlen", ipv6 ? 64 : 8);
        setDefault(pool, "max_prefixlen", bits);
        setDefault(pool, "default_prefixlen", pool.path("min_prefixlen").asInt());
        check(pool, draft);
        draft.put(ALL, pool);
    }

    private static void setDefault(ObjectNode pool, String attribute, int value) {
        if (!pool.has(attribute)) {
            pool.put(attribute, value);
        }
    }

    private void check(ObjectNode pool, Draft draft) throws NeutronError {
        boolean ipv6 = pool.path("ip_version").asInt() == 6;
        int bits = ipv6 ? IPV6_BITS : IPV4_BITS;
        int min = pool.path("min_prefixlen").asInt();
        int max = pool.path("max_prefixlen").asInt();
        int usual = pool.path("default_prefixlen").asInt();
        if (min > max || max > bits || usual < min || usual > max) {
            throw NeutronError.badRequest(
                    "IllegalSubnetPoolPrefixBounds",
                    "Illegal prefix bounds: min_prefixlen=" + min + ", default_prefixlen=" + usual + ", max_prefixlen="
                            + max + ".");
        }
        for (IpPrefix prefix : prefixes(pool)) {
            if (prefix.isIpv6() != ipv6) {
                throw NeutronError.badRequest(
                        "PrefixVersionMismatch", "Cannot mix IPv4 and IPv6 prefixes in a subnet pool.");
            }
        }
        if (pool.path("is_default").asBoolean()) {
            for (ObjectNode other : draft.catalog().all(ALL)) {
                if (other.path("is_default").asBoolean()
                        && other.path("ip_version").asInt()
                                == pool.path("ip_version").asInt()
                        && !other.path("id").equals(pool.path("id"))) {
                    throw NeutronError.badRequest(
                            "InvalidInput",
                            "Invalid input for operation: A default subnetpool for this IP family has already been set. "
                                    + "Only one default may exist per IP family.");
                }
            }
        }
    }

    private static List<IpPrefix> prefixes(JsonNode pool) {
        List<IpPrefix> prefixes = new ArrayList<>();
        pool.path("prefixes").forEach(prefix -> prefixes.add(IpPrefix.parse(prefix.asText())));
        return prefixes;
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        check(after, draft);
        List<IpRange> left = prefixes(after).stream().map(IpRange::of).toList();
        for (IpPrefix prefix : prefixes(before)) {
            if (left.stream().noneMatch(range -> range.contains(IpRange.of(prefix)))) {
                throw NeutronError.badRequest(
                        "IllegalSubnetPoolPrefixUpdate",
                        "Illegal update to prefixes: Existing prefixes must be a subset of the new prefixes.");
            }
        }
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode pool, Request request, Draft draft) throws NeutronError {
        if (draft.catalog().has(Subnets.ALL, "subnetpool_id", pool.path("id").asText())) {
            throw NeutronError.conflict(
                    "SubnetPoolDeleteError", "Unable to delete subnet pool: Subnet pool has existing allocations.");
        }
        draft.remove(ALL, pool);
    }

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
            for (ObjectNode pool : draft.catalog().all(ALL)) {
                if (pool.path("is_default").asBoolean()
                        && pool.path("ip_version").asInt()
                                == subnet.path("ip_version").asInt()) {
                    if (id.isEmpty()) {
                        subnet.set("subnetpool_id", pool.path("id"));
                    }
                    return draft.hold(ALL, pool.path("id").asText());
                }
            }
            throw NeutronError.badRequest(
                    "BadRequest", "Bad subnets request: no default subnetpool is set for this IP version.");
        }
        ObjectNode pool = draft.hold(ALL, id);
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
        boolean inside =
                prefixes(pool).stream().anyMatch(prefix -> IpRange.of(prefix).contains(wanted));
        if (!inside || taken(pool, catalog).stream().anyMatch(wanted::overlaps)) {
            throw NeutronError.conflict(
                    "SubnetAllocationError",
                    "Failed to allocate subnet: Cannot allocate requested subnet from the available set of prefixes.");
        }
    }

    /** The first one that overlaps none that is taken. */
    private static IpPrefix free(ObjectNode pool, int length, Catalog catalog) throws NeutronError {
        List<IpRange> taken = taken(pool, catalog);
        for (IpPrefix prefix : prefixes(pool)) {
            if (prefix.length() > length) {
                continue;
            }
            IpRange all = IpRange.of(prefix);
            BigInteger step = BigInteger.ONE.shiftLeft((prefix.isIpv6() ? IPV6_BITS : IPV4_BITS) - length);
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
