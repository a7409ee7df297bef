package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class HelloTest {
    @Test
    void readsTheBitmap() {
        assertThat(hello("0600001000000001 00010008 00000050").offers13()).isTrue();
        assertThat(hello("0600001000000001 00010008 00000042")).hasToString("OpenFlow 1.0 1.5");
        assertThat(hello("0600001000000001 00010008 00000042").offers13()).isFalse();
    }

    @Test
    void passesOverOtherElements() {
        assertThat(hello("0600001800000001 00070005ff000000 0001000800000020").offers13())
                .isFalse();
        assertThat(hello("0600001800000001 00070005ff000000 0001000800000010").offers13())
                .isTrue();
    }

    @Test
    void takesTheHeadersVersionForTheNewestWithoutABitmap() {
        assertThat(hello("0100000800000001")).hasToString("OpenFlow 1.0");
        assertThat(hello("0400000800000001").offers13()).isTrue();
        assertThat(hello("0500000800000001").offers13()).isTrue();
        assertThat(hello("0300000800000001").offers13()).isFalse();
        assertThat(hello("0400000c00000001 00010003").offers13())
                .as("an element shorter than itself")
                .isTrue();
        assertThat(hello("0400000c00000001 00010008").offers13())
                .as("an element that is cut off")
                .isTrue();
    }

    private static Hello hello(String hex) {
        return Hello.decode(new Frame(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")))));
    }
}
