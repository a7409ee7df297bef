package org.flow6.packets.dhcpv6;

import java.util.ArrayList;
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
        return SubOption.decodeAll(octets).then(this::decodeAll);
    }

    private Decoded<List<Dhcpv6Option>> decodeAll(List<SubOption> raw) {
        List<Dhcpv6Option> options = new ArrayList<>(raw.size());
        for (SubOption each : raw) {
            Decoded<Dhcpv6Option> decoded = decode(each);
            if (decoded instanceof Decoded.Malformed<Dhcpv6Option> malformed) {
                return Decoded.malformed(malformed.reason());
            }
            options.add(decoded.orElseThrow());
        }
        return Decoded.ok(options);
    }

    Decoded<Dhcpv6Option> decode(SubOption raw) {
        OptionFormats.Format format = OptionFormats.ALL.get(raw.code());
        return format == null ? Decoded.ok(new UnknownOption(raw.code(), raw.data())) : format.decode(raw.data(), this);
    }

    /** The decoder of options in one of these. */
    OptionDecoder inner() {
        return new OptionDecoder(message, outer + 1);
    }
}
