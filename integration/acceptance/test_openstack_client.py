"""What the unmodified `openstack` client makes is in a real switch: its hosts configure themselves and reach each other."""

import ipaddress
import json
import os

import pytest

from flow6lab import Controller, Lab, until

PREFIXES = {"blue": "2001:db8:1::/64", "red": "2001:db8:2::/64"}


class OpenStack:
    """The client, in the namespace where Flow6 listens."""

    def __init__(self, flow6):
        self._flow6 = flow6
        others = [name for name in os.environ if name.startswith("OS_")]
        self._env = ["env", *(word for name in others for word in ("-u", name)), "OS_AUTH_TYPE=none",
                     f"OS_ENDPOINT=http://127.0.0.1:{flow6.api}", "PYTHONWARNINGS=ignore"]

    def run(self, *words):
        return self._flow6.namespace.run(*self._env, "openstack", *words, within=120).stdout

    def create(self, *words):
        return json.loads(self.run(*words, "-f", "json"))


@pytest.fixture
def made():
    """Flow6 with an embedded store, beside a switch, and a security group, pings: (lab, client)."""
    with Lab() as lab, Controller(lab, "", settings={"northbound": {"embedded": str(lab.folder / "network")}}) as flow6:
        openstack = OpenStack(flow6)
        openstack.create("security", "group", "create", "pings")
        yield lab, openstack


def _vm(lab, openstack, name, network):
    port = openstack.create("port", "create", "--network", network, "--security-group", "pings", name)
    address = port["fixed_ips"][0]["ip_address"]
    assert ipaddress.ip_address(address) in ipaddress.ip_network(PREFIXES[network])
    host = lab.add_host(name, port["mac_address"], iface_id=port["id"], accept_ra=True, router_solicitations=3)
    until(lambda: address in host.addresses() and host.default_routers(), f"{name} has {address} and a router", 30)
    return host, address


def test_hosts_of_networks_that_the_client_made_ping_by_a_router_as_a_rule_allows(made):
    lab, openstack = made
    openstack.create("router", "create", "r1")
    for network, prefix in PREFIXES.items():
        openstack.create("network", "create", network)
        openstack.create("subnet", "create", "--network", network, "--ip-version", "6", "--subnet-range", prefix, "--gateway",
                         prefix.replace("/64", "1"), "--ipv6-ra-mode", "slaac", "--ipv6-address-mode", "slaac", f"{network}6")
        openstack.run("router", "add", "subnet", "r1", f"{network}6")
    vm1, _ = _vm(lab, openstack, "vm1", "blue")
    _, address = _vm(lab, openstack, "vm2", "red")
    assert not vm1.ping(address, count=2, wait=1).received, "nothing allows them yet"
    rule = openstack.create("security", "group", "rule", "create", "--ethertype", "IPv6", "--protocol", "ipv6-icmp", "pings")
    assert vm1.ping(address, count=3, interval=0.2, wait=2).received, "the rule is in force when the client knows of it"
    openstack.run("security", "group", "rule", "delete", rule["id"])
    until(lambda: not vm1.ping(address, count=1, wait=1).received, "the rule is gone", 10)
