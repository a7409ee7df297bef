"""Three hosts and two routers: VMs of different networks on different hosts, whose packets are routed where they are sent."""

import itertools
import os
import random
import re
import socket
import time

import pytest
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from flow6lab import until
from flow6lab.fabric import Fabric, tunneled
from routing import R1_BLUE, R1_RED, R2_GREEN, converse, is_right, pings, two_routers

HOSTS = ("hostA", "hostB", "hostC")
ADDRESSES = {"vm1": ("2001:db8:1::11", "192.0.2.17"), "vm2": ("2001:db8:2::12", "192.0.2.146"), "vm3": ("2001:db8:3::13", "198.51.100.19")}
GATEWAYS = {"vm1": ("2001:db8:1::1", "192.0.2.1"), "vm2": ("2001:db8:2::1", "192.0.2.129"), "vm3": ("2001:db8:3::1", "198.51.100.1")}
ROUTERS = {"vm1": R1_BLUE, "vm2": R1_RED, "vm3": R2_GREEN}
PAIRS = list(itertools.permutations(ADDRESSES, 2))
CHAOS_SECONDS = float(os.environ.get("FLOW6_CHAOS_SECONDS", "60"))


def _network():
    """A VM on each host, each on a network of its own; red takes packets of 1280 octets only."""
    network = two_routers()
    for vm, host in zip(ADDRESSES, HOSTS):
        network.port_of(vm)["binding:host_id"] = host
    for one in network.content["networks"]:
        one["mtu"] = 1280 if one["id"] == "red" else 1400
    return network.allow_pings().add("security_group_rules", id="all4", security_group_id="default", direction="ingress", ethertype="IPv4")


@pytest.fixture(scope="module")
def fabric():
    with Fabric(_network(), HOSTS, "geneve", 6) as fabric:
        for vm in fabric.add_vms(*ADDRESSES):
            gateway, gateway4 = GATEWAYS[vm.name]
            vm.run("ip", "-6", "route", "add", "default", "via", gateway, "dev", "eth0")
            vm.run("ip", "-4", "route", "add", "default", "via", gateway4, "dev", "eth0")
        fabric.vms["vm2"].run("ip", "link", "set", "eth0", "mtu", 1280)
        fabric.start()
        for source, target in PAIRS:
            until(lambda source=source, target=target: pings(fabric.vms[source], ADDRESSES[target][0]), f"{source} reaches {target}")
        yield fabric


@pytest.mark.parametrize("source, target", PAIRS)
def test_vms_of_all_networks_reach_each_other(fabric, source, target):
    for address in ADDRESSES[target]:
        assert pings(fabric.vms[source], address), address


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["TCP", "UDP"])
@pytest.mark.parametrize("version", [6, 4])
def test_connections_cross_two_routers_with_right_checksums(fabric, kind, version):
    vm1, vm3 = fabric.vms["vm1"], fabric.vms["vm3"]
    address = ADDRESSES["vm3"][0 if version == 6 else 1]
    with vm3.capture("ip6" if version == 6 else "ip") as there:
        converse(vm1, vm3, address, kind)
        layer = TCP if kind == socket.SOCK_STREAM else UDP
        came = [frame.packet for frame in there.received() if not frame.outgoing and layer in frame.packet]
        assert came and all(is_right(packet) for packet in came)
        hops = {packet[IPv6].hlim if version == 6 else packet[IP].ttl for packet in came}
        assert hops == {62}, "each router takes one"


@pytest.mark.parametrize("version", [6, 4])
def test_traceroute_shows_both_routers(fabric, version):
    index = 0 if version == 6 else 1
    transit = "2001:db8:f::2" if version == 6 else "203.0.113.2"
    done = fabric.vms["vm1"].run("traceroute", f"-{version}", "-n", "-I", "-q", 1, "-w", 3, ADDRESSES["vm3"][index], within=60)
    assert re.findall(r"^ *\d+ +(\S+)", done.stdout, re.MULTILINE) == [GATEWAYS["vm1"][index], transit, ADDRESSES["vm3"][index]], done.stdout


