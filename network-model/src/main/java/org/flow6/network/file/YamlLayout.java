package org.flow6.network.file;

import java.nio.charset.StandardCharsets;
import org.flow6.network.text.Format;
import org.jspecify.annotations.Nullable;

/**
 * The usual way to write YAML: every list's name begins a line, its elements follow on lines of their own, each
 * begun by a dash in the same column, all their other lines indented further; or the list follows its name. Lines end with a newline, before which a
 * carriage return may be.
 */
final class YamlLayout implements Layout {
    /** The mark of a list whose first element is yet to come; an element's mark is its column. */
    private static final int NO_COLUMN = -1;

    /** The mark of what begins with the line that opens a document. */
    private static final int IN_DOCUMENT = 0;

    @Override
    public Format format() {
        return Format.YAML;
    }

    @Override
    public boolean mayEndAfter(State last) {
        return last.form() != Form.BETWEEN;
    }

    @Override
    public @Nullable Cut cut(byte[] text, int start, @Nullable State before) {
        Line first = new Line(text, start);
        if (first.isBroken) {
            return null;
        }
        boolean beforeDocument = before == null || (before.form() == Form.BETWEEN && before.mark() == NO_COLUMN);
        if (beforeDocument && first.isDocumentStart()) {
            return extend(text, first, Form.BETWEEN, "", IN_DOCUMENT, Integer.MAX_VALUE);
        }
        if (before == null && first.isBlank()) {
            return extend(text, first, Form.BETWEEN, "", NO_COLUMN, Integer.MAX_VALUE);
        }
        if (before != null && isInList(before) && first.isElement()) {
            return before.mark() == NO_COLUMN || before.mark() == first.column
                    ? extend(text, first, Form.ELEMENT, before.list(), first.column, first.column)
                    : null;
        }
        String name = first.listName();
        if (name == null) {
            return null;
        }
        return first.isListNameOnly(name)
                ? extend(text, first, Form.LIST, name, NO_COLUMN, Integer.MAX_VALUE)
                : extend(text, first, Form.WHOLE_LIST, name, NO_COLUMN, 0);
    }

    private static boolean isInList(State state) {
        return state.form() == Form.LIST || state.form() == Form.ELEMENT;
    }

    /** Makes a piece of a line and those that follow as long as they are blank or indented further than a column. */
    private static @Nullable Cut extend(byte[] text, Line first, Form form, String list, int mark, int column) {
        int end = first.next;
        int lines = first.lines();
        while (end < text.length) {
            Line line = new Line(text, end);
            if (!line.isBlank() && line.column <= column) {
                break;
            }
            if (line.isBroken) {
                return null;
            }
            end = line.next;
            lines += line.lines();
        }
        return new Cut(new State(form, list, mark), first.start, end, end, lines);
    }

    /** A line of the text, without its newline. */
    private static final class Line {
        private final byte[] text;
        private final int start;
        /** How many spaces it begins with. */
        private final int column;

        private final int end;
        private final int next;
        /** Whether it would count as several. */
        private final boolean isBroken;

        Line(byte[] text, int start) {
            this.text = text;
            this.start = start;
            int at = start;
            while (at < text.length && text[at] == ' ') {
                at++;
            }
            column = at - start;
            boolean broken = false;
            while (at < text.length && text[at] != '\n') {
                broken |= Layout.isUnusualLineBreak(text, at);
                at++;
            }
            isBroken = broken;
            next = Math.min(at + 1, text.length);
            end = at > start && text[at - 1] == '\r' ? at - 1 : at;
        }

        int lines() {
            return text[next - 1] == '\n' ? 1 : 0;
        }

        private boolean isEnd(int at) {
            return at >= end;
        }

        boolean isBlank() {
            return isEnd(start + column) || text[start + column] == '#';
        }

        boolean isElement() {
            int dash = start + column;
            return !isEnd(dash) && text[dash] == '-' && (isEnd(dash + 1) || text[dash + 1] == ' ');
        }

        boolean isDocumentStart() {
            return end - start == 3 && text[start] == '-' && text[start + 1] == '-' && text[start + 2] == '-';
        }

        /** The plain word before a colon with which the line begins; null if there is none. */
        @Nullable
        String listName() {
            int at = start;
            while (!isEnd(at) && ((text[at] >= 'a' && text[at] <= 'z') || text[at] == '_')) {
                at++;
            }
            boolean isName = at > start && !isEnd(at) && text[at] == ':' && (isEnd(at + 1) || text[at + 1] == ' ');
            return isName ? new String(text, start, at - start, StandardCharsets.US_ASCII) : null;
        }

        boolean isListNameOnly(String name) {
            int at = start + name.length() + 1;
            while (!isEnd(at) && text[at] == ' ') {
                at++;
            }
            return isEnd(at) || text[at] == '#';
        }
    }
}
