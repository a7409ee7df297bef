"""Neighbors of routers that no network file names: asked for, followed, bounded, forgotten (RFC 4861 §7.2, §7.3, RFC 826)."""

import ipaddress
import time

import pytest
from scapy.layers.inet import ICMP
from scapy.layers.inet6 import (ICMPv6DestUnreach, ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6NDOptDstLLAddr, ICMPv6NDOptSrcLLAddr, IPv6)
from scapy.layers.l2 import ARP, Ether

from flow6lab import Network, until
from flow6lab.host import Host, link_local

BLUE_MAC, RED_MAC = "02:00:00:00:01:01", "02:00:00:00:01:02"
FREE, FREE4 = "2001:db8:2::77", "203.0.113.77"
GATE, FAR = "2001:db8:2::99", "2001:db8:f::5"
NOBODY, NOBODY4 = "2001:db8:2::dead", "203.0.113.66"
OTHER_MAC = "02:00:00:00:aa:01"
ALL_NODES_MAC = "33:33:00:00:00:01"


def network():
    """vm1 on blue; on red vm2, free and gate, of which the last two may have any address; router r1 between them."""
    built = Network().network("blue").network("red")
    built.subnet("blue6", "blue", "2001:db8:1::/64").subnet("blue4", "blue", "192.0.2.0/24")
    built.subnet("red6", "red", "2001:db8:2::/64").subnet("red4", "red", "203.0.113.0/24")
    built.port("vm1", "blue", number=0x11).port("vm2", "red", number=0x12)
    for number, name in enumerate(["free", "gate"], 0x21):
        built.port(name, "red", number=number, addresses=[], port_security_enabled=False)
    built.add("routers", id="r1", routes=[{"destination": "2001:db8:f::/48", "nexthop": GATE}])
    for on, mac, addresses in [("blue", BLUE_MAC, [("blue6", "2001:db8:1::1"), ("blue4", "192.0.2.1")]),
                               ("red", RED_MAC, [("red6", "2001:db8:2::1"), ("red4", "203.0.113.1")])]:
        built.port(f"r1-{on}", on, mac=mac, addresses=addresses, device_owner="network:router_interface", device_id="r1")
    return built.allow_pings()


@pytest.fixture
def routed(lab, flow6_of, request):
    """The lab and Flow6; every host sends by r1, and free has an address that only it knows of."""
    flow6 = flow6_of(network(), "vm1", "vm2", "free", "gate", without=getattr(request, "param", ()))
    lab.hosts["free"].add_address(f"{FREE}/64")
    lab.hosts["free"].run("ip", "address", "add", f"{FREE4}/24", "dev", "eth0")
    lab.hosts["gate"].add_address(f"{GATE}/64")
    for name, gateway, gateway4, mac in [("vm1", "2001:db8:1::1", "192.0.2.1", BLUE_MAC), ("vm2", "2001:db8:2::1", None, None),
                                         ("free", "2001:db8:2::1", "203.0.113.1", RED_MAC), ("gate", "2001:db8:2::1", None, None)]:
        host = lab.hosts[name]
        host.run("ip", "-6", "route", "add", "default", "via", gateway, "dev", "eth0")
        if gateway4:
            host.run("ip", "neighbor", "replace", gateway4, "lladdr", mac, "dev", "eth0", "nud", "permanent")
            host.run("ip", "-4", "route", "add", "default", "via", gateway4, "dev", "eth0")
    return lab, flow6


def states(flow6):
    """How many neighbors are in each state, but for states without."""
    return {state: count for state, count in flow6.status()["switches"][0]["neighbors"].items() if count}


def next_hops(lab, text):
    """The flows to a neighbor whose text this is in."""
    return [flow for flow in lab.flows("table=60") if text in flow]


def last_word(address):
    """Of the four registers that an address is matched in, the last, as Open vSwitch shows it."""
    return f"reg11=0x{int(ipaddress.ip_address(address)) & 0xffffffff:x} "


def asks_for(target):
    return lambda seen: ICMPv6ND_NS in seen.packet and seen.packet[ICMPv6ND_NS].tgt == target and seen.packet.src == RED_MAC


def advertisement(target, mac, destination="ff02::1", to=ALL_NODES_MAC, **flags):
    return (Ether(src=mac, dst=to) / IPv6(src=target, dst=destination, hlim=255)
            / ICMPv6ND_NA(tgt=target, **{"R": 0, "S": 0, "O": 1, **flags}) / ICMPv6NDOptDstLLAddr(lladdr=mac))


