package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    @Test
    void isMurmurHash3() {
        Random random = new Random(6);
        for (int pairs = 0; pairs < 50; pairs++) {
            ContentHash hash = new ContentHash(6);
            ByteBuffer octets = ByteBuffer.allocate(16 * pairs).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < pairs; i++) {
                long first = random.nextLong();
                long second = random.nextLong();
                hash.put(first, second);
                octets.putLong(first).putLong(second);
            }
            hash.finish();
            ByteBuffer expected = ByteBuffer.wrap(
                            Hashing.murmur3_128(6).hashBytes(octets.array()).asBytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
            assertThat(hash.high()).isEqualTo(expected.getLong());
            assertThat(hash.low()).isEqualTo(expected.getLong());
        }
    }
}
