package org.flow6.core.reconcile;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.flow6.core.openflow.OpenFlowError;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.reconcile.Reconciler.Refusal;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wanted flows that a switch does not take, by cookie. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String TABLE_FULL = "OFPFMFC_TABLE_FULL";

    private final SwitchSession session;
    private final Map<Long, Refusal> refused = new HashMap<>();

    Refusals(SwitchSession session) {
        this.session = session;
    }

    /** Whether errors name flows of the bundle; these are left out from now on. */
    boolean add(Bundle bundle, Queue<OpenFlowError> errors) {
        Map<Integer, OpenFlowError> byXid = new HashMap<>();
        for (OpenFlowError error = errors.poll(); error != null; error = errors.poll()) {
            byXid.put(error.xid(), error);
        }
        if (byXid.isEmpty()) {
            return false;
        }
        boolean any = false;
        Set<Table> full = EnumSet.noneOf(Table.class);
        Additions added = bundle.added();
        for (int i = 0; i < added.size(); i++) {
            OpenFlowError error = byXid.remove(added.xid(i));
            if (error == null && full.isEmpty()) {
                continue;
            }
            OwnedFlow flow = added.flow(i);
            Table table = flow.flow().table();
            if (error != null) {
                add(flow, added.cookie(i), error.name());
                any = true;
                if (error.name().equals(TABLE_FULL)) {
                    full.add(table);
                }
            } else if (full.contains(table)) {
                // The switch stopped at the first; the others of the table would be told one by one.
                add(flow, added.cookie(i), TABLE_FULL);
            }
        }
        byXid.values().forEach(error -> LOG.error("{}: {}", session, error));
        return any;
    }

    void add(OwnedFlow flow, long cookie, String error) {
        Refusal refusal = new Refusal(flow.lean(), error);
        if (refused.put(cookie, refusal) == null) {
            LOG.error("{}: refused: {}", session, refusal);
        }
    }

    boolean contains(long cookie) {
        return refused.containsKey(cookie);
    }

    void remove(long cookie) {
        refused.remove(cookie);
    }

    void clear() {
        refused.clear();
    }

    List<Refusal> list() {
        return List.copyOf(refused.values());
    }
}
