"""Two hosts that share a network through etcd delegate prefixes of one pool (RFC 8415 §6.3) to real clients.

A host delegates no prefix that it knows another one to have delegated. Where it could not know, as both were asked at once or one
was cut off, the first one's holds, and the other's client is given another one when it renews.
"""

import ipaddress

import pytest

from dhcpv6_clients import PrefixClient
from flow6lab import until
from flow6lab.etcd import KEYS
from flow6lab.etcd_hosts import STATEFUL, Hosts

RENEWAL = 2
"""Seconds after which clients renew."""


class Delegating(Hosts):
    """Two hosts, and a network for each test that delegates prefixes of 56 bits to VMs."""

    def __init__(self):
        super().__init__(("hostA", "hostB"), 1)
        self._networks = 0

    def make_network(self, length):
        """A network of its own, whose pool is a prefix of this length."""
        self._networks += 1
        self.pool = ipaddress.ip_network(f"2001:db8:f{self._networks:03x}::/{length}")
        self.clients = {}
        neutron = self.neutron("hostA")
        self.network = neutron.create("networks", mtu=1400)["id"]
        settings = {"prefix_delegation": {"pool": str(self.pool), "length": 56},
                    "renewal_time": RENEWAL, "rebinding_time": 60, "preferred_lifetime": 90, "valid_lifetime": 90}
        neutron.create("subnets", network_id=self.network, ip_version=6, cidr=f"2001:db8:{self._networks}::/64", flow6=settings, **STATEFUL)

    def add(self, name, host):
        """A VM on a host."""
        self.ports[name] = self.neutron("hostA").create("ports", network_id=self.network, **{"binding:host_id": host})
        self.plug(name, host)

    def plug(self, name, host, vm=None):
        before = self[host].flow6.status()["ports_bound"]
        port = self.ports[name]
        self.vms[name] = self[host].lab.add_host(vm or name, port["mac_address"], iface_id=port["id"], mtu=1400)
        until(lambda: self[host].flow6.status()["ports_bound"] > before, f"{name} is bound on {host}", 20)

    def ask(self, wish, *names):
        """Starts VMs' clients, which would like to have this prefix of the pool, by its number; and returns what they get, in order."""
        for name in names:
            self.clients[name] = PrefixClient(self.vms[name], self.numbered(wish))
        return [until(lambda name=name: self.has(name), f"{name} has a prefix", 30) for name in names]

    def numbered(self, number):
        return next(prefix for at, prefix in enumerate(self.pool.subnets(new_prefix=56)) if at == number)

    def has(self, *names):
        """The prefixes that these VMs' clients have, none of them more than one."""
        prefixes = [prefix for name in names for prefix in self.clients[name].prefixes()]
        assert len(prefixes) <= len(names) and all(prefix in self.pool.subnets(new_prefix=56) for prefix in prefixes), prefixes
        return prefixes

    def told(self, host):
        """The prefixes of the network that a host tells of."""
        keys = self.etcd.nodes[0].ctl("get", "--prefix", "--keys-only", f"{KEYS}/facts/{host}/dhcpv6-prefix/{self.network}/").split()
        return sorted(ipaddress.ip_network(key.rpartition("/")[2].replace("%3A", ":").replace("%2F", "/")) for key in keys)

    def wait_told(self, host, *names):
        """Waits until etcd has what these VMs have by the host, and nothing else."""
        until(lambda: self.told(host) == sorted(self.has(*names)), f"{host} tells what {names} have", 20)

    def wait_renewed(self, *names):
        """Waits until these VMs' clients have had another answer."""
        before = {name: self.clients[name].answers() for name in names}
        for name in names:
            until(lambda name=name: self.clients[name].answers() > before[name], f"{name} renews", 30)


@pytest.fixture(scope="module")
def hosts():
    with Delegating() as hosts:
        hosts.start()
        yield hosts


def test_what_one_host_has_delegated_no_other_one_delegates(hosts):
    """Also where its client wants just that; and nothing is left when the pool is used up."""
    hosts.make_network(55)
    for name, host in (("a1", "hostA"), ("b1", "hostB"), ("a2", "hostA")):
        hosts.add(name, host)
    assert hosts.ask(0, "a1") == [[hosts.numbered(0)]]
    hosts.wait_told("hostA", "a1")
    assert hosts.ask(0, "b1") == [[hosts.numbered(1)]]
    hosts.wait_told("hostB", "b1")
    refused = PrefixClient(hosts.vms["a2"], hosts.numbered(1))
    refused.process.wait_for_output("no prefix is left for this port", 20)
    assert hosts.has("a1", "b1") == [hosts.numbered(0), hosts.numbered(1)]


def test_who_asks_at_once_has_a_prefix_alone_in_the_end(hosts):
    """Four clients that want the same one, and as many prefixes."""
    hosts.make_network(54)
    names = ("c1", "d1", "c2", "d2")
    for name in names:
        hosts.add(name, "hostA" if name.startswith("c") else "hostB")
    hosts.ask(2, *names)
    until(lambda: len(set(hosts.has(*names))) == 4, "each has another one", 30)
    hosts.wait_told("hostA", "c1", "c2")
    hosts.wait_told("hostB", "d1", "d2")
    settled = hosts.has(*names)
    hosts.wait_renewed(*names)
    assert hosts.has(*names) == settled


def test_a_host_that_was_cut_off_gives_way_to_who_was_first(hosts):
    hosts.make_network(54)
    for name in ("e1", "e2"):
        hosts.add(name, "hostA")
    for name in ("f1", "f2"):
        hosts.add(name, "hostB")
    hosts.ask(0, "e1")
    hosts.wait_told("hostA", "e1")
    hosts.etcd.cut("hostB")
    try:
        hosts.wait_connected("hostB", False)
        # It goes on, by what it knows.
        [[first]] = hosts.ask(0, "f1")
        assert first != hosts.numbered(0)
        wanted = next(number for number in range(1, 4) if hosts.numbered(number) != first)
        assert hosts.ask(wanted, "e2", "f2") == [[hosts.numbered(wanted)]] * 2, "neither can know"
        hosts.wait_told("hostA", "e1", "e2")
        assert hosts.told("hostB") == []
    finally:
        hosts.etcd.heal("hostB")
    until(lambda: len(set(hosts.has("e1", "e2", "f1", "f2"))) == 4, "each has another one", 60)
    assert hosts.has("e1", "e2", "f1") == [hosts.numbered(0), hosts.numbered(wanted), first]
    hosts.wait_told("hostB", "f1", "f2")
    hosts.wait_told("hostA", "e1", "e2")


def test_a_prefix_goes_with_its_port_to_another_host(hosts):
    hosts.make_network(55)
    hosts.add("g1", "hostA")
    hosts.add("g2", "hostA")
    hosts.ask(1, "g1")
    hosts.wait_told("hostA", "g1")
    hosts.clients["g1"].process.kill()
    hosts["hostA"].lab.unplug("g1")
    hosts.neutron("hostB").update("ports", hosts.ports["g1"]["id"], **{"binding:host_id": "hostB"})
    hosts.plug("g1", "hostB", vm="g1moved")
    until(lambda: hosts.told("hostB") == [hosts.numbered(1)] and hosts.told("hostA") == [], "hostB has it in place of hostA", 20)
    assert hosts.ask(0, "g1") == [[hosts.numbered(1)]]
    assert hosts.ask(1, "g2") == [[hosts.numbered(0)]]
