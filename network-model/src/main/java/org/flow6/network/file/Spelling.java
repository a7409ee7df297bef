package org.flow6.network.file;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant to write. */
final class Spelling {
    private static final int MAX_EDITS = 2;
    private static final int MAX_LENGTH = 64;

    private Spelling() {}

    /** The word at most two edits away, the nearest of them; null if there is none. */
    static @Nullable String nearest(String written, Collection<String> words) {
        if (written.length() > MAX_LENGTH) {
            return null;
        }
        String best = null;
        int fewest = MAX_EDITS + 1;
        for (String word : words) {
            int edits = edits(written, word);
            if (edits < fewest || (edits == fewest && best != null && word.compareTo(best) < 0)) {
                best = word;
                fewest = edits;
            }
        }
        return best;
    }

    /** How many characters to insert, delete or replace (Levenshtein). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
