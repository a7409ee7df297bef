package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What octets from the wire turned out to be. Decoding never throws, whatever the octets. */
public sealed interface Decoded<T> {
    /** A value that its RFC allows. */
    record Ok<T>(T value) implements Decoded<T> {}

    /** Octets that a receiver discards, and why. */
    record Malformed<T>(MalformedReason reason) implements Decoded<T> {}

    static <T> Decoded<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Decoded<T> malformed(MalformedReason reason) {
        return new Malformed<>(reason);
    }

    /** Decodes each of several, unless one is malformed: then the first that is tells the reason. */
    static <S, T> Decoded<List<T>> each(List<S> several, Function<? super S, Decoded<T>> decode) {
        List<T> values = new ArrayList<>(several.size());
        for (S one : several) {
            Decoded<T> decoded = decode.apply(one);
            if (decoded instanceof Malformed<T> malformed) {
                return malformed(malformed.reason());
            }
            values.add(decoded.orElseThrow());
        }
        return ok(values);
    }

    /** Decodes further, the next layer for instance, unless something was malformed already. */
    default <U> Decoded<U> then(Function<? super T, Decoded<U>> next) {
        if (this instanceof Ok<T> ok) {
            return next.apply(ok.value());
        }
        return malformed(((Malformed<T>) this).reason());
    }

    /** The value, without the reason there may be for its absence. */
    default Optional<T> toOptional() {
        return this instanceof Ok<T> ok ? Optional.of(ok.value()) : Optional.empty();
    }

    /**
     * The value, where the octets are known to be good.
     *
     * @throws IllegalStateException naming the reason, if they are not
     */
    default T orElseThrow() {
        if (this instanceof Ok<T> ok) {
            return ok.value();
        }
        throw new IllegalStateException("malformed: " + ((Malformed<T>) this).reason());
    }
}
