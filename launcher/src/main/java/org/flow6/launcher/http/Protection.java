package org.flow6.launcher.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.flow6.launcher.access.Access;

/**
 * What keeps others out.
 *
 * @param access knows who asks; empty: nobody has to say so, and only this machine may ask
 * @param rate requests that a client may make a second
 */
public record Protection(Optional<Pem> tls, Optional<Access> access, OptionalInt rate) {
    /** For clients on this machine. */
    public static final Protection NONE = new Protection(Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** PEM files: a certificate and its key. */
    public record Pem(Path certificate, Path key) {}
}
