package org.flow6.launcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that connects without end. */
class ManyConnectionsTest {
    private static final int CONNECTIONS = 10_000;
    private static final int AT_ONCE = 500;
    private static final int MOST_OCTETS = 64 << 20;

    @Test
    void costBoundedMemoryAndAreAnsweredAgainAfterwards(@TempDir Path folder) throws Exception {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        HttpApi.Limits limits = new HttpApi.Limits(256, Duration.ofSeconds(60), 1000);
        try (ServedNetwork flow6 = ServedNetwork.over(folder, limits, Protection.NONE, HttpClient.newHttpClient())) {
            memory.gc();
            long before = memory.getHeapMemoryUsage().getUsed();
            ByteBuffer part = StandardCharsets.UTF_8.encode("POST /v2.0/networks HTTP/1.1\r\nHost: localhost\r\nA: ");
            List<SocketChannel> open = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel one = SocketChannel.open(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), flow6.http().port()));
                write(one, part.duplicate());
                open.add(one);
                if (open.size() > limits.connections() + AT_ONCE) {
                    // The first ones are kept by the server, these are not.
                    try (SocketChannel refused = open.remove(limits.connections() + AT_ONCE)) {
                        assertThat(isClosed(refused)).isTrue();
                    }
                }
            }
            memory.gc();
            assertThat(memory.getHeapMemoryUsage().getUsed() - before).isLessThan(MOST_OCTETS);
            for (SocketChannel one : open) {
                one.close();
            }
            assertThat(status(flow6)).isEqualTo(200);
        }
    }

    private static void write(SocketChannel to, ByteBuffer text) {
        try {
            to.write(text);
        } catch (IOException closedAlready) {
            assertThat(closedAlready).isNotNull();
        }
    }

    private static boolean isClosed(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Of a request once there is room for it again. */
    private static int status(ServedNetwork flow6) throws InterruptedException {
        while (true) {
            try {
                return flow6.get("/v2.0/networks").statusCode();
            } catch (IOException full) {
                Thread.onSpinWait();
            }
        }
    }
}
