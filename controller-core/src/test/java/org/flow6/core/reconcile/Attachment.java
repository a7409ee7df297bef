package org.flow6.core.reconcile;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.FlowRemoved;
import org.flow6.core.openflow.OpenFlowError;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.openflow.SwitchConnections;
import org.flow6.core.openflow.SwitchListener;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovs.OvsFixture;
import org.flow6.flow.Origin;

/** A session with a bridge, and a reconciler that knows nothing of it yet. */
final class Attachment implements SwitchListener, AutoCloseable {
    private static final int PATIENCE = 20;

    private final CompletableFuture<SwitchSession> connected = new CompletableFuture<>();
    private final BlockingQueue<FlowRemoved> removals = new LinkedBlockingQueue<>();
    private final SwitchConnections connections;
    private final Reconciler reconciler;

    Attachment(OvsFixture ovs, String bridge, Consumer<Origin> installed) throws Exception {
        Endpoint socket = new Endpoint.Unix(ovs.managementSocket(bridge));
        connections = start(socket);
        reconciler = new Reconciler(connected.get(PATIENCE, TimeUnit.SECONDS), installed);
    }

    private SwitchConnections start(Endpoint socket) throws IOException {
        return SwitchConnections.start(OpenFlowSettings.connecting(socket), this);
    }

    @Override
    public void connected(SwitchSession session) {
        connected.complete(session);
    }

    @Override
    public void error(SwitchSession session, OpenFlowError error) {
        reconciler.error(error);
    }

    @Override
    public void flowRemoved(SwitchSession session, FlowRemoved flow) {
        removals.add(flow);
    }

    SwitchSession session() {
        return connected.join();
    }

    Reconciler reconciler() {
        return reconciler;
    }

    FlowRemoved awaitRemoval() throws InterruptedException {
        FlowRemoved removed = removals.poll(PATIENCE, TimeUnit.SECONDS);
        if (removed == null) {
            throw new AssertionError("no flow was removed within " + PATIENCE + " s");
        }
        return removed;
    }

    /** The bridge's flows as OVS prints them, without counters and names. */
    static List<String> dump(OvsFixture ovs, String bridge) {
        return Arrays.stream(ovs.ofctl("--no-stats", "--no-names", "dump-flows", bridge)
                        .split("\n"))
                .map(String::strip)
                .filter(line -> line.startsWith("cookie="))
                .toList();
    }

    /** Those, without cookies and flags too. */
    static List<String> shown(OvsFixture ovs, String bridge) {
        return dump(ovs, bridge).stream()
                .map(line -> line.replaceFirst("cookie=0x[0-9a-f]+, ", "").replace("send_flow_rem ", ""))
                .toList();
    }

    @Override
    public void close() {
        connections.close();
    }
}
