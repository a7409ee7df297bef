package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;

class ArpTest {
    /** As scapy makes it: {@code Ether(src=M, dst="ff:ff:ff:ff:ff:ff") / ARP(hwsrc=M, psrc="192.0.2.1", pdst="192.0.2.1")}. */
    @Test
    void announcesAnAddress() {
        Ethernet frame = Arp.announcement(IPv4Address.of("192.0.2.1"), MacAddress.of("02:00:00:00:01:01"));
        assertThat(frame.encode())
                .isEqualTo(Bytes.ofHex(
                        "ffffffffffff020000000101080600010800060400010200000001" + "01c0000201000000000000c0000201"));
    }
}
