"""Routing: what it costs beside bridging, many routes and many ports elsewhere, and how soon errors come."""

import contextlib
import random
import time

from bench.flows import change_times
from bench.forwarding import small_packets, throughput
from bench.groups import add_ports
from bench.latency import Question, rows
from bench.ovn import OvnLab, installed
from bench.rows import Row, median
from flow6lab import Controller, Lab, Network, until
from flow6lab.fabric import Fabric
from flow6lab.network import mac_of
from flow6lab.ovs import resident_bytes
from scapy.layers.inet import UDP
from scapy.layers.inet6 import ICMPv6EchoRequest, IPv6
from scapy.layers.l2 import Ether

_APPS = ("l2", "nd-responder", "icmpv6-responder", "l3")
_WITHIN = 300
_BLUE, _RED = "2001:db8:1::/64", "2001:db8:2::/64"
_GATEWAYS = {"blue": "2001:db8:1::fffe", "red": "2001:db8:2::fffe"}
_TIME_EXCEEDED = 3
_UNLIMITED = {"route-hop-limit": {"rate": 1_000_000, "burst": 1_000_000}}
"""For a port that has more packets expire than any honest host."""


def two_networks():
    """Networks blue and red with a router between them; vm1 and vm2 on blue, vm3 on red."""
    network = Network().network("blue").subnet("blue6", "blue", _BLUE, gateway_ip=_GATEWAYS["blue"])
    network.network("red").subnet("red6", "red", _RED, gateway_ip=_GATEWAYS["red"])
    for number, there in ((1, "blue"), (2, "blue"), (3, "red")):
        network.port(f"vm{number}", there, number=number, port_security_enabled=False)
    network.add("routers", id="r1")
    for there in ("blue", "red"):
        network.port(f"r1-{there}", there, number=0xFFFE, device_owner="network:router_interface", device_id="r1")
    return network


@contextlib.contextmanager
def _routed(**settings):
    network = two_networks()
    with Lab() as lab:
        for host in lab.add_hosts(network, "vm1", "vm2", "vm3"):
            there = "red" if host.name == "vm3" else "blue"
            host.run("ip", "-6", "route", "add", "default", "via", _GATEWAYS[there])
        with Controller(lab, network, apps=_APPS, settings=settings) as flow6:
            flow6.wait_settled(ports=3)
            lab.flow6 = flow6
            for target in ("2001:db8:1::2", "2001:db8:2::3"):
                until(lambda: lab.hosts["vm1"].ping(target, count=1).answered_all, f"{target} answers")
            yield lab


def _datagram(lab, target, address, mac):
    """64 octets to a host, by way of that MAC address."""
    vm1 = lab.hosts["vm1"]
    return lab.hosts[target], bytes(Ether(src=vm1.mac, dst=mac) / IPv6(src="2001:db8:1::1", dst=address) / UDP(sport=4000, dport=9) / b"\0\0")


def measure_forwarding(rounds=5, seconds=3):
    """Rows for the same two hosts' packets, bridged and routed; the rounds are interleaved."""
    with contextlib.ExitStack() as stack:
        lab = stack.enter_context(_routed())
        ways = {"bridged": (lab, "vm2", "2001:db8:1::2", lab.hosts["vm2"].mac), "routed": (lab, "vm3", "2001:db8:2::3", mac_of(0xFFFE))}
        if installed():
            ovn = stack.enter_context(OvnLab())
            _route_with_ovn(ovn)
            _reach_red_by_ovn(ovn)
            ways["OVN, routed"] = (ovn, "vm3", "2001:db8:2::3", mac_of(0xFFFE))
        taken = {way: {"tcp": [], "small": []} for way in ways}
        for _ in range(rounds):
            for way, (there, name, address, mac) in ways.items():
                host, frame = _datagram(there, name, address, mac)
                taken[way]["tcp"].append(throughput(there.hosts["vm1"], host, address, seconds))
                taken[way]["small"].append(small_packets(there.hosts["vm1"], host, frame, seconds))
    how = f"median of {rounds} interleaved; one Open vSwitch, userspace datapath"
    return [Row(f"{what}, routed", unit, median(taken["routed"][key]), beside, median(taken[beside][key]), limit, relative=True, at_least=True, note=how)
            for what, unit, key in (("TCP", "Gbit/s", "tcp"), ("64-octet packets", "k/s", "small"))
            for beside, limit in (("bridged", 0.9), ("OVN, routed", 1)) if beside in taken]


