"""Networks of which packets may be too big for the tunnel to another host: routers tell what fits (RFC 4443 §3.2, RFC 1191)."""

import re
import socket

import pytest

from flow6lab import until
from flow6lab.fabric import Fabric
from routing import converse, pings, two_routers

HOSTS = {"vm1": "hostA", "vm2": "hostB"}
ADDRESSES = {"vm1": ("2001:db8:1::11", "192.0.2.17"), "vm2": ("2001:db8:2::12", "192.0.2.146")}
GATEWAYS = {"vm1": ("2001:db8:1::1", "192.0.2.1"), "vm2": ("2001:db8:2::1", "192.0.2.129")}
#: 1500 between hosts, less Geneve, UDP, IPv6 and two Ethernet headers' worth of one.
CARRIED = 1422
HEADERS = {6: 48, 4: 28}


@pytest.fixture(scope="module")
def fabric():
    network = two_routers().allow_pings().remove_port("vm3")
    network.add("security_group_rules", id="all4", security_group_id="default", direction="ingress", ethertype="IPv4")
    for vm, host in HOSTS.items():
        network.port_of(vm)["binding:host_id"] = host
    for one in network.content["networks"]:
        one["mtu"] = 1500
    with Fabric(network, ("hostA", "hostB"), "geneve", 6) as fabric:
        for vm in fabric.add_vms(*ADDRESSES):
            fabric.nodes[HOSTS[vm.name]].lab.ovs.namespace.run("ip", "link", "set", vm.name, "mtu", 1500)
            vm.run("ip", "link", "set", "eth0", "mtu", 1500)
            for family, gateway in zip(("-6", "-4"), GATEWAYS[vm.name]):
                vm.run("ip", family, "route", "add", "default", "via", gateway, "dev", "eth0")
        fabric.start()
        until(lambda: all(pings(fabric.vms["vm1"], address) for address in ADDRESSES["vm2"]), "vm1 reaches vm2", within=20)
        yield fabric


def _ping(vm, address, octets, *words):
    version = 6 if ":" in address else 4
    return vm.run("ping", f"-{version}", "-n", "-c", 2, "-i", 0.1, "-W", 3, "-s", octets - HEADERS[version], *words, address, check=False)


@pytest.mark.parametrize("index", [0, 1], ids=["IPv6", "IPv4"])
def test_a_sender_is_told_what_the_tunnel_carries(fabric, index):
    vm1, address = fabric.vms["vm1"], ADDRESSES["vm2"][index]
    assert _ping(vm1, address, CARRIED, "-M", "do").returncode == 0
    seen = _ping(vm1, address, CARRIED + 1, "-M", "do")
    vm1.run("ip", f"-{4 if index else 6}", "route", "flush", "cache")
    assert seen.returncode != 0 and set(re.findall(r"mtu ?= ?(\d+)", seen.stdout + seen.stderr)) == {str(CARRIED)}, seen


def test_what_may_be_cut_is_cut(fabric):
    assert _ping(fabric.vms["vm1"], ADDRESSES["vm2"][1], 1500, "-M", "dont").returncode == 0


@pytest.mark.parametrize("index", [0, 1], ids=["IPv6", "IPv4"])
def test_connections_come_down_to_what_the_tunnel_carries(fabric, index):
    vm1, vm2, address = fabric.vms["vm1"], fabric.vms["vm2"], ADDRESSES["vm2"][index]
    converse(vm1, vm2, address, socket.SOCK_STREAM)
    route = vm1.run("ip", f"-{4 if index else 6}", "route", "get", address).stdout
    assert f"mtu {CARRIED}" in route, route
    vm1.run("ip", f"-{4 if index else 6}", "route", "flush", "cache")


def test_networks_that_do_not_fit_are_named(fabric):
    errors = fabric.nodes["hostA"].flow6.last_errors()
    assert [error for error in errors if error.startswith("network red:") and str(CARRIED) in error], errors
    assert not [error for error in errors if error.startswith("network transit:")], "nobody is on it elsewhere"
