package org.flow6.apps.secgroup.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.secgroup.guard.GuardNets.claim;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.flow.Answer;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.AddressClaim;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdFlags;
import org.flow6.packets.NdOption;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NeighborAdvertisement;
import org.flow6.packets.NeighborSolicitation;
import org.flow6.packets.SolicitedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Which duplicate checks become claims. */
class ClaimAnswerTest {
    private static final NetworkSnapshot NET = GuardNets.UNCLAIMED;

    static Ethernet check(String port, String target, NdOption... options) {
        IPv6Address address = IPv6Address.of(target);
        IPv6Address group = SolicitedNode.of(address);
        NeighborSolicitation solicitation = new NeighborSolicitation(address, List.of(options));
        return Ethernet.of(
                MulticastMac.of(group), GuardNets.mac(port), Ipv6.of(255, IPv6Address.NONE, group, solicitation));
    }

    private static Answer.Result answer(String port, String target, Moment moment) {
        return ClaimAnswer.answer(GuardNets.from(NET, port, check(port, target)), NET, moment);
    }

    private static Facts.Change change(String port, String target, AddressClaim... known) {
        Answer.Result result = answer(port, target, GuardNets.moment(known));
        assertThat(result).isInstanceOf(Answer.Result.Send.class);
        Answer.Result.Send send = (Answer.Result.Send) result;
        assertThat(send.packets()).isEmpty();
        assertThat(send.solicited()).isEmpty();
        return send.facts();
    }

    private static void refuses(String port, String target, AddressClaim... known) {
        assertThat(answer(port, target, GuardNets.moment(known))).isEqualTo(new Answer.Result.Refuse(GuardDrop.CLAIM));
    }

    @ParameterizedTest
    @CsvSource({"vm1,fe80::1234", "red1,fe80::1234", "vm1,2001:db8:1::abcd", "vm2,2001:db8:1::abcd"})
    void areRemembered(String port, String target) {
        assertThat(change(port, target))
                .isEqualTo(Facts.Change.remember(claim(port, target, 600).fact()));
    }

    @ParameterizedTest
    @CsvSource({
        // Another port's link-local address, fixed address, allowed address, and one that is bound elsewhere.
        "vm1,fe80::ff:fe00:2",
        "vm1,2001:db8:1::12",
        "vm1,2001:db8:1::77",
        "vm1,2001:db8:1::18",
        // Outside of what hosts may make.
        "vm1,2001:db8:2::5",
        "red1,2001:db8:2::5",
    })
    void areRefusedForAddressesOfOthers(String port, String target) {
        refuses(port, target);
    }

    @ParameterizedTest
    @CsvSource({"vm1,fe80::ff:fe00:1", "vm1,2001:db8:1::11", "vm2,2001:db8:1::77"})
    void areNotNeededForAddressesThatThePortHas(String port, String target) {
        assertThat(change(port, target).isEmpty()).isTrue();
    }

    @Test
    void areOfTheFirstPort() {
        refuses("vm2", "fe80::1234", claim("vm1", "fe80::1234", 0));
        refuses("vm2", "fe80::1234", claim("elsewhere", "fe80::1234", 0));
        // Networks keep to themselves.
        assertThat(change("red1", "fe80::1234", claim("vm1", "fe80::1234", 0)).remembered())
                .hasSize(1);
    }

    /** The time of the first one stays. */
    @Test
    void areRememberedOnce() {
        assertThat(change("vm1", "fe80::1234", claim("vm1", "fe80::1234", 0)).isEmpty())
                .isTrue();
    }

    @Test
    void ofPortsThatAreGoneAreForgotten() {
        AddressClaim gone = new AddressClaim(
                Id.of("blue"), IPv6Address.of("fe80::1234"), Id.of("a port of the past"), GuardNets.NOW);
        assertThat(change("vm1", "fe80::1234", gone))
                .isEqualTo(
                        new Facts.Change(List.of(claim("vm1", "fe80::1234", 600).fact()), List.of(gone.key())));
    }

