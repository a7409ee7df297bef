package org.flow6.network.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.flow6.network.IpPrefix;
import org.flow6.network.Subnet.AllocationPool;
import org.flow6.network.file.Complaint.Place;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;

/** A subnet's allocation pools: read, checked, and made where none are stated. */
final class AllocationPools {
    private AllocationPools() {}

    private static final PoolShape SHAPE = new PoolShape();
    private static final ValueReader<Values> VALUES = SHAPE.reader();

    static final ValueReader<Pool> POOL = Readers.mapping(SHAPE, field -> {
        Values values = VALUES.read(field);
        if (values == null) {
            return null;
        }
        IPAddress<?> start = values.get(SHAPE.start);
        IPAddress<?> end = values.get(SHAPE.end);
        if (Addresses.isIpv6(start) != Addresses.isIpv6(end)) {
            return field.complain(start + " and " + end + " are of different families");
        }
        return Addresses.compare(start, end) > 0
                ? field.complain("the end " + end + " is before the start " + start)
                : new Pool(new Place(values.line(), field.path()), new AllocationPool(start, end));
    });

    /** A stated pool and where. */
    record Pool(Place place, AllocationPool range) {
        boolean holds(IPAddress<?> address) {
            return Addresses.isIpv6(address) == Addresses.isIpv6(range.start())
                    && Addresses.compare(range.start(), address) <= 0
                    && Addresses.compare(address, range.end()) <= 0;
        }

        boolean overlaps(Pool other) {
            return holds(other.range.start()) || other.holds(range.start());
        }

        @Override
        public String toString() {
            return range.start() + " to " + range.end();
        }
    }

    /** Pools lie in the CIDR, hold no address twice and not the gateway. */
    static void check(Item subnet, @Nullable IPAddress<?> gateway, Resolving resolving) {
        IpPrefix cidr = subnet.get(Kinds.SUBNETS.cidr);
        Pool before = null;
        for (Pool pool : sorted(subnet)) {
            if (!cidr.contains(pool.range.start()) || !cidr.contains(pool.range.end())) {
                resolving.complain(pool.place, pool + " is not within the cidr " + cidr);
            } else if (gateway != null && pool.holds(gateway)) {
                resolving.complain(pool.place, pool + " holds the gateway " + gateway);
            }
            if (before != null && before.overlaps(pool)) {
                resolving.complain(pool.place, pool + " overlaps " + before);
            }
            before = pool;
        }
    }

    private static List<Pool> sorted(Item subnet) {
        List<Pool> stated = subnet.find(Kinds.SUBNETS.allocationPools);
        if (stated == null) {
            return List.of();
        }
        List<Pool> sorted = new ArrayList<>(stated);
        sorted.sort(Comparator.<Pool, Boolean>comparing(pool -> Addresses.isIpv6(pool.range.start()))
                .thenComparing(pool -> pool.range.start(), Addresses::compare));
        return sorted;
    }

    /** The stated pools, or as Neutron has it everything but the gateway, the first address and IPv4's broadcast. */
    static List<AllocationPool> of(Item subnet, @Nullable IPAddress<?> gateway) {
        List<Pool> stated = subnet.find(Kinds.SUBNETS.allocationPools);
        if (stated != null) {
            return stated.stream().map(Pool::range).toList();
        }
        IpPrefix cidr = subnet.get(Kinds.SUBNETS.cidr);
        IPAddress<?> first = cidr.address();
        IPAddress<?> last = Addresses.last(cidr);
        int hostBits = Addresses.bits(first) - cidr.length();
        if (hostBits > 1) {
            first = Addresses.next(first);
            last = cidr.isIpv6() ? last : Addresses.previous(last);
        }
        return first == null || last == null ? List.of() : without(gateway, first, last);
    }

    private static List<AllocationPool> without(@Nullable IPAddress<?> hole, IPAddress<?> first, IPAddress<?> last) {
        Pool all = new Pool(new Place(0, ""), new AllocationPool(first, last));
        if (hole == null || !all.holds(hole)) {
            return List.of(all.range);
        }
        List<AllocationPool> pools = new ArrayList<>();
        IPAddress<?> below = Addresses.previous(hole);
        IPAddress<?> above = Addresses.next(hole);
        if (below != null && all.holds(below)) {
            pools.add(new AllocationPool(first, below));
        }
        if (above != null && all.holds(above)) {
            pools.add(new AllocationPool(above, last));
        }
        return pools;
    }

    private static final class PoolShape extends Shape {
        final Attribute<IPAddress<?>> start = required("start", "The first address.", Readers.ADDRESS);
        final Attribute<IPAddress<?>> end = required("end", "The last address.", Readers.ADDRESS);

        PoolShape() {
            super("an allocation pool");
        }
    }
}
