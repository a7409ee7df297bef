package org.flow6.network;

import java.util.OptionalInt;

/**
 * The part of a physical network that a network is: one of its VLANs, or all that has no VLAN tag ({@code
 * provider:network_type} vlan or flat). No other network is the same.
 *
 * @param physicalNetwork a name that hosts know ({@link Host#physicalNetworks}, {@code bridge_mappings}); not empty
 * @param vlan 1 to 4094 (IEEE 802.1Q §9.6); empty: untagged
 */
public record ProviderSegment(String physicalNetwork, OptionalInt vlan) {
    /** The first and the last VLAN that is one: 0 says that there is none, and 4095 is reserved. */
    public static final int FIRST_VLAN = 1;

    public static final int LAST_VLAN = 4094;

    /** @throws IllegalArgumentException if there is no such VLAN */
    public ProviderSegment {
        vlan.ifPresent(id -> {
            if (id < FIRST_VLAN || id > LAST_VLAN) {
                throw new IllegalArgumentException("VLAN " + id);
            }
        });
    }

    /** Such as {@code VLAN 100 of physnet1} or {@code physnet1 without VLAN}. */
    @Override
    public String toString() {
        return vlan.isPresent() ? "VLAN " + vlan.getAsInt() + " of " + physicalNetwork : physicalNetwork + " untagged";
    }
}
