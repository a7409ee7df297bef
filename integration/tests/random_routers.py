"""Seeded random routers: their subnets, nested routes, shared ones and blackholes; and destinations that come close to what these say."""

import ipaddress
import random

from flow6lab import Network
from routing import add_link

# The last network has the first one's prefixes, and no router in common with it.
_PREFIXES = (("2001:db8:0:8000::/49", "10.0.0.0/17"), ("2001:db8:1::/64", "10.1.0.0/30"), ("2001:db8:2:2::/127", "2001:db8:2:3::/64", "10.2.0.0/24"),
             ("2001:db8:3::/48", "10.3.3.0/31"), ("2001:db8:0:8000::/49", "10.0.0.0/17"))
_NETWORKS = [f"n{number}" for number in range(len(_PREFIXES))]
_ROUTERS = {"r0": ("n0", "n1", "n2"), "r1": ("n2", "n3", "n4")}
_HOSTS = 2
_BASES = {6: "2001:db8::", 4: "10.0.0.0"}


class RandomRouters:
    """Two routers that have a network in common, and hosts. Every state is a network file, of which `content` is the dictionary."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._changes = 0
        self.network = Network()
        self.content = self.network.content
        for on, prefixes in zip(_NETWORKS, _PREFIXES):
            self.network.network(on, **({"router:external": True} if on == "n3" else {}))
            for number, prefix in enumerate(prefixes):
                self.network.subnet(f"{on}-{number}", on, prefix)
        self._used = {}
        for number, (router, networks) in enumerate(_ROUTERS.items()):
            self.network.add("routers", id=router, routes=[], flow6={"blackhole_routes": []})
            for on in networks:
                mac = f"02:00:00:00:{number + 1:02x}:{int(on[1:]) + 1:02x}"
                add_link(self.network, router, on, mac, self._addresses(on), "network:router_gateway" if (router, on) == ("r1", "n3") else "network:router_interface")
        for on in _NETWORKS:
            for number in range(_HOSTS):
                self.network.port(f"{on}h{number}", on, mac=f"02:00:00:00:0a:{int(on[1:]):01x}{number}", addresses=self._addresses(on), port_security_enabled=False)
        # n3 is where r1's gateway is: a host there routes on.
        for subnet in self._subnets("n3"):
            subnet["gateway_ip"] = self._random.choice([address for address in self._known("n3") if (":" in address) == (subnet["ip_version"] == 6)])
        # Never bound: its address tells which state a switch is in.
        self.network.network("spare").subnet("spare6", "spare", "2001:db8:ffff::/64").port("spare", "spare", number=0xFFFF)
        for _ in range(60):
            self._add_route()
        for _ in range(12):
            self._add_blackhole()

    @property
    def hosts(self):
        return [port["id"] for port in self.content["ports"] if "device_owner" not in port and port["id"] != "spare"]

    def change(self):
        """One random change; returns the address of the spare port, which changes with it."""
        router, choice = self._router(), self._random.random()
        holes = router["flow6"]["blackhole_routes"]
        down = [thing for thing in self.content["ports"] + self.content["routers"] if not thing.get("admin_state_up", True)]
        if down:
            down[0]["admin_state_up"] = True
        elif choice < 0.35:
            self._add_route()
        elif choice < 0.6 and router["routes"]:
            router["routes"].remove(self._random.choice(router["routes"]))
        elif choice < 0.7:
            self._add_blackhole()
        elif choice < 0.8 and holes:
            holes.remove(self._random.choice(holes))
        elif choice < 0.9:
            link = self._random.choice([port for port in self.content["ports"] if port.get("device_owner")])
            link["admin_state_up"] = False
        else:
            router["admin_state_up"] = False
        self._changes += 1
        address = str(ipaddress.ip_address("2001:db8:ffff::") + self._changes)
        self.network.port_of("spare")["fixed_ips"][0]["ip_address"] = address
        return address

    def destination(self):
        """An address in, at the edge of, or next to some prefix; or some port's."""
        if self._random.random() < 0.25:
            return self._random.choice([fixed["ip_address"] for port in self.content["ports"] for fixed in port["fixed_ips"]])
        router = self._router()
        prefixes = [route["destination"] for route in router["routes"]] + router["flow6"]["blackhole_routes"] + [subnet["cidr"] for subnet in self.content["subnets"]]
        prefix = ipaddress.ip_network(self._random.choice(prefixes))
        first, last = int(prefix.network_address), int(prefix.broadcast_address)
        most = (1 << prefix.max_prefixlen) - 1
        value = self._random.choice((first, last, first - 1, last + 1, self._random.randint(first, last), self._random.randint(first, last)))
        return str(type(prefix.network_address)(min(max(value, 0), most)))

    def _router(self):
        return self._random.choice(self.content["routers"])

    def _subnets(self, on):
        return [subnet for subnet in self.content["subnets"] if subnet["network_id"] == on]

    def _addresses(self, on):
        """An address in each subnet, as long as there are any."""
        addresses = []
        for subnet in self._subnets(on):
            prefix = ipaddress.ip_network(subnet["cidr"])
            number = self._used[subnet["id"]] = self._used.get(subnet["id"], 0 if prefix.num_addresses > 2 else -1) + 1
            if number < prefix.num_addresses - (prefix.num_addresses > 2):
                addresses.append((subnet["id"], str(prefix[number])))
        return addresses

    def _known(self, on):
        return [fixed["ip_address"] for port in self.content["ports"] if port["network_id"] == on and not port.get("device_owner") for fixed in port["fixed_ips"]]

    def _prefix(self, family):
        """Near a few others, so that many are nested."""
        if self._random.random() < 0.02:
            return "::/0" if family == 6 else "0.0.0.0/0"
        bits = 128 if family == 6 else 32
        first = int(ipaddress.ip_address(_BASES[family])) >> (bits - (32 if family == 6 else 8))
        length = self._random.choice((20, 32, 33, 47, 48, 49, 50, 64, 65, 96, 127, 128) if family == 6 else (7, 8, 9, 15, 16, 17, 18, 24, 25, 31, 32))
        value = first << (bits - (32 if family == 6 else 8))
        value |= self._random.choice((0, 1, 2, 3, 0x8000)) << (bits - (48 if family == 6 else 16))
        value |= self._random.choice((0, 0, 0x8000)) << (bits - (64 if family == 6 else 24)) if family == 6 else self._random.choice((0, 0, 0x80)) << 8
        value |= self._random.choice((0, 1, 2, 3))
        value &= (1 << bits) - 1
        kind = ipaddress.IPv6Network if family == 6 else ipaddress.IPv4Network
        return str(kind((value >> (bits - length) << (bits - length), length)))

    def _add_route(self):
        router, family = self._router(), self._random.choice((4, 6))
        networks = _ROUTERS[router["id"]]
        own = {fixed["ip_address"] for port in self.content["ports"] if port.get("device_id") == router["id"] for fixed in port["fixed_ips"]}
        near = [fixed["ip_address"] for port in self.content["ports"] if port["network_id"] in networks for fixed in port["fixed_ips"]]
        near += [str(ipaddress.ip_network(subnet["cidr"])[-2]) for on in networks for subnet in self._subnets(on) if ipaddress.ip_network(subnet["cidr"]).num_addresses > 4]
        near = sorted({address for address in near if (":" in address) == (family == 6)} - own)
        same = [route["destination"] for route in router["routes"] if (":" in route["destination"]) == (family == 6)]
        destination = self._random.choice(same) if same and self._random.random() < 0.3 else self._prefix(family)
        route = {"destination": destination, "nexthop": self._random.choice(near)}
        if route not in router["routes"] and destination not in router["flow6"]["blackhole_routes"]:
            router["routes"].append(route)

    def _add_blackhole(self):
        router = self._router()
        prefix = self._prefix(self._random.choice((4, 6)))
        if prefix not in router["flow6"]["blackhole_routes"] and all(route["destination"] != prefix for route in router["routes"]):
            router["flow6"]["blackhole_routes"].append(prefix)
