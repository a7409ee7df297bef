package org.flow6.northbound;

/**
 * An object as a store has it.
 *
 * @param json a JSON object, as an element of the network file's list
 * @param revision of the store by which it came to be so, from 1
 */
public record Document(String json, long revision) {
    public Document {
        if (revision < 1) {
            throw new IllegalArgumentException("revision " + revision);
        }
    }
}
