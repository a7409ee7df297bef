package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A neighbor advertisement (RFC 4861 §4.4). */
public record NeighborAdvertisement(NdFlags flags, IPv6Address target, List<NdOption> options) implements NdMessage {
    public static final int TYPE = 136;

    private static final int TARGET = 8;
    private static final int FIXED_LENGTH = TARGET + IPv6Address.LENGTH;

    public NeighborAdvertisement {
        options = List.copyOf(options);
    }

    /** The packet's advertisement, if a node must take it as one: RFC 4861 §7.1.2, RFC 6980 §5. */
    public static Decoded<NeighborAdvertisement> validate(Ipv6 packet) {
        return NdValidity.receive(packet, NeighborAdvertisement.class).then(advertisement -> {
            if (advertisement.target.isMulticast()) {
                return Decoded.malformed(MalformedReason.ND_TARGET_MULTICAST);
            }
            if (advertisement.flags.solicited() && packet.destination().isMulticast()) {
                return Decoded.malformed(MalformedReason.NA_SOLICITED_MULTICAST);
            }
            return Decoded.ok(advertisement);
        });
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NdValidity.options(message, FIXED_LENGTH)
                .then(options -> Decoded.ok(new NeighborAdvertisement(
                        NdFlags.ofWord(message.unsignedInt(HEADER_LENGTH)), message.ipv6Address(TARGET), options)));
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
        out.writeInt((int) flags.word());
        target.write16Bytes(out);
    }
}
