package org.flow6.flow;

import java.util.List;
import java.util.Optional;
import org.flow6.network.IpPrefix;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.U128;

/**
 * Which packets a flow takes: all of its terms hold. Immutable; terms are ordered by field, so that equal matches are
 * equal however they were built.
 */
public final class Match {
    private static final int ETH_TYPE_IPV4 = 0x0800;
    private static final int ETH_TYPE_ARP = 0x0806;
    private static final int ETH_TYPE_IPV6 = 0x86dd;
    private static final int PROTO_ICMPV6 = 58;

    /** Every packet. */
    public static final Match ANY = new Match(List.of());

    /** IPv6 packets. */
    public static final Match IPV6 = ANY.and(Field.ETH_TYPE, ETH_TYPE_IPV6);

    /** IPv4 packets. */
    public static final Match IPV4 = ANY.and(Field.ETH_TYPE, ETH_TYPE_IPV4);

    /** ARP packets. */
    public static final Match ARP = ANY.and(Field.ETH_TYPE, ETH_TYPE_ARP);

    /** ICMPv6 packets, but no later fragments of any. */
    public static final Match ICMPV6 = IPV6.and(Field.IP_PROTO, PROTO_ICMPV6);

    private final List<Term> terms;

    private Match(List<Term> terms) {
        this.terms = terms;
    }

    /** A field's bits under a mask, right-aligned; the mask has bits, and none is set outside it. */
    public record Term(Field<?> field, U128 value, U128 mask) {
        public Term {
            if (!Bits.isWithin(value, mask) || !Bits.isWithin(mask, field.fullMask()) || mask.equals(U128.ZERO)) {
                throw new IllegalArgumentException(field + "=" + value + "/" + mask);
            }
            if (!field.isMaskable() && !mask.equals(field.fullMask())) {
                throw new IllegalArgumentException(field + " is matched as a whole or not at all, not " + mask);
            }
        }

        /** Whether the whole field is matched. */
        public boolean isExact() {
            return mask.equals(field.fullMask());
        }
    }

    /**
     * This match and an exact value of one more field.
     *
     * @throws IllegalArgumentException if the field is matched already or a prerequisite of it is not
     */
    public <T> Match and(Field<T> field, T value) {
        return and(new Term(field, field.encode(value), field.fullMask()));
    }

    /** This match and some bits of one more field, which are given by the mask. */
    public <T> Match and(Field<T> field, T value, T mask) {
        return and(new Term(field, field.encode(value), field.encode(mask)));
    }

    /** This match and an address field within a prefix. A prefix of length 0 adds nothing. */
    public Match andIpv6(Field<IPv6Address> field, IpPrefix prefix) {
        return andPrefix(field, prefix, true);
    }

    /** This match and an address field within a prefix. A prefix of length 0 adds nothing. */
    public Match andIpv4(Field<IPv4Address> field, IpPrefix prefix) {
        return andPrefix(field, prefix, false);
    }

    private Match andPrefix(Field<?> field, IpPrefix prefix, boolean ipv6) {
        if (prefix.isIpv6() != ipv6) {
            throw new IllegalArgumentException(field + " in " + prefix);
        }
        return prefix.length() == 0 ? this : and(new Term(field, Bits.ip(prefix.address()), Bits.prefixMask(prefix)));
    }

    private Match and(Term added) {
        requirePrerequisites(added.field());
        int before = 0;
        while (before < terms.size() && terms.get(before).field().compareTo(added.field()) < 0) {
            before++;
        }
        if (before < terms.size() && terms.get(before).field() == added.field()) {
            throw new IllegalArgumentException(added.field() + " is matched twice");
        }
        Term[] next = new Term[terms.size() + 1];
        for (int i = 0; i < next.length; i++) {
            next[i] = i < before ? terms.get(i) : i == before ? added : terms.get(i - 1);
        }
        return new Match(List.of(next));
    }

    /**
     * Checks that OVS would let the field be matched or set beside this match.
     *
     * @throws IllegalArgumentException naming the prerequisite that is missing
     */
    void requirePrerequisites(Field<?> field) {
        List<Prerequisite> prerequisites = field.prerequisites();
        for (int i = 0; i < prerequisites.size(); i++) {
            Prerequisite prerequisite = prerequisites.get(i);
            int at = indexOf(prerequisite.field());
            if (at < 0 || !prerequisite.isMetBy(terms.get(at))) {
                throw new IllegalArgumentException(
                        field + " needs a match of " + prerequisite.field() + "=" + prerequisite.values());
            }
        }
    }

    Optional<Term> term(Field<?> field) {
        int at = indexOf(field);
        return at < 0 ? Optional.empty() : Optional.of(terms.get(at));
    }

    private int indexOf(Field<?> field) {
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).field() == field) {
                return i;
            }
        }
        return -1;
    }

    /** The terms, prerequisites before what needs them. */
    public List<Term> terms() {
        return terms;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Match match && match.terms.equals(terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms.toString();
    }
}
