"""The way out of a router by a provider network, to real upstream routers that run BIRD, and the way back."""

import re
import socket
import time

import pytest
from scapy.layers.inet6 import ICMPv6ND_NA, ICMPv6ND_RA, IPv6
from scapy.layers.l2 import ARP, Dot1Q

from flow6lab import Controller, Lab, until
from flow6lab.host import link_local, slaac_address
from flow6lab.outside import Outside
from routing import converse, pings, use_router
from upstream import BLUE_MAC, GATE, GATE4, GATE_MAC, SERVER, SERVER4, UPSTREAMS, VLAN, VM, VM4, Upstreams, network


def _scene(lab, built, **upstreams):
    outside = Outside(lab)
    lab.add_hosts(built, "vm1")
    lab.add_hosts(built, "edge", accept_ra=True, router_solicitations=3, dad_transmits=1)
    use_router(lab, "vm1", "2001:db8:b::1", "192.0.2.1", BLUE_MAC)
    lab.spy = outside.add_spy()
    lab.upstreams = Upstreams(lab, outside, **upstreams)
    lab.flow6 = Controller(lab, built, settings=Outside.settings)
    with lab.spy.capture() as lab.at_start:
        lab.flow6.start()
        lab.flow6.wait_settled(ports=3)
        lab.at_start.watch(2.5)
    return lab


@pytest.fixture(scope="module")
def scene():
    with Lab() as lab:
        scene = _scene(lab, network())
        for address in (SERVER, SERVER4):
            until(lambda address=address: pings(lab.hosts["vm1"], address), f"vm1 reaches {address}", 30)
        yield scene


def test_the_gateway_says_that_it_is_there(scene):
    """To the physical network, in its VLAN (RFC 4861 §7.2.6, RFC 5227 §2.3)."""
    packets = [frame.packet for frame in scene.at_start.frames]
    advertised = [one for one in packets if ICMPv6ND_NA in one and one[ICMPv6ND_NA].tgt == GATE and one[IPv6].dst == "ff02::1"]
    announced = [one for one in packets if ARP in one and one[ARP].psrc == one[ARP].pdst == GATE4]
    assert advertised and all(one.src == GATE_MAC and one[Dot1Q].vlan == VLAN and one[ICMPv6ND_NA].O for one in advertised)
    assert announced and all(one.src == GATE_MAC and one[Dot1Q].vlan == VLAN for one in announced)


@pytest.mark.parametrize("address", [SERVER, SERVER4])
def test_a_vm_reaches_the_world_by_the_default_route(scene, address):
    assert pings(scene.hosts["vm1"], address)


@pytest.mark.parametrize("address", [VM, VM4])
def test_the_world_reaches_a_vm(scene, address):
    assert pings(scene.upstreams.server, address)


def test_a_vm_on_the_provider_network_is_told_its_prefix_by_the_upstream_router(scene):
    """Neutron's ipv6_address_mode alone: the address is Flow6's to guard, the advertisement another's to send."""
    edge = scene.hosts["edge"]
    assert "dadfailed" not in edge.wait_address(slaac_address(edge.mac, "2001:db8:e::/64"), 15)
    until(lambda: edge.default_routers() == {link_local(UPSTREAMS["up1"][0])}, "the upstream router is its default router", 15)
    until(lambda: pings(edge, SERVER), "it reaches the server", 15)
    assert pings(edge, VM), "and by the upstream router and the gateway a tenant's VM"


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["TCP", "UDP"])
@pytest.mark.parametrize("version", [6, 4])
def test_connections_go_out_and_come_in(scene, kind, version):
    vm, server = scene.hosts["vm1"], scene.upstreams.server
    converse(vm, server, SERVER if version == 6 else SERVER4, kind)
    converse(server, vm, VM if version == 6 else VM4, kind)


