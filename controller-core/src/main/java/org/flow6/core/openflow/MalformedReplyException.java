package org.flow6.core.openflow;

import java.util.concurrent.CompletionException;

/** The answer to a request makes no sense. */
public final class MalformedReplyException extends Exception {
    MalformedReplyException(String message) {
        super(message, null, false, false);
    }

    /** The value, where a future's step needs one. */
    static <T> T require(String what, Decoded<T> decoded) {
        if (decoded instanceof Decoded.Ok<T> ok) {
            return ok.value();
        }
        throw new CompletionException(
                new MalformedReplyException(what + ": " + ((Decoded.Malformed<T>) decoded).reason()));
    }
}
