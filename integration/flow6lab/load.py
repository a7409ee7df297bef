"""Clients of Neutron's API that make and remove ports at a steady rate, and remember what they were told."""

import collections
import contextlib
import http.client
import ipaddress
import itertools
import json
import random
import socket
import threading
import time

from flow6lab.history import NEVER, Call
from flow6lab.neutron import Neutron, Refused
from flow6lab.record import Made, Record

PREFIX = "2001:db8:50::/64"
_FIRST, _COUNT = 0x10, 24
POOL = [str(ipaddress.ip_network(PREFIX)[_FIRST + number]) for number in range(_COUNT)]
_MOST_BLUE = 60
_WITHIN = 25


class Kept:
    """A connection to a Flow6's API that is kept for all requests, and made anew after one that failed."""

    def __init__(self, flow6):
        self._flow6 = flow6
        self._connection = None

    def request(self, method, path, body=None, within=_WITHIN):
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._flow6.api, timeout=within)
            self._connection.sock = self._flow6.namespace.connect(self._flow6.api, within=within)
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
            reply = self._connection.getresponse()
            return reply.status, reply.read().decode()
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Load:
    """`rate` writes a second by clients of all hosts, which name their ports and give back those of all others.

    There is a network whose subnet has a small pool, and another, `blue`, whose ports have flows in all switches. An answer says
    that something was done, that it was not, or nothing; all of it is in `record`. A client that is refused for want of an
    address has written nothing, and goes on at once.
    """

    def __init__(self, apis, blue, rate=50, clients=3, seed=1):
        """`apis` are hosts' names and their Flow6s; `blue` is a network's id."""
        self._apis = apis
        self._blue = blue
        self._gap = len(apis) * clients / rate
        self._clients = clients
        self._chance = random.Random(seed)
        self._names = itertools.count()
        self._lock = threading.Lock()
        self._there = collections.defaultdict(list)
        self.refused = collections.Counter()
        self.answered = {name: [] for name in apis}
        neutron = Neutron(next(iter(apis.values())))
        self._small = neutron.create("networks", name="small")["id"]
        neutron.create("subnets", network_id=self._small, ip_version=6, cidr=PREFIX, enable_dhcp=True, ipv6_ra_mode="dhcpv6-stateful",
                       ipv6_address_mode="dhcpv6-stateful", allocation_pools=[{"start": POOL[0], "end": POOL[-1]}])
        self.record = Record(self._small, POOL)

    @contextlib.contextmanager
    def running(self):
        """Clients write for as long as the context lasts; all have been answered at its end."""
        ending = threading.Event()
        clients = [threading.Thread(target=self._write, args=(name, flow6, number, ending))
                   for name, flow6 in self._apis.items() for number in range(self._clients)]
        for client in clients:
            client.start()
        try:
            yield self
        finally:
            ending.set()
            for client in clients:
                client.join()

    def _write(self, host, flow6, number, ending):
        connection = Kept(flow6)
        neutron = Neutron(connection)
        due = time.monotonic() + self._gap * number / self._clients
        while not ending.wait(max(0, due - time.monotonic())):
            # Who is late is not to hurry later.
            due = max(due + self._gap, time.monotonic())
            try:
                while not self._step(host, neutron) and not ending.is_set():
                    pass
            except Exception as problem:
                self.record.unexpected.append(f"{host}: {problem!r}")
        connection.close()

    def _step(self, host, neutron):
        """Makes or removes a port; false where there was no address for it."""
        with self._lock:
            blue = self._chance.random() < 0.5
            network = self._blue if blue else self._small
            there = self._there[network]
            removes = there and self._chance.random() < (len(there) / _MOST_BLUE if blue else 0.35)
            # Another host may not have heard of the newest one yet.
            which = -1 if self._chance.random() < 0.5 else 0
            port = there.pop(which) if removes else Made(f"w{next(self._names)}", network, 0)
            if not removes:
                self.record.made[port.name] = port
            chosen = self._chance.choice(POOL) if not blue and self._chance.random() < 0.3 else None
            place = self._chance.choice(list(self._apis))
        if removes:
            self._remove(host, neutron, port)
            return True
        return self._make(host, neutron, port, chosen, {"binding:host_id": place} if blue else {}) not in ("full", "taken")

    def _make(self, host, neutron, port, chosen, attributes):
        """Makes a port; what the answer says."""
        if chosen:
            attributes["fixed_ips"] = [{"ip_address": chosen}]
        port.begin = time.monotonic()
        answer, kind = self._answer(lambda: neutron.create("ports", name=port.name, network_id=port.network, **attributes))
        port.end = time.monotonic()
        if kind == "done":
            port.state, port.id, port.address = "done", answer["id"], answer["fixed_ips"][0]["ip_address"]
            self.answered[host].append(port.end)
            with self._lock:
                self._there[port.network].append(port)
        elif kind in ("full", "taken") and port.network == self._small:
            port.state = "refused"
            self.record.calls.append(Call(kind, port.name, chosen, port.begin, port.end, host))
        elif kind == "refused":
            port.state = "refused"
        elif kind != "open":
            self.record.unexpected.append(f"{host}: making {port}: {kind}")
        return kind

    def _remove(self, host, neutron, port):
        port.remove_begin = time.monotonic()
        port.removed = "open"
        _, kind = self._answer(lambda: neutron.delete("ports", port.id))
        if kind == "open":
            return
        port.remove_end = time.monotonic()
        if kind == "done":
            port.removed = "done"
            self.answered[host].append(port.remove_end)
        elif kind == "refused":
            port.removed, port.remove_end = None, NEVER
            with self._lock:
                self._there[port.network].append(port)
        else:
            self.record.unexpected.append(f"{host}: {kind} of {port}")

    def _answer(self, call):
        """An answer and what it says: done, open, refused, full, taken or absent."""
        try:
            return call(), "done"
        except Refused as answer:
            self.refused[answer.type] += 1
            kinds = {"IpAddressGenerationFailure": "full", "IpAddressAlreadyAllocated": "taken", "PortNotFound": "absent", "RetryRequest": "refused"}
            if answer.type == "ServiceUnavailable":
                return None, "open" if "not known" in answer.message else "refused"
            return None, kinds.get(answer.type, str(answer))
        except (OSError, http.client.HTTPException):
            self.refused["no answer"] += 1
            return None, "open"

    def longest_gap(self, host, begin, end):
        """The longest time between two writes that a host's API has done, in seconds."""
        times = [begin, *(moment for moment in sorted(self.answered[host]) if begin < moment < end), end]
        return max(after - before for before, after in itertools.pairwise(times))

    def rate(self, begin, end):
        """Writes that were done, a second."""
        return sum(begin <= moment < end for times in self.answered.values() for moment in times) / (end - begin)
