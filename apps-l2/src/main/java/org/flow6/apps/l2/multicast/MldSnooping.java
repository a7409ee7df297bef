package org.flow6.apps.l2.multicast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;

/**
 * Keeps IPv6 multicast to those who listen to it: groups and sources by what hosts report (RFC 4541 §3, RFC 3810), all of it
 * to multicast routers (RFC 4286) and to whoever was not asked yet. IPv4 multicast, and what is sent to all nodes, is for
 * all. Without this app all multicast is.
 */
public final class MldSnooping implements FlowApp {
    /** A host reports: a copy, which goes to multicast routers too. Also what other hosts report for all of theirs. */
    static final PuntReason REPORT = new PuntReason(16, "mld-report", 50, 100).alsoFromTunnels();

    /** A copy of a query that somebody else sends. */
    static final PuntReason QUERY = new PuntReason(17, "mld-query", 10, 20);

    /** A copy of what a multicast router says of itself. */
    static final PuntReason ROUTER = new PuntReason(18, "multicast-router", 10, 20);

    @Override
    public String name() {
        return "mld-snooping";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        List<Derivation<?, ?, ?>> derivations = new ArrayList<>(ReceiverFlows.derivations());
        derivations.add(new Derivation<>("messages", Scope.ALWAYS, Stream::of, always -> MessageFlows.flows()));
        derivations.add(new Derivation<>("routers", Scope.PORT, MessageFlows::querier, MessageFlows::heed));
        derivations.add(new Derivation<>("reports", Scope.MULTICAST, MessageFlows::routers, MessageFlows::pass));
        return derivations;
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(
                REPORT, ListenerAnswer::report,
                QUERY, ListenerAnswer::query,
                ROUTER, ListenerAnswer::router);
    }

    @Override
    public boolean snoopsMulticast() {
        return true;
    }

    @Override
    public List<DropReason> drops() {
        return MulticastDrop.ALL;
    }
}
