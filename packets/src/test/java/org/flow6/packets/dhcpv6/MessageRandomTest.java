package org.flow6.packets.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;
import org.junit.jupiter.api.Test;

class MessageRandomTest {
    @Test
    void decodesWhatItEncodes() {
        RandomMessage messages = new RandomMessage(new SplittableRandom(8415));
        for (int i = 0; i < 20_000; i++) {
            Dhcpv6Message message = messages.next();
            Bytes octets = message.encode();
            assertThat(octets.length()).isEqualTo(message.length());
            assertThat(Dhcpv6Message.decode(octets)).isEqualTo(Decoded.ok(message));
        }
    }

    @Test
    void carriesThemInDatagrams() {
        RandomMessage messages = new RandomMessage(new SplittableRandom(768));
        for (int i = 0; i < 2_000; i++) {
            Datagram datagram = messages.nextDatagram();
            assertThat(Datagram.decode(datagram.encode())).isEqualTo(Decoded.ok(datagram));
        }
    }

    /** One that ends sooner has fewer options, or none of its last one: never others. */
    @Test
    void survivesEveryTruncation() {
        RandomMessage messages = new RandomMessage(new SplittableRandom(3315));
        for (int i = 0; i < 200; i++) {
            Dhcpv6Message message = messages.next();
            Bytes octets = message.encode();
            for (int length = 0; length < octets.length(); length++) {
                Decoded<Dhcpv6Message> decoded = Dhcpv6Message.decode(octets.slice(0, length));
                if (decoded instanceof Decoded.Ok<Dhcpv6Message> ok) {
                    int fewer = ok.value().options().size();
                    assertThat(fewer).isLessThan(message.options().size());
                    assertThat(ok.value().options()).isEqualTo(message.options().subList(0, fewer));
                } else {
                    assertThat(((Decoded.Malformed<?>) decoded).reason())
                            .isIn(MalformedReason.DHCPV6_TRUNCATED, MalformedReason.DHCPV6_OPTION_TRUNCATED);
                }
            }
        }
    }

    @Test
    void survivesAnyChange() {
        SplittableRandom random = new SplittableRandom(8200);
        RandomMessage messages = new RandomMessage(random);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = messages.next().encode().toByteArray();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            if (Dhcpv6Message.decode(Bytes.of(octets)) instanceof Decoded.Ok<Dhcpv6Message> ok) {
                assertThat(Dhcpv6Message.decode(ok.value().encode())).isEqualTo(ok);
            }
        }
    }
}
