package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The messages a session itself sends. They are fixed layouts of a few octets; writing them here keeps openflowj's factories, a
 * tenth of a second of class loading, out of the way to the first flow. The lengths are known, hence no back-patching.
 */
final class Messages {
    private static final int VERSION_BITMAP = 1;

    private Messages() {}

    static ByteBuf message(int type, int xid, int bodyLength) {
        ByteBuf message = Unpooled.buffer(Wire.HEADER + bodyLength);
        return message.writeByte(Wire.VERSION)
                .writeByte(type)
                .writeShort(Wire.HEADER + bodyLength)
                .writeInt(xid);
    }

    static ByteBuf hello(int xid) {
        return message(Wire.HELLO, xid, 8)
                .writeShort(VERSION_BITMAP)
                .writeShort(8)
                .writeInt(1 << Wire.VERSION);
    }

    /** Refuses a peer without OpenFlow 1.3, in words that a person at the other end may read. */
    static ByteBuf helloFailed(int xid, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return message(Wire.ERROR, xid, 4 + ascii.length)
                .writeShort(Wire.HELLO_FAILED)
                .writeShort(0)
                .writeBytes(ascii);
    }

    static ByteBuf echoRequest(int xid) {
        return message(Wire.ECHO_REQUEST, xid, 0);
    }

    static ByteBuf echoReply(Frame request) {
        return message(Wire.ECHO_REPLY, request.xid(), request.length() - Wire.HEADER)
                .writeBytes(request.from(Wire.HEADER));
    }

    static ByteBuf featuresRequest(int xid) {
        return message(Wire.FEATURES_REQUEST, xid, 0);
    }

    /** Asks for whole packets, and thereby for asynchronous messages at all on OVS's own unix socket. */
    static ByteBuf setConfig(int xid) {
        return message(Wire.SET_CONFIG, xid, 4)
                .writeShort(Wire.FRAGMENTS_AS_THEY_ARE)
                .writeShort(Wire.NO_BUFFER_MISS_LENGTH);
    }

    /**
     * Asks for every message that a switch sends unasked (OpenFlow 1.3.5 §7.3.10), those among them that 1.3 does not know
     * of: a meter that is removed takes its flows along.
     */
    static ByteBuf setAsync(int xid) {
        int packetIns = 0x7;
        int portStatuses = 0x7;
        int flowsRemoved = 0x3f;
        ByteBuf message = message(Wire.SET_ASYNC, xid, 24);
        for (int mask : new int[] {packetIns, portStatuses, flowsRemoved}) {
            // As master, and as slave.
            message.writeInt(mask).writeInt(mask == portStatuses ? mask : 0);
        }
        return message;
    }

    static ByteBuf barrierRequest(int xid) {
        return message(Wire.BARRIER_REQUEST, xid, 0);
    }

    static ByteBuf roleRequest(int xid, ControllerRole role, long generation) {
        return message(Wire.ROLE_REQUEST, xid, 16)
                .writeInt(role.number())
                .writeInt(0)
                .writeLong(generation);
    }

    static ByteBuf multipartRequest(int xid, MultipartType type, ByteBuf body) {
        return message(Wire.MULTIPART_REQUEST, xid, 8 + body.readableBytes())
                .writeShort(type.number())
                .writeShort(0)
                .writeInt(0)
                .writeBytes(body, body.readerIndex(), body.readableBytes());
    }

    /** The body of requests for flows and for their sum (§7.3.5.2, §7.3.5.3), with an empty match. */
    static ByteBuf flowFilter(FlowFilter filter) {
        return Unpooled.buffer(40)
                .writeByte(filter.table())
                .writeZero(3)
                .writeInt(Wire.ANY) // out_port
                .writeInt(Wire.ANY) // out_group
                .writeZero(4)
                .writeLong(filter.cookie())
                .writeLong(filter.cookieMask())
                .writeInt((1 << 16) | 4) // OXM, without fields
                .writeZero(4);
    }

    static ByteBuf bundleControl(int xid, int bundle, BundleControl control, int flags) {
        return message(Wire.EXPERIMENTER, xid, 16)
                .writeInt(Wire.ONF)
                .writeInt(Wire.ONF_BUNDLE_CONTROL)
                .writeInt(bundle)
                .writeShort(control.number())
                .writeShort(flags);
    }

    static ByteBuf packetOut(int xid, int inPort, ByteBuf actions, ByteBuf data) {
        return message(Wire.PACKET_OUT, xid, 16 + actions.readableBytes() + data.readableBytes())
                .writeInt(Wire.NO_BUFFER)
                .writeInt(inPort)
                .writeShort(actions.readableBytes())
                .writeZero(6)
                .writeBytes(actions, actions.readerIndex(), actions.readableBytes())
                .writeBytes(data, data.readerIndex(), data.readableBytes());
    }
}
