package org.flow6.core.endpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A host and a TCP port.
 *
 * @param host a name or an address, an IPv6 address without its brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:\\s]+)):([0-9]{1,5})");

    /** Null if the text is not {@code HOST:PORT} with an IPv6 address in brackets. */
    public static @Nullable HostPort parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        int port = Integer.parseInt(parts.group(3));
        String bracketed = parts.group(1);
        boolean good = bracketed == null || address(bracketed) instanceof IPv6Address;
        return good && port <= 0xffff ? new HostPort(bracketed == null ? parts.group(2) : bracketed, port) : null;
    }

    /** Null if the text is neither an IPv4 nor an IPv6 address. */
    public static @Nullable IPAddress<?> address(String text) {
        try {
            return text.indexOf(':') < 0 ? IPv4Address.of(text) : IPv6Address.of(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** With an IPv6 address in brackets. */
    public static String join(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
