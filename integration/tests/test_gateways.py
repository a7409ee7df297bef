"""A router whose gateway is on one host of three, and on another when that one fails."""

import re

import pytest
from scapy.layers.inet6 import ICMPv6ND_NA, IPv6
from scapy.layers.l2 import ARP, Ether

from flow6lab import until
from flow6lab.gateways import (BLUE, FAR, FAR4, GATEWAY, GATEWAY4, GATEWAY_MAC, OUT, ROUTER, UPSTREAM, GatewayFabric, Outage, vm_of)
from routing import is_of, pings, udp

HOSTS = ("hostA", "hostB", "hostC")
VMS = [vm_of(host) for host in HOSTS]
BUDGET = 3.0
"""Seconds that a takeover may take."""
GLITCH = 1.0
"""Seconds for which a standby may disturb the gateway that loses one host before the other, and says that it has the gateway: the
bridge to the physical network believes that until it looks at its flows again, twice a second."""
RATE = 100
"""Pings a second; on a busy machine there are fewer, and as many fewer are lost."""


@pytest.fixture(scope="module")
def fabric():
    with GatewayFabric() as fabric:
        fabric.add_vms(*VMS)
        fabric.start()
        for vm in fabric.vms.values():
            until(lambda vm=vm: pings(vm, FAR), f"{vm.name} reaches the world", 30)
        yield fabric


@pytest.fixture
def settled(fabric):
    """The fabric with everything in order, before and after."""
    yield fabric
    for name, node in fabric.nodes.items():
        if node.flow6.exit_code is not None:
            node.flow6.launch()
            node.flow6.wait_ready(60)
    fabric.wait_settled()
    fabric.wait_sessions()
    until(lambda: fabric.way_of(fabric.vms["vmC"]) == {"hostA"}, "hostA is the gateway again", 30)


@pytest.mark.parametrize("vm", VMS)
@pytest.mark.parametrize("target", [FAR, FAR4])
def test_all_that_leaves_leaves_by_the_gateways_host(fabric, vm, target):
    assert fabric.vms[vm].run("ping", "-n", "-c", 3, "-i", 0.1, "-W", 2, target, check=False).returncode == 0
    if ":" in target:
        assert fabric.way_of(fabric.vms[vm]) == {"hostA"}


@pytest.mark.parametrize("vm", VMS)
def test_who_is_outside_reaches_every_vm(fabric, vm):
    for address in fabric.network.addresses_of(vm):
        assert pings(fabric.upstream, address.partition("/")[0]), address


@pytest.mark.parametrize("vm", VMS)
def test_a_router_takes_one_from_the_hop_limit_wherever_it_is(fabric, vm):
    done = fabric.vms[vm].run("traceroute", "-6", "-n", "-I", "-q", 1, "-w", 3, FAR, within=60)
    assert re.findall(r"^ *\d+ +(\S+)", done.stdout, re.MULTILINE) == [ROUTER, FAR], done.stdout


@pytest.mark.parametrize("vm", VMS)
def test_a_neighbor_outside_is_reached_without_the_upstream_router(fabric, vm):
    assert pings(fabric.vms[vm], UPSTREAM)


@pytest.mark.parametrize("vm", VMS)
def test_errors_about_what_is_outside_come_back(fabric, vm):
    nobody = OUT.replace("::/64", "::99")
    done = fabric.vms[vm].run("ping", "-6", "-n", "-c", 1, "-W", 6, nobody, check=False, within=30)
    assert re.search(rf"From {ROUTER} .*Address unreachable", done.stdout), done.stdout


@pytest.mark.parametrize("vm", VMS)
def test_what_is_too_big_for_the_outside_is_answered(fabric, vm):
    done = fabric.vms[vm].run("ping", "-6", "-n", "-c", 1, "-W", 3, "-M", "do", "-s", 1340, FAR, check=False, within=30)
    assert re.search(rf"From {ROUTER} .*Packet too big: mtu=1300", done.stdout), done.stdout


def test_the_gateways_host_alone_answers_for_its_address(fabric):
    fabric.upstream.forget_neighbors()
    with fabric.outside.capture("hostA") as here, fabric.outside.capture("hostB") as there:
        assert pings(fabric.upstream, GATEWAY)
        assert pings(fabric.upstream, GATEWAY4)
        assert here.received()
        assert [frame.packet for frame in there.received() if frame.packet[Ether].src == GATEWAY_MAC] == []


def test_a_standby_routes_nothing_that_it_gets_by_mistake(fabric):
    vm = fabric.vms["vmC"]
    address = fabric.network.address_of("vmC")
    with vm.capture("udp") as capture:
        for end, passes in (("hostB", False), ("hostA", True)):
            frame = udp(UPSTREAM, address, GATEWAY_MAC, fabric.upstream.mac)
            with fabric.outside.sender(end) as sender:
                sender.send(bytes(frame))
            assert bool(capture.wait(is_of(frame), within=2.0)) == passes, end


