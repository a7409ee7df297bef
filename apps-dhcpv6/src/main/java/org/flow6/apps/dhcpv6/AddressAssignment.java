package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.apps.dhcpv6.Assignment.Purpose;
import org.flow6.apps.dhcpv6.Client.OwnAddress;
import org.flow6.apps.dhcpv6.Remembered.Holder;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IaAddress;
import org.flow6.packets.dhcpv6.IaNa;
import org.flow6.packets.dhcpv6.Lease;
import org.flow6.packets.dhcpv6.Status;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Which addresses of a port are in which identity association. Nearly every client has one, and it has them all. Of a
 * client with several, each keeps what it names; the others are spread, and where they went is remembered, for the client
 * may renew one at a time.
 */
record AddressAssignment(Client client, Duid duid, Purpose purpose, Assignment assignment) {

    /** @param ias each IAID once, in order */
    void answer(List<IaNa> ias) {
        List<OwnAddress> own = client.addresses();
        Map<Long, List<OwnAddress>> shares = shares(ias, own);
        for (IaNa ia : ias) {
            List<OwnAddress> share = shares.getOrDefault(ia.iaid(), List.of());
            if (purpose == Purpose.REQUEST
                    && !ia.options(IaAddress.class).stream()
                            .allMatch(named -> client.link().holds(named.address()))) {
                // §18.3.2
                assignment.add(IaAnswer.of(ia, Status.NOT_ON_LINK, "an address that is not of this link"));
                continue;
            }
            List<Lease> leases = new ArrayList<>();
            share.forEach(address -> leases.add(lease(address)));
            if (purpose == Purpose.EXTEND) {
                ended(ia).forEach(leases::add);
            }
            assignment.add(
                    leases.isEmpty()
                            ? IaAnswer.of(ia, Status.NO_ADDRS_AVAIL, "no address is left for this port")
                            : IaAnswer.of(ia, leases));
            share.forEach(address -> remember(address, ia, ias.size() > 1));
        }
    }

    private Map<Long, List<OwnAddress>> shares(List<IaNa> ias, List<OwnAddress> own) {
        Map<Long, List<OwnAddress>> shares = new LinkedHashMap<>();
        ias.forEach(ia -> shares.put(ia.iaid(), new ArrayList<>()));
        List<OwnAddress> rest = new ArrayList<>();
        for (OwnAddress address : own) {
            Optional<Long> named = ias.stream()
                    .filter(ia -> names(ia, address.address()))
                    .map(IaNa::iaid)
                    .findFirst();
            Optional<Long> known = holder(address.address()).map(Holder::iaid);
            Optional<List<OwnAddress>> share = named.or(() -> known).map(shares::get);
            if (share.isPresent()) {
                share.get().add(address);
            } else if (known.isEmpty() || purpose != Purpose.EXTEND) {
                // Who solicits starts anew: what an identity association had that is not asked for now is free again.
                rest.add(address);
            }
        }
        for (OwnAddress address : rest) {
            // Of those with as few the first one, that of the lowest IAID.
            shares.values().stream().min(Comparator.comparingInt(List::size)).ifPresent(share -> share.add(address));
        }
        return shares;
    }

    private static boolean names(IaNa ia, IPv6Address address) {
        return ia.options(IaAddress.class).stream()
                .anyMatch(named -> named.address().equals(address));
    }

    /** The identity association of this client that an address is known to be in. */
    private Optional<Holder> holder(IPv6Address address) {
        return client.fact(Remembered.shared(client.network(), address))
                .flatMap(fact -> Holder.parse(fact.value()))
                .filter(holder -> holder.duid().equals(duid.toString()));
    }

    private void remember(OwnAddress address, IaNa ia, boolean several) {
        if (several || holder(address.address()).isPresent()) {
            assignment.remember(Remembered.shared(
                    client.network(),
                    address.address(),
                    Holder.of(duid, ia.iaid()),
                    Remembered.end(client.moment().now(), address.lifetimes())));
        }
    }

    private static IaAddress lease(OwnAddress own) {
        return new IaAddress(
                own.address(), own.lifetimes().preferred(), own.lifetimes().valid(), List.of());
    }

    /** The addresses that the client is to use no longer (§18.3.4, §18.3.5). */
    private List<IaAddress> ended(IaNa ia) {
        return ia.options(IaAddress.class).stream()
                .map(IaAddress::address)
                .distinct()
                .filter(address -> !client.owns(address))
                .map(address -> new IaAddress(address, 0, 0, List.of()))
                .toList();
    }
}
