package org.flow6.core.openflow.ryu;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlowTextTest {
    @Test
    void writesALoadWithAMask() {
        assertThat(actions("ffff0018 00002320 0021 00010108 00000005 000000ff 0000"))
                .containsExactly("set_field:0x5/0xff->reg0");
        assertThat(actions("ffff0020 00002320 0021 8000070c 000000000001 010000000000 000000000000"))
                .containsExactly("set_field:00:00:00:00:00:01/01:00:00:00:00:00->eth_dst");
    }

    @Test
    void writesAResubmitWithTheOriginalTuple() {
        assertThat(actions("ffff0010 00002320 002c fff8 0c 000000")).containsExactly("resubmit(,12,ct)");
    }

    @Test
    void showsUnknownActionsAsRyuDoes() {
        assertThat(actions("ffff0010 00002320 0063 010203040506"))
                .containsExactly("NX_UNKNOWN: {subtype: 99, data: AQIDBAUG}");
        assertThat(actions("ffff0010 80002321 0000000000000000"))
                .containsExactly("EXPERIMENTER: {experimenter:2147492641, data:AAAAAAAAAAA=}");
    }

    @Test
    void showsWhatMakesNoSenseAsHex() {
        assertThat(actions("00630008 01020304")).containsExactly("UNKNOWN: 0x0063000801020304");
        assertThat(actions("00000010 00000001 ffff 000000000000 00190003 00"))
                .containsExactly("OUTPUT:1", "MALFORMED: 0x0019000300");
        assertThat(actions("ffff0008 00002320")).containsExactly("MALFORMED: 0xffff000800002320");
        assertThat(FlowText.instructions(bytes("0001000801")).toString()).isEqualTo("[\"MALFORMED: 0x0001000801\"]");
        assertThat(FlowText.instructions(bytes("0002000800000000")).toString())
                .isEqualTo("[\"WRITE_METADATA: 0x0002000800000000\"]");
        assertThat(FlowText.match(bytes("8000ff")).toString()).isEqualTo("{\"malformed\":\"0x8000ff\"}");
    }

    @Test
    void namesUnknownFieldsByTheirNumber() {
        assertThat(FlowText.match(bytes("7000fc01 05")).toString()).isEqualTo("{\"field_3670142\":\"BQ==\"}");
        assertThat(FlowText.match(bytes("ffff0206 00001234 0005")).toString())
                .isEqualTo("{\"field_0x00001234_1\":\"AAU=\"}");
    }

    @Test
    void showsAFieldOfAWrongLengthAsHex() {
        assertThat(FlowText.match(bytes("80000602 0102")).toString()).isEqualTo("{\"dl_dst\":\"0x0102\"}");
    }

    @Test
    void doesNotFollowNestsForEver() {
        ByteBuf nest = Unpooled.buffer();
        for (int length = 65528; length >= 16; length -= 16) {
            nest.writeShort(0xffff)
                    .writeShort(length)
                    .writeInt(ActionText.NICIRA)
                    .writeShort(42)
                    .writeZero(6);
        }
        assertThat(ActionText.list(nest, 0)).hasSize(1).first().asString().contains("MALFORMED");
    }

    @Test
    void neverFails() {
        SplittableRandom random = new SplittableRandom(6);
        byte[] seed =
                ByteBufUtil.decodeHexDump(("0004004800000000" + "ffff002800002320002300010000000000 05ff000000 0000"
                                + "ffff00180000232000 24 0000 0001 0001 0a000001 00000000"
                                + "ffff00180000232000 06 0020 0000 0000 00010004 00010204")
                        .replace(" ", ""));
        for (int i = 0; i < 100_000; i++) {
            byte[] mutated = Arrays.copyOf(seed, random.nextInt(seed.length + 1));
            for (int n = random.nextInt(4); n > 0 && mutated.length > 0; n--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            assertThat(FlowText.instructions(Unpooled.wrappedBuffer(mutated))).isNotNull();
            assertThat(FlowText.match(Unpooled.wrappedBuffer(mutated))).isNotNull();
        }
    }

    private static List<String> actions(String hex) {
        return ActionText.list(bytes(hex), 0);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }
}
