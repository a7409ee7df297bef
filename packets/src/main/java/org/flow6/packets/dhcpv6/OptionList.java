package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** A run of options (RFC 8415 §21.1). */
final class OptionList {
    private static final int MAX_BODY = 0xffff;

    private OptionList() {}

    /**
     * A copy of options that all have a form on the wire.
     *
     * @throws IllegalArgumentException for an option whose body takes more than 65535 octets
     */
    static List<Dhcpv6Option> copyOf(List<Dhcpv6Option> options) {
        for (Dhcpv6Option option : options) {
            if (option.bodyLength() > MAX_BODY) {
                throw new IllegalArgumentException(
                        "option " + option.code() + " of " + option.bodyLength() + " octets");
            }
        }
        return List.copyOf(options);
    }

    static int length(List<Dhcpv6Option> options) {
        int length = 0;
        for (Dhcpv6Option option : options) {
            length += option.length();
        }
        return length;
    }

    static void encode(ByteBuf out, List<Dhcpv6Option> options) {
        for (Dhcpv6Option option : options) {
            option.encode(out);
        }
    }
}
