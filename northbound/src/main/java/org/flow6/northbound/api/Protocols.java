package org.flow6.northbound.api;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flow6.northbound.api.Conversion.Unfit;

/** Protocols above IP, by Neutron's names (neutron_lib.constants.IP_PROTOCOL_MAP) or their numbers. */
final class Protocols {
    /** No protocol at all: what Neutron calls any, or ip. */
    static final int ANY = -1;

    static final int ICMP = 1;
    static final int ICMPV6 = 58;
    static final Set<Integer> WITH_PORTS = Set.of(6, 17, 33, 132, 136);
    static final Set<Integer> IPV6_ONLY = Set.of(41, 43, 44, ICMPV6, 59, 60);

    private static final int HIGHEST = 255;
    private static final Map<String, Integer> BY_NAME = Map.ofEntries(
            entry("any", ANY),
            entry("ip", ANY),
            entry("ah", 51),
            entry("dccp", 33),
            entry("egp", 8),
            entry("esp", 50),
            entry("gre", 47),
            entry("hopopt", 0),
            entry("icmp", ICMP),
            entry("icmpv6", ICMPV6),
            entry("igmp", 2),
            entry("ipip", 4),
            entry("ipv6-encap", 41),
            entry("ipv6-frag", 44),
            entry("ipv6-icmp", ICMPV6),
            entry("ipv6-nonxt", 59),
            entry("ipv6-opts", 60),
            entry("ipv6-route", 43),
            entry("ospf", 89),
            entry("pgm", 113),
            entry("rsvp", 46),
            entry("sctp", 132),
            entry("tcp", 6),
            entry("udp", 17),
            entry("udplite", 136),
            entry("vrrp", 112));

    /** A name in small letters, or a number as text, or null. */
    static final Conversion PROTOCOL = Conversion.as("a protocol's name, a number from 0 to 255, or null", value -> {
        if (value.isNull()) {
            return value;
        }
        String text =
                value.isTextual() || value.isIntegralNumber() ? value.asText().toLowerCase(Locale.ROOT) : "";
        if (BY_NAME.containsKey(text) || isNumber(text)) {
            return Conversions.text(text);
        }
        throw new Unfit(NeutronError.badRequest(
                "SecurityGroupRuleInvalidProtocol",
                "Security group rule protocol " + Conversions.quoted(value)
                        + " not supported. Only protocol values "
                        + new TreeSet<>(BY_NAME.keySet())
                                .stream().map(name -> "'" + name + "'").collect(Collectors.toList())
                        + " and integer representations [0 to 255] are supported."));
    });

    private Protocols() {}

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= HIGHEST;
    }

    /**
     * The number of a rule's protocol; with IPv6 every spelling of ICMP is ICMPv6.
     *
     * @return {@link #ANY} where it has none
     */
    static int of(JsonNode rule) {
        String text = Catalog.text(rule, "protocol");
        int number = text.isEmpty() ? ANY : isNumber(text) ? Integer.parseInt(text) : BY_NAME.getOrDefault(text, ANY);
        return number == ICMP && Catalog.text(rule, "ethertype").equals("IPv6") ? ICMPV6 : number;
    }
}
