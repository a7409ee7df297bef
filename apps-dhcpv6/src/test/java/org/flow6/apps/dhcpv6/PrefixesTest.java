package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.dhcpv6.Scene.DUID;
import static org.flow6.apps.dhcpv6.Scene.XID;
import static org.flow6.apps.dhcpv6.Scene.ia;
import static org.flow6.apps.dhcpv6.Scene.pd;
import static org.flow6.apps.dhcpv6.Scene.prefix;
import static org.flow6.apps.dhcpv6.Scene.status;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IaPd;
import org.flow6.packets.dhcpv6.IaPrefix;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.RapidCommit;
import org.flow6.packets.dhcpv6.Status;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** RFC 8415 §6.3 and §18.3, as far as it is about prefixes. The pool has 16 of them. */
class PrefixesTest {
    private final Scene scene = new Scene();

    private static IaPrefix named(String address, int length) {
        return new IaPrefix(IPv6Address.of(address), length, 0, 0, List.of());
    }

    private static Duid duid(int number) {
        return Duid.linkLayer(MacAddress.of(0x02_00_00_00_10_00L + number));
    }

    private ClientServerMessage request(String port, Duid duid, IaPd... ias) {
        ClientServerMessage message = scene.message(port, MessageType.REQUEST, ias);
        List<Dhcpv6Option> options = message.options().stream()
                .map(option -> option instanceof ClientId ? new ClientId(duid) : option)
                .toList();
        return scene.answer(port, new ClientServerMessage(MessageType.REQUEST, XID, options));
    }

    /** An offer is not kept, and yet the Request gets what was offered. */
    @Test
    void delegatesWhatItOffered() {
        IaPrefix offered = prefix(scene.ask("vm1", MessageType.SOLICIT, pd(1)), 1);
        assertThat(scene.facts.size()).isZero();
        assertThat(offered.prefixLength()).isEqualTo(48);
        assertThat(offered.prefix().toString()).startsWith("2001:db8:f00");
        assertThat(List.of(offered.preferredLifetime(), offered.validLifetime()))
                .containsExactly(800L, 2000L);
        ClientServerMessage reply = scene.ask("vm1", MessageType.REQUEST, pd(1));
        assertThat(prefix(reply, 1)).isEqualTo(offered);
        assertThat(pd(reply, 1).t1()).isEqualTo(400);
        assertThat(pd(reply, 1).t2()).isEqualTo(640);
        assertThat(scene.facts.size()).isEqualTo(1);
        assertThat(prefix(scene.ask("vm1", MessageType.REQUEST, pd(1)), 1)).isEqualTo(offered);
        assertThat(scene.facts.size()).isEqualTo(1);
    }

    @Test
    void commitsAtOnceWhereTheClientAsksForIt() {
        ClientServerMessage reply = scene.ask("vm1", MessageType.SOLICIT, new RapidCommit(), pd(1), ia(1));
        assertThat(reply.type()).isEqualTo(MessageType.REPLY);
        assertThat(scene.facts.size()).isEqualTo(1);
    }

    /** Also where a client names it. */
    @Test
    void leavesAloneWhatOtherHostsDelegated() {
        IaPrefix first = prefix(scene.ask("vm1", MessageType.REQUEST, pd(1)), 1);
        Facts theirs = scene.facts;
        scene.facts = Facts.NONE.beside(theirs);
        IaPrefix other =
                prefix(request("vm2", duid(2), pd(1, named(first.prefix().toString(), 48))), 1);
        assertThat(other.prefix()).isNotEqualTo(first.prefix());
        assertThat(prefix(scene.ask("vm1", MessageType.REQUEST, pd(1)), 1)).isEqualTo(first);
        assertThat(scene.facts.own().size()).isEqualTo(2);
    }

