package org.flow6.flow;

import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U128;

/**
 * A field that flows match and set: a header field of a packet, or a slice of a register with the range of tables in
 * which it has a meaning. Names, headers and prerequisites are those of ovs-fields(7).
 *
 * @param <T> the type of its values
 */
public final class Field<T> implements Comparable<Field<?>> {
    private static final int OPENFLOW = 0x8000;
    private static final int NICIRA = 0x0001;
    private static final int OVS_ND = 0x1000;
    private static final List<Field<?>> ALL = new ArrayList<>();

    // Prerequisites come before the fields that need them: matches are sent in this order.
    public static final Field<OFPort> IN_PORT =
            header("in_port", OPENFLOW, 0, 32, port -> number(port.getPortNumber()));

    /** The network that a packet is on. */
    public static final Field<NetworkKey> NETWORK =
            register("network", 0, 0, 32, Table.CLASSIFY, Table.DELIVER, key -> number(key.value()));
    /** The port that a packet came in by; 0 where it came from none. */
    public static final Field<PortKey> SOURCE_PORT =
            register("source_port", 1, 0, 32, Table.CLASSIFY, Table.PUNT, key -> number(key.value()));
    /** The port that a packet goes to. */
    public static final Field<PortKey> DESTINATION_PORT =
            register("destination_port", 2, 0, 32, Table.ND_SOLICITATION, Table.DELIVER, key -> number(key.value()));
    /** Which part of a network's members is next. */
    public static final Field<Integer> FLOOD_PAGE =
            register("flood_page", 3, 0, 16, Table.FLOOD, Table.FLOOD, Field::number);
    /** The code of a {@link PuntReason} or {@link DropReason}. */
    public static final Field<Integer> REASON =
            register("reason", 3, 16, 16, Table.CLASSIFY, Table.DROP, Field::number);

    /** Whether a packet is longer than {@link Action.CheckLarger} says. */
    public static final Field<Boolean> LARGER =
            register("larger", 4, 0, 1, Table.GUARD_MESSAGE, Table.ND_SOLICITATION, Field::bit);
    /** Whether the guarded source port may advertise itself as a router. */
    public static final Field<Boolean> MAY_ROUTE =
            register("may_route", 4, 1, 1, Table.GUARD, Table.GUARD_MESSAGE, Field::bit);
    /** Whether the guarded source port may answer as a DHCP server. */
    public static final Field<Boolean> MAY_SERVE_DHCP =
            register("may_serve_dhcp", 4, 2, 1, Table.GUARD, Table.GUARD_MESSAGE, Field::bit);
    /** Whether the rules of {@link #RULED_PORT} look at single packets. */
    public static final Field<Boolean> STATELESS =
            register("stateless", 4, 3, 1, Table.EGRESS, Table.INGRESS_VERDICT, Field::bit);
    /** Whether a rule of {@link #RULED_PORT} allows the packet. */
    public static final Field<Boolean> ALLOWED =
            register("allowed", 4, 4, 1, Table.EGRESS, Table.INGRESS_PACKET_RULES, Field::bit);
    /** The port whose security groups are asked: the sender's, later the receiver's. */
    public static final Field<PortKey> RULED_PORT =
            register("ruled_port", 5, 0, 32, Table.EGRESS, Table.PUNT, key -> number(key.value()));
    /** The conntrack zone of {@link #RULED_PORT}. */
    public static final Field<Integer> ZONE =
            register("zone", 6, 0, 16, Table.EGRESS, Table.INGRESS_VERDICT, Field::number);

    public static final Field<MacAddress> ETH_DST = address("eth_dst", OPENFLOW, 3, 48, Field::mac);
    public static final Field<MacAddress> ETH_SRC = address("eth_src", OPENFLOW, 4, 48, Field::mac);
    public static final Field<Integer> ETH_TYPE = header("eth_type", OPENFLOW, 5, 16, Field::number);

    /** With the mask {@link #VLAN_PRESENT} whether there is a tag. */
    public static final Field<Integer> VLAN_VID = matched("vlan_vid", OPENFLOW, 6, 13, Field::number);
    /** The bit of {@link #VLAN_VID} that every tagged packet has. */
    public static final int VLAN_PRESENT = 0x1000;

    /** What conntrack says of a packet: {@link ConntrackState}. */
    public static final Field<Integer> CT_STATE = matched("ct_state", NICIRA, 105, 32, Field::number);
    /** The conjunction whose every dimension a packet matches. */
    public static final Field<ConjunctionKey> CONJ_ID = header("conj_id", NICIRA, 37, 32, key -> number(key.value()));

