"""Echo requests to routers (RFC 4443 section 4), from real hosts and from scapy."""

import pytest
from scapy.layers.inet6 import ICMPv6EchoReply, ICMPv6EchoRequest, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, fragment6
from scapy.layers.l2 import Ether

from flow6lab import Network, until
from routers import GATEWAY, ROUTER_LINK_LOCAL, ROUTER_MAC, add_router

VM1 = "2001:db8:1::11"
SECOND_MAC = "02:00:00:00:02:02"


def _network(routers=1):
    network = Network().network("blue").subnet("blue6", "blue", "2001:db8:1::/64")
    for number in (0x11, 0x12):
        network.port(f"vm{number - 0x10}", "blue", number=number)
    network.network("red").subnet("red6", "red", "2001:db8:2::/64").port("red1", "red", number=0x21)
    add_router(network, "r1", ROUTER_MAC, [("blue6", GATEWAY)])
    return add_router(network, "r2", SECOND_MAC, [("blue6", "2001:db8:1::2")]) if routers == 2 else network


@pytest.fixture
def served(lab, flow6_of):
    return lab, flow6_of(_network(), "vm1", "vm2", "red1")


@pytest.fixture
def ungrouped(served):
    """Without security groups, whose connection tracking drops some of what these tests send before a router sees it."""
    lab, flow6 = served
    with flow6.without("security-groups"):
        yield lab, flow6


@pytest.mark.parametrize("target", [GATEWAY, ROUTER_LINK_LOCAL])
def test_a_router_answers_by_flow(served, target):
    lab, flow6 = served
    punted = flow6.punted()
    assert lab.hosts["vm1"].ping(target).answered_all
    assert flow6.punted() == punted


@pytest.mark.parametrize("source, answerer", [(VM1, GATEWAY), ("link-local", ROUTER_LINK_LOCAL)])
def test_the_routers_of_a_link_answer_by_the_address_that_suits_the_asker(ungrouped, source, answerer):
    """And members of the network hear the question, from link-local addresses too, which are in no security group."""
    lab, _ = ungrouped
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    source = vm1.link_local if source == "link-local" else source
    for group, mac in (("ff02::2", "33:33:00:00:00:02"), ("ff02::1", "33:33:00:00:00:01")):
        asked = Ether(src=vm1.mac, dst=mac) / IPv6(src=source, dst=group, hlim=1) / ICMPv6EchoRequest(id=7, seq=9, data=b"flow6")
        with vm2.capture("icmp6") as member:
            answer = vm1.ask(asked, lambda packet: ICMPv6EchoReply in packet and packet.src == ROUTER_MAC).packet
            assert (answer.dst, answer[IPv6].src, answer[IPv6].dst, answer[IPv6].hlim) == (vm1.mac, answerer, source, 64)
            assert (answer[ICMPv6EchoReply].id, answer[ICMPv6EchoReply].seq, answer[ICMPv6EchoReply].data) == (7, 9, b"flow6")
            reached = member.wait(lambda frame: not frame.outgoing and ICMPv6EchoRequest in frame.packet, within=2 if group == "ff02::1" else 0.3)
            assert bool(reached) == (group == "ff02::1")


def test_hosts_answer_all_nodes_too(ungrouped):
    """To conntrack a unicast answer to a multicast question is none."""
    lab, _ = ungrouped
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    asked = Ether(src=vm1.mac, dst="33:33:00:00:00:01") / IPv6(src=VM1, dst="ff02::1", hlim=1) / ICMPv6EchoRequest(id=7)
    with vm1.capture("icmp6") as capture:
        vm1.send(asked)
        for mac in (ROUTER_MAC, vm2.mac):
            assert capture.wait(lambda frame: not frame.outgoing and ICMPv6EchoReply in frame.packet and frame.packet.src == mac), mac


def test_several_routers_answer_each(lab, flow6_of):
    flow6_of(_network(2), "vm1", "vm2")
    vm1 = lab.hosts["vm1"]
    asked = Ether(src=vm1.mac, dst="33:33:00:00:00:02") / IPv6(src=VM1, dst="ff02::2", hlim=1) / ICMPv6EchoRequest(id=7)
    with vm1.capture("icmp6") as capture:
        vm1.send(asked)
        for mac, address in ((ROUTER_MAC, GATEWAY), (SECOND_MAC, "2001:db8:1::2")):
            assert capture.wait(lambda frame: not frame.outgoing and ICMPv6EchoReply in frame.packet
                                and (frame.packet.src, frame.packet[IPv6].src) == (mac, address)), mac


