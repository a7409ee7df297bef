package org.flow6.launcher.configuration;

import java.util.List;

/** A value of a YAML text with the line, from 1, on which it begins. */
sealed interface Node {

    int line();

    /** How a message names this value. */
    String describe();

    /** @param quoted whether this is text even where it looks like a number or a boolean */
    record Scalar(int line, String text, boolean quoted) implements Node {
        private static final int SHOWN = 60;

        @Override
        public String describe() {
            return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
        }
    }

    record Null(int line) implements Node {
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

    /** @param entries in the order of the text; a key may occur more than once */
    record Mapping(int line, List<Entry> entries) implements Node {
        @Override
        public String describe() {
            return "a mapping";
        }
    }

    record Entry(int line, String key, Node value) {}
}