def _reach_red_by_ovn(lab):
    """Host vm3 on red, and routes there and back."""
    network = two_networks()
    lab.control("lsp-add", "red", "vm3", "--", "lsp-set-addresses", "vm3", f"{network.mac_of('vm3')} {network.address_of('vm3')}")
    lab.add_hosts(network, "vm3")
    for name, there in (("vm1", "blue"), ("vm3", "red")):
        lab.hosts[name].run("ip", "-6", "route", "add", "default", "via", _GATEWAYS[there])
    until(lambda: lab.hosts["vm1"].ping("2001:db8:2::3", count=1).answered_all, "OVN routes", within=30)


def _expiring(host):
    """An echo request that a router may not pass on."""
    frame = Ether(src=host.mac, dst=mac_of(0xFFFE)) / IPv6(src="2001:db8:1::1", dst="2001:db8:2::3", hlim=1)
    return bytes(frame / ICMPv6EchoRequest(id=6, data=b"x" * 24))


def _route_with_ovn(lab):
    """A router between blue and a network red."""
    for there, prefix in _GATEWAYS.items():
        if there != "blue":
            lab.control("ls-add", there)
        lab.control("--may-exist", "lr-add", "r1", "--", "lrp-add", "r1", f"r1-{there}", mac_of(0xFFFE), f"{prefix}/64")
        lab.control("lsp-add", there, f"{there}-r1", "--", "lsp-set-type", f"{there}-r1", "router", "--", "lsp-set-addresses", f"{there}-r1", "router", "--",
                    "lsp-set-options", f"{there}-r1", f"router-port=r1-{there}")


def measure_errors(rounds=8, count=200):
    """Rows for a packet whose hop limit is at its end, until the router says so; beside OVN in interleaved rounds."""
    chance = random.Random(4443)
    with contextlib.ExitStack() as stack:
        labs = {"flow6": stack.enter_context(_routed(punts=_UNLIMITED))}
        if installed():
            labs["OVN"] = stack.enter_context(OvnLab())
            _route_with_ovn(labs["OVN"])
        questions = {name: Question.icmpv6(lab.hosts["vm1"], _expiring(lab.hosts["vm1"]), _TIME_EXCEEDED) for name, lab in labs.items()}
        taken = {name: [] for name in questions}
        for question in questions.values():
            question.wait_answer()
            question.times(500, chance)
        for _ in range(rounds):
            for name, question in chance.sample(list(questions.items()), len(questions)):
                taken[name].append(question.times(count, chance))
    return rows("hop limit 1 → Time Exceeded", taken, {"OVN": None}, f"median of {rounds} interleaved rounds of {count}")


def _large(routes, remotes):
    """A router of many routes, and many ports of its networks on another host."""
    network = two_networks()
    network.add("hosts", name="hostA", tunnel_ip="fd00::1").add("hosts", name="hostB", tunnel_ip="fd00::2")
    chance = random.Random(6)
    network.content["routers"][0]["routes"] = [
        {"destination": f"2001:db8:{0x1000 + (number >> 4):x}:{(number & 15) << 12:x}::/{chance.choice((52, 56, 60, 64))}", "nexthop": "2001:db8:2::3"}
        for number in range(routes)]
    for number in range(remotes):
        network.port(f"far{number}", ("blue", "red")[number % 2], number=0x10000 + number, **{"binding:host_id": "hostB"})
    return network


