package org.flow6.core.ovsdb;

/** What came of reading bytes or JSON from the database: wire input never throws. */
sealed interface Decoded<T> {
    record Ok<T>(T value) implements Decoded<T> {}

    record Malformed<T>(String reason) implements Decoded<T> {}
}
