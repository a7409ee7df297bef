package org.flow6.apps.dhcpv6;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.packets.Bytes;
import org.flow6.packets.DomainName;
import org.flow6.packets.dhcpv6.ClientFqdn;

/** The name of a client (RFC 4704). The server changes nothing in the DNS. */
final class HostName {
    private HostName() {}

    /** The port's name in the network's domain; else the client's own, made whole by that domain if it is not. */
    static ClientFqdn answer(Client client, ClientFqdn asked) {
        List<Bytes> domain =
                client.link().network().dnsDomain().map(HostName::labels).orElse(List.of());
        Optional<List<Bytes>> given = client.port().dnsName().map(HostName::labels);
        List<Bytes> name = given.orElse(asked.labels());
        boolean whole = given.isEmpty() && asked.fullyQualified();
        if (!whole && !name.isEmpty() && !domain.isEmpty()) {
            List<Bytes> both = Stream.concat(name.stream(), domain.stream()).toList();
            if (fits(both)) {
                name = both;
                whole = true;
            }
        }
        // RFC 4704 §6.1: S is 0 and N is 1 as nothing is updated; O says that the client wanted otherwise.
        return new ClientFqdn(false, asked.serverUpdates(), true, name, whole);
    }

    private static List<Bytes> labels(String name) {
        return DomainName.of(name).labels();
    }

    private static boolean fits(List<Bytes> labels) {
        return labels.stream().mapToInt(label -> 1 + label.length()).sum() < 255;
    }
}
