package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.flow6.core.openflow.FlowRemoved;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Meter;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Table;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** The meters that flows need. */
class ReconcilerMetersTest extends ReconcilerScene {
    private static final PuntReason PUNT = new PuntReason(1, "test", 50, 100);

    private static Flow metered(int port) {
        return Flow.of(
                Table.PUNT,
                Priority.rank(1),
                Match.ANY.and(Field.IN_PORT, OFPort.of(port)).and(Field.REASON, PUNT.code()),
                new Action.MeteredController(new Meter.OfPort(OFPort.of(port), PUNT)));
    }

    private static String meters() {
        return ovs.ofctl("dump-meters", "br0");
    }

    @Test
    void makesTheMetersThatFlowsNeed() {
        app.put("1", metered(1)).put("2", metered(2));
        synchronizeAll();
        assertThat(meters()).contains("meter=33 pktps burst stats bands=\ntype=drop rate=50 burst_size=100");
        assertThat(meters()).contains("meter=65 ");
        assertThat(shown())
                .contains(
                        "table=100, priority=1000,reg3=0x10000/0xffff0000,in_port=1 actions=meter:33,CONTROLLER:65535");
        assertThat(reconciler.flowMods()).isEqualTo(2);
    }

    @Test
    void keepsMetersThatAreInUseAndRemovesOthers() throws Exception {
        app.put("1", metered(1)).put("2", metered(2));
        synchronizeAll();
        ovs.ofctl("add-meter", "br0", "meter=7,pktps,bands=type=drop,rate=1");
        app.remove("2");
        attachment.close();
        begin();
        synchronizeAll();
        session.barrier().join();
        assertThat(meters()).contains("meter=33 ").doesNotContain("meter=65 ", "meter=7 ");
        assertThat(shown()).hasSize(1);
    }

    @Test
    void mendsMetersThatSomebodyElseTouched() throws Exception {
        app.put("1", metered(1)).put("2", metered(2));
        synchronizeAll();
        ovs.ofctl("del-meter", "br0", "meter=33");
        assertThat(shown()).hasSize(1);
        FlowRemoved removed = attachment.awaitRemoval();
        assertThat(reconciler.isMissing(removed.cookie())).isTrue();
        ovs.ofctl("mod-meter", "br0", "meter=65,kbps,bands=type=drop,rate=1");
        synchronizeAll();
        session.barrier().join();
        assertThat(shown()).hasSize(2);
        assertThat(meters())
                .contains("meter=33 pktps burst stats bands=\ntype=drop rate=50 burst_size=100")
                .contains("meter=65 pktps burst stats bands=\ntype=drop rate=50 burst_size=100");
    }
}
