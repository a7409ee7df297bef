package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.flow6.flow.PuntReason;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

class MeterIdTest {
    private static PuntReason reason(int code) {
        return new PuntReason(code, "test" + code, 1, 1);
    }

    @Test
    void isUniqueAmongTheFirstPorts() {
        Set<Integer> ids = new HashSet<>();
        for (int port = 1; port <= 2000; port++) {
            ids.add(MeterId.of(OFPort.of(port), reason(1)));
            ids.add(MeterId.of(OFPort.of(port), reason(31)));
        }
        assertThat(ids).hasSize(4000).allMatch(id -> id >= 1 && id <= 65_503);
    }

    @Test
    void theBridgesOwnPortHasAMeterToo() {
        assertThat(MeterId.of(OFPort.LOCAL, reason(1))).isBetween(1, 65_503);
        assertThat(MeterId.of(OFPort.ofInt(0xfffffeff), reason(31))).isBetween(1, 65_503);
    }
}
