package org.flow6.launcher;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A switch that says yes to everything and forwards nothing (OpenFlow 1.3, with bundles as Open vSwitch has them). */
final class TrainingSwitch implements AutoCloseable {
    private static final int VERSION = 4;
    private static final int HEADER = 8;

    private static final int HELLO = 0;
    private static final int ECHO_REQUEST = 2;
    private static final int EXPERIMENTER = 4;
    private static final int FEATURES_REQUEST = 5;
    private static final int GET_CONFIG_REQUEST = 7;
    private static final int MULTIPART_REQUEST = 18;
    private static final int BARRIER_REQUEST = 20;
    private static final int ROLE_REQUEST = 24;

    private static final int BUNDLE_CONTROL = 2300;

    private static final int DESC = 0;
    private static final int AGGREGATE = 2;
    private static final int PORT_DESC = 13;

    private final SocketChannel socket;
    private final OutputStream out;
    private final long datapathId;
    private final List<String> ports;

    /**
     * Talks to the controller at the other end.
     *
     * @param ports names of ports 1, 2…
     */
    TrainingSwitch(SocketChannel socket, long datapathId, List<String> ports) {
        this.socket = socket;
        this.out = Channels.newOutputStream(socket);
        this.datapathId = datapathId;
        this.ports = List.copyOf(ports);
        Thread thread = new Thread(this::serve, "training switch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        return "the switch of the training";
    }

    private void serve() {
        try (DataInputStream in = new DataInputStream(Channels.newInputStream(socket))) {
            send(HELLO, 0, ByteBuffer.allocate(0));
            while (true) {
                in.readUnsignedByte();
                int type = in.readUnsignedByte();
                byte[] body = new byte[in.readUnsignedShort() - HEADER];
                int xid = in.readInt();
                in.readFully(body);
                answer(type, xid, ByteBuffer.wrap(body));
            }
        } catch (EOFException | SocketException | ClosedChannelException end) {
            // Either side has closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(int type, int xid, ByteBuffer body) throws IOException {
        switch (type) {
            // The answer's type comes after the request's, and its body is like it.
            case ECHO_REQUEST, BARRIER_REQUEST, ROLE_REQUEST -> send(type + 1, xid, body);
            case GET_CONFIG_REQUEST -> send(type + 1, xid, ByteBuffer.allocate(4));
            case FEATURES_REQUEST ->
                send(
                        type + 1,
                        xid,
                        ByteBuffer.allocate(24)
                                .putLong(datapathId)
                                .putInt(0)
                                .put((byte) 254)
                                .rewind());
            case MULTIPART_REQUEST -> send(type + 1, xid, multipart(body.getShort()));
            case EXPERIMENTER -> {
                if (body.getInt(4) == BUNDLE_CONTROL) {
                    send(type, xid, body.putShort(12, (short) (body.getShort(12) + 1)));
                }
            }
            default -> {}
        }
    }

    private ByteBuffer multipart(int type) {
        int size =
                switch (type) {
                    case DESC -> 1056;
                    case AGGREGATE -> 24;
                    case PORT_DESC -> 64 * ports.size();
                    default -> 0;
                };
        ByteBuffer reply = ByteBuffer.allocate(8 + size);
        reply.putShort(0, (short) type);
        if (type == DESC) {
            reply.put(8, "training".getBytes(StandardCharsets.US_ASCII));
        } else if (type == PORT_DESC) {
            for (int i = 0; i < ports.size(); i++) {
                int at = 8 + 64 * i;
                reply.putInt(at, i + 1).put(at + 13, (byte) (i + 1));
                reply.put(at + 16, ports.get(i).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return reply;
    }

    private void send(int type, int xid, ByteBuffer body) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(HEADER + body.limit());
        message.put((byte) VERSION).put((byte) type).putShort((short) message.capacity());
        message.putInt(xid).put(body.rewind());
        out.write(message.array());
    }
}