    private static final Prerequisite IPV4 = needs(ETH_TYPE, 0x0800);
    private static final Prerequisite IPV6 = needs(ETH_TYPE, 0x86dd);
    private static final Prerequisite IP = needs(ETH_TYPE, 0x0800, 0x86dd);

    public static final Field<Integer> IP_PROTO = header("ip_proto", OPENFLOW, 10, 8, Field::number, IP);
    /** 0 not a fragment, 1 first, 3 later fragment. */
    public static final Field<Integer> IP_FRAG = matched("ip_frag", NICIRA, 26, 8, Field::number, IP);
    /** IPv4's TTL, IPv6's hop limit. */
    public static final Field<Integer> HOP_LIMIT = writable("nw_ttl", NICIRA, 29, 8, Field::number, IP);

    public static final Field<IPv4Address> IPV4_SRC = address("ip_src", OPENFLOW, 11, 32, Field::ip4, IPV4);
    public static final Field<IPv4Address> IPV4_DST = address("ip_dst", OPENFLOW, 12, 32, Field::ip4, IPV4);
    public static final Field<IPv6Address> IPV6_SRC = address("ipv6_src", OPENFLOW, 26, 128, Field::ip6, IPV6);
    public static final Field<IPv6Address> IPV6_DST = address("ipv6_dst", OPENFLOW, 27, 128, Field::ip6, IPV6);

    private static final Prerequisite ARP = needs(ETH_TYPE, 0x0806);

    public static final Field<Integer> ARP_OP = writable("arp_op", OPENFLOW, 21, 16, Field::number, ARP);
    public static final Field<IPv4Address> ARP_SPA = address("arp_spa", OPENFLOW, 22, 32, Field::ip4, ARP);
    public static final Field<IPv4Address> ARP_TPA = address("arp_tpa", OPENFLOW, 23, 32, Field::ip4, ARP);
    public static final Field<MacAddress> ARP_SHA = address("arp_sha", OPENFLOW, 24, 48, Field::mac, ARP);
    public static final Field<MacAddress> ARP_THA = address("arp_tha", OPENFLOW, 25, 48, Field::mac, ARP);

    // The connection's first packet tells these: they are the same for replies and for errors about it.
    private static final Prerequisite TRACKED = new Prerequisite(
            CT_STATE, number(ConntrackState.TRACKED | ConntrackState.INVALID), List.of(number(ConntrackState.TRACKED)));

    public static final Field<Integer> CT_NW_PROTO = header("ct_nw_proto", NICIRA, 119, 8, Field::number, IP, TRACKED);
    public static final Field<IPv4Address> CT_IPV4_SRC =
            matched("ct_nw_src", NICIRA, 120, 32, Field::ip4, IPV4, TRACKED);
    public static final Field<IPv4Address> CT_IPV4_DST =
            matched("ct_nw_dst", NICIRA, 121, 32, Field::ip4, IPV4, TRACKED);
    public static final Field<IPv6Address> CT_IPV6_SRC =
            matched("ct_ipv6_src", NICIRA, 122, 128, Field::ip6, IPV6, TRACKED);
    public static final Field<IPv6Address> CT_IPV6_DST =
            matched("ct_ipv6_dst", NICIRA, 123, 128, Field::ip6, IPV6, TRACKED);
    /** The source port; the type of ICMP. */
    public static final Field<Integer> CT_TP_SRC = matched("ct_tp_src", NICIRA, 124, 16, Field::number, IP, TRACKED);
    /** The destination port; the code of ICMP. */
    public static final Field<Integer> CT_TP_DST = matched("ct_tp_dst", NICIRA, 125, 16, Field::number, IP, TRACKED);

    private static final Prerequisite TCP = needs(IP_PROTO, 6);

    public static final Field<Integer> TCP_SRC = port("tcp_src", 13, TCP);
    public static final Field<Integer> TCP_DST = port("tcp_dst", 14, TCP);

    private static final Prerequisite UDP = needs(IP_PROTO, 17);

    public static final Field<Integer> UDP_SRC = port("udp_src", 15, UDP);
    public static final Field<Integer> UDP_DST = port("udp_dst", 16, UDP);

    private static final Prerequisite SCTP = needs(IP_PROTO, 132);

    public static final Field<Integer> SCTP_SRC = port("sctp_src", 17, SCTP);
    public static final Field<Integer> SCTP_DST = port("sctp_dst", 18, SCTP);

    private static final Prerequisite[] ICMPV4 = {IPV4, needs(IP_PROTO, 1)};

