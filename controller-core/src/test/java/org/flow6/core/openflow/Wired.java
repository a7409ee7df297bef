package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection without a network, for octets that no real switch sends. Its handshake can be answered with what Open vSwitch 3.1 answered when it was
 * recorded.
 */
final class Wired implements AutoCloseable {
    private static final String FEATURES = "0000aabbccddeeff 00000000 fe 00 0000 0000004f 00000000";
    private static final String PORT = "00000001 00000000 020000000001 0000 7031" + "00".repeat(14)
            + "00000000 00000004 00000802 00000000 00000000 00000000 00989680 00000000";

    final List<String> failures = new ArrayList<>();
    final List<Object> told = new ArrayList<>();
    final OpenFlowCounters counters = new OpenFlowCounters();
    final EmbeddedChannel channel = new EmbeddedChannel();

    private final SwitchListener listener = new SwitchListener() {
        @Override
        public void connected(SwitchSession session) {
            told.add(session);
        }

        @Override
        public void disconnected(SwitchSession session, String reason) {
            failures.add(reason);
        }

        @Override
        public void portChanged(SwitchSession session, PortStatus status) {
            told.add(status);
        }

        @Override
        public void packetIn(SwitchSession session, PacketIn packet) {
            // Reads all there is, to find out whether anything of it cannot be read.
            told.add(packet + " " + packet.register(15) + packet.metadata() + ByteBufUtil.hexDump(packet.data())
                    + ByteBufUtil.hexDump(packet.match()));
        }

        @Override
        public void flowRemoved(SwitchSession session, FlowRemoved flow) {
            told.add(flow);
        }

        @Override
        public void error(SwitchSession session, OpenFlowError error) {
            told.add(error);
            told.add(error.toString());
        }
    };

    Wired() {
        Connection.Shared shared =
                new Connection.Shared(OpenFlowSettings.Limits.DEFAULT, listener, counters, new Sessions());
        Connection connection = new Connection(channel, shared, "a test", failures::add);
        Pipelines.fill(channel, null, OpenFlowSettings.Limits.DEFAULT, connection);
        channel.pipeline().fireChannelActive();
    }

    /** Answers the handshake; gives the session. */
    SwitchSession shakeHands() {
        receive("0400001000000001 0001000800000010");
        for (ByteBuf message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            answer(new Frame(Unpooled.copiedBuffer(message)));
            message.release();
        }
        return (SwitchSession) told.remove(0);
    }

    private void answer(Frame request) {
        String xid = "%08x".formatted(request.xid());
        switch (request.type()) {
            case Wire.FEATURES_REQUEST -> receive("04060020" + xid + FEATURES);
            case Wire.ROLE_REQUEST ->
                receive("04190018" + xid + "%08x".formatted(request.bytes().getInt(8)) + "00000000"
                        + "0000000000000001");
            case Wire.MULTIPART_REQUEST -> {
                if (request.bytes().getUnsignedShort(8) == MultipartType.PORT_DESC.number()) {
                    receive("04130050" + xid + "000d000000000000" + PORT);
                } else {
                    receive("04130430" + xid + "0000000000000000" + "00".repeat(1056));
                }
            }
            default -> {}
        }
    }

    /** A PACKET_IN of cookie 0xaa and table 7 with the given fields and data, as hex. */
    static String packetIn(String fields, String data) {
        String match = fields.replace(" ", "");
        int length = 4 + match.length() / 2;
        String body = "ffffffff 0002 01 07 00000000000000aa 0001 %04x".formatted(length)
                + match
                + "00".repeat(Wire.padded(length) - length)
                + "0000"
                + data;
        body = body.replace(" ", "");
        return "040a%04x00000000".formatted(Wire.HEADER + body.length() / 2) + body;
    }

    void receive(String hex) {
        receive(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    void receive(byte[] octets) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.wrappedBuffer(octets));
        }
        channel.runPendingTasks();
    }

    /** The messages that were sent since the last call, as hex. */
    List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (ByteBuf message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            sent.add(ByteBufUtil.hexDump(message));
            message.release();
        }
        return sent;
    }

    @Override
    public void close() {
        sent();
        channel.finishAndReleaseAll();
    }
}
