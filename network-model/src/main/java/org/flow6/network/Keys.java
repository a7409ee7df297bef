package org.flow6.network;

import com.google.common.hash.Hashing;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The keys that stand for things of one type in registers, such as networks by their ids. A key is a hash of the thing's
 * text, so hosts agree on it without talking to each other and a key that was freed comes back only for the same thing.
 * Two things of one hash: the later one gets the next hash that is free. All zeros and all ones are nobody's.
 */
final class Keys<T> {
    private final int bits;
    private final PMap<T, Integer> keys;
    private final PMap<Integer, T> ids;

    private Keys(int bits, PMap<T, Integer> keys, PMap<Integer, T> ids) {
        this.bits = bits;
        this.keys = keys;
        this.ids = ids;
    }

    /** No key yet; keys will have the given number of bits, 1 to 32. */
    static <T> Keys<T> empty(int bits) {
        return new Keys<>(bits, HashTreePMap.empty(), HashTreePMap.empty());
    }

    Keys<T> with(T id) {
        if (keys.containsKey(id)) {
            return this;
        }
        int attempt = 0;
        int key = hash(id, attempt, bits);
        while (key == 0 || key == -1 >>> (32 - bits) || ids.containsKey(key)) {
            key = hash(id, ++attempt, bits);
        }
        return new Keys<>(bits, keys.plus(id, key), ids.plus(key, id));
    }

    Keys<T> without(T id) {
        Integer key = keys.get(id);
        return key == null ? this : new Keys<>(bits, keys.minus(id), ids.minus(key));
    }

    /** @throws IllegalArgumentException if the id has no key */
    int key(T id) {
        Integer key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException(id + " has no key");
        }
        return key;
    }

    @Nullable
    T id(int key) {
        return ids.get(key);
    }

    /** The key that something has where nothing else has it. */
    static <T> int first(T id, int bits) {
        return Keys.<T>empty(bits).with(id).key(id);
    }

    private static <T> int hash(T id, int attempt, int bits) {
        return Hashing.murmur3_32_fixed(attempt)
                        .hashUnencodedChars(id.toString())
                        .asInt()
                >>> (32 - bits);
    }
}
