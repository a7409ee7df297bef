"""Where routers send packets, in the plainest words: a model to compare flows with (longest prefix, one address at a time)."""

import ipaddress

from flow6lab.host import link_local

# The codes of flow6's reasons, as `bin/flow6 pipeline` shows them.
HOP_LIMIT, NO_ROUTE, LOCAL, UNRESOLVED = "punt 9", "punt 10", "punt 12", "punt 14"
DESTINATION, LINK_LOCAL_DESTINATION, BROADCAST, BLACKHOLE = "drop 112", "drop 113", "drop 114", "drop 115"
NO_ROUTER = "drop 2"
_ALL = {6: ipaddress.ip_network("::/0"), 4: ipaddress.ip_network("0.0.0.0/0")}


class Routes:
    """The ways of a network file's packets; `content` is the file as a dictionary."""

    def __init__(self, content):
        self._subnets = {subnet["id"]: subnet for subnet in content["subnets"]}
        self._routers = {router["id"]: router for router in content["routers"]}
        self._owners = {}  # (network, address) → ports
        self._links = {router: [] for router in self._routers}
        for port in content["ports"]:
            if not port.get("admin_state_up", True):
                continue
            for address in [ipaddress.ip_address(fixed["ip_address"]) for fixed in port["fixed_ips"]] + [ipaddress.ip_address(link_local(port["mac_address"]))]:
                self._owners.setdefault((port["network_id"], address), []).append(port)
            if self._is_router(port):
                self._links[port["device_id"]].append(port)

    def _is_router(self, port):
        return port.get("device_owner", "").startswith("network:router_") and port["device_id"] in self._routers

    def of(self, network, destination, hops):
        """Everything that may become of a packet that is sent to the router of a network: ports, and reasons in words."""
        address = ipaddress.ip_address(destination)
        routers = [port["device_id"] for links in self._links.values() for port in links if port["network_id"] == network]
        return self._by(routers[0], address, hops) if routers and self._is_up(routers[0]) else {NO_ROUTER}

    def _is_up(self, router):
        return self._routers[router].get("admin_state_up", True)

    def _by(self, router, address, hops):
        ending = self._ending(router, address)
        if ending:
            return {ending}
        if hops < 2:
            return {HOP_LIMIT}
        found = set()
        for network, neighbor in self._longest(router, address):
            if neighbor is None:
                found.add(network)
                continue
            owners = self._owners.get((network, neighbor), [])
            if len(owners) != 1:
                found.add(UNRESOLVED)
            elif not self._is_router(owners[0]):
                found.add(owners[0]["id"])
            elif self._is_up(owners[0]["device_id"]):
                found |= self._by(owners[0]["device_id"], address, hops - 1)
            else:
                found.add(NO_ROUTER)
        return found

    def _prefixes(self, router):
        for port in self._links[router]:
            for fixed in port["fixed_ips"]:
                yield port["network_id"], ipaddress.ip_network(self._subnets[fixed["subnet_id"]]["cidr"])

    def _own(self, router):
        for port in self._links[router]:
            yield ipaddress.ip_address(link_local(port["mac_address"]))
            yield from (ipaddress.ip_address(fixed["ip_address"]) for fixed in port["fixed_ips"])
        yield from (prefix.network_address for _, prefix in self._prefixes(router) if prefix.version == 6 and prefix.prefixlen < 127)

    def _ending(self, router, address):
        if address in set(self._own(router)):
            return LOCAL
        if address.is_link_local:
            return LINK_LOCAL_DESTINATION
        if address.is_multicast or address.is_loopback or address.is_unspecified or address.version == 4 and (int(address) >> 24 == 0 or int(address) >> 28 == 15):
            return DESTINATION
        for _, prefix in self._prefixes(router):
            if prefix.version == 4 and prefix.prefixlen < 31 and address in (prefix.network_address, prefix.broadcast_address):
                return BROADCAST
        return None

    def _longest(self, router, address):
        """The next hops by the longest prefix: (network, neighbor) each, or (reason, None)."""
        table = {}
        for network, prefix in self._prefixes(router):
            table.setdefault(prefix, [(network, address)])
        connected = set(table)
        for route in self._routers[router].get("routes", []):
            destination, neighbor = ipaddress.ip_network(route["destination"]), ipaddress.ip_address(route["nexthop"])
            networks = [network for network, prefix in self._prefixes(router) if prefix.version == neighbor.version and neighbor in prefix]
            if destination not in connected and networks:
                table.setdefault(destination, []).append((networks[0], neighbor))
        for destination in self._routers[router].get("flow6", {}).get("blackhole_routes", []):
            table.setdefault(ipaddress.ip_network(destination), [(BLACKHOLE, None)])
        for port in self._links[router]:
            if port["device_owner"] == "network:router_gateway":
                for fixed in port["fixed_ips"]:
                    subnet = self._subnets[fixed["subnet_id"]]
                    if subnet["gateway_ip"]:
                        gateway = ipaddress.ip_address(subnet["gateway_ip"])
                        table.setdefault(_ALL[gateway.version], [(port["network_id"], gateway)])
        holding = [prefix for prefix in table if prefix.version == address.version and address in prefix]
        return table[max(holding, key=lambda prefix: prefix.prefixlen)] if holding else [(NO_ROUTE, None)]
