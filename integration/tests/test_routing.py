"""Routing on one switch: what gets from one network to another, and what must not."""

import collections
import socket

import pytest
from scapy.layers.inet import TCP, UDP
from scapy.layers.l2 import Dot1Q, Ether
from scapy.packet import Raw

from flow6lab import Network, until
from routing import R1_BLUE, R1_RED, R2_GREEN, VM1, VM2, VM3, add_link, add_subnets, converse, is_of, is_right, pings, two_routers, udp, use_router, use_two_routers

VM1_4, VM2_4, VM3_4 = "192.0.2.17", "192.0.2.146", "198.51.100.19"


@pytest.fixture
def routed(lab, flow6_of):
    flow6 = flow6_of(two_routers(), "vm1", "vm2", "vm3")
    use_two_routers(lab)
    return lab, flow6


@pytest.fixture
def ungrouped(lab, flow6_of):
    """Hosts that send what tests send, and are let: without source guard and security groups."""
    flow6 = flow6_of(two_routers(), "vm1", "vm2", "vm3", without=("source-guard", "security-groups"), ipv6=False)
    return lab, flow6


@pytest.mark.parametrize("target", [VM2, VM2_4, VM3, VM3_4])
def test_hosts_behind_routers_are_reached(routed, target):
    lab, flow6 = routed
    punted = flow6.status()["punts"]
    assert pings(lab.hosts["vm1"], target)
    routes = {reason: count for reason, count in flow6.status()["punts"].items() if reason.startswith(("route-", "next-hop"))}
    assert all(count == punted.get(reason, 0) for reason, count in routes.items()), "flows alone do it"


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
@pytest.mark.parametrize("host, target", [("vm2", VM2), ("vm2", VM2_4), ("vm3", VM3), ("vm3", VM3_4)])
def test_connections_go_through_with_right_checksums(routed, kind, host, target):
    lab, _ = routed
    vm1, other = lab.hosts["vm1"], lab.hosts[host]
    captures = "ip6" if ":" in target else "ip"
    with other.capture(captures) as there, vm1.capture(captures) as here:
        converse(vm1, other, target, kind)
        for capture in (there, here):
            frames = [frame for frame in capture.received() if TCP in frame.packet or UDP in frame.packet]
            assert frames and all(is_right(frame.packet) for frame in frames)


@pytest.mark.parametrize("source, destination, host, routers", [(VM1, VM2, "vm2", 1), (VM1_4, VM2_4, "vm2", 1), (VM1, VM3, "vm3", 2), (VM1_4, VM3_4, "vm3", 2)])
def test_a_router_takes_one_hop_and_changes_nothing_else(ungrouped, source, destination, host, routers):
    lab, _ = ungrouped
    vm1, other = lab.hosts["vm1"], lab.hosts[host]
    ttl = "hlim" if ":" in destination else "ttl"
    for hops in (64, 255, 1 + routers):
        sent = udp(source, destination, R1_BLUE, vm1.mac, **{ttl: hops})
        with other.capture() as capture:
            vm1.send(sent)
            seen = capture.wait(is_of(sent))
        expected = sent.copy()
        expected.src, expected.dst = R1_RED if host == "vm2" else R2_GREEN, other.mac
        setattr(expected.payload, ttl, hops - routers)
        assert seen.data == bytes(expected)


