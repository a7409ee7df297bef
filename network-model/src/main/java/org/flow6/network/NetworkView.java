package org.flow6.network;

import java.util.List;
import java.util.Optional;

/**
 * A network as this switch sees it.
 *
 * @param boundPorts the ports bound on this switch, ordered by key; without the {@link ProviderPort}
 * @param provider its {@link ProviderPort}, if it is bound here: what others on the physical network are to get leaves by it
 * @param openClaims prefixes whose every address a bound port may own, ordered by port key: allowed address pairs that
 *     are prefixes, everything for a port without port security, and each address that a port {@linkplain
 *     PortView#claimed claimed}, which it may have lost to a host that is not guarded
 * @param subnets all of them, ordered by id
 * @param routers those that are up, by the ports they have on it, bound here or not; ordered by port key; none while
 *     the network is administratively down
 * @param dhcpServers the ports that are up whose {@link Port#isDhcpServer} holds, bound here or not; ordered by key; none
 *     while the network is administratively down
 * @param remoteHosts the other hosts with ports of it that are up, ordered by key; none while the network is
 *     administratively down, nor of one that is part of a physical network
 * @param tunneled whether its packets may come from other hosts: it is up and no part of a
 *     physical network, and there are tunnels
 */
public record NetworkView(
        Network network,
        NetworkKey key,
        List<PortKey> boundPorts,
        Optional<PortKey> provider,
        List<OpenClaim> openClaims,
        List<Subnet> subnets,
        List<RouterInterface> routers,
        List<Port> dhcpServers,
        List<HostKey> remoteHosts,
        boolean tunneled) {
    public NetworkView {
        boundPorts = List.copyOf(boundPorts);
        openClaims = List.copyOf(openClaims);
        subnets = List.copyOf(subnets);
        routers = List.copyOf(routers);
        dhcpServers = List.copyOf(dhcpServers);
        remoteHosts = List.copyOf(remoteHosts);
    }

    /** The routers but for gateways that are on another host: what is for these is for that one to take. */
    public List<RouterInterface> routersHere() {
        return routers.stream().filter(RouterInterface::isHere).toList();
    }

    /** A bound port's claim to all of a prefix. */
    public record OpenClaim(PortKey port, IpPrefix prefix) {}
}
