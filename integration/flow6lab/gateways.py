"""Hosts of which some can be a router's gateway, and a router upstream of them on the physical network that these are on."""

import re
import signal

from flow6lab.fabric import Fabric
from flow6lab.host import Host
from flow6lab.network import Network
from flow6lab.waiting import until

OUTSIDE = "physnet1"
BLUE, OUT = "2001:db8:1::/64", "2001:db8:e::/64"
BLUE4, OUT4 = "192.0.2.0/25", "203.0.113.0/24"
ROUTER, ROUTER4, ROUTER_MAC = "2001:db8:1::1", "192.0.2.1", "02:00:00:00:01:01"
GATEWAY, GATEWAY4, GATEWAY_MAC = "2001:db8:e::2", "203.0.113.2", "02:00:00:00:01:02"
UPSTREAM, UPSTREAM4, UPSTREAM_MAC = "2001:db8:e::1", "203.0.113.1", "02:00:00:00:0e:01"
FAR, FAR4 = "2001:db8:ffff::1", "198.51.100.1"
"""Behind the upstream router."""

_BRIDGE = "br-ex"
_DEVICE = "ex0"


def gateway_network(gateway_hosts, hosts=("hostA", "hostB", "hostC")):
    """A VM for each host on network blue, vmA to vmC, and router r1 between blue and the network out, which is outside."""
    network = Network()
    network.network("blue", mtu=1400)
    network.network("out", mtu=1300, **{"router:external": True, "provider:network_type": "flat", "provider:physical_network": OUTSIDE})
    network.subnet("blue6", "blue", BLUE, gateway_ip=ROUTER).subnet("blue4", "blue", BLUE4, gateway_ip=ROUTER4)
    network.subnet("out6", "out", OUT, gateway_ip=UPSTREAM).subnet("out4", "out", OUT4, gateway_ip=UPSTREAM4)
    network.add("routers", id="r1", flow6={"gateway_hosts": list(gateway_hosts)})
    network.port("r1-blue", "blue", mac=ROUTER_MAC, addresses=[("blue6", ROUTER), ("blue4", ROUTER4)],
                 device_owner="network:router_interface", device_id="r1")
    network.port("r1-out", "out", mac=GATEWAY_MAC, addresses=[("out6", GATEWAY), ("out4", GATEWAY4)],
                 device_owner="network:router_gateway", device_id="r1")
    for number, host in enumerate(hosts, 0x11):
        network.port(vm_of(host), "blue", number=number, **{"binding:host_id": host})
    network.add("security_group_rules", id="in6", security_group_id="default", direction="ingress", ethertype="IPv6")
    return network.add("security_group_rules", id="in4", security_group_id="default", direction="ingress", ethertype="IPv4")


def vm_of(host):
    """vmA for hostA."""
    return f"vm{host[-1]}"


