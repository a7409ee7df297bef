package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.flow6.packets.ExtensionHeader.DestinationOptions;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

class ReassemblyTest {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final HopByHop HOP_BY_HOP = new HopByHop(Bytes.ofHex("010400000000"));
    private static final DestinationOptions DESTINATION_OPTIONS = new DestinationOptions(Bytes.ofHex("010400000000"));
    private static final Routing ROUTING = new Routing(4, 0, Bytes.ofHex("00000000"));

    private final Reassembly reassembly = new Reassembly(4, 200_000);

    private static Ipv6 packet(IPv6Address source, Bytes payload, ExtensionHeader... extensions) {
        return new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, 64, source, B, List.of(extensions), payload);
    }

    private static Bytes octets(int length) {
        byte[] octets = new byte[length];
        new SplittableRandom(length).nextBytes(octets);
        return Bytes.of(octets);
    }

    private static Ipv6 part(int start, int end, boolean more) {
        return packet(A, octets(65_000).slice(start, end), new Fragment(start / 8, more, 7));
    }

    private Decoded<Optional<Ipv6>> add(Ipv6 packet) {
        return reassembly.add(packet, 0);
    }

    private void assertWaits(Ipv6 packet) {
        assertThat(add(packet)).isEqualTo(Decoded.ok(Optional.empty()));
    }

    private void assertDiscarded(Ipv6 packet, MalformedReason reason) {
        assertThat(add(packet)).isEqualTo(Decoded.malformed(reason));
    }

    @Test
    void answersALargeEchoInFragments() {
        Echo.Request request = new Echo.Request(1, 2, octets(3000));
        Ipv6 sent = Ipv6.of(64, A, B, request);
        List<Ipv6> fragments = Fragments.of(sent, 1500, 9);
        assertThat(fragments).hasSize(3).allMatch(each -> each.length() <= 1500);
        assertWaits(fragments.get(0));
        assertWaits(fragments.get(2));
        Ipv6 whole = add(fragments.get(1)).orElseThrow().orElseThrow();
        assertThat(Icmpv6.decode(whole)).isEqualTo(Decoded.ok(request));
        assertThat(whole.fragment()).hasValue(new Fragment(0, false, 9));
        assertThat(reassembly.packets()).isZero();
        assertThat(reassembly.octets()).isZero();
    }

    /** RFC 6980: being put together does not make Neighbor Discovery good. */
    @Test
    void neighborDiscoveryInFragmentsIsStillRefused() {
        NeighborSolicitation solicitation = new NeighborSolicitation(B, List.of());
        Bytes message = solicitation.encode(A, B);
        Ipv6 first = packet(A, message.slice(0, 8), new Fragment(0, true, 1));
        Ipv6 last = packet(A, message.slice(8), new Fragment(1, false, 1));
        assertWaits(first);
        Ipv6 whole = add(last).orElseThrow().orElseThrow();
        assertThat(Icmpv6.decode(whole)).isEqualTo(Decoded.ok(solicitation));
        assertThat(NeighborSolicitation.validate(whole)).isEqualTo(Decoded.malformed(MalformedReason.ND_FRAGMENTED));
    }

    @Test
    void putsTogetherWhatItCutsInAnyOrder() {
        SplittableRandom random = new SplittableRandom(8200);
        List<List<ExtensionHeader>> headers = List.of(
                List.of(),
                List.of(HOP_BY_HOP),
                List.of(ROUTING, DESTINATION_OPTIONS),
                List.of(HOP_BY_HOP, DESTINATION_OPTIONS, ROUTING, DESTINATION_OPTIONS));
        for (int i = 0; i < 300; i++) {
            List<ExtensionHeader> extensions = headers.get(random.nextInt(headers.size()));
            Ipv6 sent = packet(A, octets(random.nextInt(1300, 9000)), extensions.toArray(ExtensionHeader[]::new));
            List<Ipv6> fragments = new ArrayList<>();
            for (Ipv6 fragment : Fragments.of(sent, random.nextInt(1280, 2000), i)) {
                fragments.add(Ipv6.decode(fragment.encode()).orElseThrow());
            }
            if (fragments.size() == 1) {
                continue;
            }
            Collections.shuffle(fragments, new Random(i));
            Ipv6 last = fragments.remove(fragments.size() - 1);
            fragments.forEach(this::assertWaits);
            Ipv6 whole = add(last).orElseThrow().orElseThrow();
            assertThat(whole.payload()).isEqualTo(sent.payload());
            assertThat(whole.nextHeader()).isEqualTo(sent.nextHeader());
            List<ExtensionHeader> without = new ArrayList<>(whole.extensions());
            without.removeIf(Fragment.class::isInstance);
            assertThat(without).isEqualTo(extensions);
            assertThat(Ipv6.decode(whole.encode())).isEqualTo(Decoded.ok(whole));
        }
    }

    @Test
    void passesWhatIsWhole() {
        Ipv6 plain = packet(A, octets(100));
        assertThat(add(plain)).isEqualTo(Decoded.ok(Optional.of(plain)));
        assertWaits(part(0, 80, true));
        // An atomic fragment has nothing to do with others of its identification (RFC 6946 §4).
        Ipv6 atomic = packet(A, octets(100), new Fragment(0, false, 7));
        assertThat(add(atomic)).isEqualTo(Decoded.ok(Optional.of(atomic)));
        assertThat(add(part(80, 100, false)).orElseThrow()).isPresent();
    }

    @Test
    void tellsPacketsApart() {
        assertWaits(part(0, 80, true));
        assertWaits(packet(B, octets(20), new Fragment(10, false, 7)));
        assertWaits(packet(A, octets(20), new Fragment(10, false, 8)));
        assertThat(reassembly.packets()).isEqualTo(3);
        assertThat(add(part(80, 100, false)).orElseThrow()).isPresent();
    }

    @Test
    void ignoresAFragmentThatComesTwice() {
        assertWaits(part(0, 80, true));
        assertWaits(part(0, 80, true));
        assertThat(add(part(80, 100, false)).orElseThrow()).isPresent();
    }

    /** RFC 5722 §4: with all its fragments, those to come included. */
    @Test
    void discardsAPacketOfOverlappingFragments() {
        Ipv6 other = packet(A, octets(80), new Fragment(0, true, 7));
        for (Ipv6 over : List.of(part(8, 16, true), part(72, 88, true), part(0, 160, true), other, part(0, 88, true))) {
            Reassembly fresh = new Reassembly(1, 2000);
            assertThat(fresh.add(part(0, 80, true), 0)).isEqualTo(Decoded.ok(Optional.empty()));
            assertThat(fresh.add(over, 0)).isEqualTo(Decoded.malformed(MalformedReason.FRAGMENT_OVERLAP));
            assertThat(fresh.octets()).isZero();
            for (Ipv6 later : List.of(part(0, 80, true), part(80, 100, false))) {
                assertThat(fresh.add(later, 1)).isEqualTo(Decoded.malformed(MalformedReason.FRAGMENT_OVERLAP));
            }
            assertThat(fresh.add(part(0, 80, true), Reassembly.TIMEOUT)).isEqualTo(Decoded.ok(Optional.empty()));
        }
    }

    @Test
    void discardsAPacketWithTwoEnds() {
        assertWaits(part(80, 100, false));
        assertDiscarded(part(160, 168, true), MalformedReason.FRAGMENT_OVERLAP);
    }

    @Test
    void discardsAPacketThatGoesOnAfterItsEnd() {
        assertWaits(part(160, 168, true));
        assertDiscarded(part(80, 100, false), MalformedReason.FRAGMENT_OVERLAP);
    }

    @Test
    void discardsFragmentsOfAWrongLength() {
        assertDiscarded(part(0, 81, true), MalformedReason.FRAGMENT_LENGTH);
        assertDiscarded(part(0, 0, true), MalformedReason.FRAGMENT_LENGTH);
        assertDiscarded(part(80, 80, false), MalformedReason.FRAGMENT_LENGTH);
        Ipv6 beyond = packet(A, octets(8), new Fragment(8191, false, 7));
        assertDiscarded(beyond, MalformedReason.FRAGMENT_BEYOND_PACKET);
        Ipv6 nested = packet(A, octets(8), new Fragment(0, true, 7), new Fragment(0, true, 8));
        assertDiscarded(nested, MalformedReason.FRAGMENT_NESTED);
        assertThat(reassembly.packets()).isZero();
    }

    @Test
    void discardsAWholeThatItsFirstHeadersMakeTooLong() {
        Bytes data = octets(65_500);
        for (int at = 8; at < 65_500; at += 8192) {
            int end = Math.min(at + 8192, 65_500);
            assertWaits(packet(A, data.slice(at, end), new Fragment(at / 8, end < 65_500, 7)));
        }
        Ipv6 first = packet(
                A,
                data.slice(0, 8),
                HOP_BY_HOP,
                ROUTING,
                DESTINATION_OPTIONS,
                DESTINATION_OPTIONS,
                new Fragment(0, true, 7));
        assertDiscarded(first, MalformedReason.FRAGMENT_BEYOND_PACKET);
        assertThat(reassembly.octets()).isZero();
    }

    @Test
    void givesUpAfterAMinute() {
        Ipv6 first = part(0, 80, true);
        assertWaits(first);
        reassembly.add(packet(B, octets(8), new Fragment(10, false, 7)), 5);
        assertThat(reassembly.expire(Reassembly.TIMEOUT - 1)).isEmpty();
        assertThat(reassembly.expire(Reassembly.TIMEOUT)).containsExactly(first);
        assertThat(reassembly.packets()).isEqualTo(1);
        assertThat(reassembly.expire(Reassembly.TIMEOUT + 5)).isEmpty();
        assertThat(reassembly.packets()).isZero();
        assertThat(reassembly.octets()).isZero();
    }

    @Test
    void startsAgainAfterAMinute() {
        assertWaits(part(0, 80, true));
        assertThat(reassembly.add(part(80, 100, false), Reassembly.TIMEOUT)).isEqualTo(Decoded.ok(Optional.empty()));
        assertThat(reassembly.add(part(0, 80, true), Reassembly.TIMEOUT + 1).orElseThrow())
                .isPresent();
    }

    @Test
    void theOldestPacketGivesWay() {
        for (int i = 0; i < 6; i++) {
            assertWaits(packet(A, octets(80), new Fragment(0, true, i)));
        }
        assertThat(reassembly.packets()).isEqualTo(4);
        assertThat(reassembly.evicted()).isEqualTo(2);
        assertWaits(packet(A, octets(20), new Fragment(10, false, 1)));
        assertThat(add(packet(A, octets(20), new Fragment(10, false, 5))).orElseThrow())
                .isPresent();
    }

    @Test
    void holdsNoMoreOctetsThanItMay() {
        Reassembly small = new Reassembly(100, 3000);
        for (int i = 0; i < 50; i++) {
            small.add(packet(A, octets(800), new Fragment(0, true, i)), 0);
            assertThat(small.octets()).isLessThanOrEqualTo(3000);
        }
        assertThat(small.packets()).isEqualTo(3);
        assertThat(small.evicted()).isEqualTo(47);
        assertThatThrownBy(() -> new Reassembly(0, 3000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reassembly(1, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAnyFragments() {
        SplittableRandom random = new SplittableRandom(5722);
        for (int i = 0; i < 50_000; i++) {
            int start = random.nextInt(12);
            Ipv6 any = packet(
                    A, octets(random.nextInt(5) * 8), new Fragment(start, random.nextInt(4) > 0, random.nextInt(8)));
            reassembly.add(any, i * 1_000_000_000L / 10);
            assertThat(reassembly.packets()).isBetween(0, 4);
            assertThat(reassembly.octets()).isNotNegative();
        }
        reassembly.expire(Long.MAX_VALUE / 2);
        assertThat(reassembly.octets()).isZero();
    }

    @Test
    void cutsOnlyWhatIsToBeCut() {
        Ipv6 fits = packet(A, octets(1240));
        assertThat(Fragments.of(fits, 1280, 0)).containsExactly(fits);
        assertThatThrownBy(() -> Fragments.of(fits, 1279, 0)).isInstanceOf(IllegalArgumentException.class);
        Ipv6 fragment = packet(A, octets(1300), new Fragment(0, true, 1));
        assertThatThrownBy(() -> Fragments.of(fragment, 1280, 0)).isInstanceOf(IllegalArgumentException.class);
        Ipv6 headers = packet(A, octets(100), new DestinationOptions(octets(1230)));
        assertThatThrownBy(() -> Fragments.of(headers, 1280, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
