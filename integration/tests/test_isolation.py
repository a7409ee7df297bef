"""What must not pass: unknown targets to other ports, and anything between networks."""

import pytest
from scapy.layers.inet6 import IPv6, UDP
from scapy.layers.l2 import ARP, Ether

from flow6lab import Network, until
from listeners import Listener
from solicitations import multicast_mac, solicits

UNKNOWN = "2001:db8:1::77"


@pytest.fixture
def served(lab, flow6_of):
    """Blue with vm1 and vm2, red with red1; vm2 and red1 listen, to what is for them and to a group."""
    network = Network.simple(2).network("red").subnet("red6", "red", "2001:db8:2::/64").port("red1", "red", number=0x21)
    flow6_of(network, "vm1", "vm2", "red1")
    vm2, red1 = lab.hosts["vm2"], lab.hosts["red1"]
    with Listener(vm2, "ff02::fb"), Listener(red1, "ff02::fb"), vm2.capture() as member, red1.capture() as stranger:
        until(lambda: len(lab.flows("table=72,ipv6,ipv6_dst=ff02::fb")) == 2, "their group is known")
        member.wait_quiet(1.2)
        stranger.drain()
        yield lab, member, stranger


def test_a_solicitation_for_an_unknown_target_reaches_nobody(served):
    lab, member, stranger = served
    ping = lab.hosts["vm1"].ping(UNKNOWN, count=2, wait=1)
    assert ping.received == 0
    assert "FAILED" in lab.hosts["vm1"].neighbors()[UNKNOWN]["state"] or "INCOMPLETE" in lab.hosts["vm1"].neighbors()[UNKNOWN]["state"]
    for capture in (member, stranger):
        assert not [frame for frame in capture.received() if solicits(UNKNOWN)(frame.packet)]


def test_an_unknown_target_reaches_a_port_that_may_own_it(lab, flow6_of):
    """An address pair that is a prefix: its port is asked, and no other."""
    network = Network.simple(3)
    network.port_of("vm2")["allowed_address_pairs"] = [{"ip_address": "2001:db8:1::70/124"}]
    flow6_of(network, "vm1", "vm2", "vm3")
    lab.hosts["vm2"].add_address(f"{UNKNOWN}/64")
    with lab.hosts["vm3"].capture("icmp6") as third:
        assert lab.hosts["vm1"].ping(UNKNOWN).answered_all
        assert not [frame for frame in third.received() if solicits(UNKNOWN)(frame.packet)]


def test_hosts_of_two_networks_do_not_reach_each_other(served):
    lab, _, _ = served
    vm1, red1 = lab.hosts["vm1"], lab.hosts["red1"]
    vm1.run("ip", "-6", "route", "add", "2001:db8:2::/64", "dev", "eth0")
    red1.run("ip", "-6", "route", "add", "2001:db8:1::/64", "dev", "eth0")
    vm1.run("ip", "-6", "neighbor", "add", "2001:db8:2::21", "lladdr", red1.mac, "dev", "eth0")
    assert vm1.ping("2001:db8:2::21", count=2, wait=1).received == 0
    assert vm1.ping(red1.link_local, count=1, wait=1).received == 0
    assert red1.ndisc6("2001:db8:1::1", attempts=1, wait_ms=300) is None


@pytest.mark.parametrize("destination", ["ff:ff:ff:ff:ff:ff", multicast_mac("ff02::1"), multicast_mac("ff02::fb"), "01:00:5e:00:00:fb"])
def test_multicast_stays_in_its_network(served, destination):
    lab, member, stranger = served
    vm1 = lab.hosts["vm1"]
    payload = ARP(hwsrc=vm1.mac, psrc="0.0.0.0", pdst="192.0.2.1") if destination.startswith("ff") else IPv6(src="2001:db8:1::1", dst="ff02::fb") / UDP(sport=5353, dport=5353)
    vm1.send(Ether(src=vm1.mac, dst=destination) / payload)
    assert member.wait(lambda frame: not frame.outgoing and frame.packet.dst == destination)
    assert not [frame for frame in stranger.received() if frame.packet.src == vm1.mac]


def test_unknown_unicast_is_not_flooded(served):
    lab, member, stranger = served
    vm1 = lab.hosts["vm1"]
    vm1.send(Ether(src=vm1.mac, dst="02:00:00:00:00:77") / IPv6(src="2001:db8:1::1", dst=UNKNOWN) / UDP(dport=7))
    member.watch(0.3)
    for capture in (member, stranger):
        assert not [frame for frame in capture.received() if frame.packet.dst == "02:00:00:00:00:77"]
