package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.ovs.OvsFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TunnelOptionTest {
    private static final int PATIENCE = 20;
    private static final TunnelOption OPTION = new TunnelOption(0xfff6, 1, 4, 0);

    @Test
    void isWrittenAsNiciraExtSays() {
        assertThat(ByteBufUtil.hexDump(OPTION.addition(7)))
                .isEqualTo("04040020" + "00000007" + "00002320" + "00000018" + "0000000000000000" + "fff6010400000000");
        assertThat(ByteBufUtil.hexDump(TunnelOption.request(8)))
                .isEqualTo("04040010" + "00000008" + "00002320" + "00000019");
    }

    private static Decoded<List<TunnelOption>> decode(String hex) {
        return TunnelOption.decode(new Frame(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex))));
    }

    @Test
    void isReadFromAReply() {
        String header = "040400%02x00000008" + "00002320" + "0000001a" + "000000fc" + "0040" + "00".repeat(10);
        assertThat(decode(header.formatted(32))).isEqualTo(Decoded.ok(List.of()));
        assertThat(decode(header.formatted(48) + "fff6010400000000" + "0102800400030000"))
                .isEqualTo(Decoded.ok(List.of(OPTION, new TunnelOption(0x0102, 0x80, 4, 3))));
        // A length or index that no option has, and a rest.
        assertThat(decode(header.formatted(52) + "fff6010500000000" + "fff6010400400000" + "fff60104"))
                .isEqualTo(Decoded.ok(List.of()));
        assertThat(decode("0404001800000008" + "00002320" + "0000001a" + "000000fc00400000"))
                .isInstanceOf(Decoded.Malformed.class);
        assertThat(decode("0404002000000008" + "00002320" + "0000001b" + "00".repeat(16)))
                .isInstanceOf(Decoded.Malformed.class);
        assertThat(decode("0404002000000008" + "4f4e4600" + "0000001a" + "00".repeat(16)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void clashesWithWhatNeedsTheSameFieldOrNamesTheSameOption() {
        assertThat(OPTION.clashesWith(OPTION)).isFalse();
        assertThat(OPTION.clashesWith(new TunnelOption(0x0102, 1, 4, 1))).isFalse();
        assertThat(OPTION.clashesWith(new TunnelOption(0x0102, 1, 4, 0))).isTrue();
        assertThat(OPTION.clashesWith(new TunnelOption(0xfff6, 1, 4, 1))).isTrue();
        assertThat(OPTION.clashesWith(new TunnelOption(0xfff6, 1, 8, 0))).isTrue();
    }

    @Test
    void cannotBeOutOfRange() {
        assertThatThrownBy(() -> new TunnelOption(0x10000, 1, 4, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TunnelOption(1, 0x100, 4, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TunnelOption(1, 1, 6, 0)).hasMessageContaining("length 6");
        assertThatThrownBy(() -> new TunnelOption(1, 1, 128, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TunnelOption(1, 1, 4, 64)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAddedToARealSwitchAndReadBack() throws Exception {
        try (OvsFixture ovs = OvsFixture.start()) {
            ovs.addBridge("br0");
            Events events = new Events();
            try (SwitchConnections connections = SwitchConnections.start(
                    OpenFlowSettings.connecting(new Endpoint.Unix(ovs.managementSocket("br0"))), events)) {
                SwitchSession session = events.awaitSession();
                assertThat(session.tunnelOptions().get(PATIENCE, TimeUnit.SECONDS))
                        .isEmpty();
                session.addTunnelOption(OPTION).get(PATIENCE, TimeUnit.SECONDS);
                assertThat(session.tunnelOptions().get(PATIENCE, TimeUnit.SECONDS))
                        .containsExactly(OPTION);
                assertThat(ovs.ofctl("dump-tlv-map", "br0")).contains("0xfff6", "0x1", "tun_metadata0");
                assertThatThrownBy(() -> session.addTunnelOption(new TunnelOption(0xfff6, 1, 8, 1))
                                .get(PATIENCE, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining("NXTTMFC_DUP_ENTRY")
                        .hasMessageContaining("tunnel option {class=0xfff6,type=0x1,len=8}->tun_metadata1");
                assertThat(connections.sessions()).containsExactly(session);
            }
        }
    }
}