class GatewayFabric(Fabric):
    """A fabric, of which the hosts of `outside` are on a physical network with an upstream router. That one reaches the prefixes of
    blue by the gateway of router r1."""

    def __init__(self, gateway_hosts=("hostA", "hostB"), outside=None, hosts=("hostA", "hostB", "hostC"), **options):
        super().__init__(gateway_network(gateway_hosts, hosts), hosts, **{"tunnel": "geneve", **options})
        self._outside = tuple(outside or gateway_hosts)

    def __enter__(self):
        super().__enter__()
        try:
            self._go_outside()
        except BaseException:
            self._exit.close()
            raise
        return self

    def _go_outside(self):
        first = next(iter(self.nodes.values())).lab
        self.outside = self._wire("outside", first)
        self.upstream = Host("upstream", first.name, first.folder, UPSTREAM_MAC)
        first.on_close(self.upstream.close)
        self.outside.attach(self.upstream, "eth0", "upstream")
        self.upstream.configure(mtu=1500, ipv6=True, dad_transmits=0, accept_ra=False, router_solicitations=0, generate_link_local=True)
        for address in (f"{UPSTREAM}/64", f"{UPSTREAM4}/24"):
            self.upstream.add_address(address)
        run = self.upstream.run
        run("ip", "link", "set", "lo", "up")
        run("ip", "address", "add", f"{FAR}/128", "dev", "lo")
        run("ip", "address", "add", f"{FAR4}/32", "dev", "lo")
        run("ip", "-6", "route", "add", BLUE, "via", GATEWAY)
        run("ip", "-4", "route", "add", BLUE4, "via", GATEWAY4)
        for name in self._outside:
            self.nodes[name].map_physical_network(OUTSIDE, self.outside, _DEVICE, _BRIDGE)
        for node in self.nodes.values():
            node.flow6.edit_network(self._with_hosts())

    def _with_hosts(self):
        network = super()._with_hosts()
        for host in network.content["hosts"]:
            if host["name"] in self._outside:
                host["physical_networks"] = [OUTSIDE]
        return network

    def wait_settled(self):
        for name, node in self.nodes.items():
            node.flow6.wait_settled(within=60, ports=sum(place == name for place in self._places().values()) + (name in self._outside))

    def start(self):
        super().start()
        self.wait_sessions()

    def add_vms(self, *port_ids, **options):
        vms = super().add_vms(*port_ids, **options)
        for vm in vms:
            vm.run("ip", "-6", "route", "add", "default", "via", ROUTER, "dev", "eth0")
            vm.run("ip", "-4", "route", "add", "default", "via", ROUTER4, "dev", "eth0")
        return vms

    # Who is the gateway.

    def sessions(self, name):
        """The states of a host's BFD sessions, as its Open vSwitch has them: interface → state."""
        listing = self.nodes[name].ovs.vsctl("--format=csv", "--no-headings", "--columns=name,bfd_status", "list", "interface")
        found = {}
        for line in listing.splitlines():
            interface, _, status = line.partition(",")
            if interface.startswith("f6bfd-"):
                state = [word.partition("=")[2] for word in status.strip('"{}').replace('"', "").split(", ") if word.startswith("state=")]
                found[interface] = state[0] if state else ""
        return found

    def seen_by(self, name):
        """What a host's /status tells of hosts: which are reachable, and where gateways are."""
        return self.nodes[name].flow6.status()["hosts"]

    def wait_sessions(self, within=30):
        """Waits until every host hears of those that it should."""
        gateways = self.network.content["routers"][0]["flow6"]["gateway_hosts"]
        for name in self.nodes:
            wanted = len(self.nodes) - 1 if name in gateways else len(gateways)
            if len(gateways) > 1:
                until(lambda name=name, wanted=wanted: list(self.sessions(name).values()) == ["up"] * wanted, f"{name} has its sessions", within)

    def way_of(self, vm, target=FAR):
        """By which host's end of the outside a VM's ping leaves."""
        captures = {name: self.outside.capture(name, "icmp6 or icmp") for name in self._outside}
        try:
            assert vm.ping(target, count=3).answered_all, "pinged"
            return {name for name, capture in captures.items()
                    if any(not frame.outgoing and _is_echo(frame.packet, target) for frame in capture.received())}
        finally:
            for capture in captures.values():
                capture.close()

    # What goes wrong.

    def cut(self, wire, name):
        """Takes a host off a wire without its noticing."""
        wire.run("ip", "link", "set", name, "nomaster")

    def join(self, wire, name):
        wire.run("ip", "link", "set", name, "master", "wire")


def _is_echo(packet, target):
    from scapy.layers.inet import IP
    from scapy.layers.inet6 import IPv6, ICMPv6EchoRequest

    return (ICMPv6EchoRequest in packet and packet[IPv6].dst == target) or (IP in packet and packet[IP].dst == target)


class Outage:
    """Pings 100 times a second from a host, and tells the longest time without an answer, in seconds, the time between pings in it."""

    def __init__(self, host, target=FAR):
        self._process = host.spawn("stdbuf", "-oL", "ping", "-6" if ":" in target else "-4", "-n", "-D", "-i", 0.01, target)
        self._wait(20)

    def _answers(self):
        """When answers came."""
        return [float(seen) for seen in re.findall(r"^\[([\d.]+)\] .*icmp_seq=\d+ ttl", self._process.output(), re.MULTILINE)]

    def _wait(self, count, within=10):
        before = len(self._answers())
        until(lambda: len(self._answers()) >= before + count, f"{count} more answers to the ping", within)

    def end(self, answers=50, within=30):
        """Waits for so many more answers, and ends."""
        self._wait(answers, within)
        self._process.stop(signal.SIGINT)
        times = self._answers()
        return max(later - earlier for earlier, later in zip(times, times[1:]))
