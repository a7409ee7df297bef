"""Hosts under security groups: what their rules are, and what passes from one to another."""

import itertools

from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import ARP, Ether

from flow6lab import Controller, Network, until

ANY = [{"direction": direction, "ethertype": family} for direction in ("ingress", "egress") for family in ("IPv6", "IPv4")]


class Groups:
    """Hosts vm1, vm2 … on network blue, and groups that the tests give them; a context manager for their captures.

    Each host has an IPv6 and an IPv4 address of its number. Hosts are dumb unless told otherwise: they send what tests send.
    """

    def __init__(self, lab, ports=2, network=None, settings=None, without=("source-guard",)):
        self.lab = lab
        self.network = network or self._dual(ports)
        self.groups = {}
        self.members = {}
        self.addresses = {}
        self.without = without  # source guard, for what must not pass from a wrong address is to be shown here as well
        self.settings = settings
        self.flow6 = None
        self._fences = itertools.count(1)
        self._marks = itertools.count(30000)

    @staticmethod
    def _dual(ports):
        network = Network().network("blue").subnet("blue6", "blue", "2001:db8:1::/64").subnet("blue4", "blue", "192.0.2.0/24")
        for number in range(1, ports + 1):
            network.port(f"vm{number}", "blue", number=number)
        return network

    # What is in force.

    def group(self, name, *rules, **fields):
        """A group with these rules and no others; `log` and others of its fields."""
        flow6 = {"default_rules": False, **({"log": fields.pop("log")} if "log" in fields else {})}
        self.groups[name] = ({"name": name, "flow6": flow6, **fields}, list(rules))
        return self

    def put(self, port, *groups):
        """Puts a port into these groups and no others."""
        self.members[port] = list(groups)
        return self

    def text(self):
        """The network with its groups."""
        network = self.network.copy()
        for name, (fields, rules) in self.groups.items():
            network.add("security_groups", id=name, **fields)
            for number, rule in enumerate(rules):
                network.add("security_group_rules", id=f"{name}-{number}", security_group_id=name, **{"ethertype": "IPv6", "direction": "ingress", **rule})
        for name, addresses in self.addresses.items():
            network.add("address_groups", id=name, addresses=addresses)
        for port, groups in self.members.items():
            network.port_of(port)["security_groups"] = groups
        return network

    def start(self, *hosts, **options):
        """Starts Flow6 and its hosts, which are dumb unless `ipv6` says otherwise."""
        names = hosts or [port["id"] for port in self.network.content["ports"] if not port.get("device_owner")]
        added = self.lab.add_hosts(self.network, *names, **{"ipv6": False, **options})
        self.flow6 = Controller(self.lab, self.text(), settings=self.settings, without=self.without)
        self.flow6.start()
        self.flow6.wait_settled(ports=len(names))
        return added

    def apply(self):
        """Puts what was changed in force, and waits until it is: the first host gets a rule that was never there."""
        mark = next(self._marks)
        network = self.text()
        marked = network.content["ports"][0]
        groups = marked.get("security_groups", [])
        stateful = all(self.groups[name][0].get("stateful", True) for name in groups)
        network.add("security_groups", id="mark", stateful=stateful, flow6={"default_rules": False})
        network.add("security_group_rules", id="mark", security_group_id="mark", direction="egress", ethertype="IPv6", protocol="udp",
                    port_range_min=mark, port_range_max=mark)
        marked["security_groups"] = [*groups, "mark"]
        self.flow6.edit_network(network)
        until(lambda: self.lab.flows(f"table=86,udp6,udp_dst={mark}"), "the change is in force")
        self.lab.ovs.wait_revalidated()

    # Packets.

    def packet(self, sender, receiver, upper, family=6, **fields):
        """A frame from one host to another, by their addresses of a family."""
        source, target = self.lab.hosts[sender], self.lab.hosts[receiver]
        index = 0 if family == 6 else 1
        addresses = {"src": self.network.address_of(sender, index), "dst": self.network.address_of(receiver, index)}
        ip = (IPv6 if family == 6 else IP)(**{**addresses, **fields})
        return Ether(src=source.mac, dst=target.mac) / ip / upper

    def passed(self, sender, receiver, *frames):
        """Which of the frames reach the receiver, by a fence: an ARP request behind them, which is always let through."""
        fence = f"198.51.100.{next(self._fences) % 250 + 1}"
        source, target = self.lab.hosts[sender], self.lab.hosts[receiver]
        with target.capture() as capture:
            source.send(*frames)
            source.send(Ether(src=source.mac, dst="ff:ff:ff:ff:ff:ff") / ARP(hwsrc=source.mac, psrc="0.0.0.0", pdst=fence))
            assert capture.wait(lambda seen: not seen.outgoing and ARP in seen.packet and seen.packet[ARP].pdst == fence, 10), "the fence is missing"
            seen = [frame.data for frame in capture.received()]
        return [any(data[:len(bytes(frame))] == bytes(frame) for data in seen) for frame in frames]

    def passes(self, sender, receiver, frame):
        """Whether it gets through: sent twice, as Open vSwitch may lose one for which it makes a datapath flow on a busy machine."""
        return any(self.passed(sender, receiver, frame)[0] for _ in range(2))


def tcp(port, flags="S", sport=40000, **fields):
    return TCP(sport=sport, dport=port, flags=flags, **fields)


def udp(port, sport=40000):
    return UDP(sport=sport, dport=port) / b"data"


def echo4(identifier=1, **fields):
    return ICMP(id=identifier, **fields)
