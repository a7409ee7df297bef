package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

class AddressesTest {
    /** RFC 4291 §2.7.1's own example. */
    @Test
    void solicitedNodeKeepsTheLow24Bits() {
        assertThat(SolicitedNode.of(IPv6Address.of("4037::01:800:200e:8c6c")))
                .isEqualTo(IPv6Address.of("ff02::1:ff0e:8c6c"));
    }

    @Test
    void solicitedNodeIncludesItsPrefixAlone() {
        assertThat(SolicitedNode.includes(IPv6Address.of("ff02::1:ff00:0"))).isTrue();
        assertThat(SolicitedNode.includes(IPv6Address.of("ff02::1:ffff:ffff"))).isTrue();
        assertThat(SolicitedNode.includes(IPv6Address.of("ff02::1:fe00:1"))).isFalse();
        assertThat(SolicitedNode.includes(IPv6Address.of("ff05::1:ff00:1"))).isFalse();
        assertThat(SolicitedNode.includes(LinkLocalMulticast.ALL_NODES)).isFalse();
    }

    /** RFC 4291 appendix A's example: 34-56-78-9A-BC-DE becomes 36-56-78-FF-FE-9A-BC-DE. */
    @Test
    void eui64FlipsTheUniversalBit() {
        assertThat(InterfaceId.eui64(MacAddress.of("34:56:78:9a:bc:de")).value())
                .isEqualTo(0x3656_78ff_fe9a_bcdeL);
        assertThat(InterfaceId.eui64(MacAddress.of("02:00:00:00:00:01")).value())
                .isEqualTo(0x0000_00ff_fe00_0001L);
    }

    @Test
    void interfaceIdReplacesTheLowHalfOfAnAddress() {
        assertThat(new InterfaceId(-1).under(IPv6Address.of("2001:db8:1:2::5")))
                .isEqualTo(IPv6Address.of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    }

    @Test
    void linkLocalIsWhatLinuxForms() {
        assertThat(LinkLocal.of(MacAddress.of("02:00:00:00:00:0a"))).isEqualTo(IPv6Address.of("fe80::ff:fe00:a"));
        assertThat(LinkLocal.of(MacAddress.of("fe:54:00:12:34:56")))
                .isEqualTo(IPv6Address.of("fe80::fc54:ff:fe12:3456"));
    }

    @Test
    void multicastMacKeepsTheLow32Bits() {
        assertThat(MulticastMac.of(LinkLocalMulticast.ALL_NODES)).isEqualTo(MacAddress.of("33:33:00:00:00:01"));
        assertThat(MulticastMac.of(LinkLocalMulticast.ALL_ROUTERS)).isEqualTo(MacAddress.of("33:33:00:00:00:02"));
        assertThat(MulticastMac.of(IPv6Address.of("ff05::8765:4321"))).isEqualTo(MacAddress.of("33:33:87:65:43:21"));
        assertThatThrownBy(() -> MulticastMac.of(IPv6Address.of("2001:db8::1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2001:db8::1");
    }
}
