package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * NTP servers, one in an option (RFC 5908 §4): a client with several of these options has several servers.
 *
 * @param sources one, from those who follow the RFC
 */
public record NtpServer(List<NtpSource> sources) implements Dhcpv6Option {
    public static final int CODE = 56;

    public NtpServer {
        sources = List.copyOf(sources);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        int length = 0;
        for (NtpSource source : sources) {
            length += source.suboption().length();
        }
        return length;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        for (NtpSource source : sources) {
            source.suboption().encode(out);
        }
    }
}
