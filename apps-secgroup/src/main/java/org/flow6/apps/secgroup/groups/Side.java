package org.flow6.apps.secgroup.groups;

import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Table;
import org.flow6.network.PortKey;
import org.flow6.network.SecurityGroupRule.Direction;

/** Where a port's rules are asked about a packet: as it leaves the port, or as it reaches it. */
enum Side {
    EGRESS,
    INGRESS;

    private static final Stages LEAVING =
            new Stages(Table.EGRESS, Table.EGRESS_TRACK, Table.EGRESS_STATE, Table.EGRESS_VERDICT, Table.SERVICES);
    private static final Stages REACHING =
            new Stages(Table.INGRESS, Table.INGRESS_TRACK, Table.INGRESS_STATE, Table.INGRESS_VERDICT, Table.DELIVER);

    /** The tables that a packet passes, in order; then it goes to the next. */
    record Stages(Table entry, Table track, Table state, Table verdict, Table next) {}

    static Side of(Direction direction) {
        return direction == Direction.EGRESS ? EGRESS : INGRESS;
    }

    /** The register that holds the port. */
    Field<PortKey> port() {
        return this == EGRESS ? Field.SOURCE_PORT : Field.DESTINATION_PORT;
    }

    Stages stages() {
        return this == EGRESS ? LEAVING : REACHING;
    }

    /** Where the rules for packets in this direction are, which a lookup asks. */
    Table rules(Lookup lookup) {
        return switch (lookup) {
            case PACKET -> this == EGRESS ? Table.EGRESS_PACKET_RULES : Table.INGRESS_PACKET_RULES;
            case CONNECTION -> this == EGRESS ? Table.EGRESS_RULES : Table.INGRESS_RULES;
        };
    }

    /** Why a packet is dropped that no rule allows. */
    DropReason denied() {
        return this == EGRESS ? DropReason.SECURITY_GROUP_EGRESS : DropReason.SECURITY_GROUP_INGRESS;
    }

    Side opposite() {
        return this == EGRESS ? INGRESS : EGRESS;
    }
}
