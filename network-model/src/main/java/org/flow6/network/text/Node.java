package org.flow6.network.text;

import java.util.List;

/** A value of a YAML or JSON text with the line, from 1, on which it begins. Aliases are resolved: nodes may be shared. */
public sealed interface Node {

    int line();

    /** How a message names this value. */
    String describe();

    /** Whether this is the absence of a value. */
    default boolean isNull() {
        return false;
    }

    /**
     * Text, a number or a boolean: what it is depends on who reads it.
     *
     * @param plain whether it stands without quotes, so that it may be more than text
     */
    record Scalar(int line, String text, boolean plain) implements Node {
        private static final int SHOWN = 60;

        @Override
        public String describe() {
            return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
        }
    }

    record Null(int line) implements Node {
        @Override
        public boolean isNull() {
            return true;
        }

        @Override
        public String describe() {
            return "nothing";
        }
    }

    record Sequence(int line, List<Node> elements) implements Node {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * Values by key.
     *
     * @param entries in the order of the text; a key may occur more than once
     */
    record Mapping(int line, List<Entry> entries) implements Node {
        @Override
        public String describe() {
            return "a mapping";
        }
    }

    record Entry(int line, String key, Node value) {}
}
