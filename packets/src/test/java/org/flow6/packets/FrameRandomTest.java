package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameRandomTest {
    @Test
    void decodesWhatItEncodes() {
        RandomFrame frames = new RandomFrame(new SplittableRandom(4861));
        for (int i = 0; i < 20_000; i++) {
            Frame frame = frames.next();
            Bytes octets = frame.encode();
            assertThat(Frame.decode(octets)).isEqualTo(Decoded.ok(frame));
            assertThat(octets.length()).isEqualTo(frame.ethernet().length());
            assertThat(frame.packet().length())
                    .isEqualTo(frame.ethernet().payload().length());
            assertThat(frame.message().length())
                    .isEqualTo(frame.packet().payload().length());
        }
    }

    @Test
    void neverTakesAFlippedBitOfTheMessageForGood() {
        SplittableRandom random = new SplittableRandom(4443);
        RandomFrame frames = new RandomFrame(random);
        for (int i = 0; i < 20_000; i++) {
            Frame frame = frames.next();
            byte[] octets = frame.encode().toByteArray();
            int message = frame.message().length();
            octets[octets.length - 1 - random.nextInt(message)] ^= (byte) (1 << random.nextInt(8));
            assertThat(Frame.decode(Bytes.of(octets))).isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_CHECKSUM));
        }
    }

    @Test
    void survivesEveryTruncation() {
        RandomFrame frames = new RandomFrame(new SplittableRandom(8200));
        for (int i = 0; i < 200; i++) {
            Bytes octets = frames.next().encode();
            for (int length = 0; length < octets.length(); length++) {
                assertThat(Frame.decode(octets.slice(0, length))).isInstanceOf(Decoded.Malformed.class);
            }
        }
    }
}
