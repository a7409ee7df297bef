package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import org.flow6.apps.dhcpv6.Remembered.Delegation;
import org.flow6.apps.dhcpv6.Remembered.Holder;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.IpPrefix;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IaAddress;
import org.flow6.packets.dhcpv6.IaNa;
import org.flow6.packets.dhcpv6.IaPd;
import org.flow6.packets.dhcpv6.IaPrefix;
import org.flow6.packets.dhcpv6.IaTa;
import org.flow6.packets.dhcpv6.IdentityAssociation;
import org.flow6.packets.dhcpv6.Status;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What a client has no more: released or declined (RFC 8415 §18.3.7, §18.3.8).
 *
 * @param unknown the identity associations that it has nothing of what it names in
 * @param text of the message's status
 */
record GivenBack(List<IaAnswer> unknown, Facts.Change facts, String text) {

    /** The addresses stay the port's, the prefixes are anybody's. */
    static GivenBack released(Client client, Duid duid, ClientServerMessage message) {
        List<IaAnswer> unknown = new ArrayList<>();
        List<Fact.Key> forgotten = new ArrayList<>();
        for (IaNa ia : Assignment.each(message, IaNa.class)) {
            List<IPv6Address> addresses = known(client, ia);
            addresses.forEach(address -> forgotten.add(Remembered.shared(client.network(), address)));
            noteUnknown(ia, addresses, unknown);
        }
        for (IaPd ia : Assignment.each(message, IaPd.class)) {
            Holder holder = Holder.of(duid, ia.iaid());
            List<Delegation> delegations = PrefixAssignment.held(client)
                    .filter(each -> each.holder().equals(holder)
                            && each.port().equals(client.port().id())
                            && names(ia, each.prefix()))
                    .toList();
            delegations.forEach(each -> forgotten.add(each.key(client.network())));
            noteUnknown(ia, delegations, unknown);
        }
        Assignment.each(message, IaTa.class).forEach(ia -> noteUnknown(ia, List.of(), unknown));
        return new GivenBack(unknown, new Facts.Change(List.of(), forgotten), "released");
    }

    /** Somebody else on the link has the address: nobody is offered it for some time. */
    static GivenBack declined(Client client, ClientServerMessage message) {
        List<IaAnswer> unknown = new ArrayList<>();
        List<Fact> remembered = new ArrayList<>();
        for (IaNa ia : Assignment.each(message, IaNa.class)) {
            List<IPv6Address> addresses = known(client, ia);
            addresses.forEach(address -> remembered.add(Remembered.declined(
                    client.network(),
                    address,
                    client.port().id(),
                    client.moment().now())));
            noteUnknown(ia, addresses, unknown);
        }
        Assignment.each(message, IaTa.class).forEach(ia -> noteUnknown(ia, List.of(), unknown));
        return new GivenBack(unknown, new Facts.Change(remembered, List.of()), "declined");
    }

    private static List<IPv6Address> known(Client client, IaNa ia) {
        return ia.options(IaAddress.class).stream()
                .map(IaAddress::address)
                .filter(client::owns)
                .distinct()
                .toList();
    }

    private static boolean names(IaPd ia, IpPrefix prefix) {
        return ia.options(IaPrefix.class).stream().anyMatch(named -> IpPrefix.of(named.prefix(), named.prefixLength())
                .equals(prefix));
    }

    private static void noteUnknown(IdentityAssociation ia, List<?> known, List<IaAnswer> unknown) {
        if (known.isEmpty()) {
            unknown.add(IaAnswer.of(ia, Status.NO_BINDING, "nothing that this port has"));
        }
    }
}
