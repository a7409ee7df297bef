package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

class BytesTest {
    @Test
    void isEqualByContentWhereverItLies() {
        Bytes slice = Bytes.ofHex("00a1b2c3ff").slice(1, 4);
        assertThat(slice).isEqualTo(Bytes.ofHex("a1b2c3")).hasSameHashCodeAs(Bytes.ofHex("a1b2c3"));
        assertThat(slice).isNotEqualTo(Bytes.ofHex("a1b2")).hasToString("a1b2c3");
        assertThat(slice.slice(3)).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void changesWithNeitherItsSourceNorItsCopy() {
        byte[] source = {1, 2, 3};
        ByteBuf buffer = Unpooled.wrappedBuffer(source).skipBytes(1);
        Bytes ofArray = Bytes.of(source);
        Bytes ofBuffer = Bytes.copyOf(buffer);
        source[2] = 9;
        ofArray.toByteArray()[0] = 9;
        assertThat(ofArray).isEqualTo(Bytes.ofHex("010203"));
        assertThat(ofBuffer).isEqualTo(Bytes.ofHex("0203"));
        assertThat(buffer.readerIndex()).isEqualTo(1);
    }

    @Test
    void readsUnsignedInNetworkOrder() {
        Bytes bytes = Bytes.ofHex("00" + "fffefdfcfbfa" + "20010db8000000000000000000000001");
        assertThat(bytes.unsignedByte(1)).isEqualTo(0xff);
        assertThat(bytes.unsignedShort(1)).isEqualTo(0xfffe);
        assertThat(bytes.unsignedInt(1)).isEqualTo(0xfffefdfcL);
        assertThat(bytes.macAddress(1)).isEqualTo(MacAddress.of("ff:fe:fd:fc:fb:fa"));
        assertThat(bytes.ipv6Address(7)).isEqualTo(IPv6Address.of("2001:db8::1"));
    }

    @Test
    void refusesToReadPastASlice() {
        Bytes slice = Bytes.ofHex("0102030405060708").slice(2, 4);
        assertThatThrownBy(() -> slice.unsignedByte(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.unsignedShort(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.unsignedInt(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
