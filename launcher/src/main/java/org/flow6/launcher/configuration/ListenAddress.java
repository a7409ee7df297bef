package org.flow6.launcher.configuration;

import org.flow6.core.endpoint.HostPort;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Where to listen.
 *
 * @param port 0 to 65535; 0 for any that is free
 */
public record ListenAddress(IPAddress<?> address, int port) {
    /** How users write one. */
    public static final String FORM = "ADDRESS:PORT";

    /**
     * Reads {@code 127.0.0.1:6653} or {@code [::1]:6653}.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static ListenAddress parse(String text) {
        HostPort parts = HostPort.parse(text);
        IPAddress<?> address = parts == null ? null : HostPort.address(parts.host());
        if (parts == null || address == null) {
            throw new IllegalArgumentException("'" + text + "' is not " + FORM);
        }
        return new ListenAddress(address, parts.port());
    }

    /** Whether only this machine reaches it. */
    boolean isLoopback() {
        return address instanceof IPv4Address v4 ? v4.getInt() >>> 24 == 127 : address.equals(IPv6Address.of("::1"));
    }

    /** The address alone, as sockets take it. */
    public String host() {
        return address.toString();
    }

    @Override
    public String toString() {
        return HostPort.join(host(), port);
    }
}