@pytest.mark.parametrize("version", [6, 4])
def test_traceroute_shows_every_router(scene, version):
    server, inside = (SERVER, "2001:db8:b::1") if version == 6 else (SERVER4, "192.0.2.1")
    done = scene.hosts["vm1"].run("traceroute", f"-{version}", "-n", "-I", "-q", 1, "-w", 3, server, within=60)
    hops = re.findall(r"^ *\d+ +(\S+)", done.stdout, re.MULTILINE)
    assert hops == [inside, "2001:db8:e::1" if version == 6 else "198.51.100.1", server], done.stdout
    target, gate = (VM, GATE) if version == 6 else (VM4, GATE4)
    done = scene.upstreams.server.run("traceroute", f"-{version}", "-n", "-I", "-q", 1, "-w", 3, target, within=60)
    hops = re.findall(r"^ *\d+ +(\S+)", done.stdout, re.MULTILINE)
    assert len(hops) == 3 and hops[1:] == [gate, target], done.stdout


def test_the_gateway_answers_pings(scene):
    for address in (GATE, GATE4):
        assert pings(scene.upstreams.routers["up2"], address)


def test_a_narrow_link_upstream_is_found(scene):
    """The upstream router tells (RFC 8201), and what it tells gets through."""
    vm, up1, server = scene.hosts["vm1"], scene.upstreams.routers["up1"], scene.upstreams.server
    up1.run("ip", "link", "set", "eth1", "mtu", 1280)
    try:
        with server.socket(socket.AF_INET6, socket.SOCK_STREAM) as listener:
            listener.bind((SERVER, 7100))
            listener.listen()
            listener.settimeout(10)
            with vm.connect(7100, SERVER, within=10) as client:
                accepted, _ = listener.accept()
                with accepted:
                    accepted.settimeout(20)
                    client.sendall(b"x" * 200_000)
                    heard = 0
                    while heard < 200_000:
                        heard += len(accepted.recv(65536))
        assert "mtu 1280" in vm.run("ip", "-6", "route", "get", SERVER).stdout
    finally:
        up1.run("ip", "link", "set", "eth1", "mtu", 1500)
        vm.run("ip", "-6", "route", "flush", "cache")


def test_nothing_of_the_tenants_network_leaks(scene):
    """On the physical network nobody sees a MAC address of the tenant's, nor an advertisement of the router."""
    with scene.spy.capture() as seen:
        assert pings(scene.hosts["vm1"], SERVER)
        scene.hosts["vm1"].forget_neighbors()
        assert pings(scene.hosts["vm1"], SERVER)
        seen.drain()
    assert any(frame.packet.src == GATE_MAC for frame in seen.frames)
    assert not [frame for frame in seen.frames if frame.packet.src in (scene.hosts["vm1"].mac, BLUE_MAC)]
    assert not [frame for frame in seen.frames if ICMPv6ND_RA in frame.packet and frame.packet.src == GATE_MAC]


def test_traffic_goes_on_without_the_controller(scene):
    vm = scene.hosts["vm1"]
    scene.wait_asked()
    ping = vm.start_ping(SERVER)
    ping.wait_answers(10)
    scene.flow6.kill9()
    ping.wait_answers(200, within=20)
    scene.flow6.start()
    assert scene.flow6.reconcile()["flow_mods"] == 0
    ping.wait_answers(50)
    assert ping.stop().lost == ()


# Tenants' prefixes on the upstream link.


@pytest.fixture(scope="module")
def on_link():
    with Lab() as lab:
        yield _scene(lab, network(flow6={"proxy_nd": True}), tenants=False)


@pytest.mark.parametrize("address", [VM, VM4])
def test_an_upstream_that_takes_tenants_to_be_on_its_link_reaches_them(on_link, address):
    until(lambda: pings(on_link.upstreams.server, address), f"the server reaches {address}", 30)


def test_what_answers_is_the_gateway(on_link):
    up1 = on_link.upstreams.routers["up1"]
    assert up1.ndisc6(VM) == GATE_MAC
    assert up1.ndisc6("2001:db8:b::1") == GATE_MAC, "the router's own address there"
    for nobody in ("2001:db8:b::99", "2001:db8:77::1"):
        assert up1.ndisc6(nobody, attempts=1, wait_ms=500) is None
    neighbor = up1.neighbors()
    up1.run("ping", "-6", "-c", 1, "-W", 1, VM, check=False)
    assert "router" in up1.neighbors()[VM] and neighbor is not None


