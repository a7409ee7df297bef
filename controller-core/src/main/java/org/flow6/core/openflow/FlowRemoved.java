package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;

/**
 * Notice that a flow with the flag {@code SEND_FLOW_REM} is gone (OpenFlow 1.3.5 §7.4.2).
 *
 * @param table 0 to 254
 * @param reason why it is gone
 */
public record FlowRemoved(long cookie, int table, int priority, Reason reason) {
    /** {@code OFPRR_*}; OVS adds EVICTION and METER_DELETE to those of 1.3. */
    public enum Reason {
        IDLE_TIMEOUT,
        HARD_TIMEOUT,
        DELETE,
        GROUP_DELETE,
        METER_DELETE,
        EVICTION,
        UNKNOWN;

        static Reason of(int number) {
            return switch (number) {
                case 0 -> IDLE_TIMEOUT;
                case 1 -> HARD_TIMEOUT;
                case 2 -> DELETE;
                case 3 -> GROUP_DELETE;
                case 4 -> METER_DELETE;
                case 5 -> EVICTION;
                default -> UNKNOWN;
            };
        }
    }

    private static final int MATCH = 48;

    static Decoded<FlowRemoved> decode(Frame frame) {
        if (frame.length() < MATCH) {
            return Decoded.malformed("ends before its match");
        }
        ByteBuf bytes = frame.bytes();
        return Decoded.ok(new FlowRemoved(
                bytes.getLong(8),
                bytes.getUnsignedByte(19),
                bytes.getUnsignedShort(16),
                Reason.of(bytes.getUnsignedByte(18))));
    }
}
