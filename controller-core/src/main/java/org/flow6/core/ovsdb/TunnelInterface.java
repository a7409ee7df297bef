package org.flow6.core.ovsdb;

import java.util.List;
import java.util.Map;

/**
 * An interface for tunnels that Flow6 keeps on its bridge (ovs-vswitchd.conf.db(5)); each is a port by itself.
 *
 * @param name unique on its host, 15 characters at most
 * @param options exactly these of {@link #OPTIONS}; others stay as somebody set them
 * @param bfd likewise, of {@link #BFD}
 */
record TunnelInterface(String name, String type, Map<String, String> options, Map<String, String> bfd) {
    /** Every option that Flow6 sets or leaves out; it takes no offence at others. */
    static final List<String> OPTIONS = List.of("remote_ip", "local_ip", "key", "dst_port");

    static final List<String> BFD = List.of("enable", "min_rx", "min_tx", "mult");

    /** @throws IllegalArgumentException if the name is too long for Linux */
    TunnelInterface {
        options = Map.copyOf(options);
        bfd = Map.copyOf(bfd);
        if (name.length() > 15) {
            throw new IllegalArgumentException("interface name " + name);
        }
    }
}
