package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

class MatchTest {
    private static final Match SOLICITATION =
            Match.ICMPV6.and(Field.ICMPV6_TYPE, 135).and(Field.ICMPV6_CODE, 0);

    @Test
    void ordersTermsByFieldHoweverTheyAreBuilt() {
        Match one = SOLICITATION.and(Field.NETWORK, new NetworkKey(7)).and(Field.HOP_LIMIT, 255);
        Match other = Match.ANY
                .and(Field.NETWORK, new NetworkKey(7))
                .and(Field.ETH_TYPE, 0x86dd)
                .and(Field.HOP_LIMIT, 255)
                .and(Field.IP_PROTO, 58)
                .and(Field.ICMPV6_CODE, 0)
                .and(Field.ICMPV6_TYPE, 135);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.terms())
                .isEqualTo(other.terms())
                .extracting(Match.Term::field)
                .isSorted();
    }

    @Test
    void everyFieldComesAfterThoseItNeeds() {
        for (Field<?> field : Field.all()) {
            for (Prerequisite prerequisite : field.prerequisites()) {
                assertThat(Field.all().indexOf(prerequisite.field()))
                        .isLessThan(Field.all().indexOf(field));
            }
        }
    }

    @Test
    void refusesAFieldWithoutItsPrerequisite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.ANY.and(Field.ICMPV6_TYPE, 135))
                .withMessageContaining("icmpv6_type")
                .withMessageContaining("ip_proto");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.ANY.and(Field.IP_PROTO, 58))
                .withMessageContaining("eth_type");
    }

    @Test
    void refusesAPrerequisiteOfAnotherValue() {
        Match echo = Match.ICMPV6.and(Field.ICMPV6_TYPE, 128).and(Field.ICMPV6_CODE, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> echo.and(Field.ND_TARGET, IPv6Address.of("2001:db8::1")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.IPV6.and(Field.IPV4_SRC, IPv4Address.of("192.0.2.1")));
    }

    @Test
    void refusesAPrerequisiteMatchedInPart() {
        Match some = Match.IPV6.and(Field.IP_FRAG, 1, 1);
        assertThat(some.terms()).hasSize(2);
        Match partly =
                Match.ANY.and(Field.ETH_DST, MacAddress.of("01:00:00:00:00:00"), MacAddress.of("01:00:00:00:00:00"));
        assertThatIllegalArgumentException().isThrownBy(() -> partly.and(Field.IP_PROTO, 58));
    }

    @Test
    void allowsEitherOfTwoPrerequisiteValues() {
        IPv6Address target = IPv6Address.of("2001:db8::1");
        Match advertisement = Match.ICMPV6.and(Field.ICMPV6_TYPE, 136).and(Field.ICMPV6_CODE, 0);
        assertThat(SOLICITATION.and(Field.ND_TARGET, target).terms()).hasSize(5);
        assertThat(advertisement.and(Field.ND_TARGET, target).terms()).hasSize(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SOLICITATION.and(Field.ND_TLL, MacAddress.of("02:00:00:00:00:01")));
    }

    @Test
    void refusesAFieldTwice() {
        Match once = Match.ANY.and(Field.NETWORK, new NetworkKey(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> once.and(Field.NETWORK, new NetworkKey(2)))
                .withMessageContaining("network");
    }

    @Test
    void refusesValuesOutsideFieldAndMask() {
        assertThatIllegalArgumentException().isThrownBy(() -> Match.ANY.and(Field.ETH_TYPE, 0x10000));
        assertThatIllegalArgumentException().isThrownBy(() -> Match.ANY.and(Field.REASON, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.ANY.and(
                        Field.ETH_DST, MacAddress.of("03:00:00:00:00:00"), MacAddress.of("01:00:00:00:00:00")));
    }

    @Test
    void refusesAMaskWithoutBits() {
        // In a switch it would be the same flow as one that does not match the field, under another key here.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.ANY.and(Field.ETH_DST, MacAddress.NONE, MacAddress.NONE));
    }

    @Test
    void refusesAMaskWhereTheSwitchTakesNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.ANY.and(Field.ETH_TYPE, 0x0800, 0xff00))
                .withMessageContaining("eth_type");
        assertThatIllegalArgumentException().isThrownBy(() -> SOLICITATION.and(Field.ND_OPTIONS_TYPE, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SOLICITATION.and(Field.HOP_LIMIT, 0xf0, 0xf0));
    }

    @Test
    void matchesPrefixesAndLeavesOutThoseOfLengthZero() {
        Match in = Match.IPV6.andIpv6(Field.IPV6_SRC, IpPrefix.parse("2001:db8::/32"));
        Match.Term term = in.term(Field.IPV6_SRC).orElseThrow();
        assertThat(term.isExact()).isFalse();
        assertThat(term.value().getMsb()).isEqualTo(0x20010db800000000L);
        assertThat(term.mask().getMsb()).isEqualTo(0xffffffff00000000L);
        assertThat(term.mask().getLsb()).isZero();
        assertThat(Match.IPV6.andIpv6(Field.IPV6_SRC, IpPrefix.ALL_IPV6)).isEqualTo(Match.IPV6);
        assertThat(Match.IPV6.andIpv6(Field.IPV6_SRC, IpPrefix.parse("2001:db8::1")))
                .isEqualTo(Match.IPV6.and(Field.IPV6_SRC, IPv6Address.of("2001:db8::1")));
    }

    @Test
    void refusesAPrefixOfTheOtherFamily() {
        Match ipv4 = Match.ANY.and(Field.ETH_TYPE, 0x0800);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.IPV6.andIpv6(Field.IPV6_SRC, IpPrefix.parse("10.0.0.0/8")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ipv4.andIpv4(Field.IPV4_SRC, IpPrefix.parse("2001:db8::/32")));
        assertThatIllegalArgumentException().isThrownBy(() -> ipv4.andIpv4(Field.IPV4_SRC, IpPrefix.ALL_IPV6));
    }

    @Test
    void termsAreNotShared() {
        Match base = Match.IPV6;
        Match narrower = base.and(Field.IP_PROTO, 6);
        assertThat(base.terms()).hasSize(1);
        assertThat(narrower.terms()).hasSize(2);
        assertThat(List.of(base, narrower)).doesNotHaveDuplicates();
    }

    private static final int TRACKED = ConntrackState.TRACKED;
    private static final int INVALID = ConntrackState.INVALID;

    /** ovs-fields(7): a tuple is there only of what is tracked and valid. */
    @Test
    void matchesTheTupleOfAConnectionBesideTrackedAndNotInvalid() {
        Match tracked = Match.IPV6.and(Field.CT_STATE, TRACKED, TRACKED | INVALID);
        List<Field<Integer>> numbers = List.of(Field.CT_NW_PROTO, Field.CT_TP_SRC, Field.CT_TP_DST);
        for (Field<Integer> field : numbers) {
            assertThat(tracked.and(field, 7).terms()).hasSize(3);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Match.IPV6.and(field, 7))
                    .withMessageContaining("ct_state");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            Match.IPV6.and(Field.CT_STATE, TRACKED, TRACKED).and(field, 7));
            assertThatIllegalArgumentException().isThrownBy(() -> Match.IPV6
                    .and(Field.CT_STATE, TRACKED | INVALID, TRACKED | INVALID)
                    .and(field, 7));
        }
        Match more = Match.IPV6.and(Field.CT_STATE, TRACKED | ConntrackState.REPLY, 0x3f);
        assertThat(more.and(Field.CT_NW_PROTO, 6).terms()).hasSize(3);
    }

    @Test
    void theTupleIsOfThePacketsFamily() {
        Match tracked4 = Match.IPV4.and(Field.CT_STATE, TRACKED, TRACKED | INVALID);
        Match tracked6 = Match.IPV6.and(Field.CT_STATE, TRACKED, TRACKED | INVALID);
        IPv6Address six = IPv6Address.of("2001:db8::1");
        IPv4Address four = IPv4Address.of("192.0.2.1");
        assertThat(tracked6.and(Field.CT_IPV6_SRC, six)
                        .and(Field.CT_IPV6_DST, six)
                        .terms())
                .hasSize(4);
        assertThat(tracked4.and(Field.CT_IPV4_SRC, four)
                        .and(Field.CT_IPV4_DST, four)
                        .terms())
                .hasSize(4);
        assertThatIllegalArgumentException().isThrownBy(() -> tracked4.and(Field.CT_IPV6_SRC, six));
        assertThatIllegalArgumentException().isThrownBy(() -> tracked6.and(Field.CT_IPV4_DST, four));
    }

    @Test
    void matchesPortsOfTheirProtocolInPart() {
        Match tcp = Match.IPV6.and(Field.IP_PROTO, 6);
        assertThat(tcp.and(Field.TCP_DST, 0x1000, 0xf000).terms()).hasSize(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tcp.and(Field.UDP_DST, 53))
                .withMessageContaining("ip_proto");
        assertThatIllegalArgumentException().isThrownBy(() -> tcp.and(Field.SCTP_SRC, 53));
        assertThatIllegalArgumentException().isThrownBy(() -> tcp.and(Field.TCP_SRC, 0x10000));
    }

    @Test
    void tellsTheTwoIcmpsApart() {
        assertThat(Match.IPV4.and(Field.IP_PROTO, 1).and(Field.ICMPV4_TYPE, 8).terms())
                .hasSize(3);
        assertThatIllegalArgumentException().isThrownBy(() -> Match.ICMPV6.and(Field.ICMPV4_TYPE, 8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.IPV6.and(Field.IP_PROTO, 1).and(Field.ICMPV4_TYPE, 8));
    }

    @Test
    void matchesWhetherThereIsATag() {
        Match tagged = Match.ANY.and(Field.VLAN_VID, Field.VLAN_PRESENT, Field.VLAN_PRESENT);
        assertThat(tagged.terms()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Match.ANY.and(Field.VLAN_VID, 0x2000));
    }

    @Test
    void matchesArpBesideArp() {
        assertThat(Match.ARP
                        .and(Field.ARP_OP, 1)
                        .and(Field.ARP_SHA, MacAddress.NONE)
                        .terms())
                .hasSize(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.IPV4.and(Field.ARP_SPA, IPv4Address.of("192.0.2.1")))
                .withMessageContaining("eth_type");
    }
}
