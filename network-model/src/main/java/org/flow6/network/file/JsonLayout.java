package org.flow6.network.file;

import java.nio.charset.StandardCharsets;
import org.flow6.network.text.Format;
import org.jspecify.annotations.Nullable;

/** One JSON object whose every member is an array of objects, spaced in whatever way. */
final class JsonLayout implements Layout {
    /** The mark of what something of the same sort follows. */
    private static final int MORE = 1;
    /** The mark of the last element of a list, and of what ends the text. */
    private static final int LAST = 0;

    @Override
    public Format format() {
        return Format.JSON;
    }

    @Override
    public boolean mayEndAfter(State last) {
        return last.form() == Form.BETWEEN && last.mark() == LAST;
    }

    @Override
    public @Nullable Cut cut(byte[] text, int start, @Nullable State before) {
        Scan scan = new Scan(text, start);
        if (before == null) {
            return scan.take('{') ? scan.cut(Form.BETWEEN, "", MORE, scan.at, start) : null;
        }
        boolean more = before.mark() == MORE;
        return switch (before.form()) {
            case BETWEEN -> more ? scan.list(start) : null;
            case LIST -> scan.is(']') ? scan.afterList(start) : scan.element(start, before.list());
            case ELEMENT -> more ? scan.element(start, before.list()) : scan.afterList(start);
            default -> null;
        };
    }

    /** A place in the text, moving on over what it recognises. */
    private static final class Scan {
        private final byte[] text;
        private int at;

        Scan(byte[] text, int start) {
            this.text = text;
            this.at = start;
            blanks();
        }

        boolean is(char c) {
            return at < text.length && text[at] == c;
        }

        boolean take(char c) {
            if (!is(c)) {
                return false;
            }
            at++;
            blanks();
            return true;
        }

        private void blanks() {
            while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
                at++;
            }
        }

        /** A member's name, of the plain sort that lists have, and the bracket that opens its array. */
        @Nullable
        Cut list(int start) {
            int from = at + 1;
            if (!is('"') || !string() || !isPlain(from, at - 1)) {
                return null;
            }
            String name = new String(text, from, at - 1 - from, StandardCharsets.US_ASCII);
            blanks();
            return take(':') && take('[') ? cut(Form.LIST, name, LAST, at, start) : null;
        }

        /** The bracket that closes an array, and what shows whether another member follows. */
        @Nullable
        Cut afterList(int start) {
            if (!take(']')) {
                return null;
            }
            if (take(',')) {
                return cut(Form.BETWEEN, "", MORE, at, start);
            }
            return take('}') && at == text.length ? cut(Form.BETWEEN, "", LAST, at, start) : null;
        }

        @Nullable
        Cut element(int start, String list) {
            if (!is('{') || !object()) {
                return null;
            }
            int end = at;
            blanks();
            int mark = take(',') ? MORE : LAST;
            return cut(Form.ELEMENT, list, mark, end, start);
        }

        private @Nullable Cut cut(Form form, String list, int mark, int end, int start) {
            int newlines = 0;
            for (int i = start; i < at; i++) {
                if (text[i] == '\n') {
                    newlines++;
                } else if (text[i] == '\r' && Layout.isUnusualLineBreak(text, i)) {
                    return null;
                }
            }
            return new Cut(new State(form, list, mark), start, end, at, newlines);
        }

        /** Moves behind an object's closing brace; whether the brackets in it match is found out by reading it. */
        private boolean object() {
            int depth = 0;
            while (at < text.length) {
                switch (text[at]) {
                    case '"' -> {
                        if (!string()) {
                            return false;
                        }
                        continue;
                    }
                    case '{', '[' -> depth++;
                    case '}', ']' -> depth--;
                    default -> {}
                }
                at++;
                if (depth == 0) {
                    return true;
                }
            }
            return false;
        }

        /** Moves behind a string's closing quote. */
        private boolean string() {
            for (at++; at < text.length; at++) {
                if (text[at] == '"') {
                    at++;
                    return true;
                }
                if (text[at] == '\\') {
                    at++;
                }
            }
            return false;
        }

        private boolean isPlain(int from, int to) {
            for (int i = from; i < to; i++) {
                if ((text[i] < 'a' || text[i] > 'z') && text[i] != '_') {
                    return false;
                }
            }
            return true;
        }
    }
}
