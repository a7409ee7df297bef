package org.flow6.network;

import java.util.Optional;

/** Where packets to multicast groups go: to what is behind a port, or to another host with its ports. */
public sealed interface Receiver {
    /** Behind a port of this host. */
    record OnPort(Id<Port> port) implements Receiver {
        private static final String PREFIX = "port/";

        @Override
        public String toString() {
            return PREFIX + port;
        }
    }

    /** All that is on another host. */
    record OnHost(Id<Host> host) implements Receiver {
        private static final String PREFIX = "host/";

        @Override
        public String toString() {
            return PREFIX + host;
        }
    }

    /** The receiver of which this is the text; empty where it is none's. */
    static Optional<Receiver> parse(String text) {
        if (text.startsWith(OnPort.PREFIX)) {
            return Optional.of(new OnPort(Id.of(text.substring(OnPort.PREFIX.length()))));
        }
        return text.startsWith(OnHost.PREFIX)
                ? Optional.of(new OnHost(Id.of(text.substring(OnHost.PREFIX.length()))))
                : Optional.empty();
    }
}
