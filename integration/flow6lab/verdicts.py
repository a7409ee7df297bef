"""What security groups say, in the plainest words: a model to compare flows with (Neutron's semantics, written down apart from Flow6)."""

import dataclasses
import ipaddress

_NUMBERS = {"icmp": 1, "tcp": 6, "udp": 17, "gre": 47, "esp": 50, "icmpv6": 58, "ipv6-icmp": 58, "sctp": 132, "any": None}
_WITH_PORTS = (6, 17, 132)
_ICMP = {4: 1, 6: 58}


@dataclasses.dataclass(frozen=True)
class Packet:
    """The first packet of a connection. `first` and `second` are the ports, or of ICMP the type and the code."""

    sender: str
    receiver: str
    source: str
    destination: str
    protocol: int
    first: int = 0
    second: int = 0

    @property
    def family(self):
        return ipaddress.ip_address(self.source).version


class Verdicts:
    """The verdicts of a network file's groups; `content` is the file as a dictionary."""

    def __init__(self, content):
        self._ports = {port["id"]: port for port in content["ports"]}
        self._groups = {group["id"]: group for group in content.get("security_groups", [])}
        self._address_groups = {group["id"]: group["addresses"] for group in content.get("address_groups", [])}
        self._rules = {group: list(self._implied(group)) for group in self._groups}
        for rule in content.get("security_group_rules", []):
            self._rules[rule["security_group_id"]].append(rule)

    def _implied(self, group):
        if self._groups[group].get("flow6", {}).get("default_rules", True):
            for ethertype in ("IPv4", "IPv6"):
                yield {"direction": "egress", "ethertype": ethertype}

    def allows(self, packet):
        """Whether the packet gets from its sender to its receiver."""
        return self._passes(packet, packet.sender, "egress", packet.destination) and self._passes(packet, packet.receiver, "ingress", packet.source)

    def _passes(self, packet, port_id, direction, remote):
        port = self._ports[port_id]
        if not port.get("port_security_enabled", True):
            return True
        return any(self._matches(rule, packet, direction, remote) for group in port["security_groups"] for rule in self._rules[group])

    def _matches(self, rule, packet, direction, remote):
        if rule["direction"] != direction or rule.get("ethertype", "IPv4") != f"IPv{packet.family}":
            return False
        return self._matches_protocol(rule, packet) and self._matches_remote(rule, ipaddress.ip_address(remote))

    def _matches_protocol(self, rule, packet):
        stated = rule.get("protocol")
        number = _NUMBERS[stated] if stated in _NUMBERS else None if stated is None else int(stated)
        if number == 1 and packet.family == 6:
            number = 58
        if number is None:
            return True
        if number != packet.protocol:
            return False
        low, high = rule.get("port_range_min"), rule.get("port_range_max")
        if number == _ICMP[packet.family]:
            return low in (None, packet.first) and high in (None, packet.second)
        return low is None or number in _WITH_PORTS and low <= packet.second <= high

    def _matches_remote(self, rule, remote):
        if "remote_ip_prefix" in rule:
            prefixes = [rule["remote_ip_prefix"]]
        elif "remote_address_group_id" in rule:
            prefixes = self._address_groups[rule["remote_address_group_id"]]
        elif "remote_group_id" in rule:
            prefixes = list(self._members(rule["remote_group_id"]))
        else:
            return True
        return any(remote in ipaddress.ip_network(prefix, strict=False) for prefix in prefixes)

    def _members(self, group):
        for port in self._ports.values():
            if port.get("port_security_enabled", True) and group in port["security_groups"]:
                yield from (fixed["ip_address"] for fixed in port["fixed_ips"])
                # A pair of all addresses does not open the world.
                pairs = (pair["ip_address"] for pair in port.get("allowed_address_pairs", []))
                yield from (pair for pair in pairs if not pair.endswith("/0"))
