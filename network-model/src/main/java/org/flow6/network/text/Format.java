package org.flow6.network.text;

import org.jspecify.annotations.Nullable;

/** The languages a network file may be written in. */
public enum Format {
    YAML {
        @Override
        @Nullable
        public Node read(byte[] text, int from, int to) throws SyntaxError {
            return YamlReader.read(text, from, to);
        }
    },
    JSON {
        @Override
        @Nullable
        public Node read(byte[] text, int from, int to) throws SyntaxError {
            return JsonReader.read(text, from, to);
        }
    };

    /** The size of the largest text that is read. */
    public static final int MAX_BYTES = 512 << 20;
    /** How deep values may be nested; a resource needs six levels. */
    public static final int MAX_DEPTH = 32;

    /** The document in a range of UTF-8 bytes; null if there is nothing but blanks and comments. */
    public abstract @Nullable Node read(byte[] text, int from, int to) throws SyntaxError;
}
