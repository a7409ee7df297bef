package org.flow6.network.file;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flow6.network.ProviderSegment;
import org.jspecify.annotations.Nullable;

/** The attributes of Neutron's provider extension, which state what a network is to the world outside. */
record ProviderAttributes(Attribute<Type> type, Attribute<String> physicalNetwork, Attribute<Long> segmentationId) {

    /** Types of network; what reaches from host to host by tunnels is one thing to Flow6. */
    enum Type {
        FLAT,
        VLAN,
        LOCAL,
        TUNNELED;

        boolean isPhysical() {
            return this == FLAT || this == VLAN;
        }
    }

    private static final long MAX_SEGMENTATION_ID = 0xffff_ffffL;

    private static final String FLAT_OR_VLAN = ": it is of flat and vlan networks alone";

    static ProviderAttributes of(Shape shape) {
        return new ProviderAttributes(
                shape.optional(
                        "provider:network_type",
                        "`vlan` and `flat`: a VLAN of a physical network, or all of it that has no tag "
                                + "([page](provider-networks.md)). All others are networks of tenants, which "
                                + "Flow6's own tunnels carry between hosts. Default: a tenant's.",
                        Readers.oneOf(Map.of(
                                "flat", Type.FLAT,
                                "vlan", Type.VLAN,
                                "local", Type.LOCAL,
                                "geneve", Type.TUNNELED,
                                "vxlan", Type.TUNNELED,
                                "gre", Type.TUNNELED))),
                shape.optional(
                        "provider:physical_network",
                        "The physical network, as in `bridge_mappings` and `physical_networks` of hosts; needed by "
                                + "flat and vlan. Default: none.",
                        Readers.NAME),
                shape.optional(
                        "provider:segmentation_id",
                        "The VLAN, 1 to 4094, needed by vlan; of no effect where a tunnel has one. Default: none.",
                        Readers.number(0, MAX_SEGMENTATION_ID)));
    }

    /** What a network states, if it is part of a physical network; complains where that is half stated, or another's. */
    Optional<ProviderSegment> of(Item network, Resolving resolving) {
        if (!network.has(type, physicalNetwork, segmentationId)) {
            return Optional.empty();
        }
        Type stated = network.find(type);
        if (stated == null) {
            refuse(physicalNetwork, "needs " + type.name() + " beside it", network, resolving);
            refuse(segmentationId, "needs " + type.name() + " beside it", network, resolving);
            return Optional.empty();
        }
        if (!stated.isPhysical()) {
            refuse(physicalNetwork, "not of this " + type.name() + FLAT_OR_VLAN, network, resolving);
            return Optional.empty();
        }
        String physical = network.find(physicalNetwork);
        if (physical == null) {
            resolving.complain(type, "needs " + physicalNetwork.name() + " beside it");
        }
        OptionalInt vlan = vlan(stated, network, resolving);
        if (physical == null || (stated == Type.VLAN && vlan.isEmpty())) {
            return Optional.empty();
        }
        ProviderSegment segment = new ProviderSegment(physical, vlan);
        resolving.claim(Key.segment(segment), network.place(stated == Type.VLAN ? segmentationId : physicalNetwork));
        return Optional.of(segment);
    }

    private OptionalInt vlan(Type stated, Item network, Resolving resolving) {
        Long id = network.find(segmentationId);
        if (stated == Type.FLAT) {
            refuse(segmentationId, "a flat network has no VLAN", network, resolving);
            return OptionalInt.empty();
        }
        if (id == null) {
            resolving.complain(type, "needs " + segmentationId.name() + " beside it");
            return OptionalInt.empty();
        }
        if (id < ProviderSegment.FIRST_VLAN || id > ProviderSegment.LAST_VLAN) {
            resolving.complain(
                    segmentationId,
                    id + " is not a VLAN, " + ProviderSegment.FIRST_VLAN + " to " + ProviderSegment.LAST_VLAN);
            return OptionalInt.empty();
        }
        return OptionalInt.of(id.intValue());
    }

    private static void refuse(Attribute<?> attribute, String reason, Item network, Resolving resolving) {
        if (network.states(attribute)) {
            resolving.complain(attribute, reason);
        }
    }

    /** The physical network that a network states to be part of; null: none, or none that can be read. */
    @Nullable
    String physicalNetworkOf(Item network) {
        Type stated = network.find(type);
        return stated != null && stated.isPhysical() ? network.find(physicalNetwork) : null;
    }
}
