package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * A switch's refusal of a message (OpenFlow 1.3.5 §7.5.4).
 *
 * @param xid that of the refused message
 * @param type {@code OFPET_*}; 0xffff for an experimenter's error
 * @param code within the type; for an experimenter's error its type
 * @param experimenter 0 for a standard error
 * @param data the start of the refused message (OVS sends 64 octets), or text for HELLO_FAILED; read-only, on the heap, may be kept
 */
public record OpenFlowError(int xid, int type, int code, int experimenter, ByteBuf data) {
    private static final int STANDARD_DATA = 12;
    private static final int EXPERIMENTER_DATA = 16;

    static Decoded<OpenFlowError> decode(Frame frame) {
        ByteBuf bytes = frame.bytes();
        if (frame.length() < STANDARD_DATA) {
            return Decoded.malformed("ends before its code");
        }
        int type = bytes.getUnsignedShort(8);
        boolean standard = type != Wire.EXPERIMENTER_ERROR;
        int data = standard ? STANDARD_DATA : EXPERIMENTER_DATA;
        if (frame.length() < data) {
            return Decoded.malformed("ends before its experimenter");
        }
        ByteBuf copy =
                Unpooled.wrappedBuffer(ByteBufUtil.getBytes(frame.from(data))).asReadOnly();
        return Decoded.ok(new OpenFlowError(
                frame.xid(), type, bytes.getUnsignedShort(10), standard ? 0 : bytes.getInt(12), copy));
    }

    /** The name as Open vSwitch prints it, {@code OFPBAC_MATCH_INCONSISTENT} for instance; numbers for what it has no name for. */
    public String name() {
        return ErrorNames.of(experimenter, type, code)
                .orElseGet(() -> experimenter == 0
                        ? "error type %d code %d".formatted(type, code)
                        : "error of experimenter 0x%08x type %d".formatted(experimenter, code));
    }

    @Override
    public String toString() {
        return name() + " for the message with xid 0x%x".formatted(xid);
    }
}
