package org.flow6.core.ovsdb;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables and columns of database Open_vSwitch (ovs-vswitchd.conf.db(5)) that Flow6 monitors. It cannot do without
 * the needed ones; the others, where a schema lacks them, read as empty.
 */
enum OvsTable {
    OPEN_VSWITCH("Open_vSwitch", List.of(), List.of("ovs_version", "external_ids")),
    BRIDGE(
            "Bridge",
            List.of("name", "ports"),
            List.of("datapath_id", "fail_mode", "protocols", "controller", "flow_tables", "other_config")),
    PORT("Port", List.of("interfaces"), List.of("tag")),
    INTERFACE(
            "Interface",
            List.of("name", "ofport", "external_ids"),
            List.of("type", "mac_in_use", "error", "link_state", "mtu")),
    CONTROLLER(
            "Controller",
            List.of(),
            List.of("target", "is_connected", "connection_mode", "max_backoff", "external_ids")),
    FLOW_TABLE("Flow_Table", List.of(), List.of("prefixes"));

    private final String tableName;
    private final List<String> needed;
    private final List<String> optional;

    OvsTable(String tableName, List<String> needed, List<String> optional) {
        this.tableName = tableName;
        this.needed = needed;
        this.optional = optional;
    }

    /** The name in the schema, such as {@code Open_vSwitch}. */
    String tableName() {
        return tableName;
    }

    List<String> needed() {
        return needed;
    }

    Stream<String> columns() {
        return Stream.concat(needed.stream(), optional.stream());
    }
}