def _not_routed(vm):
    """Frames to router r1 that nobody forwards, and the reason for each."""
    def frame(source, destination, **fields):
        return udp(source, destination, R1_BLUE, vm.mac, **fields)

    bad = frame(VM1, VM2)
    return [
        *[(frame(source, VM2), "route-source") for source in ("::", "::1", "ff02::1", "ff0e::1")],
        *[(frame(source, VM2_4), "route-source") for source in ("0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.5", "255.255.255.255", "240.0.0.1")],
        (frame("169.254.3.4", VM2_4), "route-link-local-source"),
        *[(frame("fe80::1234", target), "route-beyond-scope") for target in (VM2, VM3, "2001:db8:77::1")],
        *[(frame(VM1, target), "route-destination") for target in ("::", "::1", "ff0e::1", "ff02::1")],
        *[(frame(VM1_4, target), "route-destination") for target in ("0.0.0.0", "127.0.0.1", "239.1.1.1", "255.255.255.255")],
        (frame(VM1, "fe80::12"), "route-link-local-destination"),
        (frame(VM1_4, "169.254.3.4"), "route-link-local-destination"),
        *[(frame(VM1_4, target), "route-broadcast") for target in ("192.0.2.128", "192.0.2.255", "192.0.2.127")],
        (Ether(src=bad.src, dst=bad.dst) / Dot1Q(vlan=5) / bad.payload, "route-tagged"),
        *[(frame(VM1, VM2, hlim=hops), "route-hop-limit") for hops in (0, 1)],
        *[(frame(VM1_4, VM2_4, ttl=hops), "route-hop-limit") for hops in (0, 1)],
        (frame(VM1, "2001:db8:77::1"), "route-no-route"),
        (frame(VM1_4, "10.1.1.1"), "route-no-route"),
        *[(frame(VM1, target), "route-local") for target in ("2001:db8:1::1", "2001:db8:2::1", "2001:db8:2::")],
        (frame(VM1_4, "192.0.2.129"), "route-local"),
        (frame(VM1, "2001:db8:2::77"), "next-hop-unresolved"),
        (frame(VM1_4, "192.0.2.200"), "next-hop-unresolved"),
    ]


def _counts(flow6):
    status = flow6.status()
    return collections.Counter(status["drops"]) + collections.Counter({f"punt {reason}": count for reason, count in status["punts"].items()})


def test_what_must_not_be_routed_is_not_and_is_counted(ungrouped):
    lab, flow6 = ungrouped
    vm1 = lab.hosts["vm1"]
    bad = _not_routed(vm1)
    before = _counts(flow6)
    fence = udp(VM1, VM2, R1_BLUE, vm1.mac)
    with lab.hosts["vm2"].capture() as red, lab.hosts["vm3"].capture() as green:
        vm1.send(*[frame for frame, _ in bad], fence)
        assert red.wait(is_of(fence))
        for frame, reason in bad:
            assert not [seen for capture in (red, green) for seen in capture.received() if is_of(frame)(seen)], f"{reason}: {frame.summary()}"
    for reason, count in collections.Counter(reason for _, reason in bad).items():
        def counted(reason=reason, count=count):
            now = _counts(flow6)
            return max(now[reason] - before[reason], now[f"punt {reason}"] - before[f"punt {reason}"]) >= count

        until(counted, f"{count} of {reason} are counted", within=15)


def _twins():
    """Two tenants of the same prefixes and the same addresses, each with a router of its own."""
    network = Network()
    for name, mac in (("a", 1), ("b", 2)):
        add_subnets(network, f"{name}1", ["2001:db8:1::/64", "192.0.2.0/25"])
        add_subnets(network, f"{name}2", ["2001:db8:2::/64", "192.0.2.128/25"])
        network.add("routers", id=name)
        add_link(network, name, f"{name}1", f"02:00:00:00:0{mac}:01", [(f"{name}16", "2001:db8:1::1"), (f"{name}14", "192.0.2.1")])
        add_link(network, name, f"{name}2", f"02:00:00:00:0{mac}:02", [(f"{name}26", "2001:db8:2::1"), (f"{name}24", "192.0.2.129")])
        network.port(f"{name}-vm1", f"{name}1", mac=f"02:00:00:00:0{mac}:11", addresses=[(f"{name}16", VM1), (f"{name}14", VM1_4)])
        network.port(f"{name}-vm2", f"{name}2", mac=f"02:00:00:00:0{mac}:12", addresses=[(f"{name}26", VM2), (f"{name}24", VM2_4)])
    return network


