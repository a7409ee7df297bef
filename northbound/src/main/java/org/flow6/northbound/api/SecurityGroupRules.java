package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.northbound.api.Conversion.Unfit;

/** Rules of security groups. */
final class SecurityGroupRules extends Resource {
    static final String ALL = "security_group_rules";
    static final String GROUP = "security_group_id";
    /** Index: all by which two rules are the same. */
    private static final String SAME = "same";

    /** Prefixes that are the same as none. */
    private static final Set<String> ANYWHERE = Set.of("0.0.0.0/0", "::/0");

    private static final List<String> ETHER_TYPES = List.of("IPv4", "IPv6");

    SecurityGroupRules() {
        super(ALL, "security_group_rule", "SecurityGroupRule");
        nameless();
        add(
                Attribute.of(
                        GROUP,
                        Conversions.notEmpty(255),
                        "The group whose rule it is.",
                        POST,
                        REQUIRED,
                        FILTER,
                        SORT,
                        INDEX),
                Attribute.of(
                        "direction",
                        Conversions.oneOf("ingress", "egress"),
                        "Seen from the port.",
                        POST,
                        REQUIRED,
                        FILTER,
                        SORT),
                Attribute.of("ethertype", etherType(), "The family it is about.", POST, FILTER, SORT)
                        .or("IPv4"),
                Attribute.of("protocol", Protocols.PROTOCOL, "Its name or number; null: any.", POST, FILTER, SORT)
                        .orNull(),
                Attribute.of(
                                "port_range_min",
                                port(),
                                "The first port; with ICMP the type; null: any.",
                                POST,
                                FILTER,
                                SORT)
                        .orNull(),
                Attribute.of(
                                "port_range_max",
                                port(),
                                "The last port; with ICMP the code; null: any.",
                                POST,
                                FILTER,
                                SORT)
                        .orNull(),
                Attribute.of("remote_ip_prefix", prefix(), "The peers, by address; null: any.", POST, FILTER, SORT)
                        .orNull(),
                Attribute.of(
                                "remote_group_id",
                                orNone(Conversions.text(255)),
                                "The peers: ports in this group.",
                                POST,
                                FILTER,
                                SORT,
                                INDEX)
                        .orNull(),
                Attribute.of(
                                "remote_address_group_id",
                                orNone(Conversions.text(255)),
                                "The peers: addresses of this address group.",
                                POST,
                                FILTER,
                                SORT,
                                INDEX)
                        .orNull(),
                Attribute.of("normalized_cidr", prefix(), "The remote_ip_prefix, its host bits clear.", FILTER));
    }

    private static Conversion etherType() {
        return Conversion.as(String.join(" or ", ETHER_TYPES), value -> {
            for (String type : ETHER_TYPES) {
                if (value.isTextual() && value.asText().equalsIgnoreCase(type)) {
                    return Conversions.text(type);
                }
            }
            throw new Unfit(NeutronError.badRequest(
                    "SecurityGroupRuleInvalidEtherType",
                    "Security group rule for ethertype " + Conversions.quoted(value)
                            + " not supported. Allowed values are "
                            + ETHER_TYPES.stream().map(type -> "'" + type + "'").toList() + "."));
        });
    }

    /** JSON's null, or an empty text, is none. */
    private static Conversion orNone(Conversion conversion) {
        return Conversion.as(
                conversion.form() + ", or null",
                value -> value.isNull() || (value.isTextual() && value.asText().isEmpty())
                        ? NullNode.getInstance()
                        : conversion.of(value));
    }

    private static Conversion port() {
        Conversion number = Conversions.number(0, 65_535);
        return orNone(Conversion.as(number.form(), value -> {
            try {
                return number.of(value);
            } catch (Unfit e) {
                String text = Conversions.quoted(value);
                throw new Unfit(SecurityGroupRuleChecks.invalidPort(value.isNumber() ? value.asText() : text));
            }
        }));
    }

