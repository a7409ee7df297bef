"""What is routed to a neighbor behind the port that it came from gets there; what is bridged never goes back."""

import pytest
from scapy.layers.inet import UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from routing import R1_RED, VM2, is_of, two_routers, udp

VM2_4, FREE, BEHIND, BEHIND_FREE, BEHIND_4 = "192.0.2.146", "2001:db8:2::77", "2001:db8:e::1", "2001:db8:d::1", "10.1.1.1"


def network():
    """vm2 and free on red are next hops for prefixes of their own; free has an address that only it knows."""
    built = two_routers()
    built.port("free", "red", mac="02:00:00:00:00:77", addresses=[], port_security_enabled=False)
    built.content["routers"][0]["routes"] += [
        {"destination": "2001:db8:e::/48", "nexthop": VM2}, {"destination": "10.0.0.0/8", "nexthop": VM2_4}, {"destination": "2001:db8:d::/48", "nexthop": FREE}]
    everything = {"security_group_id": "default", "direction": "ingress"}
    return built.add("security_group_rules", id="all6", ethertype="IPv6", **everything).add("security_group_rules", id="all4", ethertype="IPv4", **everything)


@pytest.fixture(params=[(), ("source-guard", "security-groups")], ids=["guarded", "open"])
def routed(request, lab, flow6_of):
    flow6_of(network(), "vm1", "vm2", "free", without=request.param)
    lab.hosts["free"].add_address(f"{FREE}/64")
    return lab


@pytest.mark.parametrize("name, source, target", [("vm2", VM2, BEHIND), ("vm2", VM2_4, BEHIND_4), ("free", FREE, BEHIND_FREE), ("vm2", VM2, VM2)])
def test_a_neighbor_behind_the_senders_own_port_is_reached(routed, name, source, target):
    host = routed.hosts[name]
    # The second one finds a learned neighbor's flow.
    for sent in (udp(source, target, R1_RED, host.mac), udp(source, target, R1_RED, host.mac)):
        with host.capture() as capture:
            host.send(sent)
            seen = capture.wait(is_of(sent))
        expected = sent.copy()
        expected.src, expected.dst = R1_RED, host.mac
        setattr(expected.payload, "hlim" if ":" in target else "ttl", 63)
        assert seen and seen.data == bytes(expected)


def test_what_is_bridged_never_goes_back(routed):
    vm2 = routed.hosts["vm2"]
    datagram = IPv6(src=VM2, dst=VM2) / UDP(sport=9, dport=9)
    bad = [
        Ether(src=vm2.mac, dst=vm2.mac) / datagram / Raw(b"to itself"),
        Ether(src=vm2.mac, dst="33:33:00:00:00:01") / IPv6(src=VM2, dst="ff02::1") / UDP(sport=9, dport=9) / Raw(b"to all"),
        Ether(src=vm2.mac, dst="ff:ff:ff:ff:ff:ff") / datagram / Raw(b"broadcast"),
        Ether(src=vm2.mac, dst="02:00:00:00:00:77") / datagram / Raw(b"to free"),
    ]
    fence = udp(VM2, BEHIND, R1_RED, vm2.mac)
    with vm2.capture() as capture:
        vm2.send(*bad, fence)
        assert capture.wait(is_of(fence))
        assert [frame.summary() for frame in bad for seen in capture.received() if is_of(frame)(seen)] == []
