package org.flow6.network.file;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.flow6.network.FloatingIp;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.projectfloodlight.openflow.types.IPAddress;

/** Floating IPs. */
final class FloatingIpKind extends NeutronKind {
    final Attribute<String> floatingNetworkId =
            required("floating_network_id", "The external network that the address is of.", Readers.ID);
    final Attribute<IPAddress<?>> floatingIpAddress =
            required("floating_ip_address", "The address outside.", Readers.HOST_ADDRESS);
    final Attribute<String> portId = optional("port_id", "The port it stands for. Default: none.", Readers.ID);
    final Attribute<IPAddress<?>> fixedIpAddress =
            optional("fixed_ip_address", "The address of that port. Default: none.", Readers.HOST_ADDRESS);

    FloatingIpKind() {
        super("floatingips", "floating IP");
        ignore("dns_domain", "dns_name", "port_details", "port_forwardings", "router_id", "subnet_id", "qos_policy_id");
        ignore("qos_network_policy_id");
    }

    @Override
    Collection<String> portsNamed(Item floating) {
        String port = floating.find(portId);
        return port == null ? List.of() : List.of(port);
    }

    @Override
    void resolve(Item floating, Resolving resolving) {
        if (floating.has(floatingNetworkId)) {
            String network = floating.get(floatingNetworkId);
            resolving.refer(Kinds.NETWORKS, network, floating.place(floatingNetworkId));
            if (floating.has(floatingIpAddress)) {
                resolving.claim(
                        Key.floatingOn(Id.<Network>of(network), floating.get(floatingIpAddress)),
                        floating.place(floatingIpAddress));
            }
        }
        String port = floating.find(portId);
        if (port != null) {
            resolving.refer(Kinds.PORTS, port, floating.place(portId));
        }
        if (floating.complaints().isEmpty()) {
            resolving.produce(new FloatingIp(
                    Id.of(floating.get(id)),
                    Id.of(floating.get(floatingNetworkId)),
                    floating.get(floatingIpAddress),
                    Optional.ofNullable(port).map(Id::<Port>of),
                    Optional.ofNullable(floating.find(fixedIpAddress)),
                    floating.project()));
        }
    }
}
