package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A version 2 query (RFC 3810 §5.1).
 *
 * @param maximumResponseCode 0 to 65535, which {@link #maximumResponseDelay} explains
 * @param group the one asked about, or :: for all
 * @param suppress S: routers do not take it for news
 * @param robustness QRV, 0 to 7
 * @param intervalCode QQIC, 0 to 255, which {@link #interval} explains
 * @param sources those asked about, 0 to 4092
 */
public record Mldv2Query(
        int maximumResponseCode,
        IPv6Address group,
        boolean suppress,
        int robustness,
        int intervalCode,
        List<IPv6Address> sources)
        implements Mld {
    private static final int FIXED_LENGTH = 28;
    private static final int MAX_SOURCES = 4092;
    private static final int SUPPRESS = 0x08;
    private static final int ROBUSTNESS = 0x07;

    public Mldv2Query {
        sources = List.copyOf(sources);
        if (maximumResponseCode >>> Short.SIZE != 0 || robustness >>> 3 != 0 || intervalCode >>> Byte.SIZE != 0) {
            throw new IllegalArgumentException("maximum response code " + maximumResponseCode + ", robustness "
                    + robustness + ", interval code " + intervalCode + " (16, 3, 8 bits)");
        }
        if (sources.size() > MAX_SOURCES) {
            throw new IllegalArgumentException(sources.size() + " sources, more than a packet holds");
        }
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        if (message.length() < FIXED_LENGTH) {
            return Decoded.malformed(MalformedReason.MLD_LENGTH);
        }
        int sources = message.unsignedShort(26);
        if (message.length() < FIXED_LENGTH + sources * IPv6Address.LENGTH) {
            return Decoded.malformed(MalformedReason.MLD_LENGTH);
        }
        int flags = message.unsignedByte(24);
        return Decoded.ok(new Mldv2Query(
                message.unsignedShort(4),
                message.ipv6Address(MldLayout.GROUP),
                (flags & SUPPRESS) != 0,
                flags & ROBUSTNESS,
                message.unsignedByte(25),
                MldLayout.addresses(message, FIXED_LENGTH, sources)));
    }

    /**
     * A query as it is sent to listeners.
     *
     * @param maximumResponseDelay in milliseconds, 1 to 32767
     * @param robustness 0 to 7
     * @param interval in seconds, 0 to 31744; rounded down to what the message can say (RFC 3810 §5.1.9)
     */
    public static Mldv2Query of(
            int maximumResponseDelay, IPv6Address group, int robustness, int interval, List<IPv6Address> sources) {
        return new Mldv2Query(maximumResponseDelay, group, false, robustness, intervalCode(interval), sources);
    }

    private static int intervalCode(int seconds) {
        if (seconds < 0x80) {
            return seconds;
        }
        int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(seconds) - Byte.SIZE;
        return 0x80 | exponent << 4 | ((seconds >>> (exponent + 3)) & 0xf);
    }

    /** In milliseconds (RFC 3810 §5.1.3). */
    public int maximumResponseDelay() {
        int exponent = maximumResponseCode >>> 12 & 7;
        return maximumResponseCode < 0x8000
                ? maximumResponseCode
                : ((maximumResponseCode & 0xfff) | 0x1000) << (exponent + 3);
    }

    /** The querier's interval in seconds (RFC 3810 §5.1.9). */
    public int interval() {
        int exponent = intervalCode >>> 4 & 7;
        return intervalCode < 0x80 ? intervalCode : ((intervalCode & 0xf) | 0x10) << (exponent + 3);
    }

    @Override
    public int type() {
        return Query.TYPE;
    }

    @Override
    public int length() {
        return FIXED_LENGTH + sources.size() * IPv6Address.LENGTH;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(maximumResponseCode).writeShort(0);
        group.write16Bytes(out);
        out.writeByte((suppress ? SUPPRESS : 0) | robustness).writeByte(intervalCode);
        out.writeShort(sources.size());
        sources.forEach(source -> source.write16Bytes(out));
    }
}
