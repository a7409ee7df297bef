package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What a PACKET_IN's match tells of the packet's way through the pipeline: where it came in, by what tunnel, metadata and registers. Fields that are absent are
 * 0, as OVS leaves out what is 0; fields it does not know are passed over.
 */
final class PipelineFields {
    private static final int REGISTERS = 16;
    private static final long IN_PORT = OxmCursor.key(0, 0x8000, 0);
    private static final long METADATA = OxmCursor.key(0, 0x8000, 2);
    private static final long TUNNEL_ID = OxmCursor.key(0, 0x8000, 38);
    private static final int NXM_1 = 0x0001;
    private static final long TUN_SRC = OxmCursor.key(0, NXM_1, 31);
    private static final long TUN_IPV6_SRC = OxmCursor.key(0, NXM_1, 109);
    private static final int PACKET_REGISTERS = 0x8001;
    private static final int FIRST_XXREG = 111;

    private final int[] registers = new int[REGISTERS];
    private int inPort;
    private long metadata;
    private long tunnelId;
    private @Nullable IPAddress<?> tunnelSource;

    /** Reads the fields of the match at the given position. */
    static Decoded<PipelineFields> decode(ByteBuf bytes, int from, int end) {
        PipelineFields read = new PipelineFields();
        OxmCursor field = new OxmCursor(bytes, from, end);
        while (field.next()) {
            read.take(field);
        }
        return field.broken()
                ? Decoded.malformed("match is cut off or has a field of a wrong length")
                : Decoded.ok(read);
    }

    private void take(OxmCursor field) {
        if (field.key() == IN_PORT && field.valueLength() == 4) {
            inPort = field.bytes().getInt(field.valueAt());
        } else if (field.key() == METADATA && field.valueLength() == 8) {
            metadata = field.bytes().getLong(field.valueAt());
        } else if (field.key() == TUNNEL_ID && field.valueLength() == 8) {
            tunnelId = field.bytes().getLong(field.valueAt());
        } else if (field.key() == TUN_SRC && field.valueLength() == 4) {
            tunnelSource = IPv4Address.of(field.bytes().getInt(field.valueAt()));
        } else if (field.key() == TUN_IPV6_SRC && field.valueLength() == 16) {
            tunnelSource = IPv6Address.of(
                    field.bytes().getLong(field.valueAt()), field.bytes().getLong(field.valueAt() + 8));
        } else {
            takeRegister(field, (int) (field.key() >>> 16), ((int) (field.key() >>> 9)) & 0x7f);
        }
    }

    /** reg0…15 (32 bits), xreg0…7 (two of them) and xxreg0…3 (four), the first one in the most significant bits. */
    private void takeRegister(OxmCursor field, int oxmClass, int number) {
        int length = field.valueLength();
        int first;
        if (oxmClass == NXM_1 && number < REGISTERS && length == 4) {
            first = number;
        } else if (oxmClass == PACKET_REGISTERS && number < REGISTERS / 2 && length == 8) {
            first = number * 2;
        } else if (oxmClass == NXM_1 && number >= FIRST_XXREG && number < FIRST_XXREG + REGISTERS / 4 && length == 16) {
            first = (number - FIRST_XXREG) * 4;
        } else {
            return;
        }
        for (int i = 0; i < length / 4; i++) {
            registers[first + i] = field.bytes().getInt(field.valueAt() + 4 * i);
        }
    }

    int inPort() {
        return inPort;
    }

    long metadata() {
        return metadata;
    }

    long tunnelId() {
        return tunnelId;
    }

    @Nullable
    IPAddress<?> tunnelSource() {
        return tunnelSource;
    }

    int register(int number) {
        return registers[number];
    }
}
