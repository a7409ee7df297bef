"""A VLAN that two hosts share with a machine outside, beside a network of tenants: the wire carries it once, and no tunnel does."""

import ipaddress

import pytest
from scapy.layers.inet6 import ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import ARP, Dot1Q, Ether

from flow6lab import Network, until
from flow6lab.fabric import Fabric, tunneled
from flow6lab.host import link_local
from flow6lab.outside import BRIDGE, PHYSICAL_NETWORK, provider
from routing import add_link, is_of, pings, udp

VLAN = 100
HOSTS = ("hostA", "hostB")
UP, SIDE_MAC = "02:00:00:00:aa:01", "02:00:00:00:01:07"
GATES = {"hostA": ("02:00:00:00:01:01", "2001:db8:e::9", "198.51.100.9"), "hostB": ("02:00:00:00:01:02", "2001:db8:e::8", "198.51.100.8")}
ALL_NODES = "33:33:00:00:00:01"
_DEVICE = "phy0"


def _network():
    """A VM on each host on ext, and one on blue; a router with its gateway on ext for each host, and one that only serves hosts there."""
    network = provider(Network(), "ext", VLAN, **{"router:external": True})
    network.subnet("ext6", "ext", "2001:db8:e::/64").subnet("ext4", "ext", "198.51.100.0/24")
    network.network("blue", mtu=1400).subnet("blue6", "blue", "2001:db8:b::/64")
    for number, host in enumerate(HOSTS, 0x11):
        network.port(f"ext{host[-1]}", "ext", number=number, **{"binding:host_id": host})
        network.port(f"blue{host[-1]}", "blue", number=number + 0x10, **{"binding:host_id": host})
        mac, address, address4 = GATES[host]
        network.add("routers", id=f"r{host[-1]}")
        add_link(network, f"r{host[-1]}", "ext", mac, [("ext6", address), ("ext4", address4)], owner="network:router_gateway")
        network.content["ports"][-1]["binding:host_id"] = host
    network.add("routers", id="side")
    add_link(network, "side", "ext", SIDE_MAC, [("ext6", "2001:db8:e::7"), ("ext4", "198.51.100.7")])
    network.add("security_group_rules", id="in6", security_group_id="default", direction="ingress", ethertype="IPv6")
    return network.add("security_group_rules", id="in4", security_group_id="default", direction="ingress", ethertype="IPv4")


class _Shared(Fabric):
    """A fabric whose hosts share a physical network with one machine, which is on VLAN 100 of it, plugged in beside hostA."""

    def attach_all(self):
        first = self["hostA"].lab
        self.physical = self._wire("physical", first)
        for node in self.nodes.values():
            node.map_physical_network(PHYSICAL_NETWORK, self.physical, _DEVICE, BRIDGE)
            node.flow6.edit_network(self._with_hosts().text())
        self.up = first.add_host("station", UP, ["2001:db8:e::1/64", "198.51.100.1/24"], bridge=BRIDGE)
        self["hostA"].ovs.vsctl("set", "port", "station", f"tag={VLAN}")

    def _with_hosts(self):
        network = super()._with_hosts()
        for host in network.content["hosts"]:
            host["physical_networks"] = [PHYSICAL_NETWORK]
        return network

    def wait_settled(self):
        for node in self.nodes.values():
            node.flow6.wait_settled(within=60, ports=3)


@pytest.fixture(scope="module")
def fabric():
    with _Shared(_network(), HOSTS) as fabric:
        fabric.attach_all()
        fabric.add_vms("extA", "extB", "blueA", "blueB")
        fabric.start()
        for one, address in (("extA", "2001:db8:e::12"), ("extB", "2001:db8:e::1"), ("blueA", "2001:db8:b::22")):
            until(lambda one=one, address=address: pings(fabric.vms[one], address), f"{one} reaches {address}", 30)
        yield fabric


@pytest.mark.parametrize("one, address", [
    ("extA", "2001:db8:e::12"), ("extB", "198.51.100.17"), ("extA", "2001:db8:e::1"), ("extB", "198.51.100.1"), ("blueB", "2001:db8:b::21")])
def test_vms_reach_each_other_and_the_machine_outside(fabric, one, address):
    assert pings(fabric.vms[one], address)


def test_the_machine_outside_reaches_the_vms(fabric):
    for address in ("2001:db8:e::11", "2001:db8:e::12", "198.51.100.17", "198.51.100.18"):
        assert pings(fabric.up, address), address


