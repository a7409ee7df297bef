package org.flow6.network.file;

import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.PrefixDelegation;
import org.flow6.network.file.Complaint.Place;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A subnet's {@code flow6.prefix_delegation}. */
final class DelegationShape extends Shape {
    private static final String PATH = Kind.FLOW6 + ".prefix_delegation";

    private static final IpPrefix LINK_LOCAL = new IpPrefix(IPv6Address.of("fe80::"), 10);

    final Attribute<IpPrefix> pool = required(
            "pool",
            "The IPv6 prefix that the delegated ones are cut from; it overlaps no cidr and no other pool of its network.",
            Readers.form("an IPv6 prefix", DelegationShape::readPool));
    final Attribute<Integer> length = required(
            "length",
            "Bits of each delegated prefix, at least those of the pool.",
            Readers.integer(1, PrefixDelegation.MAX_LENGTH));
    final LifetimeAttributes lifetimes = LifetimeAttributes.of(
            this,
            "How long a delegated prefix may be used after it was last renewed (RFC 8415 §21.22). Default: the "
                    + "subnet's.",
            "How long addresses in it are preferred; at most valid_lifetime. Default: the subnet's, or valid_lifetime "
                    + "where that is less.");

    DelegationShape() {
        super("a prefix delegation");
    }

    private static @Nullable IpPrefix readPool(Field field) {
        IpPrefix pool = Readers.IPV6_PREFIX.read(field);
        return pool != null && pool.overlaps(LINK_LOCAL)
                ? field.complain(pool + " is link-local, and delegated prefixes are routed")
                : pool;
    }

    /**
     * What is delegated on a subnet, and what is wrong with it.
     *
     * @param otherwise the lifetimes of the subnet
     */
    Optional<PrefixDelegation> of(Values stated, Lifetimes otherwise, Item subnet, Resolving resolving) {
        IpPrefix from = stated.get(pool);
        int bits = stated.get(length);
        Lifetimes lives = lifetimes.of(stated, otherwise, PATH, resolving);
        if (subnet.has(Kinds.SUBNETS.networkId)) {
            checkOverlaps(stated, subnet, resolving);
        }
        if (bits < from.length()) {
            resolving.complain(stated.place(PATH, length), "no /" + bits + " is within the pool " + from);
            return Optional.empty();
        }
        return Optional.of(new PrefixDelegation(from, bits, lives));
    }

    private void checkOverlaps(Values stated, Item subnet, Resolving resolving) {
        IpPrefix mine = stated.get(pool);
        Place place = stated.place(PATH, pool);
        for (Item other : resolving.all(Key.subnetsOf(Id.of(subnet.get(Kinds.SUBNETS.networkId))))) {
            IpPrefix cidr = other.find(Kinds.SUBNETS.cidr);
            if (cidr != null && mine.overlaps(cidr)) {
                resolving.complain(place, mine + " overlaps " + cidr + ", the cidr of subnet " + other.id());
            }
            IpPrefix theirs = other == subnet ? null : poolOf(other);
            if (theirs != null && mine.overlaps(theirs)) {
                resolving.complainAgainst(
                        other, place, mine + " overlaps " + theirs + ", the pool of subnet " + other.id());
            }
        }
    }

    private @Nullable IpPrefix poolOf(Item subnet) {
        Values settings = subnet.find(Kinds.SUBNETS.flow6);
        Values delegation = settings == null ? null : settings.find(Kinds.SUBNETS.settings.prefixDelegation);
        return delegation == null ? null : delegation.find(pool);
    }
}
