package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.apps.dhcpv6.Assignment.Purpose;
import org.flow6.apps.dhcpv6.Profile.OwnAddress;
import org.flow6.apps.dhcpv6.Remembered.Holder;
import org.flow6.network.Fact;
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
        if (ias.isEmpty()) {
            return;
        }
        List<List<OwnAddress>> shares = shares(ias, client.addresses());
        for (int i = 0; i < ias.size(); i++) {
            IaNa ia = ias.get(i);
            List<OwnAddress> share = shares.get(i);
            if (purpose == Purpose.REQUEST && !isOnLink(ia)) {
                // §18.3.2
                assignment.add(IaAnswer.of(ia, Status.NOT_ON_LINK, "an address that is not of this link"));
                continue;
            }
            List<Lease> leases = new ArrayList<>();
            for (OwnAddress address : share) {
                leases.add(address.lease());
            }
            if (purpose == Purpose.EXTEND) {
                leases.addAll(ended(ia));
            }
            assignment.add(
                    leases.isEmpty()
                            ? IaAnswer.of(ia, Status.NO_ADDRS_AVAIL, "no address is left for this port")
                            : IaAnswer.of(ia, leases));
            for (OwnAddress address : share) {
                remember(address, ia, ias.size() > 1);
            }
        }
    }

    private boolean isOnLink(IaNa ia) {
        for (IaAddress named : ia.options(IaAddress.class)) {
            if (!client.link().holds(named.address())) {
                return false;
            }
        }
        return true;
    }

    /** What each identity association has, in their order. */
    private List<List<OwnAddress>> shares(List<IaNa> ias, List<OwnAddress> own) {
        List<List<OwnAddress>> shares = new ArrayList<>(ias.size());
        for (int i = 0; i < ias.size(); i++) {
            shares.add(new ArrayList<>());
        }
        List<OwnAddress> rest = new ArrayList<>();
        for (OwnAddress address : own) {
            Optional<Holder> known = holder(address);
            int share = naming(ias, address.address());
            if (share < 0 && known.isPresent()) {
                share = indexOf(ias, known.get().iaid());
            }
            if (share >= 0) {
                shares.get(share).add(address);
            } else if (known.isEmpty() || purpose != Purpose.EXTEND) {
                // Who solicits starts anew: what an identity association had that is not asked for now is free again.
                rest.add(address);
            }
        }
        for (OwnAddress address : rest) {
            smallest(shares).add(address);
        }
        return shares;
    }

    /** The index of the first one that names an address, or -1. */
    private static int naming(List<IaNa> ias, IPv6Address address) {
        for (int i = 0; i < ias.size(); i++) {
            for (IaAddress named : ias.get(i).options(IaAddress.class)) {
                if (named.address().equals(address)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static int indexOf(List<IaNa> ias, long iaid) {
        for (int i = 0; i < ias.size(); i++) {
            if (ias.get(i).iaid() == iaid) {
                return i;
            }
        }
        return -1;
    }

    /** Of those with as few the first one, that of the lowest IAID. */
    private static List<OwnAddress> smallest(List<List<OwnAddress>> shares) {
        List<OwnAddress> smallest = shares.get(0);
        for (List<OwnAddress> share : shares) {
            if (share.size() < smallest.size()) {
                smallest = share;
            }
        }
        return smallest;
    }

    /** The identity association of this client that an address is known to be in. */
    private Optional<Holder> holder(OwnAddress address) {
        Optional<Fact> fact = client.fact(address.shared());
        return fact.isEmpty()
                ? Optional.empty()
                : Holder.parse(fact.get().value())
                        .filter(holder -> holder.duid().equals(duid.toString()));
    }

    private void remember(OwnAddress address, IaNa ia, boolean several) {
        if (several || holder(address).isPresent()) {
            assignment.remember(new Fact(
                    address.shared(),
                    Holder.of(duid, ia.iaid()).toString(),
                    Remembered.end(client.moment().now(), address.lifetimes())));
        }
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
