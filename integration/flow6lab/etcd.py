"""etcd on nodes of their own, and the network by which hosts reach them."""

import base64
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

    def start(self, *words):
        """Starts it; `words` are more arguments for this time."""
        self._starts += 1
        # One thread at a time: of several nodes on one machine each would have more of them look for work than find some.
        self.process = self.spawn("etcd", *self._words, *words, env={"GOMAXPROCS": "1"}, log=f"{self.name}-{self._starts}.log")

    def restart(self, *words):
        """Kills it, and starts it again with these arguments, too."""
        self.process.kill()
        self.start(*words)

    def ctl(self, *words, check=True):
        """etcdctl's output, asked here."""
        return self.run("etcdctl", "--endpoints", self.endpoint, "--command-timeout", "5s", *words, check=check,
                        env={"ETCDCTL_API": "3"}).stdout

    def is_healthy(self):
        return "is healthy" in self.run("etcdctl", "--endpoints", self.endpoint, "endpoint", "health", check=False,
                                        env={"ETCDCTL_API": "3"}).stderr

    def status(self):
        return json.loads(self.ctl("endpoint", "status", "-w", "json"))[0]["Status"]

    def objects(self, collection):
        """The objects of a collection of Flow6's."""
        pairs = json.loads(self.ctl("get", "--prefix", f"{KEYS}/objects/{collection}/", "-w", "json")).get("kvs", [])
        return [json.loads(base64.b64decode(pair["value"])) for pair in pairs]

    def fill(self):
        """Makes it, and with it all nodes, take nothing for want of room, as its alarm tells; until `make_room`."""
        self.restart("--quota-backend-bytes", "1")
        until(lambda: "NOSPACE" in self.ctl("put", f"{KEYS}-other", "x", check=False) + self.ctl("alarm", "list"), f"{self.name} raises the alarm", 30)

    def make_room(self):
        """Has room again; returns when it is told to all nodes."""
        self.restart()
        until(self.is_healthy, f"{self.name} has room", 30)
        self.ctl("alarm", "disarm")

    def compact(self):
        """Forgets all revisions but the newest."""
        self.ctl("compact", "--physical", self.status()["header"]["revision"])


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

    def leader(self):
        """The node that leads, once all nodes agree about it."""
        def agreed():
            leaders = {node.status()["leader"] for node in self.nodes}
            return next((node for node in self.nodes if node.status()["header"]["member_id"] in leaders), None) if len(leaders) == 1 else None
        return until(agreed, "the nodes of etcd have a leader", 30)

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
