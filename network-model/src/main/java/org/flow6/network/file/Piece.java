package org.flow6.network.file;

import org.flow6.network.file.Layout.Cut;
import org.flow6.network.file.Layout.State;
import org.flow6.network.text.Format;
import org.flow6.network.text.SyntaxError;
import org.jspecify.annotations.Nullable;

/** A stretch of a network file that can be read by itself, and what it states; where it is may change. */
record Piece(State state, Part part) {

    /** Reads a piece; null if it cannot be read by itself. */
    static @Nullable Piece read(byte[] text, Cut cut, Format format, LongLists lists) {
        try {
            return new Piece(cut.state(), Part.read(text, cut, format, lists));
        } catch (SyntaxError e) {
            // What is wrong, if anything, the text as a whole shows.
            return null;
        }
    }
}
