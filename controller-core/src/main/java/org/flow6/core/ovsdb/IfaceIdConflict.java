package org.flow6.core.ovsdb;

import java.util.List;
import java.util.stream.Collectors;

/** Several attached interfaces claim one logical port: the one with the lowest OpenFlow port has it, the others not. */
public record IfaceIdConflict(String ifaceId, OvsInterface holder, List<OvsInterface> refused) {
    /** Copies the list. */
    public IfaceIdConflict {
        refused = List.copyOf(refused);
    }

    /** One line for the operator. */
    @Override
    public String toString() {
        return "iface-id " + Shown.clip(ifaceId) + " is claimed by more than one interface: "
                + Shown.clip(holder.name())
                + " has it, not "
                + refused.stream().map(i -> Shown.clip(i.name())).collect(Collectors.joining(", "));
    }
}
