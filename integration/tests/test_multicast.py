"""Multicast reaches those who listen and nobody else (RFC 3810, RFC 4541 §3), with listeners of the kernel's own."""

import pytest
from scapy.layers.inet6 import ICMPv6EchoRequest, IPv6
from scapy.layers.l2 import Ether

from flow6lab import Network, until
from listeners import Ears, Listener, datagram, report, wait_asked
from solicitations import multicast_mac

GROUP, OTHER = "ff15::77", "ff15::78"
VM1, VM2, VM3, VM4 = (f"2001:db8:1::{number}" for number in (1, 2, 3, 4))
INTERVAL = 4
NAMES = ("vm1", "vm2", "vm3", "vm4")


def network(**multicast):
    built = Network.simple(4).allow_pings()
    built.content["networks"][0]["flow6"] = {"multicast": {"query_interval": INTERVAL, **multicast}}
    return built


@pytest.fixture
def listening(lab, flow6_of):
    """The lab, Flow6 and ears of four hosts, all of which have been asked."""
    flow6 = flow6_of(network(), *NAMES)
    wait_asked(lab)
    for number in range(1, 5):
        until(lambda: lab.flows(f"table=72,ipv6,ipv6_dst=ff02::1:ff00:{number}"), f"vm{number} has reported its solicited-node group")
    return lab, flow6, Ears(**lab.hosts)


def test_only_who_listens_hears(listening):
    lab, _, ears = listening
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    assert ears.hear(vm1, VM1, GROUP, "before") == set()
    with Listener(vm2, GROUP):
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
        assert ears.hear(vm1, VM1, OTHER, "another group") == set()
        with Listener(lab.hosts["vm3"], GROUP):
            ears.wait_heard(vm1, VM1, GROUP, {"vm2", "vm3"})
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"}, "who left hears no more")
    ears.wait_heard(vm1, VM1, GROUP, set(), "nobody is left")
    assert not lab.flows("table=72,ipv6,ipv6_dst=ff15::77")


def test_what_is_for_all_nodes_is_for_all(listening):
    lab, _, ears = listening
    assert ears.hear(lab.hosts["vm1"], VM1, "ff02::1", "all") == {"vm2", "vm3", "vm4"}


@pytest.mark.parametrize("group", ["ff01::77", "ff11::77", "ff00::77"])
def test_what_may_not_leave_a_host_is_dropped(listening, group):
    lab, flow6, ears = listening
    assert ears.hear(lab.hosts["vm1"], VM1, group, "within") == set()
    until(lambda: flow6.dropped("multicast-scope"), "it is counted")


def test_sources_that_are_not_wanted_are_not_heard(listening):
    lab, _, ears = listening
    vm1, vm2, vm3, vm4 = (lab.hosts[name] for name in NAMES)
    with Listener(vm3, GROUP, include=VM1), Listener(vm4, GROUP, exclude=VM1):
        ears.wait_heard(vm1, VM1, GROUP, {"vm3"})
        ears.wait_heard(vm2, VM2, GROUP, {"vm4"})


def test_listeners_of_version_1_are_heard_of(listening):
    lab, _, ears = listening
    vm1, vm2, vm3 = (lab.hosts[name] for name in NAMES[:3])
    vm2.sysctl("ipv6/conf/eth0/force_mld_version", 1)
    with Listener(vm3, GROUP):
        with Listener(vm2, GROUP):
            ears.wait_heard(vm1, VM1, GROUP, {"vm2", "vm3"})
        ears.wait_heard(vm1, VM1, GROUP, {"vm3"})


def test_listeners_that_are_asked_stay(listening):
    """Longer than what they said would hold by itself."""
    lab, _, ears = listening
    vm1, vm2, vm3 = (lab.hosts[name] for name in NAMES[:3])
    vm3.sysctl("ipv6/conf/eth0/force_mld_version", 1)
    with Listener(vm2, GROUP), Listener(vm3, GROUP), vm2.capture("ip6") as capture:
        ears.wait_heard(vm1, VM1, GROUP, {"vm2", "vm3"})
        of_group = f"table=72,ipv6,ipv6_dst={GROUP}"
        flows = lab.flow_keys(of_group)
        until(lambda: len([seen for seen in capture.received() if _is_general_query(seen.packet)]) >= 4, "four queries", 5 * INTERVAL)
        assert ears.hear(vm1, VM1, GROUP, "still there") == {"vm2", "vm3"}
        assert flows and lab.flow_keys(of_group) == flows


def _is_general_query(packet):
    return IPv6 in packet and packet[IPv6].dst == "ff02::1" and packet[IPv6].hlim == 1 and packet[IPv6].src.startswith("fe80::fcf6:")


def test_a_listener_that_falls_silent_is_forgotten(listening):
    lab, _, ears = listening
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    vm2.send(report(vm2, GROUP))
    ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
    ears.wait_heard(vm1, VM1, GROUP, set(), "it is taken to be gone", 4 * INTERVAL)


