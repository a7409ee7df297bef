package org.flow6.launcher.configuration;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where to connect to, written as Open vSwitch writes it. */
public sealed interface Endpoint {
    /** How users write one. */
    String FORM = "unix:/PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT";

    /** What fits into a socket address (unix(7)), the closing zero left out. */
    int MAX_UNIX_PATH = 107;

    /** A unix socket. */
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
     * A TCP port.
     *
     * @param host a name, an IPv4 address, or an IPv6 address without brackets
     * @param port 1 to 65535
     */
    record Tcp(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "tcp:" + HostPort.join(host, port);
        }
    }

    /**
     * Reads what {@link #FORM} says.
     *
     * @param folder that a relative path begins at
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static Endpoint parse(String text, Path folder) {
        if (text.startsWith("unix:") && text.length() > 5) {
            return new Unix(folder.resolve(text.substring(5)));
        }
        if (text.startsWith("tcp:")) {
            HostPort target = HostPort.parse(text.substring(4));
            if (target != null && target.port() > 0) {
                return new Tcp(target.host(), target.port());
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not " + FORM);
    }
}
