package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a bridge at its settings over one connection. One transaction at a time; a refused one is tried again when what
 * it was made from changes, or after 30 seconds; and never more than 5 at once and one a second after that, so somebody
 * who keeps undoing the settings cannot make it spin.
 */
final class SettingsKeeper {
    private static final Logger log = LoggerFactory.getLogger(SettingsKeeper.class);
    private static final int BURST = 5;
    private static final long REFILL_NS = 1_000_000_000L;
    private static final long RETRY_S = 30;

    private final String bridge;
    private final OvsdbConnection connection;
    private final Tables tables;
    private final EventExecutor loop;
    private BridgeSettings settings;
    private boolean waiting;
    private boolean changed;
    private @Nullable ArrayNode refused;
    private @Nullable Future<?> timer;
    private long tokens = BURST;
    private long refilledAt = System.nanoTime();
    private boolean stopped;

    SettingsKeeper(
            String bridge, BridgeSettings settings, OvsdbConnection connection, Tables tables, EventExecutor loop) {
        this.bridge = bridge;
        this.settings = settings;
        this.connection = connection;
        this.tables = tables;
        this.loop = loop;
    }

    /** Looks at the rows and sends what has to change, if anything. */
    void consider() {
        changed |= waiting;
        Optional<Map.Entry<UUID, Row>> row = PictureReader.bridgeRow(tables, bridge);
        if (waiting || stopped || row.isEmpty()) {
            return;
        }
        SettingsPlan plan =
                SettingsPlan.of(settings, row.get().getKey(), row.get().getValue(), tables);
        if (plan.isEmpty() || plan.operations().equals(refused)) {
            return;
        }
        if (!token()) {
            later(1);
            return;
        }
        waiting = true;
        changed = false;
        ArrayNode params = JsonNodeFactory.instance.arrayNode().add(OvsdbSession.DATABASE);
        params.addAll(plan.operations());
        connection.request("transact", params, reply -> done(plan, reply));
    }

    void tunnel(Optional<TunnelPort> next) {
        settings = settings.with(next);
        consider();
    }

    void patches(Optional<Set<PatchPair>> next) {
        settings = settings.withPatches(next);
        consider();
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void done(SettingsPlan plan, OvsdbConnection.Reply reply) {
        waiting = false;
        String what = "bridge " + Shown.clip(bridge) + ": " + String.join(", ", plan.what());
        Optional<String> error = errorOf(reply);
        if (error.isEmpty()) {
            log.info("{}: set", what);
            refused = null;
        } else {
            log.error("{}: refused by the database: {}", what, error.get());
            refused = plan.operations();
            later(RETRY_S);
        }
        // Without a change the rows are still those from before the transaction, and would ask for it again.
        if (changed) {
            consider();
        }
    }

    /** The first error among a transaction's results (RFC 7047 §4.1.3). */
    static Optional<String> errorOf(OvsdbConnection.Reply reply) {
        if (reply.failed()) {
            return Optional.of(Shown.clip(reply.error().toString()));
        }
        for (JsonNode result : reply.result()) {
            if (result.has("error")) {
                return Optional.of(Shown.clip(result.path("error").asText() + " "
                                + result.path("details").asText(""))
                        .strip());
            }
        }
        return Optional.empty();
    }

    private boolean token() {
        long refill = (System.nanoTime() - refilledAt) / REFILL_NS;
        refilledAt += refill * REFILL_NS;
        tokens = Math.min(BURST, tokens + refill);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    private void later(long seconds) {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = loop.schedule(
                () -> {
                    refused = null;
                    consider();
                },
                seconds,
                TimeUnit.SECONDS);
    }
}
