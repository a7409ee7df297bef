package org.flow6.core;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.flow6.core.ovsdb.PatchPair;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.ProviderPort;
import org.flow6.network.ProviderSegment;

/**
 * The physical networks that this host is attached to, each with its bridge.
 *
 * @param host the name of this host
 * @param bridges by physical network
 */
record PhysicalNetworks(String host, Map<String, String> bridges) {
    PhysicalNetworks {
        bridges = Map.copyOf(bridges);
    }

    /** What joins the networks that are part of them to these bridges. */
    Set<PatchPair> patches(NetworkModel model) {
        Set<PatchPair> patches = new HashSet<>();
        model.networks().values().forEach(network -> patch(network).ifPresent(patches::add));
        return patches;
    }

    private Optional<PatchPair> patch(Network network) {
        return network.segment().flatMap(segment -> Optional.ofNullable(bridges.get(segment.physicalNetwork()))
                .map(bridge ->
                        new PatchPair(bridge, ProviderPort.idOf(network.id()).value(), segment.vlan())));
    }

    /** In which way the network file and the configuration disagree, in words. */
    List<String> disagreements(NetworkModel model) {
        Host own = model.hosts().get(Id.<Host>of(host));
        if (own == null) {
            return List.of();
        }
        Set<String> used = new TreeSet<>();
        model.networks().values().stream()
                .flatMap(network -> network.segment().stream())
                .map(ProviderSegment::physicalNetwork)
                .forEach(used::add);
        Set<String> listed = own.physicalNetworks();
        return Stream.concat(
                        used.stream()
                                .filter(name -> listed.contains(name) && !bridges.containsKey(name))
                                .map(name -> "host " + host + " is attached to " + name
                                        + " by the network file, and bridge_mappings have no bridge for it: its networks"
                                        + " end here"),
                        used.stream()
                                .filter(name -> !listed.contains(name) && bridges.containsKey(name))
                                .map(name -> "bridge_mappings have a bridge for " + name
                                        + ", which is none of the physical_networks of host " + host
                                        + " in the network file"))
                .toList();
    }
}
