package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A prefix that is on the link, or that hosts form addresses of (RFC 4861 §4.6.2).
 *
 * @param prefix with zeros after the prefix length; with R, the router's whole address
 * @param prefixLength in bits, 0 to 128
 * @param onLink L: the prefix is on the link
 * @param autonomous A: for stateless address configuration (RFC 4862 §5.5.3)
 * @param routerAddress R: the prefix is an address of the router (RFC 6275 §7.2)
 * @param validLifetime in seconds, 0 to 2³²−1, {@link Lifetime#INFINITE}
 * @param preferredLifetime likewise; hosts ignore for A what has it above the valid one
 */
public record PrefixInformation(
        IPv6Address prefix,
        int prefixLength,
        boolean onLink,
        boolean autonomous,
        boolean routerAddress,
        long validLifetime,
        long preferredLifetime)
        implements NdOption {
    static final int TYPE = 3;

    private static final int LENGTH = 32;
    private static final int ON_LINK = 0x80;
    private static final int AUTONOMOUS = 0x40;
    private static final int ROUTER_ADDRESS = 0x20;

    public PrefixInformation {
        PrefixBits.require(routerAddress ? PrefixBits.of(prefix, prefixLength) : prefix, prefixLength);
        Lifetime.require(validLifetime);
        Lifetime.require(preferredLifetime);
    }

    /** A prefix without R. */
    public static PrefixInformation of(
            IPv6Address prefix,
            int prefixLength,
            boolean onLink,
            boolean autonomous,
            long validLifetime,
            long preferredLifetime) {
        return new PrefixInformation(prefix, prefixLength, onLink, autonomous, false, validLifetime, preferredLifetime);
    }

    static Optional<NdOption> decode(Bytes body) {
        if (body.length() != LENGTH - HEADER_LENGTH || body.unsignedByte(0) > PrefixBits.MAX_LENGTH) {
            return Optional.empty();
        }
        int length = body.unsignedByte(0);
        int flags = body.unsignedByte(1);
        boolean router = (flags & ROUTER_ADDRESS) != 0;
        IPv6Address address = body.ipv6Address(14);
        return Optional.of(new PrefixInformation(
                router ? address : PrefixBits.of(address, length),
                length,
                (flags & ON_LINK) != 0,
                (flags & AUTONOMOUS) != 0,
                router,
                body.unsignedInt(2),
                body.unsignedInt(6)));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeByte(prefixLength);
        out.writeByte((onLink ? ON_LINK : 0) | (autonomous ? AUTONOMOUS : 0) | (routerAddress ? ROUTER_ADDRESS : 0));
        out.writeInt((int) validLifetime).writeInt((int) preferredLifetime).writeInt(0);
        prefix.write16Bytes(out);
    }
}
