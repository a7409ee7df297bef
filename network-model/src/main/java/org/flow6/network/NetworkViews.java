package org.flow6.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flow6.network.NetworkView.OpenClaim;

/** How the view of a network is made. */
final class NetworkViews {
    private NetworkViews() {}

    static Optional<NetworkView> of(NetworkSnapshot snapshot, Id<Network> id) {
        Network network = snapshot.model.networks().get(id);
        if (network == null) {
            return Optional.empty();
        }
        return Optional.of(network.adminStateUp() ? up(snapshot, network) : down(snapshot, network));
    }

    private static NetworkView down(NetworkSnapshot snapshot, Network network) {
        return new NetworkView(
                network,
                snapshot.networkKey(network.id()),
                List.of(),
                Optional.empty(),
                List.of(),
                snapshot.routing.subnets(snapshot.model, network.id()),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private static NetworkView up(NetworkSnapshot snapshot, Network network) {
        Id<Network> id = network.id();
        return new NetworkView(
                network,
                snapshot.networkKey(id),
                List.copyOf(snapshot.boundPorts.of(id)),
                snapshot.provider(network),
                openClaims(snapshot, id),
                snapshot.routing.subnets(snapshot.model, id),
                snapshot.routing.routers(snapshot, id),
                snapshot.routing.servers(snapshot.model, snapshot.portKeys, id),
                snapshot.hosts.remotes(snapshot.model, network),
                snapshot.tunnel().isPresent() && Hosts.areFor(network));
    }

    /** What ports that are bound here may own beyond their fixed addresses: prefixes, and what they have claimed. */
    private static List<OpenClaim> openClaims(NetworkSnapshot snapshot, Id<Network> id) {
        List<OpenClaim> open = new ArrayList<>();
        for (Id<Port> port : snapshot.boundPorts.open().get(id)) {
            Claims.prefixes(snapshot.existing(port))
                    .forEach(prefix -> open.add(new OpenClaim(snapshot.portKey(port), prefix)));
        }
        snapshot.claims
                .claimants(id)
                .filter(snapshot.bindings::containsKey)
                .flatMap(port -> Optional.ofNullable(snapshot.model.ports().get(port)).stream())
                .filter(port -> port.networkId().equals(id))
                .forEach(port -> snapshot.claims
                        .heldBy(port, snapshot)
                        .forEach(address ->
                                open.add(new OpenClaim(snapshot.portKey(port.id()), IpPrefix.host(address)))));
        open.sort(Comparator.comparing(OpenClaim::port)
                .thenComparing(claim -> claim.prefix().toString()));
        return open;
    }
}
