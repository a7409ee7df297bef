package org.flow6.packets.dhcpv6;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;

/** UTF-8 (RFC 3629), to the letter: what is decoded is encoded to the same octets. */
final class Text {
    private Text() {}

    static Decoded<String> decode(Bytes octets) {
        try {
            return Decoded.ok(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Decoded.malformed(MalformedReason.DHCPV6_TEXT);
        }
    }

    /**
     * The text itself, if it can be encoded.
     *
     * @throws IllegalArgumentException for half of a surrogate pair, which UTF-8 has no form for
     */
    static String require(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("text without a form in UTF-8: " + text);
        }
        return text;
    }

    static Bytes encode(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