def test_routers_of_the_same_prefixes_know_nothing_of_each_other(lab, flow6_of):
    names = [f"{tenant}-vm{number}" for tenant in "ab" for number in (1, 2)]
    flow6_of(_twins(), *names, without=("security-groups", "source-guard"))
    for tenant, mac in (("a", 1), ("b", 2)):
        use_router(lab, f"{tenant}-vm1", "2001:db8:1::1", "192.0.2.1", f"02:00:00:00:0{mac}:01")
        use_router(lab, f"{tenant}-vm2", "2001:db8:2::1", "192.0.2.129", f"02:00:00:00:0{mac}:02")
    with lab.hosts["b-vm1"].capture("ip or ip6") as one, lab.hosts["b-vm2"].capture("ip or ip6") as two:
        one.wait_quiet(1.2)
        two.drain()
        before = len(one.frames) + len(two.frames)
        for target in (VM2, VM2_4):
            assert pings(lab.hosts["a-vm1"], target)
        # Nor does another tenant's router take what is sent to its MAC address on a network that is not its own.
        a_vm1 = lab.hosts["a-vm1"]
        strange = [udp(source, target, mac, a_vm1.mac) for source, target in ((VM1, VM2), (VM1_4, VM2_4)) for mac in ("02:00:00:00:02:01", "02:00:00:00:02:02", "02:00:00:00:02:12")]
        fence = udp(VM1, VM2, "02:00:00:00:01:01", a_vm1.mac)
        with lab.hosts["a-vm2"].capture() as neighbor:
            a_vm1.send(*strange, fence)
            assert neighbor.wait(is_of(fence))
            assert not [seen for seen in neighbor.received() for frame in strange if is_of(frame)(seen)]
        one.drain(), two.drain()
        assert len(one.frames) + len(two.frames) == before
    for target in (VM2, VM2_4):
        assert pings(lab.hosts["b-vm1"], target)


def _shared(gateways=("gw1", "gw2", "gw3")):
    """Destinations behind several gateways on red, which hosts reach by router r1."""
    network = two_routers()
    for number, name in enumerate(("gw1", "gw2", "gw3"), 0x21):
        network.port(name, "red", number=number, port_security_enabled=False)
    routes = network.content["routers"][0]["routes"]
    for name in gateways:
        routes += [{"destination": destination, "nexthop": network.address_of(name, index)} for index, destination in enumerate(("2001:db8:e::/48", "10.0.0.0/8"))]
    return network


def _paths(lab, frames):
    """Which gateways each frame came to."""
    vm1, gateways = lab.hosts["vm1"], ("gw1", "gw2", "gw3")
    captures = {name: lab.hosts[name].capture() for name in gateways}
    fences = {name: udp(VM1, f"2001:db8:2::{number:x}", R1_BLUE, vm1.mac) for number, name in enumerate(gateways, 0x21)}
    try:
        vm1.send(*frames, *fences.values())
        for name, capture in captures.items():
            assert capture.wait(is_of(fences[name]), 10)
        seen = {name: {bytes(frame.packet[Raw]) for frame in capture.received() if Raw in frame.packet} for name, capture in captures.items()}
        return [[name for name in gateways if bytes(frame[Raw]) in seen[name]] for frame in frames]
    finally:
        for capture in captures.values():
            capture.close()


