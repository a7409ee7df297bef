package org.flow6.network;

import com.google.common.hash.Hashing;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The register keys of one type of resource. A key is a hash of the id, so hosts agree on it without talking to each
 * other and a key that was freed comes back only for the same id. Two ids of one hash: the later one gets the next hash
 * that is free.
 */
final class Keys<T extends Resource> {
    private final int bits;
    private final PMap<Id<T>, Integer> keys;
    private final PMap<Integer, Id<T>> ids;

    private Keys(int bits, PMap<Id<T>, Integer> keys, PMap<Integer, Id<T>> ids) {
        this.bits = bits;
        this.keys = keys;
        this.ids = ids;
    }

    /** No key yet; keys will have the given number of bits, 1 to 32. */
    static <T extends Resource> Keys<T> empty(int bits) {
        return new Keys<>(bits, HashTreePMap.empty(), HashTreePMap.empty());
    }

    Keys<T> with(Id<T> id) {
        if (keys.containsKey(id)) {
            return this;
        }
        int attempt = 0;
        int key = hash(id, attempt);
        while (key == 0 || ids.containsKey(key)) {
            key = hash(id, ++attempt);
        }
        return new Keys<>(bits, keys.plus(id, key), ids.plus(key, id));
    }

    Keys<T> without(Id<T> id) {
        Integer key = keys.get(id);
        return key == null ? this : new Keys<>(bits, keys.minus(id), ids.minus(key));
    }

    /** @throws IllegalArgumentException if the id has no key */
    int key(Id<T> id) {
        Integer key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException(id + " has no key");
        }
        return key;
    }

    @Nullable
    Id<T> id(int key) {
        return ids.get(key);
    }

    private int hash(Id<T> id, int attempt) {
        return Hashing.murmur3_32_fixed(attempt).hashUnencodedChars(id.value()).asInt() >>> (32 - bits);
    }
}
