package org.flow6.core.openflow;

/** A port that was added, deleted or modified (OpenFlow 1.3.5 §7.4.3). */
public record PortStatus(Change change, SwitchPort port) {
    /** {@code OFPPR_*}. */
    public enum Change {
        ADD,
        DELETE,
        MODIFY
    }

    private static final int PORT = 16;

    static Decoded<PortStatus> decode(Frame frame) {
        if (frame.length() < PORT + SwitchPort.LENGTH) {
            return Decoded.malformed("ends before its port does");
        }
        SwitchPort port = SwitchPort.read(frame.bytes(), PORT);
        int change = frame.bytes().getUnsignedByte(8);
        return switch (change) {
            case 0 -> Decoded.ok(new PortStatus(Change.ADD, port));
            case 1 -> Decoded.ok(new PortStatus(Change.DELETE, port));
            case 2 -> Decoded.ok(new PortStatus(Change.MODIFY, port));
            default -> Decoded.malformed("unknown change " + change);
        };
    }
}
