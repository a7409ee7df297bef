package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

/** Multicast Listener Discovery (RFC 2710, RFC 3810). */
class MldTest {
    private static final IPv6Address HOST = IPv6Address.of("fe80::a");
    private static final IPv6Address GROUP = IPv6Address.of("ff05::1234");
    private static final IPv6Address SOURCE = IPv6Address.of("2001:db8::1");
    private static final IPv6Address ALL_LISTENERS = IPv6Address.of("ff02::16");
    private static final HopByHop ALERT = new HopByHop(Bytes.ofHex("050200000100"));
    private static final Mld.Query QUERY = new Mld.Query(10_000, IPv6Address.NONE);
    private static final Mldv2Query QUERY_2 = new Mldv2Query(10_000, GROUP, true, 2, 125, List.of(SOURCE));
    private static final Mldv2Report REPORT =
            new Mldv2Report(List.of(new GroupRecord(4, GROUP, List.of()), new GroupRecord(5, GROUP, List.of(SOURCE))));
    private static final List<Mld> ALL = List.of(QUERY, QUERY_2, REPORT, new Mld.Report(GROUP), new Mld.Done(GROUP));

    private static Ipv6 packet(int hopLimit, IPv6Address source, Mld message, ExtensionHeader... extensions) {
        Bytes octets = message.encode(source, ALL_LISTENERS);
        return new Ipv6(
                0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, hopLimit, source, ALL_LISTENERS, List.of(extensions), octets);
    }

    private static Decoded<Icmpv6> decode(int type, String body) {
        return Icmpv6.decode(NdRaw.packet(1, HOST, ALL_LISTENERS, type, 0, body));
    }

    @Test
    void takesAllMessages() {
        for (Mld message : ALL) {
            assertThat(Mld.validate(packet(1, HOST, message, ALERT))).isEqualTo(Decoded.ok(message));
        }
    }

    @Test
    void discardsWhatMayBeFromElsewhere() {
        HopByHop padding = new HopByHop(Bytes.ofHex("010400000000"));
        HopByHop rsvp = new HopByHop(Bytes.ofHex("050200010100"));
        HopByHop late = new HopByHop(Bytes.ofHex("0100" + "00" + "050200"));
        for (Mld message : ALL) {
            assertThat(Mld.validate(packet(2, HOST, message, ALERT)))
                    .isEqualTo(Decoded.malformed(MalformedReason.MLD_HOP_LIMIT));
            assertThat(Mld.validate(packet(1, SOURCE, message, ALERT)))
                    .isEqualTo(Decoded.malformed(MalformedReason.MLD_SOURCE));
            assertThat(Mld.validate(packet(1, HOST, message)))
                    .isEqualTo(Decoded.malformed(MalformedReason.MLD_ROUTER_ALERT));
            for (HopByHop without : List.of(padding, rsvp, late)) {
                assertThat(Mld.validate(packet(1, HOST, message, without)))
                        .isEqualTo(Decoded.malformed(MalformedReason.MLD_ROUTER_ALERT));
            }
        }
    }

    /** RFC 3590 §4: before duplicate address detection is over, a node reports from ::, but asks nothing. */
    @Test
    void takesReportsFromNowhere() {
        for (Mld message : ALL) {
            Decoded<Mld> expected = message.type() == Mld.Query.TYPE
                    ? Decoded.malformed(MalformedReason.MLD_SOURCE)
                    : Decoded.ok(message);
            assertThat(Mld.validate(packet(1, IPv6Address.NONE, message, ALERT)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void findsTheAlertAmongOtherOptions() {
        HopByHop after = new HopByHop(Bytes.ofHex("00" + "0101ff" + "05020000" + "01040000" + "0000"));
        assertThat(Mld.validate(packet(1, HOST, QUERY, after))).isEqualTo(Decoded.ok(QUERY));
    }

    @Test
    void discardsOtherLengths() {
        assertThat(decode(130, "00".repeat(20))).isEqualTo(Decoded.ok(new Mld.Query(0, IPv6Address.NONE)));
        for (int length : new int[] {0, 19, 21, 23}) {
            assertThat(decode(130, "00".repeat(length))).isEqualTo(Decoded.malformed(MalformedReason.MLD_LENGTH));
        }
        assertThat(decode(130, "00".repeat(23) + "01")).isEqualTo(Decoded.malformed(MalformedReason.MLD_LENGTH));
        assertThat(decode(131, "00".repeat(19))).isEqualTo(Decoded.malformed(MalformedReason.MLD_LENGTH));
        assertThat(decode(143, "000000")).isEqualTo(Decoded.malformed(MalformedReason.MLD_LENGTH));
        assertThat(decode(143, "00000001" + "04")).isEqualTo(Decoded.malformed(MalformedReason.MLD_LENGTH));
        assertThat(decode(143, "00000001" + "04000001" + "00".repeat(16)))
                .isEqualTo(Decoded.malformed(MalformedReason.MLD_LENGTH));
    }

    @Test
    void skipsAuxiliaryDataAndWhatFollows() {
        String group = "ff050000000000000000000000001234";
        Mldv2Report two =
                new Mldv2Report(List.of(new GroupRecord(2, GROUP, List.of()), new GroupRecord(99, GROUP, List.of())));
        assertThat(decode(143, "00000002" + "02010000" + group + "ffffffff" + "63000000" + group + "00"))
                .isEqualTo(Decoded.ok(two));
        assertThat(decode(131, "00000000" + group + "00")).isEqualTo(Decoded.ok(new Mld.Report(GROUP)));
    }

    /** RFC 3810 §5.1.3, §5.1.9. */
    @Test
    void readsFloatingPointTimes() {
        assertThat(query(0x7fff, 0x7f).maximumResponseDelay()).isEqualTo(32_767);
        assertThat(query(0x8000, 0x80).maximumResponseDelay()).isEqualTo(32_768);
        assertThat(query(0xffff, 0xff).maximumResponseDelay()).isEqualTo(8_387_584);
        assertThat(query(0, 0x7f).interval()).isEqualTo(127);
        assertThat(query(0, 0x80).interval()).isEqualTo(128);
        assertThat(query(0, 0xff).interval()).isEqualTo(31_744);
        assertThatThrownBy(() -> query(0x10000, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Mldv2Query query(int response, int interval) {
        return new Mldv2Query(response, GROUP, false, 2, interval, List.of());
    }
}