def _seconds_to(flow6, network, ports, beyond):
    begin = time.monotonic()
    flow6.edit_network(network)
    until(lambda: flow6.status()["flows"]["wanted"] > beyond, "the network is compiled", _WITHIN, every=0.02)
    status = flow6.wait_settled(within=_WITHIN, ports=ports)
    return time.monotonic() - begin, status["flows"]["installed"]


def measure_many(routes=10_000, remotes=10_000, rounds=15):
    """Rows for a router of many routes, and for many ports on another host."""
    settings = {"host": "hostA", "tunnel": {"type": "geneve", "local_ip": "fd00::1"}}
    with Lab() as lab:
        add_ports(lab, 3)
        small = two_networks().add("hosts", name="hostA", tunnel_ip="fd00::1").add("hosts", name="hostB", tunnel_ip="fd00::2")
        with Controller(lab, small, apps=_APPS, settings=settings) as flow6:
            few = flow6.wait_settled(ports=3)["flows"]["installed"]
            network = _large(routes, 0)
            routes_in, with_routes = _seconds_to(flow6, network, 3, few + routes // 2)
            more = []
            for number in range(rounds + 1):
                network = network.copy()
                network.content["routers"][0]["routes"].append({"destination": f"2001:db8:f000:{number:x}::/64", "nexthop": "2001:db8:2::3"})
                more.append(network)
            one_route = change_times(lab, flow6, more, "add")[1:]
            network = _large(routes, remotes)
            ports_in, with_ports = _seconds_to(flow6, network, 3, with_routes + remotes)
            fewer = []
            for number in range(rounds + 1):
                network = network.copy().remove_port(f"far{number}")
                fewer.append(network)
            one_port = change_times(lab, flow6, fewer, "delete")[1:]
            memory = resident_bytes(flow6.pid) / 1e6
    return [
        Row(f"{routes:,} routes: flows", "flows", with_routes - few, "routes", routes, note="of one router"),
        Row(f"{routes:,} routes → all in the switch", "s", routes_in, note="from the file's replacement"),
        Row("one route more → in the switch", "ms", median(one_route), limit=10, note=f"p50 of {rounds}, beside {routes:,}"),
        Row(f"{remotes:,} ports elsewhere: flows", "flows", with_ports - with_routes, "ports", remotes, note="Neighbor Discovery, next hops and stations of all"),
        Row(f"{remotes:,} ports elsewhere → all in the switch", "s", ports_in, note="from the file's replacement"),
        Row("one port elsewhere gone → out of the switch", "ms", median(one_port), limit=10, note=f"p50 of {rounds}, beside {remotes:,}"),
        Row("resident memory with them", "MB", memory, note="after these changes"),
    ]


def measure_move(moves=20):
    """The row for a VM that moves from host to host while it is pinged."""
    network = Network.simple(2)
    for number, host in ((1, "hostA"), (2, "hostB")):
        network.port_of(f"vm{number}").update({"binding:host_id": host, "port_security_enabled": False})
    lost = []
    with Fabric(network, ("hostA", "hostB", "hostC"), "geneve", 6) as fabric:
        fabric.add_mobile("vm1")
        (vm2,) = fabric.add_vms("vm2")
        fabric.start()
        until(lambda: vm2.ping("2001:db8:1::1", count=1).answered_all, "vm1 answers")
        for number in range(moves + 1):
            ping = vm2.start_ping("2001:db8:1::1", interval=0.01)
            ping.wait_answers(20)
            fabric.move("vm1", ("hostC", "hostA")[number % 2])
            ping.wait_answers(50)
            lost.append(len(ping.stop().lost))
            fabric.wait_settled()
    return [Row("VM moved to another host: lost", "packets", median(lost[1:]), limit=3, note=f"of a 100 Hz ping; median of {moves}, most {max(lost[1:])}; the first {lost[0]}")]