def test_what_is_for_all_comes_once_and_by_the_wire(fabric):
    """From a VM and from outside: to each VM of the network on each host, and to nobody else."""
    vms = fabric.vms
    frames = {"extA": udp("2001:db8:e::11", "ff02::1", ALL_NODES, vms["extA"].mac), "up": udp("2001:db8:e::1", "ff02::1", ALL_NODES, UP)}
    captures = {name: vm.capture() for name, vm in vms.items()} | {"up": fabric.up.capture()}
    underlay = [fabric.capture(name, "udp") for name in HOSTS]
    try:
        vms["extA"].send(frames["extA"])
        fabric.up.send(frames["up"])
        for who, frame in (("extB", "extA"), ("up", "extA"), ("extA", "up"), ("extB", "up")):
            assert captures[who].wait(is_of(frames[frame])), (who, frame)
        captures["extB"].watch(0.5)
        counts = {(who, frame): sum(1 for one in capture.received() if is_of(frames[frame])(one)) for who, capture in captures.items() for frame in frames}
        assert counts == {(who, frame): int(who != frame and not who.startswith("blue")) for who in captures for frame in frames}
        for capture in underlay:
            capture.drain()
            assert not [one for one in capture.frames for frame in frames.values() if tunneled(one) and bytes(frame[IPv6].payload.payload) in one.data]
    finally:
        for capture in [*captures.values(), *underlay]:
            capture.close()


def _answers(fabric, question, is_answer):
    """By which host and from which MAC addresses a question from outside is answered."""
    with fabric.up.capture() as came, fabric.physical.capture("hostB") as from_b:
        fabric.up.send(question)
        came.watch(0.5)
        theirs = {frame.packet.src for frame in from_b.received() if is_answer(frame.packet)}
        sources = [frame.packet.src for frame in came.received() if is_answer(frame.packet)]
    return [("hostB" if source in theirs else "hostA", source) for source in sources]


def _solicitation(target):
    group = bytes.fromhex("ff0200000000000000000001ff") + ipaddress.IPv6Address(target).packed[13:]
    mac = "33:33:" + ":".join(f"{octet:02x}" for octet in group[12:])
    address = str(ipaddress.IPv6Address(group))
    return Ether(src=UP, dst=mac) / IPv6(src=link_local(UP), dst=address, hlim=255) / ICMPv6ND_NS(tgt=target) / ICMPv6NDOptSrcLLAddr(lladdr=UP)


@pytest.mark.parametrize("target, answer", [
    ("2001:db8:e::11", ("hostA", "02:00:00:00:00:11")), ("2001:db8:e::12", ("hostB", "02:00:00:00:00:12")),
    ("2001:db8:e::9", ("hostA", GATES["hostA"][0])), ("2001:db8:e::8", ("hostB", GATES["hostB"][0])),
    ("2001:db8:e::7", None), ("2001:db8:e::99", None), ("2001:db8:b::21", None)])
def test_one_host_answers_a_solicitation_from_outside(fabric, target, answer):
    found = _answers(fabric, _solicitation(target), lambda packet: ICMPv6ND_NA in packet and packet[ICMPv6ND_NA].tgt == target)
    assert found == ([answer] if answer else [])


@pytest.mark.parametrize("target, answer", [
    ("198.51.100.17", ("hostA", "02:00:00:00:00:11")), ("198.51.100.18", ("hostB", "02:00:00:00:00:12")),
    ("198.51.100.9", ("hostA", GATES["hostA"][0])), ("198.51.100.8", ("hostB", GATES["hostB"][0])), ("198.51.100.7", None)])
def test_one_host_answers_an_arp_request_from_outside(fabric, target, answer):
    request = Ether(src=UP, dst="ff:ff:ff:ff:ff:ff") / ARP(op=1, hwsrc=UP, psrc="198.51.100.1", pdst=target)
    found = _answers(fabric, request, lambda packet: ARP in packet and packet[ARP].op == 2 and packet[ARP].psrc == target)
    assert found == ([answer] if answer else [])


def test_a_packet_that_the_wire_floods_is_routed_by_one_host(fabric):
    """To a gateway's MAC address that the wire does not know: both hosts get it."""
    for host, (mac, address, _) in GATES.items():
        ping = Ether(src=UP, dst=mac) / IPv6(src="2001:db8:e::1", dst=address) / ICMPv6EchoRequest()
        found = _answers(fabric, ping, lambda packet, mac=mac: packet.src == mac)
        assert found == [(host, mac)]


def test_vms_are_answered_for_everything_on_their_own_host(fabric):
    """Also for routers and VMs of other hosts: nothing of that goes out."""
    vm = fabric.vms["extA"]
    for target in ("2001:db8:e::12", "2001:db8:e::8", "2001:db8:e::9", "2001:db8:e::7"):
        assert vm.ndisc6(target), target


def test_frames_on_the_wire_have_the_vlans_tag(fabric):
    with fabric.physical.capture("hostB") as seen:
        assert pings(fabric.vms["extA"], "2001:db8:e::12")
        seen.drain()
    assert seen.frames and all(Dot1Q in frame.packet and frame.packet[Dot1Q].vlan == VLAN for frame in seen.frames)
