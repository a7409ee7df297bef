package org.flow6.launcher.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who may ask over HTTP.
 *
 * @param tokens the file with tokens; empty, as {@code keystone}: nobody has to say who they are
 * @param rate requests that a client may make a second
 */
public record ApiAccess(Optional<ServerTls> tls, Optional<Path> tokens, Optional<Keystone> keystone, OptionalInt rate) {

    /** PEM files, both absolute: our certificate and its key. */
    public record ServerTls(Path certificate, Path key) {}

    /**
     * Where tokens are asked about.
     *
     * @param user who Flow6 is there
     * @param password the file with that user's
     * @param domain of the user and the project
     * @param ca the file with certificates that sign Keystone's; empty: those that Java trusts
     */
    public record Keystone(URI url, String user, Path password, String project, String domain, Optional<Path> ca) {}
}