def ping4(host, target, count=1):
    return host.run("ping", "-4", "-n", "-c", count, "-i", 0.1, "-W", 4, target, check=False).stdout


def test_an_unknown_address_is_reached_and_no_packet_is_lost(routed):
    lab, flow6 = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    with free.capture("icmp6") as capture:
        assert vm1.ping(FREE, count=5).answered_all
        asked = capture.wait(asks_for(FREE)).packet
    assert asked.dst == "33:33:ff:00:00:77" and asked[IPv6].dst == "ff02::1:ff00:77" and asked[IPv6].hlim == 255
    assert asked[IPv6].src == link_local(RED_MAC) and asked[ICMPv6NDOptSrcLLAddr].lladdr == RED_MAC
    assert states(flow6) == {"reachable": 1}
    punted = flow6.status()["punts"]["next-hop-unresolved"]
    assert punted < 5 and vm1.ping(FREE, count=5).answered_all
    assert flow6.status()["punts"]["next-hop-unresolved"] == punted, "a flow does it"


def test_the_hop_limit_is_taken_one_from_once(routed):
    lab, _ = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    with free.capture("icmp6") as capture:
        vm1.run("ping", "-6", "-n", "-c", 1, "-t", 9, "-W", 2, FREE)
        vm1.run("ping", "-6", "-n", "-c", 1, "-t", 9, "-W", 2, FREE)
        capture.watch(0.2)
        echoes = [seen.packet for seen in capture.received() if ICMPv6EchoRequest in seen.packet]
    assert [echo[IPv6].hlim for echo in echoes] == [8, 8]
    assert {(echo.src, echo.dst) for echo in echoes} == {(RED_MAC, free.mac)}


def test_ipv4_neighbors_are_asked_for_by_arp(routed):
    lab, flow6 = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    with free.capture("arp") as capture:
        assert " 0% packet loss" in ping4(vm1, FREE4, count=3)
        asked = capture.wait(lambda seen: ARP in seen.packet and seen.packet[ARP].op == 1 and seen.packet[ARP].pdst == FREE4).packet
    assert (asked.src, asked.dst, asked[ARP].hwsrc, asked[ARP].psrc) == (RED_MAC, "ff:ff:ff:ff:ff:ff", RED_MAC, "203.0.113.1")
    assert states(flow6) == {"reachable": 1}


def test_what_is_behind_a_neighbor_that_routes_is_reached(routed):
    lab, _ = routed
    vm1, gate = lab.hosts["vm1"], lab.hosts["gate"]
    far = Host("far", lab.name, lab.folder, "02:00:00:00:00:f5")
    lab.hosts["far"] = far
    lab.on_close(far.close)
    gate.run("ip", "link", "add", "inner", "type", "veth", "peer", "name", "eth0", "netns", far.path)
    gate.run("ip", "link", "set", "inner", "up")
    gate.run("ip", "-6", "address", "add", "2001:db8:f::1/64", "dev", "inner", "nodad")
    gate.sysctl("ipv6/conf/all/forwarding", 1)
    far.configure(mtu=1500, ipv6=True, dad_transmits=0, accept_ra=False, router_solicitations=0, generate_link_local=True)
    far.add_address(f"{FAR}/64")
    far.run("ip", "-6", "route", "add", "default", "via", "2001:db8:f::1", "dev", "eth0")
    gate.run("ip", "-6", "route", "replace", "default", "via", "2001:db8:2::1", "dev", "eth0")
    assert vm1.ping(FAR, count=5).answered_all
    assert far.ping("2001:db8:1::11", count=3).answered_all


def test_nobody_is_asked_for_three_times(routed):
    lab, flow6 = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    with free.capture("icmp6") as asked, vm1.capture("icmp6") as told:
        answer = vm1.start_ping(NOBODY, interval=60)
        unreachable = told.wait(lambda seen: not seen.outgoing and ICMPv6DestUnreach in seen.packet, 6.0)
        answer.stop()
        asked.watch(1.5)
        times = [seen.time for seen in asked.received() if asks_for(NOBODY)(seen)]
    assert unreachable.packet[ICMPv6DestUnreach].code == 3
    assert unreachable.packet[IPv6].dst == "2001:db8:1::11"
    assert len(times) == 3, times
    assert all(0.8 < later - earlier < 1.5 for earlier, later in zip(times, times[1:])), times
    assert states(flow6) == {}


