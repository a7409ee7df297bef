"""Three hosts and three nodes of etcd, of which some fail while clients of all hosts' APIs write, and VMs that nobody touches ping.

Whatever fails: no write that was answered is lost, no address is given twice, all answers can be true, no ping is lost, and soon
after the end of a fault all hosts have in their switches what was made during it. FLOW6_ETCD_ROUNDS says how often all is done;
what was measured is printed (pytest's -s).
"""

import contextlib
import datetime
import itertools
import os
import time

import pytest

from flow6lab import until
from flow6lab.clock import Clock
from flow6lab.etcd_hosts import Hosts
from flow6lab.load import Load
from flow6lab.neutron import Refused

NAMES = ("hostA", "hostB", "hostC")
ROUNDS = range(int(os.environ.get("FLOW6_ETCD_ROUNDS", "1")))
CONVERGED = 2
"""Seconds after a fault's end within which all hosts have what they missed, on a machine that has nothing else to do."""
SLOWER = 6
"""So many times slower than that a machine may be."""
BLUE = "2001:db8:1::"
HOUR = 3600


class Mesh(Hosts):
    """Three hosts with a VM each, all of which ping each other, the load, and clocks that can be set."""

    def start(self):
        for node in self.nodes.values():
            node.clock = Clock(node.lab.folder / "clock")
            node.flow6.environment |= node.clock.environment
        super().start()
        self.marks = itertools.count(1)
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
            self.wait_writes(0.5)
            yield
            end = time.monotonic()
        gaps = ", ".join(f"{name} {self.load.longest_gap(name, begin, end):.1f} s" for name in NAMES)
        print(f"{what}: {self.load.rate(begin, end):.0f} writes/s for {end - begin:.1f} s; longest without: {gaps}")
        self.check()
        lost = {pair: ping.stop().lost for pair, ping in pings.items()}
        assert not any(lost.values()), lost

    def wait_writes(self, seconds, names=NAMES):
        """Waits until these hosts' APIs have done writes, for so many seconds at least."""
        begin = time.monotonic()
        until(lambda: time.monotonic() > begin + seconds and all(self.load.answered[name][-1:] > [begin] for name in names), f"{names} write", 30)

    def check(self):
        """Whether all that clients were told is so: in etcd, by every API, and in every switch."""
        known = self.wait_alike()
        ports = self.etcd.leader().objects("ports")
        assert known == {port["id"] for port in ports}
        assert self.load.record.faults(ports) == []
        addresses = {port["fixed_ips"][0]["ip_address"] for port in ports if port["network_id"] == self.blue[0]}
        for name in NAMES:
            until(lambda name=name: self.answered_by(name) == addresses, f"{name}'s switch has flows for all ports, and for no others", 20)

    def answered_by(self, name):
        """The addresses of blue that a host's switch answers solicitations for."""
        words = (word for flow in self[name].lab.flows() for word in flow.replace(" ", ",").split(","))
        return {word.removeprefix("nd_target=") for word in words if word.startswith(f"nd_target={BLUE}")}

    def mark(self, api):
        """Makes a port by a host's API as soon as that can be done, and returns its address, which none has had before."""
        address = f"{BLUE}{next(self.marks):x}:1"

        def made():
            try:
                return self.neutron(api).create("ports", network_id=self.blue[0], fixed_ips=[{"ip_address": address}])
            except Refused as refused:
                # By one that was left open.
                return refused.type == "IpAddressAlreadyAllocated"

        until(made, f"{api} makes a port", 30)
        return address

    def converge(self, what, since, marks):
        """Waits until all switches have these ports' flows, some of which they have missed until some time."""
        taken = {}
        for name in NAMES:
            until(lambda name=name: set(marks) <= self.answered_by(name), f"{name} converges", 30)
            taken[name] = time.monotonic() - since
        for port in self.neutron("hostA").list("ports", "&".join(f"fixed_ips=ip_address={mark}" for mark in marks)):
            self.neutron("hostA").delete("ports", port["id"])
        print(f"{what}: converged within {max(taken.values()):.2f} s")
        assert max(taken.values()) < CONVERGED * SLOWER


@pytest.fixture(scope="module")
def mesh():
    with Mesh(NAMES, 3) as hosts:
        hosts.start()
        yield hosts


pytestmark = pytest.mark.parametrize("turn", ROUNDS)


