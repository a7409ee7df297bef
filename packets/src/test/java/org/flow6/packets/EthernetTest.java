package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.MacAddress;

class EthernetTest {
    private static final MacAddress A = MacAddress.of("02:00:00:00:00:0a");
    private static final MacAddress B = MacAddress.of("02:00:00:00:00:0b");
    private static final String ADDRESSES = "02000000000b02000000000a";

    @Test
    void leavesTheBufferWhereItWas() {
        ByteBuf buffer = Unpooled.wrappedBuffer(
                Bytes.ofHex("ffff" + ADDRESSES + "0806" + "01").toByteArray());
        buffer.skipBytes(2);
        Ethernet frame = Ethernet.decode(buffer).orElseThrow();
        assertThat(frame).isEqualTo(new Ethernet(B, A, List.of(), EthType.ARP, Bytes.ofHex("01")));
        assertThat(buffer.readerIndex()).isEqualTo(2);
    }

    @Test
    void readsTwoTagsAndLeavesAThirdInThePayload() {
        Ethernet frame = Ethernet.decode(Bytes.ofHex(ADDRESSES + "88a8f001" + "81000fff" + "81000001" + "86dd"))
                .orElseThrow();
        assertThat(frame.tags()).containsExactly(new VlanTag(EthType.BRIDGING, 7, true, 1), VlanTag.of(0xfff));
        assertThat(frame.type()).isEqualTo(EthType.VLAN_FRAME);
        assertThat(frame.payload()).isEqualTo(Bytes.ofHex("000186dd"));
    }

    @Test
    void keepsALengthInPlaceOfAType() {
        Bytes octets = Bytes.ofHex(ADDRESSES + "0003" + "424203");
        assertThat(Ethernet.decode(octets).orElseThrow().encode()).isEqualTo(octets);
    }

    @Test
    void discardsWhatIsNotWhole() {
        for (String octets : List.of("", ADDRESSES, ADDRESSES + "86", ADDRESSES + "8100", ADDRESSES + "8100000186")) {
            assertThat(Ethernet.decode(Bytes.ofHex(octets)))
                    .isEqualTo(Decoded.malformed(MalformedReason.ETHERNET_TRUNCATED));
        }
    }

    @Test
    void refusesToBeBuiltAsItCannotBeRead() {
        assertThatThrownBy(() -> new Ethernet(B, A, List.of(), EthType.VLAN_FRAME, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
        List<VlanTag> tags = List.of(VlanTag.of(1), VlanTag.of(2), VlanTag.of(3));
        assertThatThrownBy(() -> new Ethernet(B, A, tags, EthType.IPv6, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VlanTag.of(4096)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VlanTag(EthType.IPv6, 0, false, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
