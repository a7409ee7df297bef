package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.CompletableFuture;
import org.flow6.core.openflow.BundleControl;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.OwnedFlow;
import org.jspecify.annotations.Nullable;

/**
 * Flow-mods that a switch takes all at once (ONF EXT-230). It opens with its first message, and waits whenever the switch
 * is slower, so that memory stays bounded. All methods fail with {@link java.util.concurrent.CompletionException} when
 * the session does.
 */
final class Bundle {
    private static final int OFP_VERSION = 4;
    private static final int OFPT_EXPERIMENTER = 4;
    private static final int ONF = 0x4f4e4600;
    private static final int BUNDLE_ADD_MESSAGE = 2301;
    private static final int HEADER = 24;
    /** Octets of a message that fits in a bundle. */
    static final int LARGEST_MESSAGE = 0xffff - HEADER;

    private static final int XID_AT = 4;
    private static final int ATOMIC_AND_ORDERED = 3;
    private static final int CHUNK = 64 * 1024;

    private final SwitchSession session;
    private final Meters meters;
    private final int id;
    private final Additions added = new Additions();
    private @Nullable CompletableFuture<Void> opened;
    private @Nullable ByteBuf chunk;
    private int messages;

    Bundle(SwitchSession session, Meters meters, int id) {
        this.session = session;
        this.meters = meters;
        this.id = id;
    }

    /** Adds a flow, and first the meter that it needs. */
    void add(OwnedFlow flow, ByteBuf flowMod, long cookie) {
        require(flow);
        added.add(append(flowMod), cookie, flow);
    }

    /** Makes the meter that a flow needs, outside the bundle, which may not hold such messages. */
    void require(OwnedFlow flow) {
        meters.require(flow.flow(), session::nextXid, this::chunk);
    }

    void remove(ByteBuf flowMod) {
        append(flowMod);
    }

    private int append(ByteBuf flowMod) {
        if (opened == null) {
            opened = session.bundle(id, BundleControl.OPEN, ATOMIC_AND_ORDERED);
        }
        int length = HEADER + flowMod.readableBytes();
        if (flowMod.readableBytes() > LARGEST_MESSAGE) {
            throw new IllegalArgumentException("a bundled flow-mod of " + length + " octets");
        }
        int xid = session.nextXid();
        ByteBuf out = chunk();
        out.writeByte(OFP_VERSION)
                .writeByte(OFPT_EXPERIMENTER)
                .writeShort(length)
                .writeInt(xid);
        out.writeInt(ONF).writeInt(BUNDLE_ADD_MESSAGE);
        out.writeInt(id).writeShort(0).writeShort(ATOMIC_AND_ORDERED);
        flowMod.setInt(flowMod.readerIndex() + XID_AT, xid);
        out.writeBytes(flowMod, flowMod.readerIndex(), flowMod.readableBytes());
        messages++;
        if (out.readableBytes() >= CHUNK) {
            flush();
        }
        return xid;
    }

    private ByteBuf chunk() {
        if (chunk == null) {
            chunk = PooledByteBufAllocator.DEFAULT.directBuffer(CHUNK + CHUNK / 8);
        }
        return chunk;
    }

    /** Sends what was written so far, as fast as the switch takes it. */
    void flush() {
        if (chunk != null) {
            session.write(chunk);
            session.flush();
            chunk = null;
            if (!session.isWritable()) {
                session.whenWritable().join();
            }
        }
    }

    /** Sends the rest and waits until the switch has looked at all of it; it tells of errors before. */
    void await() {
        flush();
        session.barrier().join();
        if (opened != null) {
            opened.join();
        }
    }

    void commit() {
        session.bundle(id, BundleControl.COMMIT, ATOMIC_AND_ORDERED).join();
    }

    void discard() {
        session.bundle(id, BundleControl.DISCARD, ATOMIC_AND_ORDERED).join();
    }

    int messages() {
        return messages;
    }

    Additions added() {
        return added;
    }
}
