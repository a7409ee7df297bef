package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A port of a switch, {@code struct ofp_port} of OpenFlow 1.3.5 §7.2.1; the numbers are as they came.
 *
 * @param config {@code OFPPC_*} bits, set by controllers
 * @param state {@code OFPPS_*} bits, the state of the link
 * @param current {@code OFPPF_*} bits, like the next three
 * @param currentSpeed kbit/s
 * @param maxSpeed kbit/s
 */
public record SwitchPort(
        OFPort number,
        MacAddress address,
        String name,
        int config,
        int state,
        int current,
        int advertised,
        int supported,
        int peer,
        long currentSpeed,
        long maxSpeed) {

    static final int LENGTH = 64;
    private static final int NAME = 16;
    private static final int NAME_LENGTH = 16;
    private static final int PORT_DOWN = 1;
    private static final int LINK_DOWN = 1;

    /** Reads the port at the given position, where 64 octets are known to be. */
    static SwitchPort read(ByteBuf bytes, int at) {
        return new SwitchPort(
                OFPort.ofInt(bytes.getInt(at)),
                MacAddress.of(ByteBufUtil.getBytes(bytes, at + 8, 6)),
                text(bytes, at + NAME, NAME_LENGTH),
                bytes.getInt(at + 32),
                bytes.getInt(at + 36),
                bytes.getInt(at + 40),
                bytes.getInt(at + 44),
                bytes.getInt(at + 48),
                bytes.getInt(at + 52),
                bytes.getUnsignedInt(at + 56),
                bytes.getUnsignedInt(at + 60));
    }

    /** The text in a field that is filled up with zeros. */
    static String text(ByteBuf bytes, int at, int length) {
        int zero = bytes.indexOf(at, at + length, (byte) 0);
        return bytes.toString(at, zero < 0 ? length : zero - at, StandardCharsets.UTF_8);
    }

    /** Whether the port can carry packets: not switched off, and its link is up. */
    public boolean isUp() {
        return (config & PORT_DOWN) == 0 && (state & LINK_DOWN) == 0;
    }
}
