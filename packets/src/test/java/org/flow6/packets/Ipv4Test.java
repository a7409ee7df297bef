package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;

class Ipv4Test {
    private static final IPv4Address A = IPv4Address.of("192.0.2.1");
    private static final IPv4Address B = IPv4Address.of("198.51.100.2");
    /** Record route, of the first fragment alone; a no-operation; loose source route, of every fragment. */
    private static final Bytes OPTIONS = Bytes.ofHex("070404" + "00" + "01" + "830704" + "c6336402");

    private static Ipv4 packet(boolean dontFragment, Bytes options, int payload) {
        return new Ipv4(0, 7, dontFragment, false, 0, 64, NextHeader.UDP, A, B, options, Bytes.of(new byte[payload]));
    }

    private static Decoded<Ipv4> changed(int at, int value) {
        byte[] octets = packet(false, Bytes.EMPTY, 100).encode().toByteArray();
        octets[at] = (byte) value;
        return Ipv4.decode(summed(octets));
    }

    private static Bytes summed(byte[] octets) {
        octets[10] = 0;
        octets[11] = 0;
        int checksum = InternetChecksum.of(Bytes.of(octets).slice(0, 20));
        octets[10] = (byte) (checksum >>> 8);
        octets[11] = (byte) checksum;
        return Bytes.of(octets);
    }

    @Test
    void discardsWhatTheHeaderRulesOut() {
        assertThat(changed(0, 0x65)).isEqualTo(Decoded.malformed(MalformedReason.IPV4_VERSION));
        assertThat(changed(0, 0x44)).isEqualTo(Decoded.malformed(MalformedReason.IPV4_HEADER_LENGTH));
        assertThat(changed(3, 19)).isEqualTo(Decoded.malformed(MalformedReason.IPV4_HEADER_LENGTH));
        assertThat(changed(3, 121)).isEqualTo(Decoded.malformed(MalformedReason.IPV4_TRUNCATED));
        assertThat(changed(6, 0x1f)).isInstanceOf(Decoded.Ok.class);
        byte[] octets = packet(false, Bytes.EMPTY, 100).encode().toByteArray();
        octets[8] ^= 1;
        assertThat(Ipv4.decode(Bytes.of(octets))).isEqualTo(Decoded.malformed(MalformedReason.IPV4_CHECKSUM));
        Ethernet frame = Ethernet.of(MacAddress.of(1), MacAddress.of(2), packet(false, Bytes.EMPTY, 4));
        assertThat(Ipv4.decode(frame).orElseThrow().payload().length()).isEqualTo(4);
        assertThat(Ipv4.decode(
                        new Ethernet(frame.destination(), frame.source(), List.of(), EthType.ARP, frame.payload())))
                .isEqualTo(Decoded.malformed(MalformedReason.NOT_IPV4));
    }

    @Test
    void discardsAFragmentBeyondTheLargestPacket() {
        byte[] octets = packet(false, Bytes.EMPTY, 100).encode().toByteArray();
        octets[6] = 0x1f;
        octets[7] = (byte) 0xff;
        assertThat(Ipv4.decode(summed(octets))).isEqualTo(Decoded.malformed(MalformedReason.FRAGMENT_BEYOND_PACKET));
    }

    @Test
    void copiesIntoLaterFragmentsOnlyOptionsThatSaySo() {
        List<Ipv4> fragments = packet(false, OPTIONS, 1000).fragments(576);
        assertThat(fragments).hasSize(2);
        assertThat(fragments.get(0).options()).isEqualTo(OPTIONS);
        assertThat(fragments.get(0).payload().length()).isEqualTo(544);
        assertThat(fragments.get(1).options()).isEqualTo(Bytes.ofHex("830704" + "c6336402" + "00"));
        assertThat(fragments.get(1).fragmentOffset()).isEqualTo(68);
        assertThat(fragments).extracting(Ipv4::moreFragments).containsExactly(true, false);
    }

    @Test
    void aFragmentOfAFragmentIsOneOfTheWhole() {
        Ipv4 middle = new Ipv4(0, 7, false, true, 100, 64, NextHeader.UDP, A, B, Bytes.EMPTY, Bytes.of(new byte[800]));
        assertThat(middle.fragments(576)).extracting(Ipv4::fragmentOffset).containsExactly(100, 169);
        assertThat(middle.fragments(576)).allMatch(Ipv4::moreFragments);
    }

    @Test
    void isNotFragmentedAgainstItsWill() {
        Ipv4 packet = packet(true, Bytes.EMPTY, 1000);
        assertThat(packet.fragments(1500)).containsExactly(packet);
        assertThatIllegalArgumentException().isThrownBy(() -> packet.fragments(576));
    }
}
