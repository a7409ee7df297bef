package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.UUID;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Encodable;
import org.flow6.packets.MalformedReason;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * What identifies a client or a server (RFC 8415 §11). It is opaque to everybody else, who compares it and nothing more
 * (§11): hence octets, whatever their type.
 *
 * @param octets 2 of type and 1 to 128 of identifier (§11.1)
 */
public record Duid(Bytes octets) implements Encodable {
    /** Link-layer address and time (RFC 8415 §11.2). */
    public static final int LINK_LAYER_TIME = 1;
    /** An identifier of the vendor's, under its enterprise number (RFC 8415 §11.3). */
    public static final int ENTERPRISE = 2;
    /** Link-layer address (RFC 8415 §11.4). */
    public static final int LINK_LAYER = 3;
    /** UUID (RFC 8415 §11.5, RFC 6355). */
    public static final int UNIVERSAL = 4;

    private static final int TYPE_LENGTH = 2;
    private static final int MIN_LENGTH = TYPE_LENGTH + 1;
    private static final int MAX_LENGTH = TYPE_LENGTH + 128;
    private static final int ETHERNET = 1;

    public Duid {
        if (octets.length() < MIN_LENGTH || octets.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("DUID of " + octets.length() + " octets (3-130)");
        }
    }

    /**
     * A DUID-LLT of an Ethernet address (RFC 8415 §11.2).
     *
     * @param time seconds since 2000-01-01 UTC, modulo 2³²
     */
    public static Duid linkLayerTime(MacAddress address, long time) {
        Unsigned.require("time", time, Integer.SIZE);
        ByteBuf out = start(LINK_LAYER_TIME).writeShort(ETHERNET).writeInt((int) time);
        address.write6Bytes(out);
        return new Duid(Bytes.copyOf(out));
    }

    /**
     * A DUID-EN (RFC 8415 §11.3).
     *
     * @param enterprise the vendor's number in IANA's registry, 32 bits
     * @param identifier at most 124 octets
     */
    public static Duid enterprise(long enterprise, Bytes identifier) {
        Unsigned.require("enterprise number", enterprise, Integer.SIZE);
        ByteBuf out = start(ENTERPRISE).writeInt((int) enterprise);
        identifier.writeTo(out);
        return new Duid(Bytes.copyOf(out));
    }

    /** A DUID-LL of an Ethernet address (RFC 8415 §11.4). */
    public static Duid linkLayer(MacAddress address) {
        ByteBuf out = start(LINK_LAYER).writeShort(ETHERNET);
        address.write6Bytes(out);
        return new Duid(Bytes.copyOf(out));
    }

    /** A DUID-UUID (RFC 8415 §11.5, RFC 6355 §4). */
    public static Duid of(UUID uuid) {
        return new Duid(Bytes.copyOf(
                start(UNIVERSAL).writeLong(uuid.getMostSignificantBits()).writeLong(uuid.getLeastSignificantBits())));
    }

    /** The octets as a DUID, if they are as many as one has. */
    public static Decoded<Duid> decode(Bytes octets) {
        return octets.length() < MIN_LENGTH || octets.length() > MAX_LENGTH
                ? Decoded.malformed(MalformedReason.DHCPV6_DUID_LENGTH)
                : Decoded.ok(new Duid(octets));
    }

    /** How its maker made it, 0 to 65535; no reason to look into it. */
    public int type() {
        return octets.unsignedShort(0);
    }

    @Override
    public int length() {
        return octets.length();
    }

    @Override
    public void encode(ByteBuf out) {
        octets.writeTo(out);
    }

    /** Hexadecimal digits. */
    @Override
    public String toString() {
        return octets.toString();
    }

    private static ByteBuf start(int type) {
        return Unpooled.buffer(MAX_LENGTH).writeShort(type);
    }
}
