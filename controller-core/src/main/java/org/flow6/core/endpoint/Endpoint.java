package org.flow6.core.endpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a connection leads, written as Open vSwitch writes it (ovsdb(7), "Active"). */
public sealed interface Endpoint {
    /** How users write one. */
    String FORM = "unix:/PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT";

    /** What fits into a socket address (unix(7)), the closing zero left out. */
    int MAX_UNIX_PATH = 107;

    /** A unix socket, {@code unix:/run/openvswitch/br-int.mgmt}. */
    record Unix(Path path) implements Endpoint {
        /** @throws IllegalArgumentException if the path is too long for a socket */
        public Unix {
            if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_UNIX_PATH) {
                throw new IllegalArgumentException(
                        "'" + path + "' has more than the " + MAX_UNIX_PATH + " bytes that a socket's path may have");
            }
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * A TCP port, {@code tcp:HOST:PORT} with an IPv6 address in brackets.
     *
     * @param host a name, an IPv4 address, or an IPv6 address without brackets
     * @param port 0 to 65535; 0 to listen on any that is free
     */
    record Tcp(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "tcp:" + HostPort.join(host, port);
        }
    }

    /** A TCP port behind TLS, {@code ssl:HOST:PORT}; the parts are those of {@link Tcp}. */
    record Tls(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "ssl:" + HostPort.join(host, port);
        }
    }

    /**
     * Reads what {@link #FORM} says: where to connect to, without TLS.
     *
     * @param folder that a relative path begins at
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static Endpoint parse(String text, Path folder) {
        if (text.startsWith("unix:") && text.length() > 5) {
            return new Unix(folder.resolve(text.substring(5)));
        }
        HostPort target = text.startsWith("tcp:") ? target(text) : null;
        if (target == null) {
            throw new IllegalArgumentException("'" + text + "' is not " + FORM);
        }
        return new Tcp(target.host(), target.port());
    }

    private static @Nullable HostPort target(String text) {
        HostPort target = HostPort.parse(text.substring(4));
        return target == null || target.port() == 0 ? null : target;
    }

    /** Whether the connection is made with TLS. */
    default boolean isTls() {
        return this instanceof Tls;
    }
}
