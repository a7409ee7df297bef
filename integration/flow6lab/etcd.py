"""etcd on nodes of their own, and the network by which hosts reach them."""

import json

from flow6lab.namespace import Namespace
from flow6lab.waiting import until
from flow6lab.wire import Wire

_PREFIX = "fd00:e::"
PORT = 2379
KEYS = "/flow6"


class Etcd(Namespace):
    """One node of etcd."""

    def __init__(self, number, lab, wire):
        super().__init__(f"etcd{number}", lab.name, lab.folder)
        self.address = f"{_PREFIX}{number}"
        self.endpoint = f"http://[{self.address}]:{PORT}"
        self.peer = f"http://[{self.address}]:2380"
        self._data = lab.folder / f"etcd{number}"
        self._words = []
        self._starts = 0
        self.process = None
        _attach(wire, self, self.name, self.address)

    def prepare(self, cluster, *words):
        """`cluster` is all its nodes; `words` are more arguments."""
        self._words = ["--name", self.name, "--data-dir", self._data, "--listen-client-urls", self.endpoint,
                       "--advertise-client-urls", self.endpoint, "--listen-peer-urls", self.peer,
                       "--initial-advertise-peer-urls", self.peer, "--initial-cluster",
                       ",".join(f"{node.name}={node.peer}" for node in cluster), *words]

    def start(self):
        self._starts += 1
        self.process = self.spawn("etcd", *self._words, log=f"{self.name}-{self._starts}.log")

    def ctl(self, *words, check=True):
        """etcdctl's output, asked here."""
        return self.run("etcdctl", "--endpoints", self.endpoint, "--command-timeout", "5s", *words, check=check,
                        env={"ETCDCTL_API": "3"}).stdout

    def is_healthy(self):
        return "is healthy" in self.run("etcdctl", "--endpoints", self.endpoint, "endpoint", "health", check=False,
                                        env={"ETCDCTL_API": "3"}).stderr

    def status(self):
        return json.loads(self.ctl("endpoint", "status", "-w", "json"))[0]["Status"]

    def is_leader(self):
        status = self.status()
        return status["leader"] == status["header"]["member_id"]


class Cluster:
    """So many nodes of etcd on one wire, which hosts can join."""

    def __init__(self, lab, count, *words):
        self.wire = Wire("control", lab.name, lab.folder)
        lab.on_close(self.close)
        self.nodes = [Etcd(number, lab, self.wire) for number in range(1, count + 1)]
        self._hosts = 0
        for node in self.nodes:
            node.prepare(self.nodes, *words)
            node.start()
        for node in self.nodes:
            until(node.is_healthy, f"{node.name} is healthy", 60)

    def join(self, namespace, name):
        """Connects a host; `cut` and `heal` know it by its name."""
        self._hosts += 1
        _attach(self.wire, namespace, name, f"{_PREFIX}100:{self._hosts}")

    def northbound(self, first=0):
        """A host's setting, which takes this node first."""
        endpoints = [node.endpoint for node in self.nodes]
        return {"etcd": endpoints[first:] + endpoints[:first], "prefix": KEYS}

    def cut(self, name):
        """Takes a host or a node off the wire; to itself it looks as before."""
        self.wire.run("ip", "link", "set", name, "nomaster")

    def heal(self, name):
        self.wire.run("ip", "link", "set", name, "master", "wire")

    def close(self):
        for node in self.nodes:
            node.close()
        self.wire.close()


def _attach(wire, namespace, name, address):
    wire.attach(namespace, "ctl0", name)
    namespace.sysctl("ipv6/conf/ctl0/accept_dad", 0)
    namespace.run("ip", "link", "set", "ctl0", "up")
    namespace.run("ip", "address", "replace", f"{address}/64", "dev", "ctl0", "nodad")