def test_without_a_fault(mesh, turn):
    """As a measure for all others."""
    with mesh.under_load("no fault"):
        mesh.wait_writes(2)
        asked = time.monotonic()
        mesh.converge("no fault", asked, [mesh.mark("hostA")])


def test_the_leader_is_killed(mesh, turn):
    with mesh.under_load("leader killed"):
        leader = mesh.etcd.leader()
        leader.process.kill()
        killed = time.monotonic()
        marks = [mesh.mark(name) for name in NAMES]
        print(f"leader killed: all hosts write again after {time.monotonic() - killed:.2f} s")
        leader.start()
        until(leader.is_healthy, "it is back", 30)
        mesh.converge("leader killed", time.monotonic(), marks)


def test_a_node_is_cut_off(mesh, turn):
    """The leader, which does not know, or in turn another; hosts that were connected to it find another way."""
    with mesh.under_load("node cut off"):
        leader = mesh.etcd.leader()
        node = leader if turn % 2 == 0 else next(node for node in mesh.etcd.nodes if node is not leader)
        mesh.etcd.cut(node.name)
        cut = time.monotonic()
        marks = [mesh.mark(name) for name in NAMES]
        print(f"node cut off: all hosts write again after {time.monotonic() - cut:.2f} s")
        mesh.wait_writes(1)
        mesh.etcd.heal(node.name)
        mesh.converge("node cut off", time.monotonic(), marks)


def test_a_host_is_cut_off_and_etcd_forgets_what_it_missed(mesh, turn):
    with mesh.under_load("host cut off"):
        mesh.etcd.cut("hostC")
        mesh.wait_connected("hostC", False)
        mesh.wait_writes(2, ("hostA", "hostB"))
        marks = [mesh.mark("hostA"), mesh.mark("hostB")]
        mesh.etcd.leader().compact()
        assert not mesh.northbound("hostC")["connected"]
        assert not set(marks) & mesh.answered_by("hostC")
        mesh.etcd.heal("hostC")
        healed = time.monotonic()
        mesh.converge("host cut off, and compaction", healed, marks)
        mesh.wait_writes(0)
        print(f"host cut off: all hosts write again after {time.monotonic() - healed:.2f} s")


def test_clocks_jump(mesh, turn):
    """Two hosts' clocks, each to another side and back; neither is etcd told by them who is there, nor who is first."""
    def hours_off(name):
        made = mesh.neutron(name).create("networks", name="when")
        mesh.neutron(name).delete("networks", made["id"])
        at = made["created_at"]
        return round((datetime.datetime.fromisoformat(at) - datetime.datetime.now(datetime.timezone.utc)).total_seconds() / HOUR)

    with mesh.under_load("clocks jump"):
        for before, after in ((2, -30), (-30, 2), (0, 0)):
            mesh["hostA"].clock.jump(before * HOUR)
            mesh["hostB"].clock.jump(after * HOUR)
            until(lambda before=before: hours_off("hostA") == before, "hostA's clock jumps", 10, every=0.2)
            until(lambda after=after: hours_off("hostB") == after, "hostB's clock jumps", 10, every=0.2)
            mesh.wait_writes(1)
            mesh.converge("clocks jump", time.monotonic(), [mesh.mark(name) for name in NAMES])


def test_etcd_has_no_majority(mesh, turn):
    """Two nodes are cut off: the third one can be read at most."""
    with mesh.under_load("no majority"):
        lost = [node.name for node in mesh.etcd.nodes if node is not mesh.etcd.nodes[turn % 3]]
        for name in lost:
            mesh.etcd.cut(name)
        for name in NAMES:
            mesh.wait_connected(name, False)
        for name in lost:
            mesh.etcd.heal(name)
        healed = time.monotonic()
        mesh.converge("no majority", healed, [mesh.mark(name) for name in NAMES])


def test_etcd_is_full(mesh, turn):
    with mesh.under_load("etcd full"):
        node = mesh.etcd.nodes[turn % 3]
        node.fill()
        before = mesh.load.refused["ServiceUnavailable"]
        until(lambda: mesh.load.refused["ServiceUnavailable"] > before + 5, "writes are refused", 20)
        node.make_room()
        mesh.converge("etcd full", time.monotonic(), [mesh.mark(name) for name in NAMES])
