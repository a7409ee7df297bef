"""Networks that are part of a physical network: VMs and stations on one VLAN, and what must not pass between them."""

import pytest
from scapy.layers.inet6 import ICMPv6MLReport, ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_RS, IPv6
from scapy.layers.l2 import ARP, Dot1Q, Ether
from scapy.packet import Raw

from flow6lab import Controller, Network, until
from flow6lab.outside import BRIDGE, Outside, provider
from routing import add_link, pings, udp

VLAN = 100
UP = "02:00:00:00:aa:01"
OTHER = "02:00:00:00:aa:02"
ROUTER_MAC = "02:00:00:00:01:01"


def _network():
    """VLAN 100 is net; flat what has no tag; blue is a tenant's."""
    network = provider(Network(), "net", VLAN).subnet("net6", "net", "2001:db8:a::/64").subnet("net4", "net", "198.51.100.0/24")
    provider(network, "flat").subnet("flat6", "flat", "2001:db8:f::/64")
    network.network("blue").subnet("blue6", "blue", "2001:db8:b::/64")
    network.port("vm1", "net", number=0x11).port("vm2", "net", number=0x12, port_security_enabled=False)
    network.port("vm3", "flat", number=0x13).port("vm4", "blue", number=0x14)
    network.add("security_group_rules", id="all4", security_group_id="default", direction="ingress", ethertype="IPv4")
    return network.allow_pings()


@pytest.fixture(scope="module")
def scene():
    from flow6lab import Lab

    with Lab() as lab:
        network = _network()
        outside = Outside(lab)
        lab.add_hosts(network, "vm1", "vm2", "vm3", "vm4")
        outside.add_station("ext1", UP, ["2001:db8:a::1/64", "198.51.100.1/24"], vlan=VLAN)
        outside.add_station("ext2", OTHER, ["2001:db8:a::2/64", "2001:db8:f::2/64"], vlan=None)
        outside.add_spy()
        with Controller(lab, network, settings=Outside.settings) as flow6:
            flow6.wait_settled(ports=6)
            lab.outside, lab.flow6, lab.network = outside, flow6, network
            yield lab


def test_vms_and_stations_of_a_vlan_reach_each_other(scene):
    up, vm1, vm2 = scene.hosts["ext1"], scene.hosts["vm1"], scene.hosts["vm2"]
    for one, address in ((vm1, "2001:db8:a::1"), (vm1, "198.51.100.1"), (up, "2001:db8:a::11"), (up, "198.51.100.17"),
                         (up, "2001:db8:a::12"), (vm2, "2001:db8:a::1"), (vm1, "2001:db8:a::12")):
        until(lambda one=one, address=address: pings(one, address), f"{one.name} reaches {address}")
