package org.flow6.apps.dhcpv6;

import java.util.List;
import java.util.OptionalLong;
import org.flow6.packets.dhcpv6.Lease;

/**
 * When a client renews at this server and when at any, in seconds: the same for all of its identity associations, so that
 * it does so at once (RFC 8415 §14.2, §18.3.4).
 */
record Times(long t1, long t2) {
    /** Left to the client (RFC 8415 §14.2). */
    static final Times NONE = new Times(0, 0);

    /** By the settings, the earliest of several; else 0.5 and 0.8 of the shortest preferred lifetime (RFC 8415 §21.4). */
    static Times of(Client client, List<IaAnswer> answers) {
        long preferred = shortest(answers);
        OptionalLong renewal = client.profile().renewal();
        OptionalLong rebinding = client.profile().rebinding();
        long t1 = renewal.orElse(part(preferred, 5));
        long t2 = rebinding.orElse(part(preferred, 8));
        if (t2 > 0 && t1 > t2) {
            // One is stated and beyond the other: clients discard T1 above T2 (RFC 8415 §21.4).
            return renewal.isPresent() ? new Times(t1, t1) : new Times(t2, t2);
        }
        return new Times(t1, t2);
    }

    /** Of the leases that are given, the shortest preferred lifetime; 0 if there are none. */
    private static long shortest(List<IaAnswer> answers) {
        long shortest = 0;
        boolean some = false;
        for (IaAnswer answer : answers) {
            for (Lease lease : answer.leases()) {
                if (lease.validLifetime() > 0) {
                    shortest = some ? Math.min(shortest, lease.preferredLifetime()) : lease.preferredLifetime();
                    some = true;
                }
            }
        }
        return shortest;
    }

    private static long part(long preferred, int tenths) {
        return preferred == Lease.INFINITY ? Lease.INFINITY : preferred * tenths / 10;
    }
}
