package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * A Neighbor Discovery option (RFC 4861 §4.6). One of a known type whose octets its record cannot hold, of another
 * length for instance, is an {@link UnknownOption}: a receiver ignores it, and the message stays good.
 */
public sealed interface NdOption extends Encodable
        permits AddressList,
                CaptivePortal,
                DnsSearchList,
                Mtu,
                NdOption.Nonce,
                NdOption.SourceLinkLayerAddress,
                NdOption.TargetLinkLayerAddress,
                NdOption.UnknownOption,
                Pref64,
                PrefixInformation,
                RecursiveDnsServer,
                RedirectedHeader,
                RouteInformation {
    /** Octets of type and length. */
    int HEADER_LENGTH = 2;

    /** Octets of the longest option. */
    int MAX_LENGTH = 255 * 8;

    /** Octets of an option with an Ethernet address (RFC 2464 §6). */
    int LINK_LAYER_ADDRESS_LENGTH = 8;

    /** IANA's number of the option, 0 to 255. */
    int type();

    /** Octets on the wire, a multiple of 8, at most 2040. */
    @Override
    int length();

    /** Appends what follows type and length. */
    void encodeBody(ByteBuf out);

    @Override
    default void encode(ByteBuf out) {
        out.writeByte(type()).writeByte(length() / 8);
        encodeBody(out);
    }

    /** Where the sender of a solicitation is reached (RFC 4861 §4.6.1, RFC 2464 §6). */
    record SourceLinkLayerAddress(MacAddress address) implements NdOption {
        static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int length() {
            return LINK_LAYER_ADDRESS_LENGTH;
        }

        @Override
        public void encodeBody(ByteBuf out) {
            address.write6Bytes(out);
        }
    }

    /** Where the target of an advertisement or redirect is reached (RFC 4861 §4.6.1, RFC 2464 §6). */
    record TargetLinkLayerAddress(MacAddress address) implements NdOption {
        static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int length() {
            return LINK_LAYER_ADDRESS_LENGTH;
        }

        @Override
        public void encodeBody(ByteBuf out) {
            address.write6Bytes(out);
        }
    }

    /**
     * A random number that ties an answer to a solicitation (RFC 3971 §5.3.2), and by which a node knows its own
     * looped-back duplicate check (RFC 7527 §4).
     *
     * @param value 8n+6 octets, n 0 to 254; senders use 6
     */
    record Nonce(Bytes value) implements NdOption {
        static final int TYPE = 14;

        public Nonce {
            requireUnits(value);
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int length() {
            return HEADER_LENGTH + value.length();
        }

        @Override
        public void encodeBody(ByteBuf out) {
            value.writeTo(out);
        }
    }

    /**
     * An option that this package has no record for, which a receiver ignores (RFC 4861 §4.6) and a rewriter keeps.
     *
     * @param type 0 to 255; one with a record only if that cannot hold the body
     * @param body what follows type and length: 8n+6 octets, n 0 to 254
     */
    record UnknownOption(int type, Bytes body) implements NdOption {
        public UnknownOption {
            if (type < 0 || type > 0xff) {
                throw new IllegalArgumentException("option type " + type + " (0-255)");
            }
            requireUnits(body);
            if (isLinkLayerAddress(type) || known(type, body).isPresent()) {
                throw new IllegalArgumentException("option type " + type + " has a record of its own for " + body);
            }
        }

        @Override
        public int length() {
            return HEADER_LENGTH + body.length();
        }

        @Override
        public void encodeBody(ByteBuf out) {
            body.writeTo(out);
        }
    }

    /** Decodes options up to the end of the octets. */
    static Decoded<List<NdOption>> decodeAll(Bytes octets) {
        List<NdOption> options = new ArrayList<>(2);
        int at = 0;
        while (at < octets.length()) {
            if (octets.length() < at + HEADER_LENGTH) {
                return Decoded.malformed(MalformedReason.ND_OPTION_TRUNCATED);
            }
            int length = octets.unsignedByte(at + 1) * 8;
            if (length == 0) {
                return Decoded.malformed(MalformedReason.ND_OPTION_LENGTH_ZERO);
            }
            if (octets.length() < at + length) {
                return Decoded.malformed(MalformedReason.ND_OPTION_TRUNCATED);
            }
            int type = octets.unsignedByte(at);
            if (isLinkLayerAddress(type) && length != LINK_LAYER_ADDRESS_LENGTH) {
                return Decoded.malformed(MalformedReason.ND_LINK_LAYER_ADDRESS_LENGTH);
            }
            options.add(of(type, octets.slice(at + HEADER_LENGTH, at + length)));
            at += length;
        }
        return Decoded.ok(options);
    }

    private static NdOption of(int type, Bytes body) {
        return known(type, body).orElseGet(() -> new UnknownOption(type, body));
    }

    /** The option as its type's record, if there is one that can hold it. */
    private static Optional<NdOption> known(int type, Bytes body) {
        return switch (type) {
            case SourceLinkLayerAddress.TYPE -> Optional.of(new SourceLinkLayerAddress(body.macAddress(0)));
            case TargetLinkLayerAddress.TYPE -> Optional.of(new TargetLinkLayerAddress(body.macAddress(0)));
            case PrefixInformation.TYPE -> PrefixInformation.decode(body);
            case RedirectedHeader.TYPE -> Optional.of(RedirectedHeader.decode(body));
            case Mtu.TYPE -> Mtu.decode(body);
            case AddressList.Source.TYPE -> AddressListLayout.decode(body).map(AddressList.Source::new);
            case AddressList.Target.TYPE -> AddressListLayout.decode(body).map(AddressList.Target::new);
            case Nonce.TYPE -> Optional.of(new Nonce(body));
            case RouteInformation.TYPE -> RouteInformation.decode(body);
            case RecursiveDnsServer.TYPE -> RecursiveDnsServer.decode(body);
            case DnsSearchList.TYPE -> DnsSearchList.decode(body);
            case CaptivePortal.TYPE -> CaptivePortal.decode(body);
            case Pref64.TYPE -> Pref64.decode(body);
            default -> Optional.empty();
        };
    }

    private static boolean isLinkLayerAddress(int type) {
        return type == SourceLinkLayerAddress.TYPE || type == TargetLinkLayerAddress.TYPE;
    }

    private static void requireUnits(Bytes body) {
        if (body.length() % 8 != 6 || body.length() > MAX_LENGTH - HEADER_LENGTH) {
            throw new IllegalArgumentException("option body of " + body.length() + " octets, not 8n+6, n 0-254");
        }
    }
}
