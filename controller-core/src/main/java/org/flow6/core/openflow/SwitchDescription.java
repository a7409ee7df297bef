package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;

/** What a switch says it is (OpenFlow 1.3.5 §7.3.5.1). */
public record SwitchDescription(
        String manufacturer, String hardware, String software, String serialNumber, String datapath) {
    private static final int LONG_TEXT = 256;
    private static final int SERIAL = 32;
    private static final int LENGTH = 4 * LONG_TEXT + SERIAL;

    /** Reads the body of a reply to a request for the description. */
    static Decoded<SwitchDescription> decode(ByteBuf body) {
        int at = body.readerIndex();
        if (body.readableBytes() < LENGTH) {
            return Decoded.malformed("description of %d octets".formatted(body.readableBytes()));
        }
        int serial = at + 3 * LONG_TEXT;
        return Decoded.ok(new SwitchDescription(
                SwitchPort.text(body, at, LONG_TEXT),
                SwitchPort.text(body, at + LONG_TEXT, LONG_TEXT),
                SwitchPort.text(body, at + 2 * LONG_TEXT, LONG_TEXT),
                SwitchPort.text(body, serial, SERIAL),
                SwitchPort.text(body, serial + SERIAL, LONG_TEXT)));
    }
}