@pytest.mark.parametrize("source, destination", [(VM1, "2001:db8:e::{}"), (VM1_4, "10.0.0.{}")])
def test_several_routes_share_connections_and_keep_each_on_its_path(lab, flow6_of, source, destination):
    flow6 = flow6_of(_shared(), "vm1", "vm2", "gw1", "gw2", "gw3", without=("source-guard", "security-groups"), ipv6=False)
    vm1 = lab.hosts["vm1"]

    def frames():
        return [udp(source, destination.format(1 + number % 7), R1_BLUE, vm1.mac, sport=30000 + number) for number in range(240)]

    first, again = _paths(lab, frames()), _paths(lab, frames())
    assert first == again and all(len(path) == 1 for path in first)
    shares = collections.Counter(path[0] for path in first)
    assert all(shares[name] >= 240 // 10 for name in ("gw1", "gw2", "gw3")), shares
    flow6.edit_network(_shared(("gw1", "gw3")))
    until(lambda: not any("2001:db8:2::22->" in flow or "0xc00002a2->" in flow for flow in lab.flows("table=56")), "one route is gone")
    lab.ovs.wait_revalidated()
    left = _paths(lab, frames())
    assert [path for path, before in zip(left, first) if before != ["gw2"]] == [before for before in first if before != ["gw2"]]
    assert {path[0] for path, before in zip(left, first) if before == ["gw2"]} == {"gw1", "gw3"}


def test_routing_goes_on_without_the_controller(routed):
    lab, flow6 = routed
    flow6.kill9()
    for target in (VM2, VM2_4, VM3, VM3_4):
        assert pings(lab.hosts["vm1"], target)
        assert pings(lab.hosts["vm1"], target)


def test_a_link_local_gateway_and_several_prefixes(lab, flow6_of):
    network = Network()
    add_subnets(network, "blue", ["2001:db8:1::/64", "2001:db8:11::/64"])
    add_subnets(network, "red", ["2001:db8:2::/64"])
    network.content["subnets"][0]["gateway_ip"] = "fe80::1"
    network.add("routers", id="r1")
    add_link(network, "r1", "blue", R1_BLUE, [("blue6", "fe80::1"), ("blue6b", "2001:db8:11::1")])
    add_link(network, "r1", "red", R1_RED, [("red6", "2001:db8:2::1")])
    network.port("vm1", "blue", number=0x11).port("vm2", "red", number=0x12)
    flow6_of(network, "vm1", "vm2")
    use_router(lab, "vm1", "fe80::1")
    use_router(lab, "vm2", "2001:db8:2::1")
    for source in ("2001:db8:1::11", "2001:db8:11::11"):
        assert lab.hosts["vm1"].run("ping", "-6", "-n", "-c", 2, "-i", 0.1, "-I", source, VM2, check=False).returncode == 0
        assert pings(lab.hosts["vm2"], source)


def test_a_blackhole_takes_its_prefix_and_no_longer_one(lab, flow6_of):
    network = two_routers()
    network.content["routers"][0]["flow6"] = {"blackhole_routes": ["2001:db8::/32", "192.0.2.192/26", "::/0"]}
    flow6 = flow6_of(network, "vm1", "vm2", without=("source-guard", "security-groups"), ipv6=False)
    vm1 = lab.hosts["vm1"]
    lost = [udp(VM1, "2001:db8:9::1", R1_BLUE, vm1.mac), udp(VM1, "2001:470::1", R1_BLUE, vm1.mac), udp(VM1_4, "192.0.2.193", R1_BLUE, vm1.mac)]
    fence = udp(VM1, VM2, R1_BLUE, vm1.mac)
    with lab.hosts["vm2"].capture() as capture:
        vm1.send(*lost, fence)
        assert capture.wait(is_of(fence))
        assert not [seen for seen in capture.received() for frame in lost if is_of(frame)(seen)]
    until(lambda: flow6.dropped("route-blackhole") == 3, "three are counted", within=15)


@pytest.mark.parametrize("source, destination, header", [(VM1, VM2, 48), (VM1_4, VM2_4, 28)])
def test_what_is_too_big_for_the_next_network_is_not_sent_there(lab, flow6_of, source, destination, header):
    network = two_routers()
    next(each for each in network.content["networks"] if each["id"] == "red")["mtu"] = 1400
    flow6 = flow6_of(network, "vm1", "vm2", without=("source-guard", "security-groups"), ipv6=False)
    vm1 = lab.hosts["vm1"]

    def sized(octets):
        frame = udp(source, destination, R1_BLUE, vm1.mac)
        padding = octets - header - len(frame[Raw].load)
        frame[Raw].load = b"x" * padding + frame[Raw].load
        assert len(bytes(frame)) == 14 + octets
        return frame

    big, fitting = [sized(1401), sized(1500)], sized(1400)
    with lab.hosts["vm2"].capture() as capture:
        vm1.send(*big, fitting)
        assert capture.wait(is_of(fitting))
        assert not [seen for seen in capture.received() for frame in big if is_of(frame)(seen)]
    until(lambda: flow6.status()["punts"].get("route-too-big", 0) >= 2, "both are counted", within=15)


def test_changes_hold_at_once(routed):
    lab, flow6 = routed
    vm1 = lab.hosts["vm1"]
    assert pings(vm1, VM3)
    network = two_routers()
    del network.content["routers"][0]["routes"][0]
    flow6.edit_network(network)
    until(lambda: not pings(vm1, VM3), "without the route nothing gets there", within=20)
    assert pings(vm1, VM3_4) and pings(vm1, VM2)
    network = two_routers()
    network.content["routers"][0]["admin_state_up"] = False
    flow6.edit_network(network)
    until(lambda: not pings(vm1, VM2), "a router that is down does nothing", within=20)
    flow6.edit_network(two_routers())
    until(lambda: all(pings(vm1, target) for target in (VM2, VM2_4, VM3, VM3_4)), "all is well again", within=30)
