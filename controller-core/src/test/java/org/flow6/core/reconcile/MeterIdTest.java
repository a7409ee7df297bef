package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.flow6.flow.Meter;
import org.flow6.flow.PuntReason;
import org.flow6.network.HostKey;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

class MeterIdTest {
    private static PuntReason reason(int code) {
        return new PuntReason(code, "test" + code, 1, 1);
    }

    private static int of(OFPort port, int code) {
        return MeterId.of(new Meter.OfPort(port, reason(code)));
    }

    @Test
    void isUniqueAmongTheFirstPorts() {
        Set<Integer> ids = new HashSet<>();
        for (int port = 1; port <= 1700; port++) {
            ids.add(of(OFPort.of(port), 1));
            ids.add(of(OFPort.of(port), 31));
        }
        assertThat(ids).hasSize(3400).allMatch(id -> id >= 1 && id <= 65_503);
    }

    @Test
    void theBridgesOwnPortHasAMeterToo() {
        assertThat(of(OFPort.LOCAL, 1)).isBetween(1, 65_503);
        assertThat(of(OFPort.ofInt(0xfffffeff), 31)).isBetween(1, 65_503);
    }

    @Test
    void noHostTakesAPortsShare() {
        Set<Integer> ids = new HashSet<>();
        for (int key = 1; key <= 256; key++) {
            ids.add(MeterId.of(new Meter.OfHost(new HostKey(key), reason(1))));
            ids.add(MeterId.of(new Meter.OfHost(new HostKey(key), reason(31))));
        }
        assertThat(ids).hasSize(512).allMatch(id -> id >= 1 && id <= 65_503);
        for (int port = 1; port <= 1700; port++) {
            assertThat(ids).doesNotContain(of(OFPort.of(port), 1), of(OFPort.of(port), 31));
        }
    }
}