    public static final Field<Integer> ICMPV4_TYPE = writable("icmp_type", OPENFLOW, 19, 8, Field::number, ICMPV4);
    public static final Field<Integer> ICMPV4_CODE = writable("icmp_code", OPENFLOW, 20, 8, Field::number, ICMPV4);

    private static final Prerequisite ICMPV6 = needs(IP_PROTO, 58);

    public static final Field<Integer> ICMPV6_TYPE = writable("icmpv6_type", OPENFLOW, 29, 8, Field::number, ICMPV6);
    public static final Field<Integer> ICMPV6_CODE = writable("icmpv6_code", OPENFLOW, 30, 8, Field::number, ICMPV6);

    private static final Prerequisite[] SOLICITATION = {needs(ICMPV6_TYPE, 135), needs(ICMPV6_CODE, 0)};
    private static final Prerequisite[] ADVERTISEMENT = {needs(ICMPV6_TYPE, 136), needs(ICMPV6_CODE, 0)};
    private static final Prerequisite[] EITHER = {needs(ICMPV6_TYPE, 135, 136), needs(ICMPV6_CODE, 0)};

    public static final Field<IPv6Address> ND_TARGET = address("nd_target", OPENFLOW, 31, 128, Field::ip6, EITHER);
    public static final Field<MacAddress> ND_SLL = address("nd_sll", OPENFLOW, 32, 48, Field::mac, SOLICITATION);
    public static final Field<MacAddress> ND_TLL = address("nd_tll", OPENFLOW, 33, 48, Field::mac, ADVERTISEMENT);
    /** Flags and reserved bits of a Neighbor Advertisement (RFC 4861 §4.4). */
    public static final Field<Long> ND_RESERVED = writable("nd_reserved", OVS_ND, 1, 32, Field::longNumber, EITHER);
    /** The first link-layer address option's type; 0 where there is none. */
    public static final Field<Integer> ND_OPTIONS_TYPE =
            writable("nd_options_type", OVS_ND, 2, 8, Field::number, EITHER);

    private final int order;
    private final String name;
    private final int oxmClass;
    private final int oxmField;
    private final int bits;
    private final U128 fullMask;
    private final Function<T, U128> encoding;
    private final List<Prerequisite> prerequisites;
    private final @Nullable Slice slice;
    private final Kind kind;

    private enum Kind {
        HEADER,
        WRITABLE,
        MASKABLE,
        ADDRESS,
        REGISTER
    }

    private Field(
            String name,
            int oxmClass,
            int oxmField,
            int bits,
            @Nullable Slice slice,
            Kind kind,
            List<Prerequisite> prerequisites,
            Function<T, U128> encoding) {
        this.order = ALL.size();
        this.name = name;
        this.oxmClass = oxmClass;
        this.oxmField = oxmField;
        this.bits = bits;
        // No field has more than 64 and less than 128 bits.
        this.fullMask = bits == 128 ? U128.of(-1, -1) : U128.of(0, -1L >>> (64 - bits));
        this.slice = slice;
        this.kind = kind;
        this.prerequisites = prerequisites;
        this.encoding = encoding;
        ALL.add(this);
    }

    /**
     * A part of a 32-bit register, and the tables from the first that may set it to the last that may read it.
     *
     * @param register 0 to 15
     * @param offset its lowest bit
     */
    public record Slice(int register, int offset, int bits, Table first, Table last) {
        public Slice {
            if (register < 0 || register > 15 || offset < 0 || bits < 1 || offset + bits > 32) {
                throw new IllegalArgumentException("reg" + register + "[" + offset + ".." + (offset + bits - 1) + "]");
            }
            if (first.compareTo(last) > 0) {
                throw new IllegalArgumentException("live from " + first + " to " + last);
            }
        }

        boolean isLiveIn(Table table) {
            return first.compareTo(table) <= 0 && table.compareTo(last) <= 0;
        }

        /** Whether two slices share a bit in some table. */
        boolean collidesWith(Slice other) {
            return register == other.register
                    && offset < other.offset + other.bits
                    && other.offset < offset + bits
                    && first.compareTo(other.last) <= 0
                    && other.first.compareTo(last) <= 0;
        }
    }

    /** These bits of a field must have one of these values where another field is matched or set. */
    record Prerequisite(Field<?> field, U128 mask, List<U128> values) {
        boolean isMetBy(Match.Term term) {
            return isWithin(mask, term.mask()) && values.contains(term.value().and(mask));
        }
    }

    /** Every field, in the order in which matches name them. */
    public static List<Field<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The name that ovs-fields(7) gives it; for registers the name of what it holds. */
    public String name() {
        return name;
    }

