"""Three hosts and three nodes of etcd, of which some fail while clients of all hosts' APIs write, and VMs that nobody touches ping.

Whatever fails: no write that was answered is lost, no address is given twice, all answers can be true, no ping is lost, and soon
after the end of a fault all hosts have in their switches what was made during it. FLOW6_ETCD_ROUNDS says how often all is done;
what was measured is printed (pytest's -s).
"""

import base64
import contextlib
import itertools
import json
import os
import time

import pytest

from flow6lab import until
from flow6lab.etcd import KEYS
from flow6lab.etcd_hosts import Hosts
from flow6lab.load import Load

NAMES = ("hostA", "hostB", "hostC")
ROUNDS = int(os.environ.get("FLOW6_ETCD_ROUNDS", "1"))
CALM = 3
"""Seconds of writes without a fault, for comparison."""
CONVERGED = 2
"""Seconds after a fault's end within which all hosts have what they missed, on a machine that has nothing else to do."""
SLOWER = 6
"""So many times slower than that a machine may be."""


class Mesh(Hosts):
    """Three hosts with a VM each, all of which ping each other, and the load."""

    def start(self):
        super().start()
        self.blue = self.make_blue("hostA")
        for name in NAMES:
            self.add_vm("hostA", f"vm{name[-1]}", name, *self.blue)
        for source, target in itertools.permutations(self.vms, 2):
            self.wait_pings(source, target)
        self.wait_alike()
        self.wait_told()
        self.load = Load({name: self[name].flow6 for name in NAMES}, self.blue[0])
        self.wait_alike()

    @contextlib.contextmanager
    def under_load(self, what):
        """Writes and pings for as long as the context lasts; afterwards everything is as all were told."""
        pings = {(source, target): self.vms[source].start_ping(self.address(target), interval=0.1)
                 for source, target in itertools.permutations(self.vms, 2)}
        begin = time.monotonic()
        with self.load.running():
            yield
            end = time.monotonic()
        self.say(what, f"{self.load.rate(begin, end):.0f} writes/s, longest gaps "
                 + ", ".join(f"{name} {self.load.longest_gap(name, begin, end):.1f} s" for name in NAMES))
        lost = {pair: ping.stop().lost for pair, ping in pings.items()}
        assert not any(lost.values()), lost
        self.check()

    def say(self, what, measured):
        print(f"{what}: {measured}")

    def listed(self):
        """All ports that etcd has."""
        pairs = json.loads(self.living().ctl("get", "--prefix", f"{KEYS}/objects/ports/", "-w", "json")).get("kvs", [])
        return [json.loads(base64.b64decode(pair["value"])) for pair in pairs]

    def living(self):
        return self.etcd.nodes[0]

    def check(self):
        known = self.wait_alike()
        listed = self.listed()
        assert known == {port["id"] for port in listed}
        assert self.load.faults(listed) == []
        addresses = {port["fixed_ips"][0]["ip_address"] for port in listed if port["network_id"] == self.blue[0]}
        for name in NAMES:
            until(lambda name=name: self.answered_by(name) == addresses, f"{name}'s switch has flows for all ports, and no others", 20)

    def answered_by(self, name):
        """The addresses that a host's switch answers for."""
        flows = self[name].lab.flows()
        return {word.split("=")[1] for flow in flows for word in flow.replace(" ", ",").split(",") if word.startswith("nd_target=2001:db8:1::")}

    def mark(self, api):
        """Makes a port by a host's API, and returns its address."""
        return until(lambda: self.neutron(api).create("ports", network_id=self.blue[0], name="mark"), f"{api} makes a port", 20)["fixed_ips"][0]["ip_address"]

    def converge(self, what, address, since):
        """Waits until all switches have a port's flows, which they were to miss until some time."""
        for name in NAMES:
            until(lambda name=name: address in self.answered_by(name), f"{name} converges", 30)
        taken = time.monotonic() - since
        self.say(what, f"converged in {taken:.2f} s")
        assert taken < CONVERGED * SLOWER

    def pause(self, seconds):
        """Lets clients write for some time."""
        end = time.monotonic() + seconds
        until(lambda: time.monotonic() > end, "time passes", seconds + 10)


@pytest.fixture(scope="module")
def mesh():
    with Mesh(NAMES, 3) as hosts:
        hosts.start()
        yield hosts


def test_without_a_fault(mesh):
    with mesh.under_load("calm"):
        mesh.pause(CALM)
        mesh.converge("calm", mesh.mark("hostA"), time.monotonic())


def test_the_leader_is_killed(mesh):
    with mesh.under_load("leader killed"):
        mesh.pause(1)
        leader = next(node for node in mesh.etcd.nodes if node.is_leader())
        killed = time.monotonic()
        leader.process.kill()
        marks = [mesh.mark(name) for name in NAMES]
        mesh.say("leader killed", f"all hosts write again after {time.monotonic() - killed:.2f} s")
        leader.start()
        until(leader.is_healthy, "it is back", 30)
        back = time.monotonic()
        for mark in marks:
            mesh.converge("leader killed", mark, back)