def _announced(capture):
    """The addresses that a host said are the gateway's."""
    said = set()
    for frame in capture.received():
        packet = frame.packet
        if ICMPv6ND_NA in packet and packet[Ether].src == GATEWAY_MAC and packet[IPv6].dst == "ff02::1":
            assert packet[IPv6].hlim == 255 and packet[ICMPv6ND_NA].S == 0 and packet[ICMPv6ND_NA].O == 1 and packet[ICMPv6ND_NA].R == 1
            said.add(packet[ICMPv6ND_NA].tgt)
        if ARP in packet and packet[ARP].hwsrc == GATEWAY_MAC and packet[ARP].psrc == packet[ARP].pdst:
            said.add(packet[ARP].psrc)
    return said


def test_a_standby_takes_over_when_the_gateways_switch_dies_and_gives_it_back(settled):
    fabric, node = settled, settled["hostA"]
    for vm in ("vmB", "vmC"):
        outage = Outage(fabric.vms[vm])
        with fabric.outside.capture("hostB", "icmp6 or arp") as capture:
            node.ovs.kill()
            assert outage.end() <= BUDGET
            until(lambda: {GATEWAY, GATEWAY4} <= _announced(capture), "hostB says that it is the gateway")
        assert fabric.way_of(fabric.vms[vm]) == {"hostB"}
        assert pings(fabric.upstream, fabric.network.address_of(vm))
        assert pings(fabric.vms[vm], FAR4)
        outage = Outage(fabric.vms[vm])
        node.revive()
        until(lambda: fabric.way_of(fabric.vms[vm]) == {"hostA"}, "hostA is the gateway again", 60)
        assert outage.end() <= BUDGET
        fabric.wait_sessions()


def test_a_standby_takes_over_when_the_gateway_is_cut_off_and_gives_it_back(settled):
    fabric = settled
    vm = fabric.vms["vmC"]
    outage = Outage(vm)
    fabric.cut(fabric.underlay, "hostA")
    try:
        assert outage.end() <= BUDGET
        assert fabric.way_of(vm) == {"hostB"}
        for host, reachable in (("hostA", {"hostB": False, "hostC": False}), ("hostB", {"hostA": False, "hostC": True}),
                                ("hostC", {"hostA": False, "hostB": True})):
            assert fabric.seen_by(host) == {"reachable": reachable, "gateways": {"r1": "hostB"}}, host
        # Who is cut off keeps its hands off: what it sent would draw packets for others to it.
        fabric.vms["vmA"].ping(FAR, count=5, wait=1)
        outage = Outage(vm)
        assert fabric.way_of(vm) == {"hostB"}
    finally:
        fabric.join(fabric.underlay, "hostA")
    until(lambda: fabric.way_of(vm) == {"hostA"}, "hostA is the gateway again", 30)
    assert outage.end() <= BUDGET
    for host in HOSTS:
        others = {"hostA", "hostB"} if host == "hostC" else set(HOSTS) - {host}
        until(lambda host=host, others=others: fabric.seen_by(host) == {"reachable": dict.fromkeys(others, True), "gateways": {"r1": "hostA"}},
              f"{host} says who is reachable")


def test_a_lost_standby_is_nobodys_loss(settled):
    fabric = settled
    vm = fabric.vms["vmC"]
    ping = vm.start_ping(FAR, interval=1 / RATE)
    fabric.cut(fabric.underlay, "hostB")
    until(lambda: "up" not in fabric.sessions("hostB").values(), "hostB is lost")
    assert fabric.way_of(vm) == {"hostA"}
    with fabric.outside.capture("hostB", "icmp6 or arp") as capture:
        fabric.join(fabric.underlay, "hostB")
        fabric.wait_sessions()
        ping.wait_answers(50)
        # Its sessions come up one after another: the first without hostA's would make it take over.
        assert _announced(capture) == set()
    assert len(ping.stop().lost) <= GLITCH * RATE


def test_without_controllers_everything_goes_on(settled):
    fabric = settled
    fabric.wait_told()
    before = {name: node.lab.flow_keys() for name, node in fabric.nodes.items()}
    ports = {name: _tunnel_ports(node) for name, node in fabric.nodes.items()}
    for node in fabric.nodes.values():
        node.flow6.kill9()
    for vm in VMS:
        assert fabric.way_of(fabric.vms[vm]) == {"hostA"}
        for address in fabric.network.addresses_of(vm):
            assert pings(fabric.upstream, address.partition("/")[0]), address
    for node in fabric.nodes.values():
        node.flow6.launch()
    for node in fabric.nodes.values():
        node.flow6.wait_ready(60)
    fabric.wait_settled()
    for name, node in fabric.nodes.items():
        assert node.flow6.reconcile()["flow_mods"] == 0, set(before[name]) ^ set(node.lab.flow_keys())
        # Sessions go on: one that begins anew would have a standby take over for a second.
        assert _tunnel_ports(node) == ports[name]


def _tunnel_ports(node):
    listing = node.ovs.vsctl("--format=csv", "--no-headings", "--columns=name,_uuid", "list", "interface")
    return {line for line in listing.splitlines() if line.startswith(("f6bfd-", "flow6-"))}
