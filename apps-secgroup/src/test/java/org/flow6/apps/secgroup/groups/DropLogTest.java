package org.flow6.apps.secgroup.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.flow.Answer;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortView;
import org.flow6.packets.Bytes;
import org.flow6.packets.Ethernet;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

class DropLogTest {
    private static final NetworkSnapshot SNAPSHOT = GoldenFlows.network("""
            networks: [{id: blue}]
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", security_groups: [quiet]}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", security_groups: [quiet, loud]}
            security_groups: [{id: quiet}, {id: loud, flow6: {log: true}}]
            """, Map.of("vm1", 1, "vm2", 2));

    private static final String ADDRESSES = "20010db8000000000000000000000001" + "20010db8000000000000000000000002";

    private static PortView port(String id) {
        return SNAPSHOT.port(Id.of(id)).orElseThrow();
    }

    private static String line(String source, String ruled, EthType type, String packet) {
        Ethernet frame = new Ethernet(
                MacAddress.of("02:00:00:00:00:02"),
                MacAddress.of("02:00:00:00:00:01"),
                List.of(),
                type,
                Bytes.ofHex(packet));
        PacketIn in = new PacketIn(OFPort.of(1), port(source), Optional.of(port(ruled)), frame);
        Answer.Result result = DropLog.answer(in, SNAPSHOT, new Moment(Instant.EPOCH, Facts.NONE));
        return ((Answer.Result.Log) result).line();
    }

    private static String ipv6(int next, String payload) {
        return "60000000%04x%02x40".formatted(payload.length() / 2, next) + ADDRESSES + payload;
    }

    @Test
    void saysWhoseRulesDeniedWhat() {
        assertThat(line("vm1", "vm2", EthType.IPv6, ipv6(6, "9c400050" + "00".repeat(16))))
                .isEqualTo(
                        "ingress of port vm2 (loud) denied: 2001:db8::1 > 2001:db8::2, protocol 6, ports 40000 > 80");
        assertThat(line("vm2", "vm2", EthType.IPv6, ipv6(58, "8000000000000000")))
                .isEqualTo("egress of port vm2 (loud) denied: 2001:db8::1 > 2001:db8::2, protocol 58, type 128 code 0");
    }

    @Test
    void readsWhatIsThere() {
        String udp = "4500001c0000000040110000c0000201c0000202" + "003500360008" + "0000";
        assertThat(line("vm1", "vm2", EthType.IPv4, udp)).endsWith("192.0.2.1 > 192.0.2.2, protocol 17, ports 53 > 54");
        String later = "4500001c0000000140110000c0000201c0000202" + "0035003600080000";
        assertThat(line("vm1", "vm2", EthType.IPv4, later)).endsWith("192.0.2.1 > 192.0.2.2, protocol 17");
        String laterIpv6 = ipv6(44, "1100000800000001" + "0035003600080000");
        assertThat(line("vm1", "vm2", EthType.IPv6, laterIpv6)).endsWith("2001:db8::1 > 2001:db8::2, protocol 17");
        assertThat(line("vm1", "vm2", EthType.IPv6, ipv6(6, ""))).endsWith("protocol 6");
        assertThat(line("vm1", "vm2", EthType.IPv4, "4f00")).contains("02:00:00:00:00:01 > 02:00:00:00:00:02");
        assertThat(line("vm1", "vm2", EthType.IPv6, "60")).contains("02:00:00:00:00:01 > 02:00:00:00:00:02");
    }
}
