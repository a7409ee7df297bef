package org.flow6.core.ovs;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The frames that come out of the switch by one port of type internal, from the start of the capture on. */
public final class Capture implements AutoCloseable {
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;

    private final Process tcpdump;
    private final DataInputStream in;
    private final List<Captured> frames = new CopyOnWriteArrayList<>();

    /** @param micros when it came, since 1970 */
    public record Captured(long micros, ByteBuffer frame) {}

    private Capture(Process tcpdump) {
        this.tcpdump = tcpdump;
        this.in = new DataInputStream(tcpdump.getInputStream());
    }

    /**
     * Begins; what comes from now on is seen.
     *
     * @param filter of tcpdump, such as {@code ether proto 0x88b5}
     */
    public static Capture start(OvsFixture ovs, String device, String filter) {
        ovs.inside("ip", "link", "set", device, "up");
        ProcessBuilder builder = new ProcessBuilder(
                        "ip", "netns", "exec", ovs.namespace(), "tcpdump", "-i", device, "-Q", "in", "-U", "-w", "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.command().addAll(List.of("--immediate-mode", filter));
        try {
            Capture capture = new Capture(builder.start());
            // It is written once the socket is open.
            capture.in.readNBytes(FILE_HEADER);
            Thread thread = new Thread(capture::read, "capture-" + device);
            thread.setDaemon(true);
            thread.start();
            return capture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All so far, in the order in which they came. */
    public List<Captured> frames() {
        return List.copyOf(frames);
    }

    private void read() {
        try {
            while (true) {
                byte[] bytes = new byte[PACKET_HEADER];
                in.readFully(bytes);
                ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
                byte[] frame = new byte[header.getInt(8)];
                in.readFully(frame);
                frames.add(new Captured(header.getInt(0) * 1_000_000L + header.getInt(4), ByteBuffer.wrap(frame)));
            }
        } catch (EOFException ended) {
            // With tcpdump.
        } catch (IOException e) {
            if (tcpdump.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        tcpdump.destroy();
        tcpdump.onExit().join();
    }
}
