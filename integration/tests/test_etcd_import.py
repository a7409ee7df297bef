"""A network that is too large for one transaction of etcd is imported in parts: all of it, again, and after a kill in between."""

import pytest
import yaml

from flow6lab import Lab, Network, until
from flow6lab.controller import PROGRAM
from flow6lab.etcd import KEYS, Cluster
from flow6lab.network import mac_of

PORTS = 1600
"""Three parts and some more: 500 objects are one at most."""
SLOW = "2mbit"
"""What gets to etcd in a second where an import is to be met in between: less than a part."""


def _network():
    network = Network().network("blue").subnet("blue6", "blue", "2001:db8:1::/64")
    for number in range(1, PORTS + 1):
        network.port(_port(number), "blue", number=number)
    return network


def _port(number):
    return f"vm{number:05}"


class Store:
    """An etcd, and Flow6's commands with a host's configuration."""

    def __init__(self, lab):
        self.etcd = Cluster(lab, 1)
        self.node = self.etcd.nodes[0]
        self._inside = lab.ovs.namespace
        self.etcd.join(self._inside, "hostA")
        self._folder = lab.folder
        self.config = lab.folder / "flow6.yaml"
        self.config.write_text(yaml.safe_dump({"host": "hostA", "northbound": self.etcd.northbound() | {"folder": str(lab.folder / "own")}}))

    def file(self, name, network):
        path = self._folder / name
        path.write_text(network if isinstance(network, str) else network.text())
        return path

    def _words(self, path, *words):
        return (PROGRAM, "import", "--config", self.config, *words, path)

    def load(self, path, *words, check=True):
        return self._inside.run(*self._words(path, *words), check=check, within=120)

    def start_loading(self, path, *words):
        return self._inside.spawn(*self._words(path, *words))

    def export(self):
        return self._inside.run(PROGRAM, "export", "--config", self.config, within=120).stdout

    def slow(self, on):
        """Has all that goes to etcd take some time, or no longer."""
        limit = ("add", "dev", "ctl0", "root", "tbf", "rate", SLOW, "burst", "32kb", "latency", "10s")
        self._inside.run("tc", "qdisc", *(limit if on else ("del", "dev", "ctl0", "root")))

    def addresses(self):
        """The ports' addresses, each by its port's id."""
        return {port["id"]: [fixed["ip_address"] for fixed in port["fixed_ips"]] for port in self.node.objects("ports")}

    def unique(self):
        """The number of addresses and MAC addresses that etcd knows to be some port's."""
        return len([line for line in self.node.ctl("get", "--prefix", "--keys-only", f"{KEYS}/unique/").splitlines() if line])


@pytest.fixture(scope="module")
def store():
    with Lab() as lab:
        store = Store(lab)
        store.load(store.file("network.yaml", _network()))
        yield store


def _wanted(network):
    return {port["id"]: [fixed["ip_address"] for fixed in port["fixed_ips"]] for port in network.content["ports"]}


def test_all_of_it_is_there_and_is_so_again(store):
    assert store.addresses() == _wanted(_network())
    assert store.unique() == 2 * PORTS
    exported = store.export()
    store.load(store.file("exported.yaml", exported), "--replace")
    assert store.export() == exported


def test_ports_of_different_parts_change_their_addresses_with_each_other(store):
    network = _network()
    first, last = network.port_of(_port(1)), network.port_of(_port(PORTS))
    for key in ("fixed_ips", "mac_address"):
        first[key], last[key] = last[key], first[key]
    # And one is somebody else's, who is new.
    second = network.port_of(_port(2))
    network.port("vm99999", "blue", number=2)
    second["mac_address"], second["fixed_ips"] = mac_of(0xFFFE), [{"subnet_id": "blue6", "ip_address": "2001:db8:1::fffe"}]
    store.load(store.file("changed.yaml", network), "--replace")
    assert store.addresses() == _wanted(network)
    assert store.unique() == 2 * (PORTS + 1)


def test_what_a_kill_left_can_be_replaced(store):
    store.node.ctl("del", "--prefix", KEYS)
    network = _network()
    path = store.file("network.yaml", network)
    store.slow(True)
    try:
        process = store.start_loading(path)
        until(store.addresses, "the first ports are there", 60, every=0.02)
        process.kill()
    finally:
        store.slow(False)
    left = store.addresses()
    assert 0 < len(left) < PORTS
    assert left.items() <= _wanted(network).items()
    assert store.unique() == 2 * len(left)
    assert {one["id"] for one in store.node.objects("networks")} == {"blue"}
    refused = store.load(path, check=False)
    assert refused.returncode == 1 and "--replace" in refused.stderr
    store.load(path, "--replace")
    assert store.addresses() == _wanted(network)
    assert store.unique() == 2 * PORTS
