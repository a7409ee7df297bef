package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.northbound.api.Conversion.Unfit;

/** What rules of security groups and their templates have in common: their attributes, and when two are the same. */
final class RuleForm {
    static final List<String> ETHER_TYPES = List.of("IPv4", "IPv6");

    /** Index: all by which two rules are the same. */
    static final String SAME = "same";

    /** Prefixes that are the same as none. */
    private static final Set<String> ANYWHERE = Set.of("0.0.0.0/0", "::/0");

    private RuleForm() {}

    static Attribute[] attributes() {
        Conversion id = orNone(Conversions.text(255));
        return new Attribute[] {
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
            optional("protocol", Protocols.PROTOCOL, "Its name or number; null: any."),
            optional("port_range_min", port(), "The first port; with ICMP the type; null: any."),
            optional("port_range_max", port(), "The last port; with ICMP the code; null: any."),
            optional("remote_ip_prefix", prefix(), "The peers, by address; null: any."),
            Attribute.of("remote_group_id", id, "The peers: ports in this group.", POST, FILTER, SORT, INDEX)
                    .orNull(),
            Attribute.of(
                            "remote_address_group_id",
                            id,
                            "The peers: addresses of this address group.",
                            POST,
                            FILTER,
                            SORT,
                            INDEX)
                    .orNull()
        };
    }

    private static Attribute optional(String name, Conversion conversion, String meaning) {
        return Attribute.of(name, conversion, meaning, POST, FILTER, SORT).orNull();
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

    /** An address or a prefix, or none. */
    static Conversion prefix() {
        return orNone(Conversion.as(AddressConversions.HOST_OR_CIDR.form(), value -> {
            try {
                return AddressConversions.HOST_OR_CIDR.of(value);
            } catch (Unfit e) {
                throw new Unfit(NeutronError.badRequest(
                        "InvalidCIDR", "Invalid CIDR " + Conversions.quoted(value) + " given as IP prefix."));
            }
        }));
    }

    /** The same for two rules that are the same but for their ids. */
    static String essence(JsonNode rule) {
        Stream<String> others = Stream.of(
                        SecurityGroupRules.GROUP,
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
}