    public int bits() {
        return bits;
    }

    /** The 16-bit class of its OXM header; that of the whole register for a slice. */
    public int oxmClass() {
        return oxmClass;
    }

    /** The 7-bit field number of its OXM header. */
    public int oxmField() {
        return oxmField;
    }

    /** The register slice, or null for a header field. */
    public @Nullable Slice slice() {
        return slice;
    }

    public boolean isWritable() {
        return kind == Kind.WRITABLE || kind == Kind.ADDRESS || kind == Kind.REGISTER;
    }

    /** Whether a match may name single bits of it (ovs-fields(7), "Masking"). */
    public boolean isMaskable() {
        return kind == Kind.MASKABLE || kind == Kind.ADDRESS || kind == Kind.REGISTER;
    }

    List<Prerequisite> prerequisites() {
        return prerequisites;
    }

    /** The value's bits, right-aligned. */
    public U128 encode(T value) {
        return encoding.apply(value);
    }

    /** All bits of the field, right-aligned. */
    U128 fullMask() {
        return fullMask;
    }

    /** Whether no bit of the value is outside the mask. */
    static boolean isWithin(U128 value, U128 mask) {
        return (value.getMsb() & ~mask.getMsb()) == 0 && (value.getLsb() & ~mask.getLsb()) == 0;
    }

    /** The mask of the prefix's length, right-aligned. */
    static U128 prefixMask(IpPrefix prefix) {
        IPAddress<?> mask = prefix.isIpv6()
                ? IPv6Address.ofCidrMaskLength(prefix.length())
                : IPv4Address.ofCidrMaskLength(prefix.length());
        return ip(mask);
    }

    static U128 ip(IPAddress<?> address) {
        return address instanceof IPv6Address v6 ? ip6(v6) : ip4((IPv4Address) address);
    }

    private static U128 mac(MacAddress mac) {
        return U128.of(0, mac.getLong());
    }

    private static U128 ip4(IPv4Address address) {
        return number(address.getInt());
    }

    private static U128 ip6(IPv6Address address) {
        byte[] b = address.getBytes();
        return U128.of(
                Longs.fromBytes(b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]),
                Longs.fromBytes(b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]));
    }

    private static U128 number(int value) {
        return U128.of(0, Integer.toUnsignedLong(value));
    }

    private static U128 bit(boolean value) {
        return number(value ? 1 : 0);
    }

    private static U128 longNumber(long value) {
        return U128.of(0, value);
    }

    private static <T> Field<T> header(
            String name, int oxmClass, int oxmField, int bits, Function<T, U128> encoding, Prerequisite... needs) {
        return new Field<>(name, oxmClass, oxmField, bits, null, Kind.HEADER, List.of(needs), encoding);
    }

    private static <T> Field<T> writable(
            String name, int oxmClass, int oxmField, int bits, Function<T, U128> encoding, Prerequisite... needs) {
        return new Field<>(name, oxmClass, oxmField, bits, null, Kind.WRITABLE, List.of(needs), encoding);
    }

    private static <T> Field<T> matched(
            String name, int oxmClass, int oxmField, int bits, Function<T, U128> encoding, Prerequisite... needs) {
        return new Field<>(name, oxmClass, oxmField, bits, null, Kind.MASKABLE, List.of(needs), encoding);
    }

    /** A port of a transport protocol: OVS takes masks of it, also in OpenFlow 1.3. */
    private static Field<Integer> port(String name, int oxmField, Prerequisite needs) {
        return address(name, OPENFLOW, oxmField, 16, Field::number, needs);
    }

    private static <T> Field<T> address(
            String name, int oxmClass, int oxmField, int bits, Function<T, U128> encoding, Prerequisite... needs) {
        return new Field<>(name, oxmClass, oxmField, bits, null, Kind.ADDRESS, List.of(needs), encoding);
    }

    private static <T> Field<T> register(
            String name, int register, int offset, int bits, Table first, Table last, Function<T, U128> encoding) {
        Slice slice = new Slice(register, offset, bits, first, last);
        return new Field<>(name, NICIRA, register, bits, slice, Kind.REGISTER, List.of(), encoding);
    }

    private static Prerequisite needs(Field<Integer> field, Integer... values) {
        return new Prerequisite(
                field, field.fullMask(), Stream.of(values).map(field::encode).toList());
    }

    @Override
    public int compareTo(Field<?> other) {
        return Integer.compare(order, other.order);
    }

    @Override
    public String toString() {
        return name;
    }
}
