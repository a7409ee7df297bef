package org.flow6.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.HostKey;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.flow6.network.RouterKey;
import org.jspecify.annotations.Nullable;
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
    private static final int FIRST_XXREG = 111;
    private static final List<Field<?>> ALL = new ArrayList<>();

    // Prerequisites come before the fields that need them: matches are sent in this order.
    public static final Field<OFPort> IN_PORT =
            header("in_port", OPENFLOW, 0, 32, port -> Bits.number(port.getPortNumber()));

    // Of packets from a tunnel; set before one is sent into it.

    /** The network that a packet in a tunnel is on: the 24 bits of VXLAN's or Geneve's header. */
    public static final Field<NetworkKey> TUN_ID = address("tun_id", OPENFLOW, 38, 64, key -> Bits.number(key.value()));
    /** The host that a packet in a tunnel is from. */
    public static final Field<IPv4Address> TUN_IPV4_SRC = address("tun_src", NICIRA, 31, 32, Bits::ip4);
    /** The host that a packet in a tunnel is for. */
    public static final Field<IPv4Address> TUN_IPV4_DST = address("tun_dst", NICIRA, 32, 32, Bits::ip4);
    /** The host that a packet in a tunnel is from. */
    public static final Field<IPv6Address> TUN_IPV6_SRC = address("tun_ipv6_src", NICIRA, 109, 128, Bits::ip6);
    /** The host that a packet in a tunnel is for. */
    public static final Field<IPv6Address> TUN_IPV6_DST = address("tun_ipv6_dst", NICIRA, 110, 128, Bits::ip6);
    /** The port that a packet in a Geneve tunnel is from, on the other host; 0 where it is from none. */
    public static final Field<PortKey> TUN_METADATA0 =
            address("tun_metadata0", NICIRA, 40, 32, key -> Bits.number(key.value()));

    /** The network that a packet is on. */
    public static final Field<NetworkKey> NETWORK =
            register("network", 0, 0, 32, Table.CLASSIFY, Table.TUNNEL, key -> Bits.number(key.value()));
    /** The port that a packet came in by; 0 where it came from none. */
    public static final Field<PortKey> SOURCE_PORT =
            register("source_port", 1, 0, 32, Table.CLASSIFY, Table.PUNT, key -> Bits.number(key.value()));
    /** The port that a packet goes to. */
    public static final Field<PortKey> DESTINATION_PORT = register(
            "destination_port", 2, 0, 32, Table.ND_SOLICITATION, Table.DELIVER, key -> Bits.number(key.value()));
    /** Which part of a network's members, of the hosts with members, or of the receivers of a multicast group is next. */
    public static final Field<Integer> FLOOD_PAGE =
            register("flood_page", 3, 0, 16, Table.MULTICAST, Table.FLOOD_HOSTS, Bits::number);
    /** Which of the paths of equal cost a packet takes. */
    public static final Field<Integer> PATH = register("path", 3, 0, 16, Table.ROUTE, Table.ROUTE_PATH, Bits::number);
    /** The code of a {@link PuntReason} or {@link DropReason}. */
    public static final Field<Integer> REASON = register("reason", 3, 16, 16, Table.CLASSIFY, Table.DROP, Bits::number);

    /** Whether a packet is longer than {@link Action.CheckLarger} says. */
    public static final Field<Boolean> LARGER =
            register("larger", 4, 0, 1, Table.GUARD_MESSAGE, Table.ND_SOLICITATION, Bits::bit);
    /** Whether the guarded source port may advertise itself as a router. */
    public static final Field<Boolean> MAY_ROUTE =
            register("may_route", 4, 1, 1, Table.GUARD, Table.GUARD_MESSAGE, Bits::bit);
    /** Whether the guarded source port may answer as a DHCP server. */
    public static final Field<Boolean> MAY_SERVE_DHCP =
            register("may_serve_dhcp", 4, 2, 1, Table.GUARD, Table.GUARD_MESSAGE, Bits::bit);
    /** Whether the rules of {@link #RULED_PORT} look at single packets. */
    public static final Field<Boolean> STATELESS =
            register("stateless", 4, 3, 1, Table.EGRESS, Table.INGRESS_VERDICT, Bits::bit);
    /** Whether a rule of {@link #RULED_PORT} allows the packet. */
    public static final Field<Boolean> ALLOWED =
            register("allowed", 4, 4, 1, Table.EGRESS, Table.INGRESS_PACKET_RULES, Bits::bit);
    /** Whether a packet is too big for the network that it goes to. */
    public static final Field<Boolean> TOO_BIG = register("too_big", 4, 5, 1, Table.ROUTE, Table.ROUTE_SIZE, Bits::bit);
    /** Whether a router sent the packet on. */
    public static final Field<Boolean> ROUTED = register("routed", 4, 15, 1, Table.ROUTE, Table.DELIVER, Bits::bit);
    /** Whether a packet that a router got is from an address of its link alone. */
    public static final Field<Boolean> LINK_LOCAL_SOURCE =
            register("link_local_source", 4, 7, 1, Table.ROUTE_SOURCE, Table.ROUTE, Bits::bit);
    /** Whether a packet came from another host, whose switch has checked it. */
    public static final Field<Boolean> FROM_TUNNEL =
            register("from_tunnel", 4, 6, 1, Table.CLASSIFY, Table.TUNNEL, Bits::bit);
    /** Whether a packet came by the port of a network to the rest of its physical network, and was not routed since. */
    public static final Field<Boolean> FROM_OUTSIDE =
            register("from_outside", 4, 8, 1, Table.CLASSIFY, Table.FLOOD_HOSTS, Bits::bit);
    /** The port whose security groups are asked: the sender's, later the receiver's. */
    public static final Field<PortKey> RULED_PORT =
            register("ruled_port", 5, 0, 32, Table.EGRESS, Table.PUNT, key -> Bits.number(key.value()));
    /** The conntrack zone of {@link #RULED_PORT}. */
    public static final Field<Integer> ZONE =
            register("zone", 6, 0, 16, Table.EGRESS, Table.INGRESS_VERDICT, Bits::number);

    /** The router that a packet is routed by. */
    public static final Field<RouterKey> ROUTER =
            register("router", 7, 0, 32, Table.ROUTER, Table.NEXT_HOP, key -> Bits.number(key.value()));
    /** The IPv6 address that a packet goes to next, on {@link #NETWORK}. */
    public static final Field<IPv6Address> NEXT_HOP_IPV6 =
            register("next_hop_ipv6", 8, 0, 128, Table.ROUTE, Table.NEXT_HOP, Bits::ip6);
    /** The IPv4 address that a packet goes to next, on {@link #NETWORK}. */
    public static final Field<IPv4Address> NEXT_HOP_IPV4 =
            register("next_hop_ipv4", 12, 0, 32, Table.ROUTE, Table.NEXT_HOP, Bits::ip4);

    /** The host that a packet goes to. */
    public static final Field<HostKey> DESTINATION_HOST =
            register("destination_host", 13, 0, 32, Table.ROUTE, Table.TUNNEL, key -> Bits.number(key.value()));

    public static final Field<MacAddress> ETH_DST = address("eth_dst", OPENFLOW, 3, 48, Bits::mac);
    public static final Field<MacAddress> ETH_SRC = address("eth_src", OPENFLOW, 4, 48, Bits::mac);
    public static final Field<Integer> ETH_TYPE = header("eth_type", OPENFLOW, 5, 16, Bits::number);

    /** With the mask {@link #VLAN_PRESENT} whether there is a tag. */
    public static final Field<Integer> VLAN_VID = matched("vlan_vid", OPENFLOW, 6, 13, Bits::number);
    /** The bit of {@link #VLAN_VID} that every tagged packet has. */
    public static final int VLAN_PRESENT = 0x1000;

    /** What conntrack says of a packet: {@link ConntrackState}. */
    public static final Field<Integer> CT_STATE = matched("ct_state", NICIRA, 105, 32, Bits::number);
    /** The conjunction whose every dimension a packet matches. */
    public static final Field<ConjunctionKey> CONJ_ID =
            header("conj_id", NICIRA, 37, 32, key -> Bits.number(key.value()));

    private static final Prerequisite IPV4 = needs(ETH_TYPE, 0x0800);
    private static final Prerequisite IPV6 = needs(ETH_TYPE, 0x86dd);
    private static final Prerequisite IP = needs(ETH_TYPE, 0x0800, 0x86dd);

    public static final Field<Integer> IP_PROTO = header("ip_proto", OPENFLOW, 10, 8, Bits::number, IP);
    /** 0 not a fragment, 1 first, 3 later fragment. */
    public static final Field<Integer> IP_FRAG = matched("ip_frag", NICIRA, 26, 8, Bits::number, IP);
    /** IPv4's TTL, IPv6's hop limit. */
    public static final Field<Integer> HOP_LIMIT = writable("nw_ttl", NICIRA, 29, 8, Bits::number, IP);

    public static final Field<IPv4Address> IPV4_SRC = address("ip_src", OPENFLOW, 11, 32, Bits::ip4, IPV4);
    public static final Field<IPv4Address> IPV4_DST = address("ip_dst", OPENFLOW, 12, 32, Bits::ip4, IPV4);
    public static final Field<IPv6Address> IPV6_SRC = address("ipv6_src", OPENFLOW, 26, 128, Bits::ip6, IPV6);
    public static final Field<IPv6Address> IPV6_DST = address("ipv6_dst", OPENFLOW, 27, 128, Bits::ip6, IPV6);

    private static final Prerequisite ARP = needs(ETH_TYPE, 0x0806);

    public static final Field<Integer> ARP_OP = writable("arp_op", OPENFLOW, 21, 16, Bits::number, ARP);
    public static final Field<IPv4Address> ARP_SPA = address("arp_spa", OPENFLOW, 22, 32, Bits::ip4, ARP);
    public static final Field<IPv4Address> ARP_TPA = address("arp_tpa", OPENFLOW, 23, 32, Bits::ip4, ARP);
    public static final Field<MacAddress> ARP_SHA = address("arp_sha", OPENFLOW, 24, 48, Bits::mac, ARP);
    public static final Field<MacAddress> ARP_THA = address("arp_tha", OPENFLOW, 25, 48, Bits::mac, ARP);

    // The connection's first packet tells these: they are the same for replies and for errors about it.
    private static final Prerequisite TRACKED = new Prerequisite(
            CT_STATE,
            Bits.number(ConntrackState.TRACKED | ConntrackState.INVALID),
            List.of(Bits.number(ConntrackState.TRACKED)));

    public static final Field<Integer> CT_NW_PROTO = header("ct_nw_proto", NICIRA, 119, 8, Bits::number, IP, TRACKED);
    public static final Field<IPv4Address> CT_IPV4_SRC =
            matched("ct_nw_src", NICIRA, 120, 32, Bits::ip4, IPV4, TRACKED);
    public static final Field<IPv4Address> CT_IPV4_DST =
            matched("ct_nw_dst", NICIRA, 121, 32, Bits::ip4, IPV4, TRACKED);
    public static final Field<IPv6Address> CT_IPV6_SRC =
            matched("ct_ipv6_src", NICIRA, 122, 128, Bits::ip6, IPV6, TRACKED);
    public static final Field<IPv6Address> CT_IPV6_DST =
            matched("ct_ipv6_dst", NICIRA, 123, 128, Bits::ip6, IPV6, TRACKED);
    /** The source port; the type of ICMP. */
    public static final Field<Integer> CT_TP_SRC = matched("ct_tp_src", NICIRA, 124, 16, Bits::number, IP, TRACKED);
    /** The destination port; the code of ICMP. */
    public static final Field<Integer> CT_TP_DST = matched("ct_tp_dst", NICIRA, 125, 16, Bits::number, IP, TRACKED);

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

    public static final Field<Integer> ICMPV4_TYPE = writable("icmp_type", OPENFLOW, 19, 8, Bits::number, ICMPV4);
    public static final Field<Integer> ICMPV4_CODE = writable("icmp_code", OPENFLOW, 20, 8, Bits::number, ICMPV4);

    private static final Prerequisite ICMPV6 = needs(IP_PROTO, 58);

    public static final Field<Integer> ICMPV6_TYPE = writable("icmpv6_type", OPENFLOW, 29, 8, Bits::number, ICMPV6);
    public static final Field<Integer> ICMPV6_CODE = writable("icmpv6_code", OPENFLOW, 30, 8, Bits::number, ICMPV6);

    private static final Prerequisite[] SOLICITATION = {needs(ICMPV6_TYPE, 135), needs(ICMPV6_CODE, 0)};
    private static final Prerequisite[] ADVERTISEMENT = {needs(ICMPV6_TYPE, 136), needs(ICMPV6_CODE, 0)};
    private static final Prerequisite[] EITHER = {needs(ICMPV6_TYPE, 135, 136), needs(ICMPV6_CODE, 0)};

    public static final Field<IPv6Address> ND_TARGET = address("nd_target", OPENFLOW, 31, 128, Bits::ip6, EITHER);
    public static final Field<MacAddress> ND_SLL = address("nd_sll", OPENFLOW, 32, 48, Bits::mac, SOLICITATION);
    public static final Field<MacAddress> ND_TLL = address("nd_tll", OPENFLOW, 33, 48, Bits::mac, ADVERTISEMENT);
    /** Flags and reserved bits of a Neighbor Advertisement (RFC 4861 §4.4). */
    public static final Field<Long> ND_RESERVED = writable("nd_reserved", OVS_ND, 1, 32, Bits::longNumber, EITHER);
    /** The first link-layer address option's type; 0 where there is none. */
    public static final Field<Integer> ND_OPTIONS_TYPE =
            writable("nd_options_type", OVS_ND, 2, 8, Bits::number, EITHER);

    private final int order;
    private final String name;
    private final int oxmClass;
    private final int oxmField;
    private final int bits;
    private final U128 fullMask;
    private final Function<T, U128> encoding;
    private final List<Prerequisite> prerequisites;
    private final @Nullable RegisterSlice slice;
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
            @Nullable RegisterSlice slice,
            Kind kind,
            List<Prerequisite> prerequisites,
            Function<T, U128> encoding) {
        this.order = ALL.size();
        this.name = name;
        this.oxmClass = oxmClass;
        this.oxmField = oxmField;
        this.bits = bits;
        this.fullMask = Bits.ones(bits);
        this.slice = slice;
        this.kind = kind;
        this.prerequisites = prerequisites;
        this.encoding = encoding;
        ALL.add(this);
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

    /** The part of a 32-bit register that it is; null for a header field and for four registers, which have a header. */
    public @Nullable RegisterSlice slice() {
        return slice != null && slice.isWide() ? null : slice;
    }

    /** The registers that it is in and where they mean it; null for a header field. */
    public @Nullable RegisterSlice registers() {
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
        return address(name, OPENFLOW, oxmField, 16, Bits::number, needs);
    }

    private static <T> Field<T> address(
            String name, int oxmClass, int oxmField, int bits, Function<T, U128> encoding, Prerequisite... needs) {
        return new Field<>(name, oxmClass, oxmField, bits, null, Kind.ADDRESS, List.of(needs), encoding);
    }

    private static <T> Field<T> register(
            String name, int register, int offset, int bits, Table first, Table last, Function<T, U128> encoding) {
        RegisterSlice slice = new RegisterSlice(register, offset, bits, first, last);
        int oxmField = slice.isWide() ? FIRST_XXREG + register / 4 : register;
        return new Field<>(name, NICIRA, oxmField, bits, slice, Kind.REGISTER, List.of(), encoding);
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
