package org.flow6.core.openflow.ryu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.net.InetAddresses;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.StringJoiner;

/** How the value of a field is written. Ryu writes all numbers in decimal; ovs-ofctl has a choice for each field. */
enum OxmFormat {
    DECIMAL,
    HEX,
    MAC,
    IPV4,
    IPV6,
    /** Of a length that the field should not have. */
    OCTETS,
    /** Of a field that nobody knows. */
    UNKNOWN;

    /** The value as Ryu has it in JSON: a number or text. */
    JsonNode ryu(ByteBuf bytes, int at, int length) {
        return switch (this) {
            case DECIMAL, HEX -> number(unsigned(bytes, at, length));
            case UNKNOWN ->
                TextNode.valueOf(Base64.getEncoder().encodeToString(ByteBufUtil.getBytes(bytes, at, length)));
            default -> TextNode.valueOf(ovsText(bytes, at, length));
        };
    }

    /** The value as ovs-ofctl writes it. */
    String ovsText(ByteBuf bytes, int at, int length) {
        return switch (this) {
            case DECIMAL -> unsigned(bytes, at, length).toString();
            case HEX -> hex(unsigned(bytes, at, length));
            case MAC -> mac(bytes, at, length);
            case IPV4, IPV6 -> address(ByteBufUtil.getBytes(bytes, at, length));
            case OCTETS, UNKNOWN -> "0x" + ByteBufUtil.hexDump(bytes, at, length);
        };
    }

    static JsonNode number(BigInteger value) {
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }

    /** A number of 64 bits, none of them the sign. */
    static JsonNode number(long unsigned) {
        return unsigned >= 0
                ? LongNode.valueOf(unsigned)
                : BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(unsigned)));
    }

    private static BigInteger unsigned(ByteBuf bytes, int at, int length) {
        return new BigInteger(1, ByteBufUtil.getBytes(bytes, at, length));
    }

    private static String hex(BigInteger value) {
        return value.signum() == 0 ? "0" : "0x" + value.toString(16);
    }

    private static String mac(ByteBuf bytes, int at, int length) {
        StringJoiner octets = new StringJoiner(":");
        for (int i = 0; i < length; i++) {
            octets.add("%02x".formatted(bytes.getUnsignedByte(at + i)));
        }
        return octets.toString();
    }

    private static String address(byte[] octets) {
        try {
            // InetAddress would make an IPv4 address of an IPv4-mapped one.
            return InetAddresses.toAddrString(
                    octets.length == 16
                            ? Inet6Address.getByAddress(null, octets, -1)
                            : InetAddress.getByAddress(octets));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + octets.length + " octets", e);
        }
    }
}
