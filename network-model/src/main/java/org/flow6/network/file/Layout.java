package org.flow6.network.file;

import org.flow6.network.text.Format;
import org.jspecify.annotations.Nullable;

/**
 * A way to write network files in which list elements can be told apart without reading them. It errs on the safe side:
 * what it does not recognise is read as a whole, and a piece counts only if it can be read by itself.
 */
interface Layout {

    /**
     * Cuts off the next piece.
     *
     * @param start of the piece, which is before the end of the text
     * @param before where the piece before leaves off; null at the start of the text
     * @return null if this is not the layout of the text
     */
    @Nullable
    Cut cut(byte[] text, int start, @Nullable State before);

    /** Whether a text may end after a piece. */
    boolean mayEndAfter(State last);

    Format format();

    /** Whether a line ends at a byte as parsers see it, but in another way than by a newline. */
    static boolean isUnusualLineBreak(byte[] text, int at) {
        int next = at + 1 < text.length ? text[at + 1] : 0;
        return switch (text[at]) {
            case '\r' -> next != '\n';
            // U+0085, U+2028 and U+2029 in UTF-8.
            case (byte) 0xc2 -> next == (byte) 0x85;
            case (byte) 0xe2 ->
                next == (byte) 0x80
                        && at + 2 < text.length
                        && (text[at + 2] == (byte) 0xa8 || text[at + 2] == (byte) 0xa9);
            default -> false;
        };
    }

    /** What a piece is. */
    enum Form {
        /** The file as a whole. */
        WHOLE,
        /** What belongs to no list: comments, brackets. */
        BETWEEN,
        /** The beginning of a list whose elements follow, each a piece. */
        LIST,
        /** A list with all its elements. */
        WHOLE_LIST,
        /** An element of the list that began last. */
        ELEMENT
    }

    /**
     * What a piece is, and all there is to know of what came before to go on after it.
     *
     * @param list the list it belongs to; empty if none
     * @param mark what the layout needs to remember
     */
    record State(Form form, String list, int mark) {}

    /**
     * A piece not yet read.
     *
     * @param end of what is to be read
     * @param next where the next piece begins; only blanks and separators are between
     * @param newlines from the start of this piece to the next one
     */
    record Cut(State state, int start, int end, int next, int newlines) {}
}