def test_nobody_is_asked_for_three_times_by_arp(routed):
    lab, flow6 = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    with free.capture("arp") as asked, vm1.capture("icmp") as told:
        ping4(vm1, NOBODY4)
        unreachable = told.wait(lambda seen: not seen.outgoing and ICMP in seen.packet and seen.packet[ICMP].type == 3, 6.0)
        requests = [seen for seen in asked.received() if ARP in seen.packet and seen.packet[ARP].pdst == NOBODY4]
    assert unreachable.packet[ICMP].code == 1, "host unreachable (RFC 1812 §5.2.7.1)"
    assert len(requests) == 3
    assert states(flow6) == {}


def test_ports_that_may_not_have_the_address_are_not_asked(routed):
    lab, _ = routed
    with lab.hosts["vm2"].capture("icmp6") as capture:
        assert lab.hosts["vm1"].ping(FREE).answered_all
        capture.watch(0.3)
        assert not [seen for seen in capture.received() if asks_for(FREE)(seen)]


def test_a_neighbor_that_changes_its_mac_address_is_followed(routed):
    lab, flow6 = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    assert vm1.ping(FREE).answered_all
    free.run("ip", "link", "set", "eth0", "address", OTHER_MAC)
    free.send(advertisement(FREE, OTHER_MAC))
    until(lambda: next_hops(lab, OTHER_MAC), "the flow has the new address")
    assert vm1.ping(FREE, count=5).answered_all
    assert len(next_hops(lab, last_word(FREE))) == 1


def test_a_neighbor_that_moves_to_another_port_is_followed(routed):
    lab, _ = routed
    vm1, free, gate = lab.hosts["vm1"], lab.hosts["free"], lab.hosts["gate"]
    assert vm1.ping(FREE).answered_all
    free.remove_address(f"{FREE}/64")
    gate.add_address(f"{FREE}/64")
    gate.send(advertisement(FREE, gate.mac))
    until(lambda: next_hops(lab, gate.mac), "the flow leads to the other port")
    assert vm1.ping(FREE, count=5).answered_all


def test_an_advertisement_without_override_changes_nothing(routed):
    lab, _ = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    assert vm1.ping(FREE).answered_all
    free.send(advertisement(FREE, OTHER_MAC, O=0))
    assert vm1.ping(FREE, count=5).answered_all
    assert not next_hops(lab, OTHER_MAC)


def test_a_neighbor_that_is_used_and_gone_is_given_up(routed):
    lab, flow6 = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    assert vm1.ping(FREE).answered_all
    ping = vm1.start_ping(FREE, interval=0.2)
    # It is stale by what nobody asked for, and nobody is where it says.
    free.send(advertisement(FREE, OTHER_MAC))
    until(lambda: next_hops(lab, OTHER_MAC), "the flow has the new address")
    free.remove_address(f"{FREE}/64")
    with free.capture("icmp6") as capture:
        until(lambda: "probe" in states(flow6), "the neighbor is probed", 20.0)
        until(lambda: not next_hops(lab, OTHER_MAC), "the flow is gone", 10.0)
        alone = [seen.packet for seen in capture.received() if asks_for(FREE)(seen) and seen.packet[IPv6].dst == FREE]
    ping.stop()
    assert len(alone) == 3 and {packet.dst for packet in alone} == {OTHER_MAC}


def test_a_neighbor_that_is_used_and_there_stays(routed):
    lab, flow6 = routed
    vm1, free = lab.hosts["vm1"], lab.hosts["free"]
    assert vm1.ping(FREE).answered_all
    free.run("ip", "link", "set", "eth0", "address", OTHER_MAC)
    free.send(advertisement(FREE, OTHER_MAC))
    until(lambda: states(flow6) == {"stale": 1}, "the neighbor is stale")
    ping = vm1.start_ping(FREE, interval=0.2)
    until(lambda: states(flow6) == {"reachable": 1}, "the probe is answered", 20.0)
    assert ping.stop().lost == ()