    @Test
    void giveWayWhenThereAreTooMany() {
        AddressClaim[] known = Stream.concat(
                        IntStream.range(0, ClaimAnswer.MOST).mapToObj(i -> claim("vm1", "fe80::a" + i, 100 - i)),
                        Stream.of(claim("vm2", "fe80::b", 0)))
                .toArray(AddressClaim[]::new);
        Facts.Change change = change("vm1", "fe80::1234", known);
        assertThat(change.forgotten()).containsExactly(known[ClaimAnswer.MOST - 1].key());
        assertThat(change.remembered())
                .containsExactly(claim("vm1", "fe80::1234", 600).fact());
    }

    /** A host that makes a new address every day keeps its link-local address. */
    @Test
    void giveWayToTheirLike() {
        AddressClaim[] known = Stream.concat(
                        Stream.of(claim("vm1", "fe80::1234", 0)),
                        IntStream.range(1, ClaimAnswer.MOST).mapToObj(i -> claim("vm1", "2001:db8:1::a" + i, i)))
                .toArray(AddressClaim[]::new);
        assertThat(change("vm1", "2001:db8:1::b", known).forgotten()).containsExactly(known[1].key());
        assertThat(change("vm1", "fe80::b", known).forgotten()).containsExactly(known[0].key());
    }

    /** By somebody whose addresses nobody knows, such as a router beyond a port that is not guarded. */
    @Test
    void areTakenBackWhenTheAddressIsDefended() {
        AddressClaim wrong = claim("vm1", "fe80::1", 0);
        AddressClaim right = claim("vm1", "fe80::2", 0);
        Moment moment = GuardNets.moment(wrong, right);
        Answer.Result.Send send = (Answer.Result.Send) ClaimAnswer.answer(defence("free", "fe80::1"), NET, moment);
        assertThat(send.packets()).isEmpty();
        assertThat(send.facts().forgotten()).containsExactly(wrong.key());
        Facts facts = moment.facts().with(send.facts());
        PacketIn again = GuardNets.from(NET, "vm1", check("vm1", "fe80::1"));
        assertThat(ClaimAnswer.answer(again, NET, new Moment(moment.now(), facts)))
                .isEqualTo(new Answer.Result.Refuse(GuardDrop.CLAIM));
        Moment later = new Moment(moment.now().plus(Duration.ofDays(2)), facts);
        assertThat(ClaimAnswer.answer(again, NET, later)).isInstanceOf(Answer.Result.Send.class);
    }

    @Test
    void areNotTouchedByAdvertisementsOfOtherAddresses() {
        Moment moment = GuardNets.moment(claim("vm1", "fe80::1", 0));
        assertThat(ClaimAnswer.answer(defence("free", "fe80::2"), NET, moment))
                .isEqualTo(new Answer.Result.Send(List.of()));
        assertThat(ClaimAnswer.answer(GuardNets.from(NET, "free", check("free", "fe80::1")), NET, moment))
                .isEqualTo(new Answer.Result.Refuse(GuardDrop.CLAIM));
    }

    private static PacketIn defence(String port, String target) {
        NeighborAdvertisement advertisement =
                new NeighborAdvertisement(NdFlags.unsolicited(true), IPv6Address.of(target), List.of());
        IPv6Address allNodes = IPv6Address.of("ff02::1");
        return GuardNets.from(
                NET,
                port,
                Ethernet.of(
                        MulticastMac.of(allNodes),
                        GuardNets.mac(port),
                        Ipv6.of(255, IPv6Address.of(target), allNodes, advertisement)));
    }

    @Test
    void areRefusedOfMalformedChecks() {
        Ethernet withOption = check("vm1", "fe80::1234", new SourceLinkLayerAddress(GuardNets.mac("vm1")));
        assertThat(ClaimAnswer.answer(GuardNets.from(NET, "vm1", withOption), NET, GuardNets.moment()))
                .isEqualTo(new Answer.Result.Refuse(GuardDrop.CLAIM));
    }

    @Test
    void areToldWithTheirPort() {
        AddressClaim claim = claim("vm1", "fe80::1234", 600);
        var kinds = new SourceGuard().sharedFacts();
        assertThat(kinds).containsOnlyKeys(AddressClaim.KIND, Defence.KIND);
        assertThat(Objects.requireNonNull(kinds.get(AddressClaim.KIND)).apply(claim.fact()))
                .contains(claim.port());
        assertThat(Objects.requireNonNull(kinds.get(Defence.KIND)).apply(claim.fact()))
                .isEmpty();
    }
}
