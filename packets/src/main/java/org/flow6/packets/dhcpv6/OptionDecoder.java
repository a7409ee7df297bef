package org.flow6.packets.dhcpv6;

import java.util.List;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;

/**
 * Decodes options that may be within others.
 *
 * @param message the decoder of the message that they are in
 * @param outer how many options they are in: of a message 0, of an identity association 1, of its addresses 2, whose
 *     own options have none in them (RFC 8415 §21.4 to §21.6, §21.21, §21.22)
 */
record OptionDecoder(MessageDecoder message, int outer) {
    private static final int MAX_OUTER = 2;

    /** Decodes options up to the end of the octets. */
    Decoded<List<Dhcpv6Option>> decodeAll(Bytes octets) {
        if (outer > MAX_OUTER) {
            return Decoded.malformed(MalformedReason.DHCPV6_OPTION_NESTING);
        }
        return SubOption.decodeAll(octets).then(options -> Decoded.each(options, this::decode));
    }

    Decoded<Dhcpv6Option> decode(SubOption option) {
        OptionFormats.Format format = OptionFormats.ALL.get(option.code());
        return format == null
                ? Decoded.ok(new UnknownOption(option.code(), option.data()))
                : format.decode(option.data(), this);
    }

    /** The decoder of options in one of these. */
    OptionDecoder inner() {
        return new OptionDecoder(message, outer + 1);
    }
}