    private static Conversion prefix() {
        return orNone(Conversion.as(AddressConversions.HOST_OR_CIDR.form(), value -> {
            try {
                return AddressConversions.HOST_OR_CIDR.of(value);
            } catch (Unfit e) {
                throw new Unfit(NeutronError.badRequest(
                        "InvalidCIDR", "Invalid CIDR " + Conversions.quoted(value) + " given as IP prefix."));
            }
        }));
    }

    /** The rules that Neutron makes with a group: egress anything; a default group also ingress from itself. */
    static void putDefaults(ObjectNode group, Draft draft) {
        for (String type : ETHER_TYPES) {
            putDefault(group, "egress", type, draft);
            if (SecurityGroups.isDefault(group)) {
                putDefault(group, "ingress", type, draft);
            }
        }
    }

    private static void putDefault(ObjectNode group, String direction, String type, Draft draft) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("id", UUID.randomUUID().toString());
        rule.set("project_id", group.path("project_id"));
        rule.set(GROUP, group.path("id"));
        rule.put("direction", direction).put("ethertype", type).put("description", "");
        rule.putNull("protocol").putNull("port_range_min").putNull("port_range_max");
        rule.putNull("remote_ip_prefix").putNull("remote_address_group_id");
        rule.set("remote_group_id", direction.equals("ingress") ? group.path("id") : NullNode.getInstance());
        draft.put(ALL, rule);
    }

    @Override
    List<Map.Entry<String, String>> indexed(ObjectNode rule) {
        List<Map.Entry<String, String>> found = new ArrayList<>(super.indexed(rule));
        found.add(Map.entry(SAME, essence(rule)));
        return found;
    }

    private static String essence(JsonNode rule) {
        Stream<String> others = Stream.of(
                        GROUP,
                        "direction",
                        "ethertype",
                        "port_range_min",
                        "port_range_max",
                        "remote_group_id",
                        "remote_address_group_id")
                .map(attribute -> Catalog.text(rule, attribute));
        String prefix = Catalog.text(rule, "remote_ip_prefix");
        return Protocols.of(rule) + " " + (ANYWHERE.contains(prefix) ? "" : prefix) + " "
                + others.collect(Collectors.joining(" "));
    }

    @Override
    NeutronError notFound(String id) {
        return NeutronError.notFound("SecurityGroupRuleNotFound", "Security group rule " + id + " does not exist");
    }

    @Override
    boolean isSeen(ObjectNode rule, Catalog catalog, Caller caller) {
        return super.isSeen(rule, catalog, caller) || isOfGroupOf(rule, catalog, caller);
    }

    @Override
    boolean mayRemove(ObjectNode rule, Catalog catalog, Caller caller) {
        return super.mayRemove(rule, catalog, caller) || isOfGroupOf(rule, catalog, caller);
    }

    /** Who has a group has its rules, those that an administrator made too. */
    private static boolean isOfGroupOf(ObjectNode rule, Catalog catalog, Caller caller) {
        ObjectNode group = catalog.get(SecurityGroups.ALL, Catalog.text(rule, GROUP));
        return group != null && caller.owns(Catalog.text(group, "project_id"));
    }

    @Override
    void create(ObjectNode rule, Request request, Draft draft) throws NeutronError {
        SecurityGroupRuleChecks.check(rule, request.caller(), draft);
        SecurityGroupRuleChecks.requireSeen(
                SecurityGroupRuleChecks.GROUPS, rule.path(GROUP).asText(), request.caller(), draft);
        for (ObjectNode same : draft.catalog().find(ALL, SAME, essence(rule))) {
            throw NeutronError.conflict(
                    "SecurityGroupRuleExists",
                    "Security group rule already exists. Rule id is "
                            + same.path("id").asText() + ".");
        }
        draft.put(ALL, rule);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) {
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode rule, Request request, Draft draft) {
        draft.remove(ALL, rule);
    }

    @Override
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {
        shown.set("normalized_cidr", shown.path("remote_ip_prefix"));
    }
}
