package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U128;

class FieldTest {
    private static final List<Field<?>> REGISTERS =
            Field.all().stream().filter(field -> field.registers() != null).toList();

    private static RegisterSlice slice(Field<?> field) {
        RegisterSlice slice = field.registers();
        assertThat(slice).isNotNull();
        return slice;
    }

    @Test
    void noTwoRegisterSlicesCollide() {
        assertThat(REGISTERS).hasSizeGreaterThan(3);
        for (Field<?> one : REGISTERS) {
            for (Field<?> other : REGISTERS) {
                assertThat(one != other && slice(one).collidesWith(slice(other)))
                        .as("%s with %s", one, other)
                        .isFalse();
            }
        }
    }

    /** They share a TLV on the wire, and OVS refuses a field twice. */
    @Test
    void slicesOfARegisterStandSideBySide() {
        Set<Integer> seen = new HashSet<>();
        int last = -1;
        for (Field<?> field : REGISTERS) {
            int register = slice(field).register();
            assertThat(register == last || seen.add(register)).as(field.name()).isTrue();
            last = register;
        }
        List<Integer> places = REGISTERS.stream().map(Field.all()::indexOf).toList();
        assertThat(places)
                .isEqualTo(IntStream.range(places.get(0), places.get(0) + places.size())
                        .boxed()
                        .toList());
    }

    @Test
    void slicesCollideWhereTheyShareABitInATable() {
        RegisterSlice low = new RegisterSlice(4, 0, 16, Table.CLASSIFY, Table.BRIDGE);
        assertThat(low.collidesWith(new RegisterSlice(4, 15, 2, Table.BRIDGE, Table.DROP)))
                .isTrue();
        assertThat(low.collidesWith(new RegisterSlice(4, 16, 16, Table.BRIDGE, Table.DROP)))
                .isFalse();
        assertThat(low.collidesWith(new RegisterSlice(4, 0, 32, Table.FLOOD, Table.DROP)))
                .isFalse();
        assertThat(low.collidesWith(new RegisterSlice(5, 0, 16, Table.CLASSIFY, Table.BRIDGE)))
                .isFalse();
        assertThat(low.collidesWith(low)).isTrue();
    }

    @Test
    void refusesSlicesThatThereAreNot() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RegisterSlice(16, 0, 1, Table.CLASSIFY, Table.DROP));
        assertThatIllegalArgumentException().isThrownBy(() -> new RegisterSlice(-1, 0, 1, Table.CLASSIFY, Table.DROP));
        assertThatIllegalArgumentException().isThrownBy(() -> new RegisterSlice(0, 25, 32, Table.CLASSIFY, Table.DROP));
        assertThatIllegalArgumentException().isThrownBy(() -> new RegisterSlice(0, -1, 2, Table.CLASSIFY, Table.DROP));
        assertThatIllegalArgumentException().isThrownBy(() -> new RegisterSlice(0, 0, 0, Table.CLASSIFY, Table.DROP));
        assertThatIllegalArgumentException().isThrownBy(() -> new RegisterSlice(0, 0, 1, Table.DROP, Table.CLASSIFY));
    }

    @Test
    void namesAreUnique() {
        assertThat(Field.all()).extracting(Field::name).doesNotHaveDuplicates();
    }

    @Test
    void encodesRightAligned() {
        assertThat(Field.IN_PORT.encode(OFPort.LOCAL)).isEqualTo(U128.of(0, 0xfffffffeL));
        assertThat(Field.ETH_DST.encode(MacAddress.of("01:02:03:04:05:06"))).isEqualTo(U128.of(0, 0x010203040506L));
        assertThat(Field.IPV6_SRC.encode(IPv6Address.of("2001:db8::5"))).isEqualTo(U128.of(0x20010db800000000L, 5));
    }

    /** ovs-fields(7): the fields of conntrack and of conjunctions are read only. */
    @Test
    void isWrittenAndMaskedAsOvsAllows() {
        for (Field<?> field : Field.all()) {
            if (field.name().startsWith("ct_") || field == Field.CONJ_ID) {
                assertThat(field.isWritable()).as(field.name()).isFalse();
            }
        }
        assertThat(List.of(Field.CONJ_ID, Field.CT_NW_PROTO, Field.ICMPV4_TYPE, Field.ICMPV4_CODE, Field.ARP_OP))
                .noneMatch(Field::isMaskable);
        assertThat(List.of(Field.CT_STATE, Field.CT_TP_SRC, Field.CT_TP_DST, Field.VLAN_VID, Field.TCP_DST))
                .allMatch(Field::isMaskable);
        assertThat(List.of(Field.UDP_SRC, Field.SCTP_DST, Field.ARP_SPA, Field.ARP_THA, Field.CT_IPV6_SRC))
                .allMatch(Field::isMaskable);
    }
}
