package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.ADMIN;
import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.flow6.network.IpPrefix;

/** Pools that subnets get their prefixes of. */
final class SubnetPools extends Resource {
    static final String ALL = "subnetpools";
    private static final int IPV6_BITS = 128;
    private static final int IPV4_BITS = 32;

    SubnetPools() {
        super(ALL, "subnetpool", "SubnetPool");
        common(255);
        tagged();
        add(
                Attribute.of(
                        "name", Conversions.notEmpty(255), "For people.", POST, PUT, REQUIRED, FILTER, SORT, INDEX),
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
                        "How long prefixes are if nobody says. Default: the shortest.",
                        POST,
                        PUT,
                        FILTER,
                        SORT),
                Attribute.of(
                        "min_prefixlen",
                        Conversions.number(0, IPV6_BITS),
                        "The shortest prefix. Default: 64, with IPv4 8.",
                        POST,
                        PUT,
                        FILTER,
                        SORT),
                Attribute.of(
                        "max_prefixlen",
                        Conversions.number(0, IPV6_BITS),
                        "The longest prefix. Default: 128, with IPv4 32.",
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

    static List<IpPrefix> prefixes(JsonNode pool) {
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
}
