package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A packet that a flow sent to the controller (OpenFlow 1.3.5 §7.4.1). {@link #match()} and {@link #data()} are slices of the message and
 * live as long as it.
 */
public final class PacketIn {
    private static final int MATCH = 24;
    private static final int PAD_BEFORE_DATA = 2;

    private final Frame frame;
    private final MatchBounds match;
    private final PipelineFields fields;

    private PacketIn(Frame frame, MatchBounds match, PipelineFields fields) {
        this.frame = frame;
        this.match = match;
        this.fields = fields;
    }

    static Decoded<PacketIn> decode(Frame frame) {
        ByteBuf bytes = frame.bytes();
        return MatchBounds.decode(bytes, MATCH)
                .then(match -> match.padded() + PAD_BEFORE_DATA > frame.length()
                        ? Decoded.malformed("ends before its packet")
                        : PipelineFields.decode(bytes, match.from(), match.end())
                                .then(fields -> Decoded.ok(new PacketIn(frame, match, fields))));
    }

    /** The cookie of the flow that sent the packet. */
    public long cookie() {
        return frame.bytes().getLong(16);
    }

    /** The table that sent the packet, 0 to 254. */
    public int table() {
        return frame.bytes().getUnsignedByte(15);
    }

    /** {@code OFPR_*}: 0 table miss, 1 action, 2 invalid TTL; others from {@code controller(reason=…)}. */
    public int reason() {
        return frame.bytes().getUnsignedByte(14);
    }

    /** The port the packet came in by; port 0 if the switch does not say. */
    public OFPort inPort() {
        return OFPort.ofInt(fields.inPort());
    }

    public long metadata() {
        return fields.metadata();
    }

    /** The key of the tunnel that the packet came by; 0: by none, or of key 0. */
    public long tunnelId() {
        return fields.tunnelId();
    }

    /** The address at the other end of the tunnel that the packet came by, if it came by one. */
    public Optional<IPAddress<?>> tunnelSource() {
        return Optional.ofNullable(fields.tunnelSource());
    }

    /**
     * The register reg0 to reg15 as it was when the packet left the pipeline; 0 if the switch does not say.
     *
     * @throws IndexOutOfBoundsException if the number is not 0 to 15
     */
    public int register(int number) {
        return fields.register(number);
    }

    /** All fields of the match as they came, for {@link OxmCursor}. */
    public ByteBuf match() {
        return frame.bytes().slice(match.from(), match.end() - match.from());
    }

    /** The packet from its Ethernet header on: the whole of it, or the part that the flow's {@code max_len} allows. */
    public ByteBuf data() {
        return frame.from(match.padded() + PAD_BEFORE_DATA);
    }

    /** Octets of the whole packet, which may be more than there are in {@link #data()}. */
    public int totalLength() {
        return frame.bytes().getUnsignedShort(12);
    }

    @Override
    public String toString() {
        return "PacketIn[cookie=0x%x, table=%d, reason=%d, inPort=%s, %d octets]"
                .formatted(cookie(), table(), reason(), inPort(), totalLength());
    }
}
