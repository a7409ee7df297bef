package org.flow6.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Which OpenFlow port of a switch each port of the network is bound to: the interface whose {@code
 * external_ids:iface-id} is the port's id, or the one that the port's binding profile names.
 *
 * @param ports at most one for each OpenFlow port, and the other way round
 * @param conflicts interfaces that would bind a port that is bound already, in words
 */
record Bindings(Map<Id<Port>, OFPort> ports, List<String> conflicts) {

    /**
     * An OpenFlow port of the switch.
     *
     * @param ifaceId what the OVS database says; empty without one
     * @param up whether its link is up, as far as that is known
     */
    record Interface(OFPort ofPort, String name, Optional<String> ifaceId, boolean up) {}

    /** Which port each interface name is for, as ports' binding profiles say. */
    static Map<String, Id<Port>> byInterfaceName(NetworkModel model) {
        Map<String, Id<Port>> names = new HashMap<>();
        model.ports().forEach((id, port) -> port.interfaceName().ifPresent(name -> names.put(name, id)));
        return names;
    }

    /**
     * Resolves the bindings of one switch.
     *
     * @param isHere whether a port of the network belongs on this host; others are not bound here
     */
    static Bindings resolve(
            NetworkModel model,
            Map<String, Id<Port>> byInterfaceName,
            Predicate<Port> isHere,
            List<Interface> interfaces) {
        Map<OFPort, Interface> inOrder = new TreeMap<>();
        interfaces.forEach(one -> inOrder.put(one.ofPort(), one));
        Map<Id<Port>, OFPort> ports = new HashMap<>();
        List<String> conflicts = new ArrayList<>();
        for (Interface one : inOrder.values()) {
            Port port = portOf(model, byInterfaceName, one);
            if (port == null || !isHere.test(port)) {
                continue;
            }
            OFPort before = ports.putIfAbsent(port.id(), one.ofPort());
            if (before != null) {
                conflicts.add("port " + port.id() + " is bound to OpenFlow port " + before + ", so interface "
                        + one.name() + " stays unbound");
            }
        }
        return new Bindings(ports, conflicts);
    }

    /** The ports of the network that are plugged at a switch, whichever host they belong on. */
    static Set<Id<Port>> plugged(
            NetworkModel model, Map<String, Id<Port>> byInterfaceName, List<Interface> interfaces) {
        return interfaces.stream()
                .flatMap(one -> Stream.ofNullable(portOf(model, byInterfaceName, one)))
                .map(Port::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The ports that interfaces name, whether the network has them or not. */
    static Set<Id<Port>> named(List<Interface> interfaces) {
        return interfaces.stream()
                .flatMap(one -> one.ifaceId().stream())
                .filter(id -> !id.isEmpty())
                .map(Id::<Port>of)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Port portOf(NetworkModel model, Map<String, Id<Port>> byInterfaceName, Interface one) {
        if (one.ifaceId().isPresent()) {
            return one.ifaceId().get().isEmpty()
                    ? null
                    : model.ports().get(Id.<Port>of(one.ifaceId().get()));
        }
        Id<Port> id = byInterfaceName.get(one.name());
        return id == null ? null : model.ports().get(id);
    }
}
