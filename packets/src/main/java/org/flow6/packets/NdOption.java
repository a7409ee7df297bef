package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.projectfloodlight.openflow.types.MacAddress;

/** A Neighbor Discovery option (RFC 4861 §4.6). */
public sealed interface NdOption extends Encodable {
    /** Octets of type and length. */
    int HEADER_LENGTH = 2;

    /** Octets of an option with an Ethernet address (RFC 2464 §6). */
    int LINK_LAYER_ADDRESS_LENGTH = 8;

    /** IANA's number of the option, 0 to 255. */
    int type();

    /** Octets on the wire, a multiple of 8. */
    @Override
    int length();

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
        public void encode(ByteBuf out) {
            writeStart(out, this);
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
        public void encode(ByteBuf out) {
            writeStart(out, this);
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
        public void encode(ByteBuf out) {
            writeStart(out, this);
            value.writeTo(out);
        }
    }

    /**
     * An option that this package has no record for, which a receiver ignores (RFC 4861 §4.6) and a rewriter keeps.
     *
     * @param type 0 to 255, none of those with a record
     * @param body what follows type and length: 8n+6 octets, n 0 to 254
     */
    record UnknownOption(int type, Bytes body) implements NdOption {
        public UnknownOption {
            if (type < 0 || type > 0xff) {
                throw new IllegalArgumentException("option type " + type + " (0-255)");
            }
            if (type == SourceLinkLayerAddress.TYPE || type == TargetLinkLayerAddress.TYPE || type == Nonce.TYPE) {
                throw new IllegalArgumentException("option type " + type + " has a record of its own");
            }
            requireUnits(body);
        }

        @Override
        public int length() {
            return HEADER_LENGTH + body.length();
        }

        @Override
        public void encode(ByteBuf out) {
            writeStart(out, this);
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
            boolean linkLayerAddress = type == SourceLinkLayerAddress.TYPE || type == TargetLinkLayerAddress.TYPE;
            if (linkLayerAddress && length != LINK_LAYER_ADDRESS_LENGTH) {
                return Decoded.malformed(MalformedReason.ND_LINK_LAYER_ADDRESS_LENGTH);
            }
            options.add(of(type, octets.slice(at + HEADER_LENGTH, at + length)));
            at += length;
        }
        return Decoded.ok(options);
    }

    private static NdOption of(int type, Bytes body) {
        return switch (type) {
            case SourceLinkLayerAddress.TYPE -> new SourceLinkLayerAddress(body.macAddress(0));
            case TargetLinkLayerAddress.TYPE -> new TargetLinkLayerAddress(body.macAddress(0));
            case Nonce.TYPE -> new Nonce(body);
            default -> new UnknownOption(type, body);
        };
    }

    private static void writeStart(ByteBuf out, NdOption option) {
        out.writeByte(option.type()).writeByte(option.length() / 8);
    }

    private static void requireUnits(Bytes body) {
        if (body.length() % 8 != 6 || body.length() > 255 * 8 - HEADER_LENGTH) {
            throw new IllegalArgumentException("option body of " + body.length() + " octets, not 8n+6, n 0-254");
        }
    }
}
