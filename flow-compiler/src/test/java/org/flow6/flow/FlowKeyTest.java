package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

class FlowKeyTest {
    private static FlowKey key(Table table, Priority priority, Match match, Action... actions) {
        return FlowKey.of(Flow.of(table, priority, match, actions));
    }

    @Test
    void isOfTablePriorityAndMatchAlone() {
        FlowKey key = key(Table.DELIVER, Priority.rank(1), Match.IPV6);
        assertThat(key(Table.DELIVER, Priority.rank(1), Match.IPV6, Action.output(OFPort.of(1))))
                .isEqualTo(key);
        assertThat(key(Table.FLOOD, Priority.rank(1), Match.IPV6)).isNotEqualTo(key);
        assertThat(key(Table.DELIVER, Priority.rank(2), Match.IPV6)).isNotEqualTo(key);
        assertThat(key(Table.DELIVER, Priority.rank(1), Match.ICMPV6)).isNotEqualTo(key);
    }

    @Test
    void tellsValuesMasksAndFieldsApart() {
        Set<FlowKey> keys = new HashSet<>();
        for (int value = 1; value < 200; value++) {
            for (Match match : new Match[] {
                Match.ANY.and(Field.NETWORK, new NetworkKey(value)),
                Match.ANY.and(Field.SOURCE_PORT, new PortKey(value)),
                Match.ANY.and(Field.DESTINATION_PORT, new PortKey(value)),
                Match.ANY.and(Field.FLOOD_PAGE, value),
                Match.ANY.and(Field.REASON, value),
                Match.ANY.and(Field.IN_PORT, OFPort.of(value)),
                Match.IPV6.andIpv6(Field.IPV6_SRC, IpPrefix.parse("2001:db8::/" + (32 + value % 96))),
                Match.IPV6.andIpv6(Field.IPV6_DST, IpPrefix.parse("2001:db8:%x::/48".formatted(value))),
            }) {
                keys.add(key(Table.FLOOD, Priority.rank(1), match));
            }
        }
        // 96 distinct prefix lengths, 199 of all the others.
        assertThat(keys.size()).isEqualTo(7 * 199 + 96);
    }

    @Test
    void tellsSlicesOfOneRegisterApart() {
        assertThat(key(Table.FLOOD, Priority.rank(1), Match.ANY.and(Field.FLOOD_PAGE, 5)))
                .isNotEqualTo(key(Table.FLOOD, Priority.rank(1), Match.ANY.and(Field.REASON, 5)));
    }
}
