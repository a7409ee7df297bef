package org.flow6.core.openflow;

import java.util.function.Function;

/** What octets from a switch turned out to be. Decoding never throws, whatever the octets. */
public sealed interface Decoded<T> {
    /** A message that makes sense. */
    record Ok<T>(T value) implements Decoded<T> {}

    /** A message to skip, and what is wrong with it. */
    record Malformed<T>(String reason) implements Decoded<T> {}

    static <T> Decoded<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Decoded<T> malformed(String reason) {
        return new Malformed<>(reason);
    }

    /** Decodes further, unless something was malformed already. */
    default <U> Decoded<U> then(Function<? super T, Decoded<U>> next) {
        if (this instanceof Ok<T> ok) {
            return next.apply(ok.value());
        }
        return malformed(((Malformed<T>) this).reason());
    }
}
