package org.flow6.network;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Protocols above IP, by Neutron's names (neutron_lib.constants.IP_PROTOCOL_MAP) and their numbers. */
public final class IpProtocols {
    /** No protocol at all: what Neutron calls any, or ip. */
    public static final int ANY = -1;

    public static final int ICMP = 1;
    public static final int ICMPV6 = 58;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
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

    private static final Set<Integer> WITH_PORTS = Set.of(6, 17, 33, 132, 136);
    private static final Set<Integer> IPV6_ONLY = Set.of(41, 43, 44, ICMPV6, 59, 60);

    private IpProtocols() {}

    /** All names, in order. */
    public static SortedSet<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    /**
     * The number of a protocol.
     *
     * @param text its name in any case, or its number from 0 to 255
     * @return {@link #ANY} for a name of none; empty if it is neither
     */
    public static OptionalInt parse(String text) {
        Integer named = BY_NAME.get(text.toLowerCase(Locale.ROOT));
        if (named != null) {
            return OptionalInt.of(named);
        }
        return NUMBER.matcher(text).matches() && Integer.parseInt(text) <= HIGHEST
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    /** With IPv6 every spelling of ICMP is ICMPv6. */
    public static int within(int protocol, boolean ipv6) {
        return ipv6 && protocol == ICMP ? ICMPV6 : protocol;
    }

    public static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMPV6;
    }

    public static boolean hasPorts(int protocol) {
        return WITH_PORTS.contains(protocol);
    }

    public static boolean isIpv6Only(int protocol) {
        return IPV6_ONLY.contains(protocol);
    }
}
