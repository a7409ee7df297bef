"""One port floods everything that the controller answers; another port loses nothing."""

import pathlib

import pytest
from flow6lab import Controller, Lab, Network, until
from scapy.layers.dhcp6 import DHCP6_Advertise, DHCP6_Solicit, DHCP6OptClientId, DHCP6OptIA_NA, DUID_LL
from scapy.layers.inet import UDP
from scapy.layers.inet6 import ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import Ether
from solicitations import advertises, duplicate_check

_PACKAGE = pathlib.Path(__file__).parents[1]
_ROUTER = "2001:db8:1::fffe"
_RATE = 3000


def _router_solicitation(mac, source):
    frame = Ether(src=mac, dst="33:33:00:00:00:02") / IPv6(src=source, dst="ff02::2", hlim=255) / ICMPv6ND_RS()
    return frame / ICMPv6NDOptSrcLLAddr(lladdr=mac)


def _solicit(mac, source):
    frame = Ether(src=mac, dst="33:33:00:01:00:02") / IPv6(src=source, dst="ff02::1:2") / UDP(sport=546, dport=547)
    return frame / DHCP6_Solicit(trid=0xF10F6) / DHCP6OptClientId(duid=DUID_LL(lladdr=mac)) / DHCP6OptIA_NA(iaid=1)


@pytest.fixture(scope="module")
def served():
    network = Network().network("blue")
    network.subnet("blue6", "blue", "2001:db8:1::/64", gateway_ip=_ROUTER, enable_dhcp=True, ipv6_ra_mode="dhcpv6-stateful", ipv6_address_mode="dhcpv6-stateful")
    network.port("vm1", "blue", number=1).port("vm2", "blue", number=2).add("routers", id="r1")
    network.port("r1-blue", "blue", number=0xFFFE, device_owner="network:router_interface", device_id="r1")
    with Lab() as lab:
        vm1, vm2 = lab.add_hosts(network, "vm1", "vm2")
        with Controller(lab, network, apps=("l2", "nd-responder", "router-advertisement", "dhcpv6")) as flow6:
            flow6.wait_settled(ports=2)
            yield flow6, vm1, vm2, network.mac_of("r1-blue")


def test_a_port_that_floods_all_services_takes_nothing_from_another(served):
    flow6, vm1, vm2, router_mac = served
    frames = [_router_solicitation(vm2.mac, vm2.link_local), duplicate_check(vm2.mac, _ROUTER), _solicit(vm2.mac, vm2.link_local)]
    (vm2.folder / "flood").write_text("\n".join(bytes(frame).hex() for frame in frames))
    flood = vm2.spawn("sh", "-c", f"exec /usr/bin/python3 -m flow6lab.flood eth0 60 {_RATE} < {vm2.folder}/flood", env={"PYTHONPATH": str(_PACKAGE)})
    until(lambda: flow6.status()["punts"]["router-solicitation"] > 20, "the flood reaches the limit")
    for _ in range(15):
        assert vm1.ask(_router_solicitation(vm1.mac, vm1.link_local), lambda seen: ICMPv6ND_RA in seen) is not None
        assert vm1.ask(_solicit(vm1.mac, vm1.link_local), lambda seen: DHCP6_Advertise in seen) is not None
        assert vm1.ask(duplicate_check(vm1.mac, _ROUTER), advertises(_ROUTER, router_mac)) is not None
    assert flood.exit_code is None, "the flood ended before the questions"
    flood.kill()
    until(lambda: flow6.status()["healthy"], "all is well after the flood")
