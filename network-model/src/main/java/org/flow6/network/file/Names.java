package org.flow6.network.file;

import com.google.common.base.CharMatcher;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.flow6.network.NtpServer;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Domain names and URIs as text. */
final class Names {
    /** Characters of a domain name, which has two octets more on the wire (RFC 1035 §3.1). */
    private static final int MAX_DOMAIN = 253;

    /** Letters, digits, and hyphens within (RFC 1123 §2.1), and underscores (RFC 8552 §1.1). */
    private static final Pattern DOMAIN =
            Pattern.compile("(LABEL\\.)*LABEL".replace("LABEL", "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"));

    private static final CharMatcher ASCII = CharMatcher.ascii();

    private Names() {}

    /** The domain name that a text stands for, without a final dot; null if none does. */
    static @Nullable String domain(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return name.length() <= MAX_DOMAIN && DOMAIN.matcher(name).matches() ? name : null;
    }

    /** The NTP server that a text stands for by its address or name; null if none does. */
    static @Nullable NtpServer ntpServer(String text) {
        IPAddress<?> address = Addresses.parse(text).orElse(null);
        if (address == null) {
            String name = domain(text);
            return name == null ? null : new NtpServer.Name(name);
        }
        return address instanceof IPv6Address v6 && !v6.isUnspecified() && !v6.isLoopback()
                ? new NtpServer.Address(v6)
                : null;
    }

    /** The URI with a scheme that a text of so many characters at most stands for (RFC 3986); null if none does. */
    static @Nullable URI uri(String text, int maxLength) {
        if (text.length() > maxLength || !ASCII.matchesAllOf(text)) {
            return null;
        }
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
