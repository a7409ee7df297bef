package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.projectfloodlight.openflow.types.IPAddress;

/** An ICMPv6 message that is encoded once to be sent to many: its checksum alone depends on them (RFC 4443 §2.3). */
public final class ReadyMessage implements UpperLayer {
    private static final int CHECKSUM = 2;

    /** With a checksum of 0. */
    private final Bytes octets;

    private ReadyMessage(Bytes octets) {
        this.octets = octets;
    }

    public static ReadyMessage of(Icmpv6 message) {
        byte[] octets = new byte[message.length()];
        ByteBuf out = Unpooled.wrappedBuffer(octets).clear();
        out.writeByte(message.type()).writeByte(message.code()).writeShort(0);
        message.encodeBody(out);
        return new ReadyMessage(Bytes.wrap(octets));
    }

    @Override
    public NextHeader nextHeader() {
        return NextHeader.ICMPV6;
    }

    @Override
    public Bytes encode(IPAddress<?> source, IPAddress<?> finalDestination) {
        int checksum = new PseudoHeader(source, finalDestination, nextHeader()).checksum(octets);
        byte[] copy = octets.toByteArray();
        copy[CHECKSUM] = (byte) (checksum >>> 8);
        copy[CHECKSUM + 1] = (byte) checksum;
        return Bytes.wrap(copy);
    }
}
