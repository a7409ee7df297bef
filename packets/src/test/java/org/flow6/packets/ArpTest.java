package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;

class ArpTest {
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
    private static final Arp REQUEST = Arp.request(MAC, IPv4Address.of("192.0.2.1"), IPv4Address.of("192.0.2.9"));
    private static final String TEXT = "0001080006040001" + "020000000001c0000201" + "000000000000c0000209";

    @Test
    void isAsRfc826HasIt() {
        assertThat(REQUEST.encode()).isEqualTo(Bytes.ofHex(TEXT));
        assertThat(Arp.decode(Bytes.ofHex(TEXT))).isEqualTo(Decoded.ok(REQUEST));
    }

    /** As scapy makes it: {@code Ether(src=M, dst="ff:ff:ff:ff:ff:ff") / ARP(hwsrc=M, psrc="192.0.2.1", pdst="192.0.2.1")}. */
    @Test
    void announcesAnAddress() {
        Ethernet frame = Arp.announcement(IPv4Address.of("192.0.2.1"), MacAddress.of("02:00:00:00:01:01"));
        assertThat(frame.encode())
                .isEqualTo(Bytes.ofHex(
                        "ffffffffffff020000000101080600010800060400010200000001" + "01c0000201000000000000c0000201"));
    }

    @Test
    void isReadFromItsFrameWithPadding() {
        Ethernet frame = REQUEST.in(MacAddress.BROADCAST, MAC);
        Bytes padded = Bytes.ofHex(frame.encode() + "00".repeat(18));
        assertThat(Ethernet.decode(padded).then(Arp::decode)).isEqualTo(Decoded.ok(REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0006080006040001", "0001080106040001", "0001080008040001", "0001080006100001"})
    void isOfOtherAddressesThanIpv4OverEthernet(String start) {
        assertThat(Arp.decode(Bytes.ofHex(start + TEXT.substring(16))))
                .isEqualTo(Decoded.malformed(MalformedReason.ARP_TYPES));
    }

    @Test
    void isCutOff() {
        assertThat(Arp.decode(Bytes.ofHex(TEXT).slice(0, 27)))
                .isEqualTo(Decoded.malformed(MalformedReason.ARP_TRUNCATED));
    }

    @Test
    void isNotInAnotherFrame() {
        Ethernet frame = new Ethernet(MAC, MAC, List.of(), EthType.IPv4, REQUEST.encode());
        assertThat(Arp.decode(frame)).isEqualTo(Decoded.malformed(MalformedReason.NOT_ARP));
    }

    @Test
    void hasAnOperationOfSixteenBits() {
        assertThatThrownBy(() -> new Arp(0x10000, MAC, IPv4Address.NONE, MAC, IPv4Address.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
