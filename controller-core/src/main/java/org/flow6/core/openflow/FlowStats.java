package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * One flow in a reply to a flow statistics request (OpenFlow 1.3.5 §7.3.5.2). It reads its message where it lies, at fixed places, and
 * is valid as long as the message: during the call that hands it over.
 */
public final class FlowStats {
    private static final int MATCH = 48;
    private static final int SHORTEST = MATCH + 8;

    private final ByteBuf bytes;
    private final int at;
    private final MatchBounds match;

    private FlowStats(ByteBuf bytes, int at, MatchBounds match) {
        this.bytes = bytes;
        this.at = at;
        this.match = match;
    }

    /** Hands over each flow of the reply's body. Returns their number, or what is wrong with the one after the last handed over. */
    public static Decoded<Integer> walk(ByteBuf bytes, Consumer<? super FlowStats> consumer) {
        int end = bytes.writerIndex();
        int flows = 0;
        for (int at = bytes.readerIndex(); at < end; at += bytes.getUnsignedShort(at)) {
            if (end - at < SHORTEST || bytes.getUnsignedShort(at) < SHORTEST || bytes.getUnsignedShort(at) > end - at) {
                return Decoded.malformed("flow that is cut off, or whose length is wrong");
            }
            int limit = at + bytes.getUnsignedShort(at);
            if (!(MatchBounds.decode(bytes, at + MATCH, limit) instanceof Decoded.Ok<MatchBounds> match)) {
                return Decoded.malformed("flow whose match is cut off");
            }
            consumer.accept(new FlowStats(bytes, at, match.value()));
            flows++;
        }
        return Decoded.ok(flows);
    }

    /** Octets of the flow in the reply. */
    public int length() {
        return bytes.getUnsignedShort(at);
    }

    public int table() {
        return bytes.getUnsignedByte(at + 2);
    }

    /** How long the flow is in the switch: whole seconds. */
    public long durationSeconds() {
        return bytes.getUnsignedInt(at + 4);
    }

    /** Nanoseconds beyond {@link #durationSeconds()}. */
    public long durationNanoseconds() {
        return bytes.getUnsignedInt(at + 8);
    }

    public int priority() {
        return bytes.getUnsignedShort(at + 12);
    }

    /** Seconds; 0 for none. */
    public int idleTimeout() {
        return bytes.getUnsignedShort(at + 14);
    }

    /** Seconds; 0 for none. */
    public int hardTimeout() {
        return bytes.getUnsignedShort(at + 16);
    }

    /** {@code OFPFF_*} bits. */
    public int flags() {
        return bytes.getUnsignedShort(at + 18);
    }

    public long cookie() {
        return bytes.getLong(at + 24);
    }

    public long packets() {
        return bytes.getLong(at + 32);
    }

    public long bytes() {
        return bytes.getLong(at + 40);
    }

    /** The fields of the match, for {@link OxmCursor}; a slice. */
    public ByteBuf match() {
        return bytes.slice(match.from(), match.end() - match.from());
    }

    /** The instructions; a slice. */
    public ByteBuf instructions() {
        return bytes.slice(match.padded(), at + length() - match.padded());
    }
}