    @Test
    void tellsWhichPortAFactIsAbout() {
        scene.ask("vm1", MessageType.REQUEST, pd(1));
        Fact delegated = scene.facts.all().findFirst().orElseThrow();
        var kinds = new Dhcpv6().sharedFacts();
        assertThat(kinds).containsOnlyKeys("dhcpv6-prefix", "dhcpv6-declined");
        assertThat(Objects.requireNonNull(kinds.get("dhcpv6-prefix")).apply(delegated))
                .contains(Id.of("vm1"));
        assertThat(Objects.requireNonNull(kinds.get("dhcpv6-prefix"))
                        .apply(new Fact(delegated.key(), "none", Optional.empty())))
                .isEmpty();
        Fact declined = Remembered.declined(
                Id.of("blue"), IPv6Address.of("2001:db8::1"), Id.of("vm2"), Instant.parse("2026-11-21T00:00:00Z"));
        assertThat(Objects.requireNonNull(kinds.get("dhcpv6-declined")).apply(declined))
                .contains(Id.of("vm2"));
        assertThat(Objects.requireNonNull(kinds.get("dhcpv6-declined"))
                        .apply(new Fact(declined.key(), "", Optional.empty())))
                .isEmpty();
    }

    @Test
    void delegatesNoPrefixTwiceAndFewToOnePort() {
        Set<IPv6Address> given = new HashSet<>();
        for (int i = 0; i < PrefixAssignment.MOST_PER_PORT; i++) {
            assertThat(given.add(prefix(request("vm1", duid(i), pd(i)), i).prefix()))
                    .isTrue();
        }
        assertThat(status(pd(request("vm1", duid(99), pd(1)), 1))).isEqualTo(Status.NO_PREFIX_AVAIL);
        for (int i = 0; i < PrefixAssignment.MOST_PER_PORT; i++) {
            assertThat(given.add(prefix(request("vm2", duid(i), pd(i)), i).prefix()))
                    .isTrue();
        }
        assertThat(status(pd(request("two", duid(1), pd(1)), 1))).isEqualTo(Status.NO_PREFIX_AVAIL);
        assertThat(given).hasSize(16);
    }

    @Test
    void delegatesToEachIdentityAssociationItsOwn() {
        ClientServerMessage reply = scene.ask("vm1", MessageType.REQUEST, pd(2), pd(1));
        assertThat(prefix(reply, 1).prefix()).isNotEqualTo(prefix(reply, 2).prefix());
        assertThat(scene.facts.size()).isEqualTo(2);
    }

    /** A copy of a virtual machine has the same DUID; its prefix is another. */
    @Test
    void tellsPortsApart() {
        assertThat(prefix(request("vm1", DUID, pd(1)), 1).prefix())
                .isNotEqualTo(prefix(request("vm2", DUID, pd(1)), 1).prefix());
    }

    @Test
    void delegatesWhatTheClientNamesIfNobodyHasIt() {
        assertThat(prefix(request("vm1", duid(1), pd(1, named("2001:db8:f003::", 48))), 1)
                        .prefix())
                .isEqualTo(IPv6Address.of("2001:db8:f003::"));
        assertThat(prefix(request("vm2", duid(2), pd(1, named("2001:db8:f003::", 48))), 1)
                        .prefix())
                .isNotEqualTo(IPv6Address.of("2001:db8:f003::"));
        assertThat(prefix(request("vm2", duid(3), pd(1, named("2001:db8:f005::", 56))), 1)
                        .prefixLength())
                .isEqualTo(48);
        assertThat(prefix(request("vm2", duid(4), pd(1, named("2001:db8:9::", 48))), 1)
                        .prefix())
                .isNotEqualTo(IPv6Address.of("2001:db8:9::"));
    }

    /** §18.3.4 */
    @Test
    void extendsDelegations() {
        IaPrefix delegated = prefix(scene.ask("vm1", MessageType.REQUEST, pd(1)), 1);
        scene.pass(Duration.ofSeconds(1900));
        assertThat(prefix(scene.ask("vm1", MessageType.RENEW, pd(1, delegated)), 1))
                .isEqualTo(delegated);
        scene.pass(Duration.ofSeconds(1900));
        assertThat(prefix(scene.ask("vm1", MessageType.REBIND, pd(1, delegated)), 1))
                .isEqualTo(delegated);
        assertThat(scene.facts.of(
                        Remembered.PREFIX, scene.link("blue").network().id(), scene.now))
                .hasSize(1);
    }

