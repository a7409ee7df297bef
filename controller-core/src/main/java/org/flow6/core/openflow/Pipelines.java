package org.flow6.core.openflow;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The handlers of a connection, in the order octets come in: TLS, silence, messages, meaning. */
final class Pipelines {
    /** Sixteen chunks of 64 KiB, some 10,000 flow-mods, keep a switch busy for 40 ms. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private Pipelines() {}

    static void fill(Channel channel, @Nullable SslContext tls, OpenFlowSettings.Limits limits, Connection connection) {
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc()));
        }
        pipeline.addLast(
                new IdleStateHandler(limits.echoInterval().toNanos(), 0, 0, TimeUnit.NANOSECONDS),
                new FrameReader(),
                connection);
    }
}