@pytest.mark.parametrize("index", [0, 1], ids=["IPv6", "IPv4"])
def test_tcp_learns_the_mtu_of_a_network_on_another_host(fabric, index):
    vm1, vm2 = fabric.vms["vm1"], fabric.vms["vm2"]
    address = ADDRESSES["vm2"][index]
    # The receiver would take more, as one does whose network is narrow further on.
    vm2.run("ip", "link", "set", "eth0", "mtu", 1400)
    try:
        converse(vm1, vm2, address, socket.SOCK_STREAM)
        route = vm1.run("ip", "-6" if index == 0 else "-4", "route", "get", address).stdout
        assert "mtu 1280" in route, route
    finally:
        vm2.run("ip", "link", "set", "eth0", "mtu", 1280)
        vm1.run("ip", "-6" if index == 0 else "-4", "route", "flush", "cache")


def test_a_packet_is_routed_where_it_is_sent(fabric):
    """On the underlay it is on the network of its receiver already, with the router's MAC address, and goes to that host alone."""
    with fabric.capture("hostB", "udp") as to_b, fabric.capture("hostC", "udp") as to_c:
        assert pings(fabric.vms["vm1"], ADDRESSES["vm2"][0])
        assert to_b.wait(_is_echo)
        inside = [tunneled(frame)[1] for frame in to_b.frames if _is_echo(frame)]
        assert {(packet[Ether].src, packet[Ether].dst) for packet in inside} == {(R1_RED, fabric.network.mac_of("vm2"))}
        to_c.drain()
        assert not [frame for frame in to_c.frames if _is_echo(frame)]


def _is_echo(frame):
    inside = tunneled(frame)
    return inside is not None and IPv6 in inside[1] and inside[1][IPv6].dst == ADDRESSES["vm2"][0]


def test_routing_goes_on_without_controllers(fabric):
    for node in fabric.nodes.values():
        node.flow6.kill9()
    try:
        for source, target in PAIRS:
            for address in ADDRESSES[target]:
                assert pings(fabric.vms[source], address), (source, address)
    finally:
        for node in fabric.nodes.values():
            node.flow6.launch()
        for node in fabric.nodes.values():
            node.flow6.wait_ready(60)
        fabric.wait_settled()


def _strays(captures):
    """Datagrams of ours that a VM got that they are not for."""
    for name, capture in captures.items():
        for frame in capture.received():
            if not frame.outgoing and Raw in frame.packet and frame.packet[Raw].load.startswith(b"for ") and frame.packet[Raw].load != f"for {name}".encode():
                yield name, frame.packet


def test_while_controllers_and_switches_die_no_packet_reaches_a_wrong_network(fabric):
    chance = random.Random(6)
    vms = fabric.vms
    captures = {name: vm.capture("udp port 4242") for name, vm in vms.items()}
    floods = []
    try:
        for source, target in PAIRS:
            frame = Ether(src=vms[source].mac, dst=ROUTERS[source]) / IPv6(src=ADDRESSES[source][0], dst=ADDRESSES[target][0]) / UDP(sport=4242, dport=4242) / f"for {target}".encode()
            floods.append(vms[source].start_flood([bytes(frame)], CHAOS_SECONDS, rate=100))
        end = time.monotonic() + CHAOS_SECONDS
        while time.monotonic() < end:
            node = fabric.nodes[chance.choice(HOSTS)]
            if chance.random() < 0.7:
                node.flow6.kill9()
                node.flow6.launch()
                node.flow6.wait_ready(60)
            else:
                node.ovs.kill()
                node.revive()
            time.sleep(chance.uniform(0, 0.5))
        for flood in floods:
            flood.wait(30)
        fabric.wait_settled()
        assert list(_strays(captures)) == []
        assert all(any(not frame.outgoing for frame in capture.frames) for capture in captures.values()), "packets came all the same"
    finally:
        for capture in captures.values():
            capture.close()
    fabric.wait_underlay()
    for source, target in PAIRS:
        until(lambda source=source, target=target: pings(vms[source], ADDRESSES[target][0]), f"{source} reaches {target} again")
