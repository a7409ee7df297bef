package org.flow6.flow;

import java.util.List;
import java.util.Locale;

/**
 * The whole pipeline: order of declaration is order of tables, and a packet goes forward only. What no flow of a table
 * matches goes on to another table or is dropped for a reason.
 */
public enum Table {
    CLASSIFY(0, "in_port gives network and source port"),
    BASE_ICMPV6(20, "takes Neighbor Discovery off the way of other packets and checks it by RFC 4861 §7.1"),
    ND_SOLICITATION(30, "valid solicitations, by target: answered, punted, or left to who may own the address"),
    ND_ADVERTISEMENT(31, "sends the answer; a table of its own, as OVS checks nd_tll against the match alone"),
    ROUTER_DISCOVERY(32, "solicitations for routers: checked by RFC 4861 §6.1.1 and RFC 3122 §4.3.1, then punted"),
    SERVICES(40, "what is for Flow6 itself: pings of router addresses answered, DHCPv6 punted"),
    BRIDGE(70, "destination MAC gives destination port; multicast is for all members"),
    FLOOD(75, "each member of the network in turn"),
    DELIVER(90, "destination port gives OpenFlow port"),
    PUNT(100, "to the controller, by a meter for each source port and reason"),
    DROP(101, "one flow per reason: its counter is the metric");

    private final int number;
    private final String purpose;

    Table(int number, String purpose) {
        this.number = number;
        this.purpose = purpose;
    }

    /** The OpenFlow table, 0 to 253; kept from version to version, so that an upgrade keeps its flows. */
    public int number() {
        return number;
    }

    public String purpose() {
        return purpose;
    }

    /** What becomes of a packet that no flow of this table matches. */
    public Miss miss() {
        return switch (this) {
            case CLASSIFY -> new Miss.Drop(DropReason.UNKNOWN_PORT);
            case BASE_ICMPV6 -> new Miss.Continue(SERVICES);
            case SERVICES -> new Miss.Continue(BRIDGE);
            case ND_SOLICITATION -> new Miss.Drop(DropReason.ND_UNKNOWN_TARGET);
            case BRIDGE -> new Miss.Drop(DropReason.UNKNOWN_DESTINATION);
            case ND_ADVERTISEMENT, ROUTER_DISCOVERY, FLOOD, DELIVER -> new Miss.Drop(DropReason.NOT_DELIVERED);
            case PUNT -> new Miss.Drop(DropReason.NOT_METERED);
            case DROP -> new Miss.Discard();
        };
    }

    /**
     * The address fields that flows of this table match by prefix, three at most: OVS then keeps a trie for each, and its
     * datapath flows cover whole prefixes instead of single addresses (ovs-vswitchd.conf.db(5), Flow_Table prefixes).
     */
    public List<Field<?>> prefixes() {
        return switch (this) {
            case BASE_ICMPV6, ROUTER_DISCOVERY, SERVICES -> List.of(Field.IPV6_DST, Field.IPV6_SRC);
            case ND_SOLICITATION -> List.of(Field.ND_TARGET);
            default -> List.of();
        };
    }

    /** What logs and pages call it: {@code nd-solicitation}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What becomes of a packet that no flow of a table matches. */
    public sealed interface Miss {
        record Continue(Table table) implements Miss {}

        record Drop(DropReason reason) implements Miss {}

        /** The end: nothing is left to count. */
        record Discard() implements Miss {}
    }
}
