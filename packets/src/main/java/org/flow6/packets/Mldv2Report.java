package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A version 2 report (RFC 3810 §5.2). */
public record Mldv2Report(List<GroupRecord> records) implements Mld {
    public static final int TYPE = 143;

    private static final int FIXED_LENGTH = 8;
    private static final int RECORD_LENGTH = 20;

    /**
     * What a node listens to of one group (RFC 3810 §5.2.4). Auxiliary data is not read, and none is sent.
     *
     * @param type 0 to 255: 1 and 2 are the current mode, include or exclude; 3 and 4 a change to one; 5 and 6 sources
     *     allowed and blocked (RFC 3810 §5.2.12); a receiver ignores others
     */
    public record GroupRecord(int type, IPv6Address group, List<IPv6Address> sources) {
        public GroupRecord {
            sources = List.copyOf(sources);
            if (type >>> Byte.SIZE != 0 || sources.size() >>> Short.SIZE != 0) {
                throw new IllegalArgumentException("record of type " + type + ", " + sources.size() + " sources");
            }
        }

        int length() {
            return RECORD_LENGTH + sources.size() * IPv6Address.LENGTH;
        }
    }

    public Mldv2Report {
        records = List.copyOf(records);
        if (records.size() >>> Short.SIZE != 0) {
            throw new IllegalArgumentException(records.size() + " records (16 bits)");
        }
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        if (message.length() < FIXED_LENGTH) {
            return Decoded.malformed(MalformedReason.MLD_LENGTH);
        }
        List<GroupRecord> records = new ArrayList<>(1);
        int at = FIXED_LENGTH;
        for (int left = message.unsignedShort(6); left > 0; left--) {
            if (message.length() < at + RECORD_LENGTH) {
                return Decoded.malformed(MalformedReason.MLD_LENGTH);
            }
            int sources = message.unsignedShort(at + 2);
            int end = at + RECORD_LENGTH + sources * IPv6Address.LENGTH + message.unsignedByte(at + 1) * 4;
            if (message.length() < end) {
                return Decoded.malformed(MalformedReason.MLD_LENGTH);
            }
            records.add(new GroupRecord(
                    message.unsignedByte(at),
                    message.ipv6Address(at + 4),
                    MldLayout.addresses(message, at + RECORD_LENGTH, sources)));
            at = end;
        }
        return Decoded.ok(new Mldv2Report(records));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        int length = FIXED_LENGTH;
        for (GroupRecord each : records) {
            length += each.length();
        }
        return length;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(0).writeShort(records.size());
        for (GroupRecord each : records) {
            out.writeByte(each.type).writeByte(0).writeShort(each.sources.size());
            each.group.write16Bytes(out);
            each.sources.forEach(source -> source.write16Bytes(out));
        }
    }
}
