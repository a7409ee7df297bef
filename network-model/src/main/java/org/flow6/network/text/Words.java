package org.flow6.network.text;

/** Keeps one copy of each word that comes again and again, such as the keys and the ids that others refer to. */
public final class Words {
    private static final int LONGEST = 64;
    /** Threads may overtake each other here: the worst that happens is a second copy. */
    private static final String[] RECENT = new String[4096];

    private Words() {}

    public static String shared(String word) {
        if (word.length() > LONGEST) {
            return word;
        }
        int hash = word.hashCode();
        int slot = (hash ^ hash >>> 12) & (RECENT.length - 1);
        String known = RECENT[slot];
        if (word.equals(known)) {
            return known;
        }
        RECENT[slot] = word;
        return word;
    }
}
