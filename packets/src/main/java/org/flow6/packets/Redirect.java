package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A redirect (RFC 4861 §4.5).
 *
 * @param target the better first hop: a router's link-local address, or the destination itself where it is on the link
 * @param destination of the packets that are to take it
 */
public record Redirect(IPv6Address target, IPv6Address destination, List<NdOption> options) implements NdMessage {
    public static final int TYPE = 137;

    static final int FIXED_LENGTH = 40;

    private static final int TARGET = 8;
    private static final int DESTINATION = TARGET + IPv6Address.LENGTH;

    public Redirect {
        options = List.copyOf(options);
    }

    /**
     * The packet's redirect, if a host must take it as one: RFC 4861 §8.1, RFC 6980 §5. Whether it is from the host's
     * first hop to that destination is left to who knows the host.
     */
    public static Decoded<Redirect> validate(Ipv6 packet) {
        return NdValidity.receiveFromRouter(packet, Redirect.class).then(redirect -> {
            if (redirect.destination.isMulticast()) {
                return Decoded.malformed(MalformedReason.REDIRECT_DESTINATION_MULTICAST);
            }
            if (!LinkLocal.includes(redirect.target) && !redirect.target.equals(redirect.destination)) {
                return Decoded.malformed(MalformedReason.REDIRECT_TARGET);
            }
            return Decoded.ok(redirect);
        });
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NdValidity.options(message, FIXED_LENGTH)
                .then(options -> Decoded.ok(
                        new Redirect(message.ipv6Address(TARGET), message.ipv6Address(DESTINATION), options)));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int fixedLength() {
        return FIXED_LENGTH;
    }

    @Override
    public void encodeFixed(ByteBuf out) {
        out.writeInt(0);
        target.write16Bytes(out);
        destination.write16Bytes(out);
    }
}
