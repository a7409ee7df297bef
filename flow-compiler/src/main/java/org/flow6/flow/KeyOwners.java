package org.flow6.flow;

/**
 * Which app has which flow key: a hash table without objects, as there may be 100,000 keys. An entry lies at the first
 * free place from that of its key on.
 */
final class KeyOwners {
    private static final int SMALLEST = 16;

    // Two to an entry: high and low. Owners are kept plus one, so that 0 is a free place.
    private long[] keys = new long[2 * SMALLEST];
    private short[] owners = new short[SMALLEST];
    private int size;

    /** The key's owner, or -1. */
    int get(FlowKey key) {
        return owners[find(key.high(), key.low())] - 1;
    }

    /**
     * Makes the key this owner's.
     *
     * @param owner 0 to 32766
     */
    void put(FlowKey key, int owner) {
        int at = find(key.high(), key.low());
        if (owners[at] == 0 && ++size > owners.length / 8 * 7) {
            grow();
            at = find(key.high(), key.low());
        }
        set(at, key.high(), key.low(), (short) (owner + 1));
    }

    void remove(FlowKey key) {
        int free = find(key.high(), key.low());
        if (owners[free] == 0) {
            return;
        }
        owners[free] = 0;
        size--;
        // Whatever would not be found beyond the gap moves into it.
        for (int at = next(free); owners[at] != 0; at = next(at)) {
            int home = home(keys[2 * at + 1]);
            if (distance(home, at) >= distance(free, at)) {
                set(free, keys[2 * at], keys[2 * at + 1], owners[at]);
                owners[at] = 0;
                free = at;
            }
        }
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] before = keys;
        short[] had = owners;
        keys = new long[2 * before.length];
        owners = new short[2 * had.length];
        for (int i = 0; i < had.length; i++) {
            if (had[i] != 0) {
                set(find(before[2 * i], before[2 * i + 1]), before[2 * i], before[2 * i + 1], had[i]);
            }
        }
    }

    /** The place of the key, or the free one where it belongs. */
    private int find(long high, long low) {
        int at = home(low);
        while (owners[at] != 0 && (keys[2 * at + 1] != low || keys[2 * at] != high)) {
            at = next(at);
        }
        return at;
    }

    private void set(int at, long high, long low, short owner) {
        keys[2 * at] = high;
        keys[2 * at + 1] = low;
        owners[at] = owner;
    }

    /** Keys are hashes: their lowest bits are as good as any. */
    private int home(long low) {
        return (int) low & (owners.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (owners.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (owners.length - 1);
    }
}
