package org.flow6.core.ovsdb;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;

/**
 * The tables and columns of database Open_vSwitch (ovs-vswitchd.conf.db(5)) that Flow6 monitors. It cannot do without
 * the needed ones; the others, where a schema lacks them, read as empty.
 */
enum OvsTable {
    OPEN_VSWITCH("Open_vSwitch", ImmutableList.of(), ImmutableList.of("ovs_version", "external_ids")),
    BRIDGE(
            "Bridge",
            ImmutableList.of("name", "ports"),
            ImmutableList.of("datapath_id", "fail_mode", "protocols", "controller", "flow_tables", "other_config")),
    PORT("Port", ImmutableList.of("interfaces"), ImmutableList.of("tag", "vlan_mode")),
    INTERFACE(
            "Interface",
            ImmutableList.of("name", "ofport", "external_ids"),
            ImmutableList.of("type", "options", "mac_in_use", "error", "link_state", "mtu", "bfd", "bfd_status")),
    CONTROLLER(
            "Controller",
            ImmutableList.of(),
            ImmutableList.of("target", "is_connected", "connection_mode", "max_backoff", "external_ids")),
    FLOW_TABLE("Flow_Table", ImmutableList.of(), ImmutableList.of("prefixes"));

    private final String tableName;
    private final ImmutableList<String> needed;
    private final ImmutableList<String> optional;

    OvsTable(String tableName, ImmutableList<String> needed, ImmutableList<String> optional) {
        this.tableName = tableName;
        this.needed = needed;
        this.optional = optional;
    }

    /** The name in the schema, such as {@code Open_vSwitch}. */
    String tableName() {
        return tableName;
    }

    ImmutableList<String> needed() {
        return needed;
    }

    Stream<String> columns() {
        return Stream.concat(needed.stream(), optional.stream());
    }
}
