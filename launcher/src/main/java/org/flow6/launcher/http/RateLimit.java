package org.flow6.launcher.http;

import io.netty.util.NetUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many requests a client may make: so many a second, and twice as many at once. Clients are known by their addresses,
 * those of IPv6 by their /64, which is one site's. Used on one event loop only.
 */
final class RateLimit {
    /** Of more, those that were longest quiet are forgotten. */
    private static final int MOST_CLIENTS = 10_000;

    private static final int IPV6_OCTETS = 16;
    private static final int SITE_OCTETS = 8;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double rate;
    private final double burst;
    private final Map<ByteBuffer, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    /** What a client has left, and when that was so. */
    private record Bucket(double left, long nanos) {}

    /** @param rate requests a second */
    RateLimit(int rate) {
        this.rate = rate;
        this.burst = 2.0 * rate;
    }

    /**
     * Counts a request.
     *
     * @param address of the client
     * @param now in nanoseconds, from anywhere
     * @return 0: it may be; else in how many seconds the next one may
     */
    int secondsToWait(String address, long now) {
        ByteBuffer client = client(address);
        Bucket before = buckets.getOrDefault(client, new Bucket(burst, now));
        double left = Math.min(burst, before.left() + (now - before.nanos()) / NANOS * rate);
        boolean may = left >= 1;
        buckets.put(client, new Bucket(may ? left - 1 : left, now));
        return may ? 0 : (int) Math.ceil((1 - left) / rate);
    }

    int clients() {
        return buckets.size();
    }

    private static ByteBuffer client(String address) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        if (octets == null) {
            octets = address.getBytes(StandardCharsets.UTF_8);
        } else if (octets.length == IPV6_OCTETS) {
            octets = Arrays.copyOf(octets, SITE_OCTETS);
        }
        return ByteBuffer.wrap(octets);
    }
}
