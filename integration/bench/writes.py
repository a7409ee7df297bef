"""What a write costs where three hosts share a network through etcd: the processors' time of each kind of process."""

import contextlib
import itertools
import os
import time

from bench.rows import Row
from flow6lab import until
from flow6lab.etcd_hosts import Hosts
from flow6lab.load import Load

_NAMES = ("hostA", "hostB", "hostC")
_NODES = 3
_RATE = 50
_ENOUGH = 0.98
"""Of the rate asked for, as clients begin a moment late and are never early."""
_MESH_SECONDS = 0.1


def processor_seconds(pid):
    """What a process, with all its threads, has had of the processors so far."""
    with open(f"/proc/{pid}/stat") as file:
        words = file.read().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _kinds(hosts):
    """The processes that take part, by what they are."""
    nodes = list(hosts.nodes.values())
    return {"Flow6": [node.flow6.pid for node in nodes],
            "etcd": [node.process.pid for node in hosts.etcd.nodes],
            "ovs-vswitchd": [node.ovs.pid() for node in nodes],
            "ovsdb-server": [node.ovs.pid("ovsdb-server") for node in nodes],
            "clients": [os.getpid()]}


def _spent(kinds):
    return {kind: sum(processor_seconds(pid) for pid in pids) for kind, pids in kinds.items()}


def _during(kinds, seconds):
    """What each kind spends while so much time passes, and the times of beginning and end."""
    before, begin = _spent(kinds), time.monotonic()
    time.sleep(seconds)
    after, end = _spent(kinds), time.monotonic()
    return {kind: after[kind] - before[kind] for kind in kinds}, begin, end


def measure(seconds=30, warm=20, rate=_RATE):
    """Rows for each kind of process: what a write costs more than its being there, while VMs of all hosts ping each other."""
    with contextlib.ExitStack() as stack:
        hosts = stack.enter_context(Hosts(_NAMES, _NODES))
        hosts.start()
        blue = hosts.make_blue("hostA")
        for name in _NAMES:
            hosts.add_vm("hostA", f"vm{name[-1]}", name, *blue)
        for source, target in itertools.permutations(hosts.vms, 2):
            hosts.wait_pings(source, target)
        hosts.wait_alike()
        hosts.wait_told()
        load = Load({name: hosts[name].flow6 for name in _NAMES}, blue[0], rate=rate)
        kinds = _kinds(hosts)
        for source, target in itertools.permutations(hosts.vms, 2):
            hosts.vms[source].start_ping(hosts.address(target), interval=_MESH_SECONDS)
        idle, begin, end = _during(kinds, seconds / 3)
        idle = {kind: spent / (end - begin) for kind, spent in idle.items()}
        with load.running():
            _during(kinds, warm)
            busy, begin, end = _during(kinds, seconds)
        faults = load.record.faults(until(lambda: hosts.etcd.leader().objects("ports"), "etcd has ports", 20))
        if faults:
            raise AssertionError(faults)
    done = load.rate(begin, end) * (end - begin)
    return _rows(idle, {kind: spent / done for kind, spent in busy.items()}, done / (end - begin), rate)


def _rows(idle, busy, reached, rate):
    what = f"a write with {len(_NAMES)} hosts and a {_NODES}-node etcd"
    note = f"of those done at {reached:.3g} a second, of {rate} wanted, under a ping mesh; without writes {{:.3g}} ms a second"
    rows = [Row(f"{what}: processors' time, {kind}", "ms", spent * 1e3, note=note.format(idle[kind] * 1e3)) for kind, spent in busy.items()]
    total = Row(f"{what}: processors' time, all", "ms", sum(busy.values()) * 1e3, note=note.format(sum(idle.values()) * 1e3))
    return [*rows, total, Row(f"{what}: done a second", "1/s", reached, limit=_ENOUGH * rate, at_least=True, note=f"{rate} are asked for")]
