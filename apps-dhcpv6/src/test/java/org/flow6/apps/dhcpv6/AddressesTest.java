package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.dhcpv6.Scene.addresses;
import static org.flow6.apps.dhcpv6.Scene.ended;
import static org.flow6.apps.dhcpv6.Scene.ia;
import static org.flow6.apps.dhcpv6.Scene.status;

import java.time.Duration;
import java.util.List;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.IaAddress;
import org.flow6.packets.dhcpv6.IaNa;
import org.flow6.packets.dhcpv6.IaTa;
import org.flow6.packets.dhcpv6.Lease;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.Preference;
import org.flow6.packets.dhcpv6.RapidCommit;
import org.flow6.packets.dhcpv6.Status;
import org.flow6.packets.dhcpv6.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** RFC 8415 §18.3, as far as it is about addresses. */
class AddressesTest {
    private final Scene scene = new Scene();

    /** §18.3.1, §18.3.9; IAID 0 is a number like any. */
    @Test
    void advertisesThePortsAddress() {
        ClientServerMessage advertise = scene.ask("vm1", MessageType.SOLICIT, ia(0));
        assertThat(advertise.type()).isEqualTo(MessageType.ADVERTISE);
        assertThat(addresses(ia(advertise, 0))).containsExactly("2001:db8:1::11");
        IaAddress lease = ia(advertise, 0).option(IaAddress.class).orElseThrow();
        assertThat(lease.preferredLifetime()).isEqualTo(500);
        assertThat(lease.validLifetime()).isEqualTo(1000);
        assertThat(advertise.option(Preference.class)).contains(new Preference(7));
        assertThat(scene.facts.size()).isZero();
    }

    /** §18.3.1, §21.14 */
    @Test
    void commitsAtOnceWhereTheClientAsksForIt() {
        ClientServerMessage reply = scene.ask("vm1", MessageType.SOLICIT, new RapidCommit(), ia(1));
        assertThat(reply.type()).isEqualTo(MessageType.REPLY);
        assertThat(reply.has(RapidCommit.class)).isTrue();
        assertThat(addresses(ia(reply, 1))).containsExactly("2001:db8:1::11");
        ClientServerMessage nothing = scene.ask("none", MessageType.SOLICIT, new RapidCommit(), ia(1));
        assertThat(nothing.type()).isEqualTo(MessageType.ADVERTISE);
        Scene slow = new Scene(Scene.YAML.replace("sol_max_rt: 120", "sol_max_rt: 120, rapid_commit: false"));
        ClientServerMessage advertise = slow.ask("vm1", MessageType.SOLICIT, new RapidCommit(), ia(1));
        assertThat(advertise.type()).isEqualTo(MessageType.ADVERTISE);
        assertThat(advertise.has(RapidCommit.class)).isFalse();
    }

    /** §18.3.2 */
    @Test
    void assignsAddressesOfAllSubnets() {
        ClientServerMessage reply = scene.ask("two", MessageType.REQUEST, ia(5));
        assertThat(reply.type()).isEqualTo(MessageType.REPLY);
        assertThat(addresses(ia(reply, 5))).containsExactlyInAnyOrder("2001:db8:1::13", "2001:db8:2::13");
        assertThat(status(reply)).isEqualTo(Status.SUCCESS);
    }

    /** §21.4: of the shortest preferred lifetime. */
    @Test
    void computesTimesOfRenewal() {
        IaNa ia = ia(scene.ask("two", MessageType.REQUEST, ia(5)), 5);
        assertThat(List.of(ia.t1(), ia.t2())).containsExactly(100L, 160L);
        Scene forever = new Scene(Scene.YAML.replace(
                "valid_lifetime: 1000, preferred_lifetime: 500",
                "valid_lifetime: infinite, preferred_lifetime: infinite"));
        ia = ia(forever.ask("vm1", MessageType.REQUEST, ia(5)), 5);
        assertThat(List.of(ia.t1(), ia.t2())).containsExactly(Lease.INFINITY, Lease.INFINITY);
        assertThat(ia.option(IaAddress.class).orElseThrow().validLifetime()).isEqualTo(Lease.INFINITY);
        Scene stated = new Scene(Scene.YAML.replace("sol_max_rt: 120", "renewal_time: 30, rebinding_time: 50"));
        ia = ia(stated.ask("vm1", MessageType.REQUEST, ia(5)), 5);
        assertThat(List.of(ia.t1(), ia.t2())).containsExactly(30L, 50L);
        Scene late = new Scene(Scene.YAML.replace("sol_max_rt: 120", "renewal_time: 450"));
        ia = ia(late.ask("vm1", MessageType.REQUEST, ia(5)), 5);
        assertThat(List.of(ia.t1(), ia.t2())).containsExactly(450L, 450L);
    }

