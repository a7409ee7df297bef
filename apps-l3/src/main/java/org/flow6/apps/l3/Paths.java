package org.flow6.apps.l3;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.List;
import org.flow6.apps.l3.RouteTable.Hop;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * Which of several hops takes which of the paths that a packet's hash gives. By rendezvous hashing: each path goes to the
 * hop of the highest hash with it, so that a hop which comes or goes takes or gives up paths of its own alone, and every
 * host has them the same.
 */
final class Paths {
    /** A power of two. */
    static final int COUNT = 64;

    private static final HashFunction HASH = Hashing.murmur3_128();

    private Paths() {}

    /**
     * Neighboring paths of one hop.
     *
     * @param first a multiple of {@code count}
     * @param count a power of two
     */
    record Run(int first, int count, Hop hop) {}

    /** Runs that hold each path once, as long as can be. */
    static List<Run> among(List<Hop> hops) {
        List<Hop> owners = new ArrayList<>(COUNT);
        for (int path = 0; path < COUNT; path++) {
            owners.add(owner(path, hops));
        }
        List<Run> runs = new ArrayList<>();
        addRuns(owners, 0, COUNT, runs);
        return runs;
    }

    private static void addRuns(List<Hop> owners, int first, int count, List<Run> runs) {
        Hop hop = owners.get(first);
        if (owners.subList(first, first + count).stream().allMatch(hop::equals)) {
            runs.add(new Run(first, count, hop));
        } else {
            addRuns(owners, first, count / 2, runs);
            addRuns(owners, first + count / 2, count / 2, runs);
        }
    }

    private static Hop owner(int path, List<Hop> hops) {
        Hop owner = hops.get(0);
        long highest = Long.MIN_VALUE;
        for (Hop hop : hops) {
            long hash = hash(path, hop);
            if (hash > highest) {
                highest = hash;
                owner = hop;
            }
        }
        return owner;
    }

    private static long hash(int path, Hop hop) {
        return HASH.newHasher()
                .putInt(path)
                .putInt(hop.network().value())
                .putBytes(hop.neighbor().map(IPAddress::getBytes).orElse(new byte[0]))
                .hash()
                .asLong();
    }
}
