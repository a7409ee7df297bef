package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection's course: ask for the schema, monitor what Flow6 wants of it, keep the rows up to date. */
final class OvsdbSession implements OvsdbConnection.Peer {
    static final String DATABASE = "Open_vSwitch";
    private static final String MONITOR = "flow6";

    /** What a session tells; on the event loop. */
    interface Owner {
        /** All has been read; columns the schema lacks are named. */
        void synced(OvsdbConnection connection, Tables tables, List<String> missing);

        /** The rows changed. */
        void updated(Tables tables);

        void closed(String reason);
    }

    private final Owner owner;
    private @Nullable OvsdbConnection connection;
    private @Nullable Tables tables;
    private boolean synced;
    private boolean dirty;

    OvsdbSession(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void opened(OvsdbConnection opened) {
        connection = opened;
        opened.request("get_schema", array().add(DATABASE), reply -> schema(opened, reply));
    }

    private void schema(OvsdbConnection opened, OvsdbConnection.Reply reply) {
        if (reply.failed()) {
            opened.close("no database " + DATABASE + " there: "
                    + Shown.clip(reply.error().toString()));
            return;
        }
        Decoded<Schema> decoded = Schema.decode(reply.result());
        if (decoded instanceof Decoded.Malformed<Schema> malformed) {
            opened.close("the database cannot be used: " + malformed.reason());
        } else if (decoded instanceof Decoded.Ok<Schema> ok) {
            Tables monitored = new Tables(ok.value());
            tables = monitored;
            ArrayNode params = array().add(DATABASE).add(MONITOR).add(ok.value().monitorRequests());
            opened.request("monitor_cond", params, answer -> monitored(opened, monitored, answer));
        }
    }

    private void monitored(OvsdbConnection opened, Tables monitored, OvsdbConnection.Reply reply) {
        if (reply.failed()) {
            opened.close("the server refuses to be monitored: "
                    + Shown.clip(reply.error().toString()));
            return;
        }
        Optional<String> refused = monitored.apply(reply.result());
        if (refused.isPresent()) {
            opened.close(refused.get());
            return;
        }
        synced = true;
        dirty = true;
        owner.synced(opened, monitored, monitored.schema().missing());
    }

    @Override
    public void notified(String method, JsonNode params) {
        OvsdbConnection open = connection;
        if (open == null || !method.equals("update2") || tables == null || !synced) {
            return;
        }
        Optional<String> refused = MONITOR.equals(params.path(0).textValue())
                ? tables.apply(params.path(1))
                : Optional.of("an update nobody asked for");
        refused.ifPresent(open::close);
        dirty = true;
    }

    @Override
    public void settled() {
        if (dirty && synced && tables != null) {
            dirty = false;
            owner.updated(tables);
        }
    }

    @Override
    public void closed(String reason) {
        owner.closed(reason);
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
