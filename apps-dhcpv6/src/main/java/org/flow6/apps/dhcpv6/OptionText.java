package org.flow6.apps.dhcpv6;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.packets.Bytes;
import org.flow6.packets.DomainName;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Lease;
import org.flow6.packets.dhcpv6.NtpServer;
import org.flow6.packets.dhcpv6.NtpSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** How the text of an option is read: as dnsmasq's {@code --dhcp-option=option6:} has it, items between commas. */
enum OptionText {
    /** IPv6 addresses, in brackets or without. */
    ADDRESSES,
    /** Domain names, as labels (RFC 1035 §3.1). */
    DOMAINS,
    /** UTF-8, commas and all. */
    TEXT,
    /** UTF-8, each item after its length in two octets. */
    TEXTS,
    /** A number with s, m, h, d or w behind it, or {@code infinite}. */
    SECONDS,
    /** Addresses and names, an option for each (RFC 5908 §4). */
    TIME_SERVERS,
    /** An option that nothing is known of: see {@link #any}. */
    ANY;

    /** The options that a text says; empty if it is no such text. */
    Optional<List<Dhcpv6Option>> read(int code, String text) {
        try {
            if (this == TIME_SERVERS) {
                return Optional.of(items(text)
                        .<Dhcpv6Option>map(item -> new NtpServer(List.of(timeServer(item))))
                        .toList());
            }
            return Dhcpv6Option.decode(code, Bytes.of(body(text))).toOptional().map(List::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] body(String text) {
        return switch (this) {
            case ADDRESSES -> joined(items(text).map(item -> address(item).getBytes()));
            case DOMAINS ->
                joined(items(text).map(item -> DomainName.of(item).encode().toByteArray()));
            case TEXTS ->
                joined(items(text).map(OptionText::utf8).flatMap(item -> Stream.of(number(item.length, 2), item)));
            case SECONDS -> number(seconds(text), Integer.BYTES);
            case ANY -> any(text);
            default -> utf8(text);
        };
    }

    /**
     * Text in quotes as it is; addresses in brackets; octets in hexadecimal with colons between them; a decimal number in
     * as many octets as it needs, of 1, 2 and 4; else text.
     */
    private static byte[] any(String text) {
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            return utf8(text.substring(1, text.length() - 1));
        } else if (text.startsWith("[")) {
            return ADDRESSES.body(text);
        } else if (text.matches("[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2})+")) {
            return joined(Stream.of(text.split(":")).map(octet -> number(Long.parseLong(octet, 16), 1)));
        } else if (text.matches("[0-9]{1,10}") && Long.parseLong(text) <= Lease.INFINITY) {
            long number = Long.parseLong(text);
            return number(number, number <= 0xff ? 1 : number <= 0xffff ? 2 : Integer.BYTES);
        }
        return utf8(text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The low octets of a number, in network order. */
    private static byte[] number(long value, int octets) {
        return Arrays.copyOfRange(
                ByteBuffer.allocate(Long.BYTES).putLong(value).array(), Long.BYTES - octets, Long.BYTES);
    }

    private static byte[] joined(Stream<byte[]> parts) {
        List<byte[]> all = parts.toList();
        ByteBuffer joined =
                ByteBuffer.allocate(all.stream().mapToInt(part -> part.length).sum());
        all.forEach(joined::put);
        return joined.array();
    }

    private static Stream<String> items(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(item -> !item.isEmpty());
    }

    private static IPv6Address address(String item) {
        return IPv6Address.of(item.startsWith("[") && item.endsWith("]") ? item.substring(1, item.length() - 1) : item);
    }

    private static NtpSource timeServer(String item) {
        return item.contains(":") ? ConfiguredOptions.source(address(item)) : new NtpSource.Name(DomainName.of(item));
    }

    private static long seconds(String text) {
        String number = text.toLowerCase(Locale.ROOT);
        if (number.equals("infinite")) {
            return Lease.INFINITY;
        }
        if (!number.matches("[0-9]{1,10}[smhdw]?")) {
            throw new IllegalArgumentException("not a time: " + text);
        }
        char last = number.charAt(number.length() - 1);
        long unit =
                switch (last) {
                    case 'm' -> 60;
                    case 'h' -> 3600;
                    case 'd' -> 86_400;
                    case 'w' -> 604_800;
                    default -> 1;
                };
        String digits = Character.isDigit(last) ? number : number.substring(0, number.length() - 1);
        return Math.min(Long.parseLong(digits) * unit, Lease.INFINITY);
    }
}