@pytest.mark.parametrize("wrong", [{"hop_limit": 2}, {"alert": False}, {"source": VM2}])
def test_reports_that_break_the_rules_say_nothing(listening, wrong):
    lab, flow6, ears = listening
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    vm2.send(report(vm2, GROUP, **wrong))
    until(lambda: flow6.dropped("mld-malformed"), "it is counted")
    assert ears.hear(vm1, VM1, GROUP, "nobody") == set()


def test_reports_are_for_multicast_routers_alone(listening):
    """Listeners of version 1 that hear others do not report themselves (RFC 4541 §2.1.1)."""
    lab, _, ears = listening
    vm1, vm2, vm3 = (lab.hosts[name] for name in NAMES[:3])
    with vm3.capture("ip6") as capture:
        vm2.send(report(vm2, GROUP))
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
        assert not [seen for seen in capture.received() if seen.packet[IPv6].dst == "ff02::16"]


def test_a_port_listens_to_so_much_and_no_more(listening):
    lab, flow6, ears = listening
    vm1, vm2, vm3 = (lab.hosts[name] for name in NAMES[:3])
    for hundred in range(6):
        vm2.send(report(vm2, *(f"ff15::{hundred:x}:{number:x}" for number in range(50))))
    until(lambda: flow6.dropped("multicast-full"), "it is counted")
    with Listener(vm3, GROUP):
        ears.wait_heard(vm1, VM1, GROUP, {"vm3"}, "others are not concerned")


def test_the_controllers_end_changes_nothing_for_listeners(lab, tap, listening):
    _, flow6, ears = listening
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    with Listener(vm2, GROUP), vm2.capture("udp") as capture:
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
        before = lab.flow_keys()
        flood = vm1.start_flood([bytes(datagram(vm1, VM1, GROUP, "steady"))], seconds=8, rate=200)
        assert capture.wait(lambda seen: b"steady" in seen.data, 5)
        flow6.kill9()
        tap.reset()
        flow6.start()
        flow6.wait_settled(ports=4)
        assert tap.counts["FLOW_MOD"] == 0, tap.counts
        assert lab.flow_keys() == before
        assert flood.wait(20) == 0
        until(lambda: len([seen for seen in capture.received() if b"steady" in seen.data]) == int(flood.output()), "no packet is lost")
        assert ears.hear(vm1, VM1, GROUP, "after") == {"vm2"}


def test_a_machine_that_comes_is_not_cut_off_from_what_it_listened_to_elsewhere(listening):
    """It was plugged in with its listeners and says nothing by itself: it is asked, and gets everything until then."""
    lab, _, ears = listening
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    with Listener(vm2, GROUP), vm2.capture("udp") as capture:
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
        lab.unplug("vm2")
        until(lambda: not lab.flows("table=72,ipv6,ipv6_dst=ff15::77"), "it is forgotten")
        lab.plug("vm2", iface_id="vm2")
        until(lambda: lab.flows("table=73"), "it gets everything")
        vm1.send(datagram(vm1, VM1, GROUP, "before it was asked"))
        assert capture.wait(lambda seen: b"before it was asked" in seen.data)
        wait_asked(lab)
        assert ears.hear(vm1, VM1, GROUP, "after it was asked") == {"vm2"}


def test_a_named_receiver_gets_everything(lab, flow6_of):
    flow6_of(network(receivers=["vm4"]), *NAMES)
    ears = Ears(**lab.hosts)
    ears.wait_heard(lab.hosts["vm1"], VM1, GROUP, {"vm4"})


def test_without_the_app_all_get_everything(listening):
    lab, flow6, ears = listening
    flow6.enable_by_file("mld-snooping", False)
    ears.wait_heard(lab.hosts["vm1"], VM1, GROUP, {"vm2", "vm3", "vm4"})
    flow6.enable_by_file("mld-snooping", True)
    ears.wait_heard(lab.hosts["vm1"], VM1, GROUP, set())


def test_a_solicited_node_group_is_heard_by_its_members(listening):
    lab, _, _ = listening
    vm1, vm2, vm3 = (lab.hosts[name] for name in NAMES[:3])
    group = "ff02::1:ff00:2"
    until(lambda: lab.flows(f"table=72,ipv6,ipv6_dst={group}"), "vm2 has reported it")
    with vm2.capture("icmp6") as capture, vm3.capture("icmp6") as stranger:
        vm1.send(Ether(src=vm1.mac, dst=multicast_mac(group)) / IPv6(src=VM1, dst=group) / ICMPv6EchoRequest(data=b"to its member"))
        assert capture.wait(lambda seen: b"to its member" in seen.data)
        assert not [seen for seen in stranger.watch(0.3) if b"to its member" in seen.data]
