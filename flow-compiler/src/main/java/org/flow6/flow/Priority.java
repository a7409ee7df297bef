package org.flow6.flow;

/**
 * Which of several flows of a table takes a packet. Within a table an app ranks its cases; a rank has room for a prefix
 * length, so that longer prefixes win within it. Needing more ranks than these means that a table is missing.
 *
 * @param value 0 to 65535, as in OpenFlow
 */
public record Priority(int value) implements Comparable<Priority> {
    private static final int RANK = 1000;

    /** For what no other flow of the table matches; the framework's own. */
    public static final Priority MISS = new Priority(0);

    /** Below all ranks: for what is left, where that is not the same for every packet of the table. */
    public static final Priority LAST = new Priority(1);

    public Priority {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException("priority " + value);
        }
    }

    /** The rank of a case among an app's cases in a table, 1 (the most general) to 9. */
    public static Priority rank(int rank) {
        if (rank < 1 || rank > 9) {
            throw new IllegalArgumentException("rank " + rank);
        }
        return new Priority(rank * RANK);
    }

    /** Within this rank, the priority of a prefix of the given length, 0 to 128. */
    public Priority longestPrefix(int length) {
        if (length < 0 || length > 128 || value % RANK != 0) {
            throw new IllegalArgumentException("prefix length " + length + " at priority " + value);
        }
        return new Priority(value + length);
    }

    @Override
    public int compareTo(Priority other) {
        return Integer.compare(value, other.value);
    }
}
