package org.flow6.network.file;

import java.nio.charset.StandardCharsets;
import org.flow6.network.file.NodeReader.Format;
import org.jspecify.annotations.Nullable;

/** One JSON object whose every member is an array of objects, spaced in whatever way. */
final class JsonLayout implements Layout {
    /** The marks of an element: whether a comma follows it. */
    private static final int LAST = 0;

    private static final int MORE = 1;
    /** The marks of what is between lists: the end of the text is reached, or not. */
    private static final int END = 2;

    @Override
    public Format format() {
        return Format.JSON;
    }

    @Override
    public boolean mayEndAfter(State last) {
        return last.form() == Form.BETWEEN && last.mark() == END;
    }

    @Override
    public @Nullable Cut cut(byte[] text, int start, @Nullable State before) {
        Scan scan = new Scan(text, start);
        if (before == null) {
            return scan.take('{') ? scan.list(start) : null;
        }
        return switch (before.form()) {
            case LIST -> scan.is(']') ? scan.afterList(start) : scan.element(start, before.list());
            case ELEMENT -> before.mark() == MORE ? scan.element(start, before.list()) : scan.afterList(start);
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

        /** A member's name and the bracket that opens its array. */
        @Nullable
        Cut list(int start) {
            int from = at + 1;
            if (!is('"') || !string() || hasEscape(from)) {
                return null;
            }
            String name = new String(text, from, at - 1 - from, StandardCharsets.UTF_8);
            blanks();
            return take(':') && take('[') ? cut(Form.LIST, name, 0, at, start) : null;
        }

        /** The bracket that closes an array, and then another member or the end of everything. */
        @Nullable
        Cut afterList(int start) {
            if (!take(']')) {
                return null;
            }
            if (take(',')) {
                return list(start);
            }
            return take('}') && at == text.length ? cut(Form.BETWEEN, "", END, at, start) : null;
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

        private Cut cut(Form form, String list, int mark, int end, int start) {
            int newlines = 0;
            for (int i = start; i < at; i++) {
                if (text[i] == '\n') {
                    newlines++;
                }
            }
            return new Cut(new State(form, list, mark), end, at, newlines);
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

        private boolean hasEscape(int from) {
            for (int i = from; i < at; i++) {
                if (text[i] == '\\') {
                    return true;
                }
            }
            return false;
        }
    }
}
