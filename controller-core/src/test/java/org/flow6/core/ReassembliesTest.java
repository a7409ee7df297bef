package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.flow.DropReason;
import org.flow6.network.PortKey;
import org.flow6.packets.Bytes;
import org.flow6.packets.Echo;
import org.flow6.packets.Ethernet;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.Fragments;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Ipv6;
import org.flow6.packets.Reassembly;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Packets put together from fragments that flows punted (RFC 8200 §4.5, RFC 5722). */
class ReassembliesTest {
    private static final PortKey PORT = new PortKey(1);
    private static final PortKey OTHER = new PortKey(2);
    private static final MacAddress HOST = MacAddress.of("02:00:00:00:00:01");
    private static final MacAddress ROUTER = MacAddress.of("02:00:00:00:00:02");
    private static final Echo.Request REQUEST = new Echo.Request(1, 2, Bytes.of(new byte[3000]));
    private static final Ipv6 PACKET =
            Ipv6.of(64, IPv6Address.of("2001:db8::1"), IPv6Address.of("2001:db8::2"), REQUEST);

    private final Map<DropReason, Long> drops = new LinkedHashMap<>();
    private final Reassemblies reassemblies =
            new Reassemblies((reason, packets) -> drops.merge(reason, packets, Long::sum));

    private static List<Ethernet> fragments(long identification) {
        List<Ethernet> frames = new ArrayList<>();
        Fragments.of(PACKET, 1280, identification).forEach(part -> frames.add(Ethernet.of(ROUTER, HOST, part)));
        return frames;
    }

    private Optional<Ethernet> add(PortKey port, Ethernet frame) {
        return reassemblies.add(port, frame, 0);
    }

    @Test
    void putsThePartsTogether() {
        List<Ethernet> parts = fragments(5);
        assertThat(parts).hasSize(3);
        assertThat(add(PORT, parts.get(2))).isEmpty();
        assertThat(add(PORT, parts.get(0))).isEmpty();
        Ethernet whole = add(PORT, parts.get(1)).orElseThrow();
        assertThat(List.of(whole.source(), whole.destination())).containsExactly(HOST, ROUTER);
        assertThat(Ipv6.decode(whole).then(Icmpv6::decode).orElseThrow()).isEqualTo(REQUEST);
        assertThat(drops).isEmpty();
    }

    @Test
    void leavesAloneWhatIsNoFragment() {
        Ethernet frame = Ethernet.of(ROUTER, HOST, PACKET);
        assertThat(add(PORT, frame)).contains(frame);
        Ethernet broken = new Ethernet(ROUTER, HOST, List.of(), frame.type(), Bytes.of((byte) 1));
        assertThat(add(PORT, broken)).contains(broken);
    }

    @Test
    void keepsPortsApart() {
        List<Ethernet> parts = fragments(5);
        add(PORT, parts.get(0));
        add(PORT, parts.get(1));
        assertThat(add(OTHER, parts.get(2))).isEmpty();
        assertThat(add(PORT, parts.get(2))).isPresent();
    }

    @Test
    void countsWhatOverlaps() {
        List<Ethernet> parts = fragments(5);
        add(PORT, parts.get(0));
        Ipv6 second = Ipv6.decode(parts.get(1)).orElseThrow();
        Fragment header = second.fragment().orElseThrow();
        Ipv6 over = new Ipv6(
                second.trafficClass(),
                second.flowLabel(),
                second.nextHeader(),
                second.hopLimit(),
                second.source(),
                second.destination(),
                List.of(new Fragment(header.offset() - 1, header.more(), header.identification())),
                second.payload());
        assertThat(add(PORT, Ethernet.of(ROUTER, HOST, over))).isEmpty();
        // The whole packet is gone, whatever comes (RFC 5722 §4).
        assertThat(add(PORT, parts.get(1))).isEmpty();
        assertThat(add(PORT, parts.get(2))).isEmpty();
        assertThat(drops).containsExactly(Map.entry(Reassemblies.DISCARDED, 3L));
    }

    @Test
    void countsWhatStaysIncomplete() {
        add(PORT, fragments(5).get(0));
        add(OTHER, fragments(6).get(1));
        reassemblies.expire(Reassembly.TIMEOUT - 1);
        assertThat(drops).isEmpty();
        reassemblies.expire(Reassembly.TIMEOUT);
        assertThat(drops).containsExactly(Map.entry(Reassemblies.INCOMPLETE, 2L));
        assertThat(reassemblies.add(PORT, fragments(5).get(1), Reassembly.TIMEOUT))
                .isEmpty();
        assertThat(reassemblies.add(PORT, fragments(5).get(2), Reassembly.TIMEOUT))
                .isEmpty();
    }

    @Test
    void boundsWhatOnePortHas() {
        for (int identification = 0; identification < 100; identification++) {
            add(PORT, fragments(identification).get(0));
        }
        assertThat(drops).containsExactly(Map.entry(Reassemblies.INCOMPLETE, 92L));
        List<Ethernet> parts = fragments(5);
        parts.subList(0, 2).forEach(part -> add(OTHER, part));
        assertThat(add(OTHER, parts.get(2))).isPresent();
    }

    @Test
    void boundsHowManyPortsHaveSome() {
        for (int port = 1; port <= 1000; port++) {
            add(new PortKey(port), fragments(5).get(0));
        }
        assertThat(drops).containsExactly(Map.entry(Reassemblies.INCOMPLETE, 744L));
        add(new PortKey(1000), fragments(5).get(1));
        assertThat(add(new PortKey(1000), fragments(5).get(2))).isPresent();
    }
}
