package org.flow6.apps.dhcpv6;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.IpPrefix;
import org.flow6.network.PrefixDelegation;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The prefixes that a subnet delegates, numbered from 0 in the order of their addresses. */
record PrefixPool(PrefixDelegation delegation) {

    /** Whether the prefix is one of them. */
    boolean has(IpPrefix prefix) {
        return prefix.length() == delegation.length() && delegation.pool().contains(prefix);
    }

    /**
     * A prefix that overlaps none of those that are taken: the one of a number or the next one behind it that is free,
     * round the end of the pool; empty if there is none.
     *
     * @param start any number; taken modulo the pool's size
     * @param taken of any lengths: a pool's may have been changed
     */
    Optional<IpPrefix> free(long start, Collection<IpPrefix> taken) {
        Set<IpPrefix> same = new HashSet<>();
        Set<IpPrefix> others = new HashSet<>();
        for (IpPrefix each : taken) {
            (each.length() == delegation.length() ? same : others).add(each);
        }
        long number = start & lastNumber();
        // Each step but the first two leaves another one of the taken behind.
        for (int step = 0; step < taken.size() + 2; step++) {
            IpPrefix candidate = prefix(number);
            if (!same.contains(candidate)) {
                List<IpPrefix> inTheWay =
                        others.stream().filter(candidate::overlaps).toList();
                if (inTheWay.isEmpty()) {
                    return Optional.of(candidate);
                }
                number = lastWithin(number, inTheWay.get(0));
            }
            number = (number + 1) & lastNumber();
        }
        return Optional.empty();
    }

    /** The number of the last prefix that overlaps one with the number that does. */
    private long lastWithin(long number, IpPrefix other) {
        int wider = delegation.length() - other.length();
        return wider <= 0 ? number : number | ones(wider);
    }

    private long lastNumber() {
        return ones(delegation.length() - delegation.pool().length());
    }

    private static long ones(int bits) {
        return bits == 0 ? 0 : -1L >>> (Long.SIZE - bits);
    }

    private IpPrefix prefix(long number) {
        long pool = ByteBuffer.wrap(delegation.pool().address().getBytes()).getLong();
        int behind = Long.SIZE - delegation.length();
        return IpPrefix.of(IPv6Address.of(behind == Long.SIZE ? 0 : pool | (number << behind), 0), delegation.length());
    }
}
