package org.flow6.apps.secgroup.groups;

import java.util.List;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Table;
import org.flow6.network.PortKey;
import org.flow6.network.SecurityGroupRule.Direction;

/** Where a port's rules are asked about a packet: as it leaves the port, or as it reaches it. */
enum Side {
    EGRESS(
            Field.SOURCE_PORT,
            new Stages(
                    Table.EGRESS, Table.EGRESS_TRACK, Table.EGRESS_STATE, Table.EGRESS_VERDICT, Table.SERVICES),
            new Rules(Table.EGRESS_PACKET_RULES, Table.EGRESS_RULES),
            DropReason.SECURITY_GROUP_EGRESS),
    INGRESS(
            Field.DESTINATION_PORT,
            new Stages(
                    Table.INGRESS, Table.INGRESS_TRACK, Table.INGRESS_STATE, Table.INGRESS_VERDICT, Table.DELIVER),
            new Rules(Table.INGRESS_PACKET_RULES, Table.INGRESS_RULES),
            DropReason.SECURITY_GROUP_INGRESS);

    private final Field<PortKey> port;
    private final Stages stages;
    private final Rules rules;
    private final DropReason denied;

    /** The tables that a packet passes, in order; then it goes to the next. */
    record Stages(Table entry, Table track, Table state, Table verdict, Table next) {}

    /** The tables that are asked. */
    private record Rules(Table packets, Table connections) {}

    Side(Field<PortKey> port, Stages stages, Rules rules, DropReason denied) {
        this.port = port;
        this.stages = stages;
        this.rules = rules;
        this.denied = denied;
    }

    static Side of(Direction direction) {
        return direction == Direction.EGRESS ? EGRESS : INGRESS;
    }

    static List<Side> all() {
        return List.of(values());
    }

    /** The register that holds the port. */
    Field<PortKey> port() {
        return port;
    }

    Stages stages() {
        return stages;
    }

    /** The rules for packets in this direction, as the given lookup asks them. */
    Table rules(Lookup lookup) {
        return lookup == Lookup.PACKET ? rules.packets : rules.connections;
    }

    /** Why a packet is dropped that no rule allows. */
    DropReason denied() {
        return denied;
    }

    Side opposite() {
        return this == EGRESS ? INGRESS : EGRESS;
    }
}
