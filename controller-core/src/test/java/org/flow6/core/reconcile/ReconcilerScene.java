package org.flow6.core.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovs.OvsScene;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Origin;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.projectfloodlight.openflow.types.OFPort;

/** A reconciler at a real switch, and an app whose flows are a list. */
abstract class ReconcilerScene extends OvsScene {
    final FlowList app = new FlowList();
    final List<Origin> installed = new ArrayList<>();
    Attachment attachment;
    SwitchSession session;
    Reconciler reconciler;

    @BeforeEach
    void connect() throws Exception {
        ovs.addBridge("br0");
        ovs.addPorts("br0", "p1", "p2");
        begin();
    }

    @AfterEach
    void disconnect() {
        attachment.close();
        ovs.vsctl("--if-exists", "del-br", "br0");
    }

    final void begin() throws Exception {
        attachment = new Attachment(ovs, "br0", installed::add);
        session = attachment.session();
        reconciler = attachment.reconciler();
    }

    static Flow flow(Table table, int key, Action... actions) {
        return Flow.of(table, Priority.rank(1), Match.ANY.and(Field.SOURCE_PORT, new PortKey(key)), actions);
    }

    /** Bridge flows 1 to n, named by their keys. */
    void flows(int n) {
        for (int key = 1; key <= n; key++) {
            app.put("" + key, flow(Table.BRIDGE, key, Action.output(OFPort.of(1))));
        }
    }

    Reconciler.Outcome synchronizeAll() {
        return reconciler.synchronize(app::wanted);
    }

    static List<String> shown() {
        return Attachment.shown(ovs, "br0");
    }

    static String firstCookie() {
        return Attachment.dump(ovs, "br0").get(0).replaceFirst(",.*", "");
    }

    static String bridge(int key, String actions) {
        return "table=70, priority=1000,reg1=0x%x actions=%s".formatted(key, actions);
    }

    void clause(int key) {
        app.put(
                "clause" + key,
                Flow.of(
                        Table.EGRESS_RULES,
                        Priority.rank(1),
                        Match.ANY.and(Field.RULED_PORT, new PortKey(1)),
                        Action.conjunction(new ConjunctionKey(key), 1, 2)));
    }

    static String clauses(String shown) {
        return "table=84, priority=1000,reg5=0x1 actions=" + shown;
    }
}
