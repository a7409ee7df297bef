package org.flow6.core.reconcile;

/**
 * A set of cookies: a hash table without objects, as a switch may have 100,000 flows. A cookie lies at the first free place
 * from its own on; 0 marks free places, and is noted apart.
 */
final class Cookies {
    private static final int SMALLEST = 16;

    private long[] places = new long[SMALLEST];
    private int used;
    private boolean zero;

    boolean contains(long cookie) {
        return cookie == 0 ? zero : places[find(cookie)] != 0;
    }

    void add(long cookie) {
        if (cookie == 0) {
            zero = true;
            return;
        }
        int at = find(cookie);
        if (places[at] == 0) {
            places[at] = cookie;
            if (++used > places.length / 8 * 7) {
                grow();
            }
        }
    }

    void remove(long cookie) {
        if (cookie == 0) {
            zero = false;
            return;
        }
        int free = find(cookie);
        if (places[free] == 0) {
            return;
        }
        places[free] = 0;
        used--;
        // Whatever would not be found beyond the gap moves into it.
        for (int at = next(free); places[at] != 0; at = next(at)) {
            if (distance(home(places[at]), at) >= distance(free, at)) {
                places[free] = places[at];
                places[at] = 0;
                free = at;
            }
        }
    }

    void clear() {
        places = new long[SMALLEST];
        used = 0;
        zero = false;
    }

    int size() {
        return used + (zero ? 1 : 0);
    }

    private void grow() {
        long[] before = places;
        places = new long[2 * before.length];
        for (long cookie : before) {
            if (cookie != 0) {
                places[find(cookie)] = cookie;
            }
        }
    }

    private int find(long cookie) {
        int at = home(cookie);
        while (places[at] != 0 && places[at] != cookie) {
            at = next(at);
        }
        return at;
    }

    /** Ours end in a hash; others' may be small numbers or differ in any bits. */
    private int home(long cookie) {
        long mixed = cookie * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32) & (places.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (places.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (places.length - 1);
    }
}
