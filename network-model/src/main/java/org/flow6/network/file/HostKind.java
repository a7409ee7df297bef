package org.flow6.network.file;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Hosts that Flow6 runs on. */
final class HostKind extends Kind {
    final Attribute<IPAddress<?>> tunnelIp = required(
            "tunnel_ip",
            "Where its end of tunnels is: the `local_ip` of its Flow6; all of one family.",
            Readers.form("an IPv6 or IPv4 address", field -> {
                IPAddress<?> address = Readers.HOST_ADDRESS.read(field);
                // Without a zone it says nothing (RFC 4007 §11), and tunnels have none.
                return address instanceof IPv6Address v6 && LinkLocal.includes(v6)
                        ? field.complain(address + " is a link-local address, which leads to no other host by itself")
                        : address;
            }));

    final Attribute<List<String>> physicalNetworks = optional(
            "physical_networks",
            "The physical networks that it is attached to, those of its `bridge_mappings`: ports of their networks may be "
                    + "on it.",
            Readers.list(Readers.NAME),
            List.of());

    HostKind() {
        super("hosts", "host", "name", "As in `binding:host_id`, and the `host` of its Flow6; unique.");
        ignore("description");
    }

    @Override
    void declare(Item host, Consumer<Key> keys) {
        super.declare(host, keys);
        keys.accept(Key.ANY_HOST);
    }

    @Override
    void resolve(Item host, Resolving resolving) {
        if (host.has(tunnelIp)) {
            resolving.claim(Key.tunnelTo(host.get(tunnelIp)), host.place(tunnelIp));
            checkFamily(host.get(tunnelIp), resolving);
        }
        if (host.complaints().isEmpty()) {
            resolving.produce(
                    new Host(Id.of(host.get(id)), host.get(tunnelIp), Set.copyOf(host.get(physicalNetworks))));
        }
    }

    /** A tunnel is of one family from end to end, and a host has one end for all tunnels. */
    private void checkFamily(IPAddress<?> address, Resolving resolving) {
        resolving.all(Key.ANY_HOST).stream()
                .filter(other ->
                        other.has(id, tunnelIp) && Addresses.isIpv6(other.get(tunnelIp)) != Addresses.isIpv6(address))
                .min(Comparator.comparing(Item::id))
                .ifPresent(other -> resolving.complainAgainst(
                        other,
                        tunnelIp,
                        address + " is " + Addresses.family(address) + " and that of host " + other.id() + " is not: "
                                + "no tunnel leads from one family to the other"));
    }
}
