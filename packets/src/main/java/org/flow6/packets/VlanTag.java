package org.flow6.packets;

import org.projectfloodlight.openflow.types.EthType;

/**
 * A VLAN tag (IEEE 802.1Q §9.3).
 *
 * @param protocol 0x8100 (customer) or 0x88a8 (service)
 * @param priority priority code point, 0 to 7
 * @param dropEligible the drop eligible indicator; canonical format indicator in older editions
 * @param id VLAN identifier, 0 (priority only) to 4095
 */
public record VlanTag(EthType protocol, int priority, boolean dropEligible, int id) {
    static final int LENGTH = 4;

    public VlanTag {
        if (!isTagProtocol(protocol)) {
            throw new IllegalArgumentException("not a VLAN tag protocol: " + protocol);
        }
        if (priority < 0 || priority > 7 || id < 0 || id > 0xfff) {
            throw new IllegalArgumentException("VLAN priority " + priority + " (0-7), id " + id + " (0-4095)");
        }
    }

    /** A customer tag of priority 0. */
    public static VlanTag of(int id) {
        return new VlanTag(EthType.VLAN_FRAME, 0, false, id);
    }

    static boolean isTagProtocol(EthType type) {
        return type.getValue() == 0x8100 || type.getValue() == 0x88a8;
    }

    static VlanTag ofControl(EthType protocol, int control) {
        return new VlanTag(protocol, control >>> 13, (control & 0x1000) != 0, control & 0xfff);
    }

    int control() {
        return priority << 13 | (dropEligible ? 0x1000 : 0) | id;
    }
}
