package org.flow6.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps claims to addresses while a snapshot is edited, and the ports of which more or fewer may come to hold. */
final class ClaimsEditor {
    private ClaimedAddresses claims;
    private final Set<Id<Port>> concerned = new HashSet<>();

    ClaimsEditor(ClaimedAddresses from) {
        claims = from;
    }

    ClaimedAddresses claims() {
        return claims;
    }

    /** Puts these claims in the place of all there are. */
    void set(Collection<AddressClaim> all) {
        Map<Fact.Key, AddressClaim> wanted = new HashMap<>();
        all.forEach(claim -> wanted.put(claim.key(), claim));
        for (AddressClaim claim : claims.of().values().toList()) {
            if (!wanted.containsKey(claim.key())) {
                remove(claim);
            }
        }
        wanted.values().forEach(this::put);
    }

    /** Adds a claim, or replaces the port's own to that address. */
    void put(AddressClaim claim) {
        AddressClaim before = find(claim);
        if (!claim.equals(before)) {
            if (before != null) {
                claims = claims.without(before);
            }
            claims = claims.with(claim);
            address(ClaimedAddresses.addressOf(claim));
        }
    }

    /** Removes a port's claim to an address, whatever its age. */
    void remove(AddressClaim claim) {
        AddressClaim before = find(claim);
        if (before != null) {
            address(ClaimedAddresses.addressOf(before));
            claims = claims.without(before);
        }
    }

    private @Nullable AddressClaim find(AddressClaim claim) {
        for (AddressClaim each : claims.to().get(ClaimedAddresses.addressOf(claim))) {
            if (each.port().equals(claim.port())) {
                return each;
            }
        }
        return null;
    }

    /** Something about who may own an address changes. */
    private void address(NetworkAddress address) {
        claims.to().get(address).forEach(claim -> concerned.add(claim.port()));
    }

    /** A port comes, goes or changes. */
    void port(Port port) {
        if (!claims.isEmpty()) {
            claims.of().get(port.id()).forEach(claim -> address(ClaimedAddresses.addressOf(claim)));
            Claims.addresses(port).keySet().forEach(ip -> address(new NetworkAddress(port.networkId(), ip)));
        }
    }

    /** A subnet comes, goes or changes. */
    void subnet(Subnet subnet) {
        if (subnet.settings().allowSlaacPrefix()) {
            claims.claimants(subnet.networkId()).forEach(concerned::add);
        }
    }

    /** Notes the views of ports whose claims hold in one of two snapshots alone. */
    void note(NetworkSnapshot from, NetworkSnapshot to, Touched touched) {
        for (Id<Port> id : concerned) {
            Port before = from.model.ports().get(id);
            Port after = to.model.ports().get(id);
            List<?> had = before == null ? List.of() : from.claims.heldBy(before, from);
            List<?> has = after == null ? List.of() : to.claims.heldBy(after, to);
            if (!had.equals(has)) {
                touched.ports.add(id);
                Stream.of(from, to).forEach(snapshot -> {
                    Port port = snapshot.model.ports().get(id);
                    if (port != null) {
                        Security.groupsOf(port).forEach(touched::members);
                        if (snapshot.bindings.containsKey(id)) {
                            touched.networks.add(port.networkId());
                        }
                    }
                });
            }
        }
    }
}
