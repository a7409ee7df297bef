package org.flow6.northbound;

/**
 * What an object of a store is found by.
 *
 * @param collection the list of the network file that it would be in, such as {@code ports}; no slash in it
 * @param id unique in its collection, not empty
 */
public record ObjectKey(String collection, String id) implements Comparable<ObjectKey> {
    public ObjectKey {
        if (collection.isEmpty() || collection.indexOf('/') >= 0 || id.isEmpty()) {
            throw new IllegalArgumentException("no key of an object: " + collection + "/" + id);
        }
        collection = collection.intern();
    }

    /**
     * A key from its text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ObjectKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no key of an object: " + text);
        }
        return new ObjectKey(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ObjectKey other) {
        return collection.equals(other.collection) ? id.compareTo(other.id) : collection.compareTo(other.collection);
    }

    /** {@code ports/vm1}; ids may have slashes in them. */
    @Override
    public String toString() {
        return collection + "/" + id;
    }
}