def test_the_controllers_end_changes_nothing_for_neighbors(lab, tap, routed):
    _, flow6 = routed
    vm1 = lab.hosts["vm1"]
    assert vm1.ping(FREE).answered_all
    until(lambda: next_hops(lab, last_word(FREE)), "the flow is there")
    lab.wait_asked()
    before = lab.flow_keys()
    ping = vm1.start_ping(FREE, interval=0.01)
    ping.wait_answers(50)
    flow6.kill9()
    ping.wait_answers(50)
    tap.reset()
    flow6.start()
    flow6.wait_settled(ports=4)
    ping.wait_answers(100)
    assert ping.stop().lost == ()
    assert tap.counts["FLOW_MOD"] == 0, tap.counts
    assert lab.flow_keys() == before
    assert sum(states(flow6).values()) == 1


def test_a_scan_leaves_others_alone(routed):
    lab, flow6 = routed
    vm1 = lab.hosts["vm1"]
    assert vm1.ping(FREE).answered_all
    ping = vm1.start_ping(FREE, interval=0.02)
    frames = [bytes(Ether(src=vm1.mac, dst=BLUE_MAC) / IPv6(src="2001:db8:1::11", dst=f"2001:db8:2::5:{number:x}") / ICMPv6EchoRequest())
              for number in range(5000)]
    flood = vm1.start_flood(frames, 8, 1000)
    most, end = 0, time.monotonic() + 8
    while time.monotonic() < end:
        most = max(most, sum(states(flow6).values()))
        assert states(flow6).get("reachable") == 1
    flood.wait()
    assert 1 < most <= 1024
    seen = ping.stop()
    assert seen.received > 200 and seen.lost == ()
    until(lambda: states(flow6) == {"reachable": 1}, "the table is as before", 10.0)


@pytest.mark.parametrize("routed", [("source-guard",)], indirect=True)
@pytest.mark.parametrize("solicited", [0, 1])
def test_who_may_not_have_an_address_is_not_believed(routed, solicited):
    """Also where source guard, which drops such advertisements before, is off."""
    lab, flow6 = routed
    vm1, vm2, free = lab.hosts["vm1"], lab.hosts["vm2"], lab.hosts["free"]
    assert vm1.ping(FREE).answered_all
    if solicited:
        vm2.send(advertisement(FREE, vm2.mac, link_local(RED_MAC), RED_MAC, S=1))
    else:
        vm2.send(advertisement(FREE, vm2.mac))
    until(lambda: flow6.dropped("neighbor-not-own") == 1, "the advertisement is refused")
    assert [free.mac in flow for flow in next_hops(lab, last_word(FREE))] == [True]
    assert vm1.ping(FREE, count=5).answered_all


def test_nobody_is_believed_about_an_address_that_is_known_to_be_a_ports(routed):
    lab, flow6 = routed
    vm1, free, vm2 = lab.hosts["vm1"], lab.hosts["free"], lab.hosts["vm2"]
    vm2_address = "2001:db8:2::12"
    assert vm1.ping(vm2_address).answered_all
    free.send(advertisement(vm2_address, free.mac, link_local(RED_MAC), RED_MAC, S=1))
    until(lambda: flow6.dropped("neighbor-not-own") == 1, "the advertisement is refused")
    assert vm1.ping(vm2_address, count=5).answered_all
    assert vm2.ping("2001:db8:1::11").answered_all
    assert states(flow6) == {}


def test_what_nobody_asked_for_is_not_learned(routed):
    lab, flow6 = routed
    free = lab.hosts["free"]
    before = flow6.status()["punts"]["neighbor-advertisement"]
    free.send(advertisement(NOBODY, free.mac, link_local(RED_MAC), RED_MAC, S=1))
    until(lambda: flow6.status()["punts"]["neighbor-advertisement"] > before, "the advertisement comes to the controller")
    assert states(flow6) == {}


def test_bad_advertisements_are_dropped(routed):
    lab, flow6 = routed
    free = lab.hosts["free"]
    good = advertisement(FREE, free.mac, link_local(RED_MAC), RED_MAC, S=1)
    far = good.copy()
    far[IPv6].hlim = 64
    broken = good.copy()
    broken[ICMPv6ND_NA].cksum = 0x1234
    multicast = advertisement(FREE, free.mac, link_local(RED_MAC), RED_MAC, S=1)
    multicast[ICMPv6NDOptDstLLAddr].lladdr = "33:33:00:00:00:05"
    free.send(far, broken, multicast)
    until(lambda: flow6.dropped("neighbor-invalid") == 3, "they are counted")
