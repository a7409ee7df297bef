package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.flow6.packets.Bytes;

/**
 * What a message is authenticated by (RFC 8415 §21.11).
 *
 * @param protocol 0 to 255
 * @param algorithm 0 to 255
 * @param replayDetectionMethod 0 to 255
 * @param replayDetection 8 octets
 * @param information as the protocol has it
 */
public record Authentication(
        int protocol, int algorithm, int replayDetectionMethod, Bytes replayDetection, Bytes information)
        implements Dhcpv6Option {
    public static final int CODE = 11;

    static final int FIXED_LENGTH = 11;

    private static final int REPLAY_DETECTION = 3;

    public Authentication {
        Unsigned.require("protocol", protocol, Byte.SIZE);
        Unsigned.require("algorithm", algorithm, Byte.SIZE);
        Unsigned.require("replay detection method", replayDetectionMethod, Byte.SIZE);
        if (replayDetection.length() != FIXED_LENGTH - REPLAY_DETECTION) {
            throw new IllegalArgumentException("replay detection of " + replayDetection.length() + " octets (8)");
        }
    }

    static Authentication of(Bytes body) {
        return new Authentication(
                body.unsignedByte(0),
                body.unsignedByte(1),
                body.unsignedByte(2),
                body.slice(REPLAY_DETECTION, FIXED_LENGTH),
                body.slice(FIXED_LENGTH));
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return FIXED_LENGTH + information.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeByte(protocol).writeByte(algorithm).writeByte(replayDetectionMethod);
        replayDetection.writeTo(out);
        information.writeTo(out);
    }
}
