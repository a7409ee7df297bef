"""Seeded random security groups, members, and packets that come close to what the rules say."""

import ipaddress
import random

from flow6lab import Network
from flow6lab.verdicts import Packet

PORTS = 8
_GROUPS = 6
_SPARE = 0xF000
_SERVICE_PORTS = (1, 22, 53, 80, 443, 1000, 1023, 1024, 8080, 32767, 32768, 65535)
_PREFIXES = {
    6: ("2001:db8:1::/64", "2001:db8:1::4/126", "2001:db8:1::2/127", "2001:db8:1::5", "2001:db8:9::/48", "2001:db8:9::8000/113", "::/0"),
    4: ("192.0.2.0/24", "192.0.2.4/30", "192.0.2.5", "198.51.100.0/25", "198.51.100.64/26", "0.0.0.0/0"),
}
_STRANGERS = {
    6: ("2001:db8:9::1", "2001:db8:9::8001", "2001:db8:9:1::1", "2001:db8:ffff::1", "2001:db8:1::abcd"),
    4: ("198.51.100.1", "198.51.100.65", "198.51.100.200", "203.0.113.9", "192.0.2.77"),
}
# Those that conntrack makes connections of, and some that it does not; none that hosts need to have addresses at all.
_ICMP_TYPES = {6: ((128, 0), (128, 1), (139, 0), (140, 2), (160, 0)), 4: ((8, 0), (8, 3), (13, 0), (37, 0))}


class RandomGroups:
    """A network whose groups change at random. Every state is a network file, of which `content` is the dictionary."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._rules = 0
        self._changes = 0
        self.network = Network().network("blue").subnet("blue6", "blue", "2001:db8:1::/64").subnet("blue4", "blue", "192.0.2.0/24")
        self.content = self.network.content
        for number in range(1, PORTS + 1):
            self.network.port(f"vm{number}", "blue", number=number, security_groups=[])
        # Never bound: its address tells which state a switch is in.
        self.network.port("spare", "blue", number=PORTS + 1, security_groups=[])
        for number in range(_GROUPS):
            settings = {"flow6": {"default_rules": False}} if number % 2 else {}
            self.network.add("security_groups", id=f"g{number}", stateful=number != _GROUPS - 1, **settings)
        for number in range(2):
            self.network.add("address_groups", id=f"a{number}", addresses=[])
            self._change_addresses()
        self.content["security_group_rules"] = []
        for _ in range(6 * _GROUPS):
            self._add_rule()
        for port in self._vms():
            self._change_member(port)
        self.network.port_of("vm8").update(port_security_enabled=False, security_groups=[], allowed_address_pairs=[])

    def change(self):
        """One random change; returns the address of the spare port, which changes with it."""
        choice = self._random.random()
        if choice < 0.35:
            self._add_rule()
        elif choice < 0.6 and self.content["security_group_rules"]:
            self.content["security_group_rules"].remove(self._random.choice(self.content["security_group_rules"]))
        elif choice < 0.75:
            self._change_addresses()
        else:
            self._change_member(self._random.choice(self._vms()))
        self._changes += 1
        address = str(ipaddress.ip_address("2001:db8:1::") + _SPARE + self._changes)
        self.network.port_of("spare")["fixed_ips"][0]["ip_address"] = address
        return address

    def packet(self):
        """A packet between two of the hosts."""
        sender, receiver = self._random.sample([f"vm{number}" for number in range(1, PORTS + 1)], 2)
        family = self._random.choice((4, 6))
        protocol, first, second = self._upper_layer(family)
        return Packet(sender, receiver, self._address(sender, family), self._address(receiver, family), protocol, first, second)

    def _vms(self):
        return [port for port in self.content["ports"] if port["id"] != "spare" and port.get("port_security_enabled", True)]

    def _address(self, port_id, family):
        own = [fixed["ip_address"] for fixed in self.network.port_of(port_id)["fixed_ips"] if ipaddress.ip_address(fixed["ip_address"]).version == family]
        return own[0] if self._random.random() < 0.6 else self._random.choice(_STRANGERS[family])

    def _upper_layer(self, family):
        protocol = self._random.choice((6, 6, 17, 132, 47, 58 if family == 6 else 1, 58 if family == 6 else 1))
        if protocol in (1, 58):
            return protocol, *self._random.choice(_ICMP_TYPES[family])
        if protocol == 47:
            return protocol, 0, 0
        near = self._random.choice(_SERVICE_PORTS) + self._random.choice((-1, 0, 0, 1))
        return protocol, self._random.choice((40000, 50001)), min(max(near, 1), 65535)

    def _add_rule(self):
        self._rules += 1
        family = self._random.choice((4, 6))
        rule = {
            "id": f"rule{self._rules}",
            "security_group_id": f"g{self._random.randrange(_GROUPS)}",
            "direction": self._random.choice(("ingress", "egress")),
            "ethertype": f"IPv{family}",
            **self._rule_protocol(family),
            **self._random.choice((
                {}, {"remote_ip_prefix": self._random.choice(_PREFIXES[family])}, {"remote_group_id": f"g{self._random.randrange(_GROUPS)}"},
                {"remote_address_group_id": f"a{self._random.randrange(2)}"})),
        }
        essence = {key: value for key, value in rule.items() if key != "id"}
        if all({key: value for key, value in other.items() if key != "id"} != essence for other in self.content["security_group_rules"]):
            self.content["security_group_rules"].append(rule)

    def _rule_protocol(self, family):
        kind = self._random.randrange(6)
        if kind == 0:
            return {}
        if kind == 1:
            kind_of_icmp, code = self._random.choice(_ICMP_TYPES[family])
            name = "icmp" if family == 4 else self._random.choice(("icmpv6", "ipv6-icmp", "icmp", "58"))
            return {"protocol": name, **self._random.choice(({}, {"port_range_min": kind_of_icmp}, {"port_range_min": kind_of_icmp, "port_range_max": code}))}
        if kind == 2:
            return {"protocol": self._random.choice(("47", "gre", "132"))}
        low, high = sorted(self._random.choices(_SERVICE_PORTS, k=2))
        return {"protocol": self._random.choice(("tcp", "udp", "sctp", "6")), **self._random.choice(({}, {"port_range_min": low, "port_range_max": high}))}

    def _change_addresses(self):
        group = self._random.choice(self.content["address_groups"])
        prefixes = [prefix for family in (4, 6) for prefix in _PREFIXES[family][:-1]]
        group["addresses"] = self._random.sample(prefixes, self._random.randrange(4))

    def _change_member(self, port):
        stateless = self._random.random() < 0.15
        port["security_groups"] = [f"g{_GROUPS - 1}"] if stateless else [f"g{number}" for number in sorted(self._random.sample(range(_GROUPS - 1), self._random.choice((0, 1, 1, 2, 3))))]
        pairs = self._random.sample(("2001:db8:9::8000/113", "198.51.100.64/26", "203.0.113.9", "::/0", "0.0.0.0/0"), self._random.choice((0, 0, 1, 2)))
        port["allowed_address_pairs"] = [{"ip_address": pair} for pair in pairs]