    /** §18.3.2: the IA comes back with that status alone. */
    @Test
    void refusesToAssignWhatIsNotOnTheLink() {
        IaNa ia = ia(scene.ask("vm1", MessageType.REQUEST, ia(1, "2001:db8:77::1")), 1);
        assertThat(status(ia)).isEqualTo(Status.NOT_ON_LINK);
        assertThat(ia.has(IaAddress.class)).isFalse();
    }

    @Test
    void assignsThePortsOwnInsteadOfAnothers() {
        IaNa ia = ia(scene.ask("vm1", MessageType.REQUEST, ia(1, "2001:db8:1::12")), 1);
        assertThat(addresses(ia)).containsExactly("2001:db8:1::11");
        assertThat(ended(ia)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"SOLICIT", "REQUEST", "RENEW", "REBIND"})
    void hasNoAddressForAPortWithoutAny(MessageType type) {
        IaNa ia = ia(scene.ask("none", type, ia(1)), 1);
        assertThat(status(ia)).isEqualTo(Status.NO_ADDRS_AVAIL);
        assertThat(ia.has(IaAddress.class)).isFalse();
        assertThat(ia.t1()).isZero();
    }

    /** §18.3.9: no address from subnets where hosts make their own. */
    @Test
    void hasNoAddressesOnAStatelessNetwork() {
        ClientServerMessage advertise = scene.ask("green1", MessageType.SOLICIT, ia(1));
        assertThat(advertise.type()).isEqualTo(MessageType.ADVERTISE);
        assertThat(status(ia(advertise, 1))).isEqualTo(Status.NO_ADDRS_AVAIL);
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"RENEW", "REBIND"})
    void extendsLeases(MessageType type) {
        IaNa ia = ia(scene.ask("vm1", type, ia(1, "2001:db8:1::11")), 1);
        assertThat(addresses(ia)).containsExactly("2001:db8:1::11");
        assertThat(ended(ia)).isEmpty();
        assertThat(ia.t1()).isEqualTo(250);
    }

    /** §18.3.4, §18.3.5: lifetimes of 0 for what the client must give up, and its own beside it. */
    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"RENEW", "REBIND"})
    void endsWhatIsNotThePorts(MessageType type) {
        IaNa ia = ia(scene.ask("vm1", type, ia(1, "2001:db8:1::12", "2001:db8:77::1")), 1);
        assertThat(addresses(ia)).containsExactly("2001:db8:1::11");
        assertThat(ended(ia)).containsExactly("2001:db8:1::12", "2001:db8:77::1");
        IaNa none = ia(scene.ask("none", type, ia(1, "2001:db8:1::12")), 1);
        assertThat(ended(none)).containsExactly("2001:db8:1::12");
        assertThat(none.t1()).isZero();
    }

    /** §18.3.3 */
    @Test
    void confirms() {
        assertThat(status(scene.ask("vm1", MessageType.CONFIRM, ia(1, "2001:db8:1::11"))))
                .isEqualTo(Status.SUCCESS);
        assertThat(scene.ask("vm1", MessageType.CONFIRM, ia(1, "2001:db8:1::11"))
                        .has(StatusCode.class))
                .isTrue();
        assertThat(status(scene.ask("vm1", MessageType.CONFIRM, ia(1, "2001:db8:77::1"))))
                .isEqualTo(Status.NOT_ON_LINK);
        assertThat(status(scene.ask("vm1", MessageType.CONFIRM, ia(1, "2001:db8:1::11"), ia(2, "2001:db8:1::12"))))
                .isEqualTo(Status.NOT_ON_LINK);
        scene.discards(Dhcpv6Drop.UNDECIDED, "vm1", scene.message("vm1", MessageType.CONFIRM, ia(1)));
        scene.discards(
                Dhcpv6Drop.UNDECIDED, "green1", scene.message("green1", MessageType.CONFIRM, ia(1, "2001:db8:3::1")));
    }

    /** §18.3.7 */
    @Test
    void acceptsReleases() {
        ClientServerMessage reply =
                scene.ask("vm1", MessageType.RELEASE, ia(1, "2001:db8:1::11"), ia(2, "2001:db8:1::12"), ia(3));
        assertThat(reply.option(StatusCode.class).orElseThrow().status()).isEqualTo(Status.SUCCESS);
        assertThat(reply.options(IaNa.class)).map(IaNa::iaid).containsExactly(2L, 3L);
        assertThat(status(ia(reply, 2))).isEqualTo(Status.NO_BINDING);
        assertThat(ia(reply, 2).has(IaAddress.class)).isFalse();
        assertThat(addresses(ia(scene.ask("vm1", MessageType.SOLICIT, ia(1)), 1)))
                .containsExactly("2001:db8:1::11");
    }

    /** §18.3.8: for a day, whoever asks, over restarts. */
    @Test
    void leavesDeclinedAddressesAlone() {
        ClientServerMessage reply =
                scene.ask("two", MessageType.DECLINE, ia(1, "2001:db8:1::13"), ia(2, "2001:db8:1::12"));
        assertThat(reply.option(StatusCode.class).orElseThrow().status()).isEqualTo(Status.SUCCESS);
        assertThat(status(ia(reply, 2))).isEqualTo(Status.NO_BINDING);
        assertThat(addresses(ia(scene.ask("two", MessageType.SOLICIT, ia(1)), 1)))
                .containsExactly("2001:db8:2::13");
        assertThat(ended(ia(scene.ask("two", MessageType.RENEW, ia(1, "2001:db8:1::13")), 1)))
                .containsExactly("2001:db8:1::13");
        assertThat(status(scene.ask("two", MessageType.CONFIRM, ia(1, "2001:db8:1::13"))))
                .isEqualTo(Status.NOT_ON_LINK);
        scene.ask("two", MessageType.DECLINE, ia(1, "2001:db8:2::13"));
        assertThat(status(ia(scene.ask("two", MessageType.SOLICIT, ia(1)), 1))).isEqualTo(Status.NO_ADDRS_AVAIL);
        scene.pass(Duration.ofHours(24));
        assertThat(addresses(ia(scene.ask("two", MessageType.SOLICIT, ia(1)), 1)))
                .hasSize(2);
    }

    @Test
    void declinesOnlyThePortsOwn() {
        scene.ask("vm1", MessageType.DECLINE, ia(1, "2001:db8:1::12", "2001:db8:1::13", "2001:db8:1::1"));
        assertThat(scene.facts.size()).isZero();
    }

    /** Both identity associations are answered, each with an address as long as there are any. */
    @Test
    void spreadsAddressesOverIdentityAssociations() {
        ClientServerMessage one = scene.ask("vm1", MessageType.SOLICIT, ia(9), ia(2));
        assertThat(addresses(ia(one, 2))).containsExactly("2001:db8:1::11");
        assertThat(status(ia(one, 9))).isEqualTo(Status.NO_ADDRS_AVAIL);
        ClientServerMessage two = scene.ask("two", MessageType.REQUEST, ia(9), ia(2));
        assertThat(addresses(ia(two, 2))).containsExactly("2001:db8:1::13");
        assertThat(addresses(ia(two, 9))).containsExactly("2001:db8:2::13");
        // §14.2: the same times for both, though their lifetimes differ.
        assertThat(ia(two, 2).t1()).isEqualTo(100);
        assertThat(ia(two, 9).t1()).isEqualTo(100);
    }

    @Test
    void leavesAddressesInTheirIdentityAssociation() {
        ClientServerMessage request =
                scene.ask("two", MessageType.REQUEST, ia(1, "2001:db8:2::13"), ia(2, "2001:db8:1::13"));
        assertThat(addresses(ia(request, 1))).containsExactly("2001:db8:2::13");
        assertThat(addresses(ia(request, 2))).containsExactly("2001:db8:1::13");
        ClientServerMessage renew = scene.ask("two", MessageType.RENEW, ia(1, "2001:db8:2::13"));
        assertThat(addresses(ia(renew, 1))).containsExactly("2001:db8:2::13");
        assertThat(addresses(ia(scene.ask("two", MessageType.RENEW, ia(2)), 2))).containsExactly("2001:db8:1::13");
        // Who starts anew with one has all.
        assertThat(addresses(ia(scene.ask("two", MessageType.SOLICIT, ia(3)), 3)))
                .hasSize(2);
    }

    @Test
    void answersAnIdentityAssociationThatIsThereTwiceOnce() {
        assertThat(scene.ask("vm1", MessageType.SOLICIT, ia(1), ia(1)).options(IaNa.class))
                .hasSize(1);
    }

    @Test
    void hasNoTemporaryAddresses() {
        IaTa temporary = new IaTa(4, List.of());
        assertThat(status(scene.ask("vm1", MessageType.SOLICIT, temporary)
                        .option(IaTa.class)
                        .orElseThrow()))
                .isEqualTo(Status.NO_ADDRS_AVAIL);
        assertThat(status(scene.ask("vm1", MessageType.REQUEST, temporary)
                        .option(IaTa.class)
                        .orElseThrow()))
                .isEqualTo(Status.NO_ADDRS_AVAIL);
        assertThat(status(scene.ask("vm1", MessageType.RENEW, temporary)
                        .option(IaTa.class)
                        .orElseThrow()))
                .isEqualTo(Status.NO_BINDING);
        assertThat(status(scene.ask("vm1", MessageType.RELEASE, temporary)
                        .option(IaTa.class)
                        .orElseThrow()))
                .isEqualTo(Status.NO_BINDING);
        IaTa named = new IaTa(4, List.of(new IaAddress(IPv6Address.of("2001:db8:1::12"), 0, 0, List.of())));
        assertThat(status(scene.ask("vm1", MessageType.CONFIRM, named))).isEqualTo(Status.NOT_ON_LINK);
    }
}
