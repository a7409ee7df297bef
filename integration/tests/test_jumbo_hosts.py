"""Two hosts with jumbo frames between them: networks of 8,900 octets, and of the least that IPv6 allows."""

import itertools
import socket

import pytest

from flow6lab import until
from flow6lab.fabric import Fabric
from routing import converse, pings, two_routers

JUMBO = 8900
LEAST = 1280
HOSTS = {"vm1": "hostA", "vm2": "hostB", "vm3": "hostB"}
MTUS = {"blue": JUMBO, "green": JUMBO, "transit": JUMBO, "red": LEAST}
ADDRESSES = {"vm1": ("2001:db8:1::11", "192.0.2.17"), "vm2": ("2001:db8:2::12", "192.0.2.146"), "vm3": ("2001:db8:3::13", "198.51.100.19")}
GATEWAYS = {"vm1": ("2001:db8:1::1", "192.0.2.1"), "vm2": ("2001:db8:2::1", "192.0.2.129"), "vm3": ("2001:db8:3::1", "198.51.100.1")}
HEADERS = {6: 48, 4: 28}
"""IP's and ICMP's, which ping does not count."""


@pytest.fixture(scope="module")
def fabric():
    network = two_routers().allow_pings()
    network.add("security_group_rules", id="all4", security_group_id="default", direction="ingress", ethertype="IPv4")
    for vm, host in HOSTS.items():
        network.port_of(vm)["binding:host_id"] = host
    for one in network.content["networks"]:
        one["mtu"] = MTUS[one["id"]]
    with Fabric(network, ("hostA", "hostB"), "vxlan", 6, mtu=9000) as fabric:
        for vm in fabric.add_vms(*ADDRESSES):
            for family, gateway in zip(("-6", "-4"), GATEWAYS[vm.name]):
                vm.run("ip", family, "route", "add", "default", "via", gateway, "dev", "eth0")
        fabric.vms["vm2"].run("ip", "link", "set", "eth0", "mtu", LEAST)
        fabric.start()
        for source, target in itertools.permutations(ADDRESSES, 2):
            until(lambda source=source, target=target: pings(fabric.vms[source], ADDRESSES[target][0]), f"{source} reaches {target}")
        yield fabric


def _fits(vm, address, octets):
    """Whether a packet of so many octets, of which none may be cut, is answered."""
    version = 6 if ":" in address else 4
    size = octets - HEADERS[version]
    return vm.run("ping", f"-{version}", "-n", "-c", 2, "-i", 0.1, "-W", 2, "-M", "do", "-s", size, address, check=False).returncode == 0


@pytest.mark.parametrize("index", [0, 1], ids=["IPv6", "IPv4"])
def test_jumbo_frames_cross_two_routers_and_a_tunnel(fabric, index):
    assert _fits(fabric.vms["vm1"], ADDRESSES["vm3"][index], JUMBO)


@pytest.mark.parametrize("index", [0, 1], ids=["IPv6", "IPv4"])
def test_the_least_network_takes_its_1280_octets_and_no_more(fabric, index):
    vm1, address = fabric.vms["vm1"], ADDRESSES["vm2"][index]
    assert _fits(vm1, address, LEAST)
    assert not _fits(vm1, address, LEAST + 1)
    vm1.run("ip", f"-{4 if index else 6}", "route", "flush", "cache")


@pytest.mark.parametrize("index", [0, 1], ids=["IPv6", "IPv4"])
def test_tcp_comes_down_from_jumbo_frames_to_the_least(fabric, index):
    vm1, vm2, address = fabric.vms["vm1"], fabric.vms["vm2"], ADDRESSES["vm2"][index]
    # The receiver would take more, as one does whose network is narrow further on.
    vm2.run("ip", "link", "set", "eth0", "mtu", JUMBO)
    try:
        converse(vm1, vm2, address, socket.SOCK_STREAM)
        route = vm1.run("ip", f"-{4 if index else 6}", "route", "get", address).stdout
        assert f"mtu {LEAST}" in route, route
    finally:
        vm2.run("ip", "link", "set", "eth0", "mtu", LEAST)
        vm1.run("ip", f"-{4 if index else 6}", "route", "flush", "cache")
