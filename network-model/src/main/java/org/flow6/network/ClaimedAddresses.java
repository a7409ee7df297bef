package org.flow6.network;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The claims of ports to addresses, and which of them hold. */
record ClaimedAddresses(
        SetIndex<NetworkAddress, AddressClaim> to,
        SetIndex<Id<Port>, AddressClaim> of,
        SetIndex<Id<Network>, AddressClaim> on) {

    static final ClaimedAddresses NONE = new ClaimedAddresses(SetIndex.empty(), SetIndex.empty(), SetIndex.empty());

    /** So many of a port's claims hold, so that no host fills the tables of the switch. */
    static final int MOST = 32;

    boolean isEmpty() {
        return of.isEmpty();
    }

    ClaimedAddresses with(AddressClaim claim) {
        return new ClaimedAddresses(
                to.with(addressOf(claim), claim), of.with(claim.port(), claim), on.with(claim.network(), claim));
    }

    ClaimedAddresses without(AddressClaim claim) {
        return new ClaimedAddresses(
                to.without(addressOf(claim), claim),
                of.without(claim.port(), claim),
                on.without(claim.network(), claim));
    }

    static NetworkAddress addressOf(AddressClaim claim) {
        return new NetworkAddress(claim.network(), claim.address());
    }

    /** The ports with claims on a network, in no order. */
    Stream<Id<Port>> claimants(Id<Network> network) {
        return on.get(network).stream().map(AddressClaim::port).distinct();
    }

    /** The addresses that a port has by its claims, in their order: of more than {@link #MOST} the newest. */
    List<IPv6Address> heldBy(Port port, NetworkSnapshot snapshot) {
        return of.get(port.id()).stream()
                .filter(claim -> holds(claim, snapshot))
                .sorted(Comparator.comparing(AddressClaim::since)
                        .reversed()
                        .thenComparing(AddressClaim::address, IPv6Address::compareTo))
                .limit(MOST)
                .map(AddressClaim::address)
                .sorted()
                .toList();
    }

    private boolean holds(AddressClaim claim, NetworkSnapshot snapshot) {
        NetworkAddress address = addressOf(claim);
        return mayClaim(claim, snapshot)
                && isOpen(address, snapshot)
                && to.get(address).stream()
                        .noneMatch(other -> !other.port().equals(claim.port())
                                && mayClaim(other, snapshot)
                                && isEarlier(other, claim, snapshot));
    }

    private static boolean isEarlier(AddressClaim rival, AddressClaim than, NetworkSnapshot snapshot) {
        int order = rival.since().compareTo(than.since());
        return order != 0 ? order < 0 : snapshot.portKey(rival.port()).compareTo(snapshot.portKey(than.port())) < 0;
    }

    private static boolean mayClaim(AddressClaim claim, NetworkSnapshot snapshot) {
        Port port = snapshot.model.ports().get(claim.port());
        return port != null
                && port.adminStateUp()
                && port.portSecurityEnabled()
                && port.networkId().equals(claim.network());
    }

    /** Whether hosts may make the address by themselves, and no port has it otherwise. */
    private static boolean isOpen(NetworkAddress address, NetworkSnapshot snapshot) {
        if (!snapshot.owners.addresses().get(address).isEmpty()) {
            return false;
        }
        return (address.address() instanceof IPv6Address v6 && LinkLocal.includes(v6))
                || snapshot.routing.subnets(snapshot.model, address.network()).stream()
                        .anyMatch(subnet -> subnet.settings().allowSlaacPrefix()
                                && subnet.cidr().contains(address.address()));
    }
}
