"""Multicast routers: found by what they say and ask (RFC 4286, RFC 3810 §7.6.2), and given everything."""

import pytest
from scapy.layers.inet6 import ICMPv6MLQuery2, ICMPv6Unknown, IPv6

from flow6lab import Network, until
from listeners import Ears, Listener, link_scope, report, wait_asked

GROUP = "ff15::77"
VM1, ROUTER = "2001:db8:1::1", "2001:db8:1::4"
INTERVAL = 4
NAMES = ("vm1", "vm2", "vm3", "vm4")
SNOOPERS = "ff02::6a"


def network():
    """vm4 may be a router."""
    built = Network.simple(4).allow_pings()
    built.content["networks"][0]["flow6"] = {"multicast": {"query_interval": INTERVAL}, "trusted_router": ["vm4"]}
    return built


@pytest.fixture
def routed(lab, flow6_of, request):
    flow6 = flow6_of(network(), *NAMES, without=getattr(request, "param", ()))
    wait_asked(lab)
    return lab, flow6, Ears(**lab.hosts)


def advertisement(host, interval=4, **options):
    return link_scope(host, SNOOPERS, ICMPv6Unknown(type=151, code=interval, msgbody=b"\0\x7d\0\2"), **options)


def termination(host, **options):
    return link_scope(host, SNOOPERS, ICMPv6Unknown(type=153, code=0, msgbody=b""), **options)


def query(host, source=None, interval=INTERVAL):
    return link_scope(host, "ff02::1", ICMPv6MLQuery2(mladdr="::", mrd=1000, QRV=2, QQIC=interval), source=source)


def test_a_router_that_says_so_gets_everything_until_it_ends(routed):
    lab, _, ears = routed
    vm1, vm2, vm4 = (lab.hosts[name] for name in ("vm1", "vm2", "vm4"))
    vm4.send(advertisement(vm4))
    ears.wait_heard(vm1, VM1, GROUP, {"vm4"})
    with Listener(vm2, GROUP):
        ears.wait_heard(vm1, VM1, GROUP, {"vm2", "vm4"})
    with vm4.capture("ip6") as capture:
        vm2.send(report(vm2, "ff15::99"))
        assert capture.wait(lambda seen: seen.packet[IPv6].dst == "ff02::16" and seen.packet.src == vm2.mac), "it gets reports, too"
    vm4.send(termination(vm4))
    ears.wait_heard(vm1, VM1, GROUP, set(), "it has ended")


def test_a_router_that_falls_silent_is_forgotten(routed):
    lab, _, ears = routed
    vm1, vm4 = lab.hosts["vm1"], lab.hosts["vm4"]
    vm4.send(advertisement(vm4, interval=2))
    ears.wait_heard(vm1, VM1, GROUP, {"vm4"})
    ears.wait_heard(vm1, VM1, GROUP, set(), "three advertisements did not come", 15.0)


def test_who_may_be_a_router_is_asked(lab, flow6_of):
    with_router = network()
    flow6_of(with_router, "vm1", "vm2", "vm3")
    (vm4,) = lab.add_hosts(with_router, "vm4", bind=False)
    vm1 = lab.hosts["vm1"]
    with vm4.capture("ip6") as capture, vm1.capture("ip6") as other:
        lab.ovs.vsctl("set", "interface", "vm4", "external_ids:iface-id=vm4")
        assert capture.wait(lambda seen: seen.packet[IPv6].dst == "ff02::2" and b"\x98\0" in seen.data, 5.0), "a solicitation"
        assert not [seen for seen in other.watch(0.3) if seen.packet[IPv6].dst == "ff02::2"]


def test_a_querier_gets_everything_and_asks_alone(routed):
    lab, _, ears = routed
    vm1, vm2, vm4 = (lab.hosts[name] for name in ("vm1", "vm2", "vm4"))
    with vm2.capture("ip6") as capture, Listener(vm2, GROUP):
        vm4.send(query(vm4))
        assert capture.wait(lambda seen: _is_query(seen) and seen.packet.src == vm4.mac), "all are asked"
        ears.wait_heard(vm1, VM1, GROUP, {"vm2", "vm4"})
        capture.drain()
        capture.frames.clear()
        vm4.send(query(vm4))
        assert capture.wait(_is_query)
        assert not [seen for seen in capture.watch(INTERVAL + 1) if _is_query(seen) and seen.packet.src != vm4.mac], "Flow6 steps back"
        assert capture.wait(lambda seen: _is_query(seen) and seen.packet.src != vm4.mac, 3 * INTERVAL), "and asks when nobody does"


def _is_query(seen):
    return not seen.outgoing and IPv6 in seen.packet and seen.packet[IPv6].dst == "ff02::1" and b"\x82\0" in seen.data[62:64]


def test_a_querier_of_a_higher_address_does_not_silence_flow6(routed):
    lab, _, _ = routed
    vm2, vm4 = lab.hosts["vm2"], lab.hosts["vm4"]
    high = "fe80::ffff:ffff:ffff:fff0"
    vm4.add_address(f"{high}/64", dad=True)
    vm4.wait_address(high)
    with vm2.capture("ip6") as capture:
        vm4.send(query(vm4, source=high))
        assert capture.wait(lambda seen: _is_query(seen) and seen.packet.src != vm4.mac, 2 * INTERVAL)


@pytest.mark.parametrize("make", [advertisement, termination, query])
@pytest.mark.parametrize("routed,reason", [((), "guard-router"), (("source-guard",), "multicast-querier")], indirect=["routed"])
def test_who_is_no_router_cannot_say_that_it_is(routed, make, reason):
    lab, flow6, ears = routed
    vm1, vm2, vm3 = (lab.hosts[name] for name in ("vm1", "vm2", "vm3"))
    with vm3.capture("ip6") as capture:
        vm2.send(make(vm2))
        # Open vSwitch does not see what so short a message is.
        until(lambda: flow6.dropped("guard-headers" if make is termination and reason == "guard-router" else reason), "it is counted")
        assert not [seen for seen in capture.watch(0.3) if seen.packet.src == vm2.mac]
    assert ears.hear(vm1, VM1, GROUP, "nobody") == set()


@pytest.mark.parametrize("wrong", [{"hop_limit": 2}, {"alert": False}, {"source": ROUTER}])
def test_advertisements_that_break_the_rules_say_nothing(routed, wrong):
    lab, flow6, ears = routed
    vm1, vm4 = lab.hosts["vm1"], lab.hosts["vm4"]
    vm4.send(advertisement(vm4, **wrong))
    until(lambda: flow6.dropped("multicast-router-malformed"), "it is counted")
    assert ears.hear(vm1, VM1, GROUP, "nobody") == set()


def test_routers_are_known_after_a_restart(lab, tap, routed):
    _, flow6, ears = routed
    vm1, vm4 = lab.hosts["vm1"], lab.hosts["vm4"]
    vm4.send(advertisement(vm4, interval=180))
    ears.wait_heard(vm1, VM1, GROUP, {"vm4"})
    flow6.kill9()
    assert ears.hear(vm1, VM1, GROUP, "without Flow6") == {"vm4"}
    tap.reset()
    flow6.start()
    flow6.wait_settled(ports=4)
    assert tap.counts["FLOW_MOD"] == 0, tap.counts
    assert ears.hear(vm1, VM1, GROUP, "with it again") == {"vm4"}
