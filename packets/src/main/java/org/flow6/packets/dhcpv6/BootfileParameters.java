package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;

/**
 * What the client gives to the program that it boots (RFC 5970 §3.2).
 *
 * @param parameters each at most 65535 octets in UTF-8
 */
public record BootfileParameters(List<String> parameters) implements Dhcpv6Option {
    public static final int CODE = 60;

    public BootfileParameters {
        parameters = parameters.stream().map(Text::require).toList();
        LengthPrefixed.copyOf(octets(parameters));
    }

    static Decoded<List<String>> texts(Bytes body) {
        return LengthPrefixed.decodeAll(body).then(items -> Decoded.each(items, Text::decode));
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return LengthPrefixed.length(octets(parameters));
    }

    @Override
    public void encodeBody(ByteBuf out) {
        LengthPrefixed.encode(out, octets(parameters));
    }

    private static List<Bytes> octets(List<String> parameters) {
        return parameters.stream().map(Text::encode).toList();
    }
}