    @Test
    void forgetsDelegationsAfterTheirValidLifetime() {
        IaPrefix delegated = prefix(scene.ask("vm1", MessageType.REQUEST, pd(1)), 1);
        scene.pass(Duration.ofSeconds(2061));
        assertThat(prefix(request("vm2", duid(1), pd(1, delegated)), 1)).isEqualTo(delegated);
        IaPd renewed = pd(scene.ask("vm1", MessageType.RENEW, pd(1, delegated)), 1);
        List<IaPrefix> prefixes = renewed.options(IaPrefix.class);
        assertThat(prefixes).hasSize(2);
        assertThat(prefixes.get(0).prefix()).isNotEqualTo(delegated.prefix());
        assertThat(prefixes.get(1).prefix()).isEqualTo(delegated.prefix());
        assertThat(prefixes.get(1).validLifetime()).isZero();
    }

    /** §18.3.4: a server that has lost its memory does not take away what nobody else has. */
    @Test
    void delegatesAnewWhatItHasForgotten() {
        IaPrefix delegated = prefix(request("vm1", DUID, pd(1, named("2001:db8:f00e::", 48))), 1);
        scene.facts = Facts.NONE;
        assertThat(pd(scene.ask("vm1", MessageType.RENEW, pd(1, delegated)), 1).options(IaPrefix.class))
                .containsExactly(delegated);
    }

    /** §18.3.7 */
    @Test
    void takesBackWhatIsReleasedByItsOwner() {
        IaPrefix delegated = prefix(scene.ask("vm1", MessageType.REQUEST, pd(1)), 1);
        ClientServerMessage others = scene.ask("vm2", MessageType.RELEASE, pd(1, delegated));
        assertThat(status(pd(others, 1))).isEqualTo(Status.NO_BINDING);
        ClientServerMessage elsewhere = scene.ask("vm1", MessageType.RELEASE, pd(2, delegated));
        assertThat(status(pd(elsewhere, 2))).isEqualTo(Status.NO_BINDING);
        assertThat(scene.facts.size()).isEqualTo(1);
        assertThat(scene.ask("vm1", MessageType.RELEASE, pd(1, delegated)).has(IaPd.class))
                .isFalse();
        assertThat(scene.facts.size()).isZero();
        assertThat(status(pd(scene.ask("vm1", MessageType.RELEASE, pd(1, delegated)), 1)))
                .isEqualTo(Status.NO_BINDING);
    }

    @Test
    void endsWhatIsOfNoPoolAnyMore() {
        IaPrefix delegated = prefix(scene.ask("vm1", MessageType.REQUEST, pd(1)), 1);
        Scene changed = new Scene(Scene.YAML.replace("2001:db8:f000::/44", "2001:db8:e000::/44"));
        changed.facts = scene.facts;
        List<IaPrefix> prefixes =
                pd(changed.ask("vm1", MessageType.RENEW, pd(1, delegated)), 1).options(IaPrefix.class);
        assertThat(prefixes.get(0).prefix().toString()).startsWith("2001:db8:e00");
        assertThat(prefixes.get(1).prefix()).isEqualTo(delegated.prefix());
        assertThat(prefixes.get(1).validLifetime()).isZero();
        assertThat(changed.facts.size()).isEqualTo(1);
    }

    @Test
    void hasNoneWithoutAPool() {
        assertThat(status(pd(scene.ask("lone1", MessageType.SOLICIT, pd(1)), 1)))
                .isEqualTo(Status.NO_PREFIX_AVAIL);
        assertThat(scene.link("plain").isServed()).isFalse();
        Scene pool = new Scene(
                Scene.YAML.replace(
                        "ipv6_ra_mode: slaac, ipv6_address_mode: slaac",
                        "ipv6_ra_mode: slaac, ipv6_address_mode: slaac, flow6: {prefix_delegation: {pool: \"2001:db8:d000::/44\", length: 60}}"));
        ClientServerMessage advertise = pool.ask("plain1", MessageType.SOLICIT, pd(1), ia(1));
        assertThat(prefix(advertise, 1).prefixLength()).isEqualTo(60);
        assertThat(status(ia(advertise, 1))).isEqualTo(Status.NO_ADDRS_AVAIL);
    }
}