@pytest.mark.parametrize("size", [1453, 3000, 20000, 40000])
def test_a_ping_in_fragments_is_answered(served, size):
    lab, _ = served
    for target in (GATEWAY, ROUTER_LINK_LOCAL):
        assert lab.hosts["vm1"].ping(target, count=2, interval=0.5, size=size).answered_all


def test_the_largest_ping_is_answered(ungrouped):
    """Of more than 32 fragments, conntrack of Open vSwitch's userspace datapath keeps some back."""
    lab, _ = ungrouped
    assert lab.hosts["vm1"].ping(GATEWAY, count=2, interval=0.5, size=65000).answered_all


def test_overlapping_fragments_are_not_answered(ungrouped):
    lab, flow6 = ungrouped
    vm1 = lab.hosts["vm1"]
    whole = IPv6(src=VM1, dst=GATEWAY) / IPv6ExtHdrFragment(id=77) / ICMPv6EchoRequest(id=5, data=b"x" * 3000)
    parts = [Ether(src=vm1.mac, dst=ROUTER_MAC) / part for part in fragment6(whole, 1280)]
    overlapping = parts[1].copy()
    overlapping[IPv6ExtHdrFragment].offset -= 1
    with vm1.capture("icmp6") as capture:
        vm1.send(parts[0], overlapping, *parts[1:])
        until(lambda: flow6.dropped("fragment-discarded") >= 1, "the drop is counted", within=15)
        assert not [frame for frame in capture.received() if frame.packet.src == ROUTER_MAC]
    assert vm1.ping(GATEWAY, size=3000).answered_all


def test_extension_headers_are_no_hindrance(served):
    lab, _ = served
    vm1 = lab.hosts["vm1"]
    asked = Ether(src=vm1.mac, dst=ROUTER_MAC) / IPv6(src=VM1, dst=GATEWAY) / IPv6ExtHdrDestOpt() / ICMPv6EchoRequest(id=7, data=b"flow6")
    answer = vm1.ask(asked, lambda packet: ICMPv6EchoReply in packet).packet
    assert (answer[IPv6].src, answer[ICMPv6EchoReply].data) == (GATEWAY, b"flow6")


@pytest.mark.parametrize("reason, wrong", [
    ("echo-code", lambda mac: IPv6(src=VM1, dst=GATEWAY) / ICMPv6EchoRequest(code=1)),
    ("echo-source", lambda mac: IPv6(src="::", dst=GATEWAY) / ICMPv6EchoRequest()),
    ("echo-source", lambda mac: IPv6(src="ff02::1", dst=GATEWAY) / ICMPv6EchoRequest()),
])
def test_what_must_not_be_answered_is_counted(ungrouped, reason, wrong):
    lab, flow6 = ungrouped
    vm1 = lab.hosts["vm1"]
    # Source guard drops what comes from no address of the port's.
    with vm1.capture("icmp6") as capture, flow6.without("source-guard"):
        for _ in range(3):
            vm1.send(Ether(src=vm1.mac, dst=ROUTER_MAC) / wrong(vm1.mac))
        until(lambda: flow6.dropped(reason) == 3, "three drops are counted", within=15)
        assert not [frame for frame in capture.received() if ICMPv6EchoReply in frame.packet]


def test_another_network_has_no_such_router(served):
    lab, _ = served
    red1 = lab.hosts["red1"]
    asked = Ether(src=red1.mac, dst=ROUTER_MAC) / IPv6(src="2001:db8:2::21", dst=GATEWAY) / ICMPv6EchoRequest()
    assert red1.ask(asked, lambda packet: ICMPv6EchoReply in packet, within=0.5) is None
    asked = Ether(src=red1.mac, dst="33:33:00:00:00:02") / IPv6(src="2001:db8:2::21", dst="ff02::2") / ICMPv6EchoRequest()
    assert red1.ask(asked, lambda packet: ICMPv6EchoReply in packet, within=0.5) is None


def test_a_killed_controller_is_not_missed(served):
    lab, flow6 = served
    flow6.kill9()
    vm1 = lab.hosts["vm1"]
    for target in (GATEWAY, ROUTER_LINK_LOCAL):
        assert vm1.ping(target).answered_all