def test_a_check_for_duplicates_of_an_address_behind_the_router_is_answered(on_link):
    up2 = on_link.upstreams.routers["up2"]
    up2.sysctl("ipv6/conf/eth0/accept_dad", 1)
    up2.sysctl("ipv6/conf/eth0/dad_transmits", 1)
    up2.add_address(f"{VM}/128", dad=True)
    try:
        assert "dadfailed" in up2.wait_address(VM)
    finally:
        up2.remove_address(f"{VM}/128")


def test_without_the_setting_nobody_answers(on_link):
    up1 = on_link.upstreams.routers["up1"]
    on_link.flow6.edit_network(network())
    try:
        until(lambda: up1.ndisc6(VM, attempts=1, wait_ms=300) is None, "nobody answers for the VM")
        up1.run("ip", "neighbor", "flush", "dev", "eth0")
        assert not pings(up1, VM4)
    finally:
        on_link.flow6.edit_network(network(flow6={"proxy_nd": True}))
        until(lambda: up1.ndisc6(VM) == GATE_MAC, "the gateway answers again")


# Two upstream routers, of which one fails.

ADDRESSES = [f"2001:db8:5::{number:x}" for number in range(0x100, 0x110)]


@pytest.fixture(scope="module")
def shared():
    routes = [{"destination": destination, "nexthop": nexthop} for _, *hops in UPSTREAMS.values()
              for destination, nexthop in zip(("::/0", "0.0.0.0/0"), hops)]
    with Lab() as lab:
        scene = _scene(lab, network(routes=routes))
        for address in ADDRESSES:
            scene.upstreams.server.add_address(f"{address}/64")
        for address in ADDRESSES:
            until(lambda address=address: pings(scene.hosts["vm1"], address), f"vm1 reaches {address}", 30)
        yield scene


def _by_upstream(scene):
    """Which addresses of the server are reached by which upstream router."""
    macs = {mac: name for name, (mac, *_) in UPSTREAMS.items()}
    with scene.spy.capture() as seen:
        for address in ADDRESSES:
            scene.hosts["vm1"].run("ping", "-6", "-n", "-c", 1, "-W", 1, address, check=False)
        seen.drain()
    ways = {name: set() for name in UPSTREAMS}
    for frame in seen.frames:
        if frame.packet.dst in macs and IPv6 in frame.packet and frame.packet[IPv6].dst in ADDRESSES:
            ways[macs[frame.packet.dst]].add(frame.packet[IPv6].dst)
    return ways


def test_upstream_routers_share_what_goes_out(shared):
    ways = _by_upstream(shared)
    assert all(ways.values()) and not set.intersection(*ways.values()), ways


def test_what_goes_by_one_upstream_goes_on_while_another_is_away(shared):
    """And soon the rest goes by it, too: Flow6 leaves out a next hop that is silent, the routers take their routes back."""
    vm, up1 = shared.hosts["vm1"], shared.upstreams.routers["up1"]
    ways = _by_upstream(shared)
    steady = vm.start_ping(min(ways["up2"]), interval=0.02)
    steady.wait_answers(10)
    up1.run("ip", "link", "set", "eth0", "down")
    try:
        gone = time.monotonic()
        until(lambda: all(pings(vm, address) for address in ADDRESSES), "all of it goes by the other", 40)
        print(f"all answered {time.monotonic() - gone:.1f} s after one upstream router went down")
        steady.wait_answers(50)
    finally:
        up1.run("ip", "link", "set", "eth0", "up")
    back = time.monotonic()
    until(lambda: all(pings(vm, address) for address in ADDRESSES), "all of it goes on", 40)
    print(f"all answered {time.monotonic() - back:.1f} s after the upstream router was back")
    steady.stop()
