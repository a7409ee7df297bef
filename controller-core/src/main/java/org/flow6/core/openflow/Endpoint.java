package org.flow6.core.openflow;

import com.google.common.net.HostAndPort;
import java.nio.file.Path;

/** Where a connection leads, written as Open vSwitch writes it. */
public sealed interface Endpoint {
    /** A unix socket, {@code unix:/run/openvswitch/br-int.mgmt}. */
    record Unix(Path path) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * A TCP port, {@code tcp:HOST:PORT} with an IPv6 address in brackets.
     *
     * @param port 0 to 65535; 0 to listen on any that is free
     */
    record Tcp(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "tcp:" + HostAndPort.fromParts(host, port);
        }
    }

    /** A TCP port behind TLS, {@code ssl:HOST:PORT}. */
    record Tls(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "ssl:" + HostAndPort.fromParts(host, port);
        }
    }

    /** OpenFlow's port (IANA). */
    int DEFAULT_PORT = 6653;

    /**
     * Reads {@code unix:PATH}, {@code tcp:HOST[:PORT]} or {@code ssl:HOST[:PORT]}.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static Endpoint parse(String text) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "unix" -> unix(rest);
            case "tcp" -> parseListen(rest);
            case "ssl" -> {
                Tcp address = parseListen(rest);
                yield new Tls(address.host(), address.port());
            }
            default ->
                throw new IllegalArgumentException("'" + text + "' is none of unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT");
        };
    }

    private static Unix unix(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("unix: without a path");
        }
        return new Unix(Path.of(path));
    }

    /**
     * Reads {@code HOST[:PORT]}, an address to listen on.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static Tcp parseListen(String text) {
        HostAndPort parts =
                HostAndPort.fromString(text).requireBracketsForIPv6().withDefaultPort(DEFAULT_PORT);
        if (parts.getHost().isEmpty()) {
            throw new IllegalArgumentException("no host in '" + text + "'");
        }
        return new Tcp(parts.getHost(), parts.getPort());
    }

    /** Whether the connection is made with TLS. */
    default boolean isTls() {
        return this instanceof Tls;
    }
}
