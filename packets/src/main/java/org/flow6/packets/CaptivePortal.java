package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the captive portal's API is (RFC 8910 §2.3).
 *
 * @param uri 1 to 2038 visible ASCII characters, as a URI has
 */
public record CaptivePortal(String uri) implements NdOption {
    static final int TYPE = 37;

    public CaptivePortal {
        if (uri.isEmpty() || !uri.chars().allMatch(CaptivePortal::isVisible)) {
            throw new IllegalArgumentException(
                    "URI \"" + uri + "\" with other than visible ASCII characters, or empty");
        }
        if (HEADER_LENGTH + uri.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("URI of " + uri.length() + " characters (1-2038)");
        }
    }

    static Optional<NdOption> decode(Bytes body) {
        Bytes octets = body.slice(0, Padding.start(body));
        String uri = new String(octets.toByteArray(), StandardCharsets.ISO_8859_1);
        return !uri.isEmpty() && uri.chars().allMatch(CaptivePortal::isVisible)
                ? Optional.of(new CaptivePortal(uri))
                : Optional.empty();
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return Padding.toUnits(HEADER_LENGTH + uri.length());
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeBytes(uri.getBytes(StandardCharsets.US_ASCII));
        out.writeZero(length() - HEADER_LENGTH - uri.length());
    }

    private static boolean isVisible(int character) {
        return character > ' ' && character < 0x7f;
    }
}
