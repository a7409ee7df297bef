package org.flow6.core.ovsdb;

/** Where a database server listens, written as Open vSwitch writes it (ovsdb(7), "Active"). */
public sealed interface OvsdbEndpoint {
    /** A unix socket. */
    record Unix(String path) implements OvsdbEndpoint {
        /** @throws IllegalArgumentException if the path is empty */
        public Unix {
            if (path.isEmpty()) {
                throw new IllegalArgumentException("unix: without a path");
            }
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * A TCP port, 1 to 65535. The host is an address of either family or a name; a name is resolved on the event loop,
     * which waits meanwhile.
     */
    record Tcp(String host, int port) implements OvsdbEndpoint {
        /** @throws IllegalArgumentException if the host is empty or the port out of range */
        public Tcp {
            if (host.isEmpty() || port < 1 || port > 65535) {
                throw new IllegalArgumentException("no host and port to connect to: '" + host + "' " + port);
            }
        }

        @Override
        public String toString() {
            return "tcp:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Reads {@code unix:/run/openvswitch/db.sock}, {@code tcp:127.0.0.1:6640}, {@code tcp:[::1]:6640} or {@code tcp:HOST:PORT}.
     *
     * @throws IllegalArgumentException if the text is none of these; the message is fit for the user
     */
    static OvsdbEndpoint parse(String text) {
        if (text.startsWith("unix:") && text.length() > 5) {
            return new Unix(text.substring(5));
        }
        int colon = text.lastIndexOf(':');
        if (text.startsWith("tcp:") && colon > 4) {
            String host = text.substring(4, colon);
            boolean bracketed = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
            String port = text.substring(colon + 1);
            if ((bracketed || host.matches("[^:\\[\\]\\s]+"))
                    && port.matches("[0-9]{1,5}")
                    && Integer.parseInt(port) <= 65535) {
                return new Tcp(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
            }
        }
        throw new IllegalArgumentException("not a database to connect to: '" + text
                + "' (unix:/path/db.sock, tcp:HOST:PORT or tcp:[ADDRESS]:PORT)");
    }
}
