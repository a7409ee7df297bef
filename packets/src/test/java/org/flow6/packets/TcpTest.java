package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

class TcpTest {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");

    private static Tcp segment(long sequence, long acknowledgment, int flags, int length) {
        return new Tcp(40000, 80, sequence, acknowledgment, flags, 1000, 0, Bytes.EMPTY, Bytes.of(new byte[length]));
    }

    private static Tcp reset(long sequence, long acknowledgment, int flags) {
        return new Tcp(80, 40000, sequence, acknowledgment, flags, 0, 0, Bytes.EMPTY, Bytes.EMPTY);
    }

    private static MalformedReason reason(NextHeader protocol, Bytes payload) {
        Ipv6 packet = new Ipv6(0, IPv6FlowLabel.NONE, protocol, 64, A, B, List.of(), payload);
        return ((Decoded.Malformed<Tcp>) Tcp.decode(packet)).reason();
    }

    /** RFC 9293 §3.10.7.1: without ACK, sequence 0 and everything acknowledged; with it, its acknowledgment as sequence. */
    @Test
    void isResetByWhatItSays() {
        assertThat(segment(100, 0, Tcp.SYN, 0).reset()).isEqualTo(reset(0, 101, Tcp.RST | Tcp.ACK));
        assertThat(segment(100, 0, Tcp.FIN, 5).reset()).isEqualTo(reset(0, 106, Tcp.RST | Tcp.ACK));
        assertThat(segment(0xffff_ffffL, 0, Tcp.SYN, 1).reset()).isEqualTo(reset(0, 1, Tcp.RST | Tcp.ACK));
        assertThat(segment(100, 7, Tcp.ACK, 5).reset()).isEqualTo(reset(7, 0, Tcp.RST));
        assertThat(segment(100, 7, Tcp.SYN | Tcp.ACK, 0).reset()).isEqualTo(reset(7, 0, Tcp.RST));
    }

    @Test
    void discardsWhatIsNoSegment() {
        Bytes good = segment(1, 2, Tcp.ACK, 4).encode(A, B);
        assertThat(reason(NextHeader.UDP, good)).isEqualTo(MalformedReason.NOT_TCP);
        assertThat(reason(NextHeader.TCP, good.slice(0, 19))).isEqualTo(MalformedReason.TCP_TRUNCATED);
        assertThat(reason(NextHeader.TCP, changed(good, 12, 0x40))).isEqualTo(MalformedReason.TCP_DATA_OFFSET);
        assertThat(reason(NextHeader.TCP, changed(good, 12, 0x70))).isEqualTo(MalformedReason.TCP_TRUNCATED);
        assertThat(reason(NextHeader.TCP, changed(good, 20, 1))).isEqualTo(MalformedReason.TCP_CHECKSUM);
    }

    private static Bytes changed(Bytes octets, int at, int value) {
        byte[] copy = octets.toByteArray();
        copy[at] = (byte) value;
        return Bytes.of(copy);
    }
}
