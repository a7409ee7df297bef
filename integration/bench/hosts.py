"""Hosts that share their network through etcd: from an API's answer to the flows in all hosts' switches."""

import contextlib
import time

from bench.api import Client
from bench.flows import FlowMonitor
from bench.rows import Row, median, percentile
from flow6lab import until
from flow6lab.etcd_hosts import Hosts

_NAMES = ("hostA", "hostB", "hostC")
_NODES = 3
_WITHIN = 300
_WARM = 60


def _arrivals(monitors, flows):
    """The clock's time at which each monitor has seen its flows."""
    there = {}

    def all_there():
        for name, monitor in monitors.items():
            if name not in there and monitor.count() >= flows[name]:
                there[name] = time.monotonic()
        return len(there) == len(monitors)

    until(all_there, f"flows come: {flows}", _WITHIN, every=0.001)
    for monitor in monitors.values():
        monitor.forget()
    return there


def measure_change(ports=100, rounds=100):
    """Rows for a port of one host made by the API of each in turn: from the answer to the last of its flows in each switch."""
    with contextlib.ExitStack() as stack:
        hosts = stack.enter_context(Hosts(_NAMES, _NODES))
        hosts.start()
        network, group = hosts.make_blue("hostA")
        for name in _NAMES:
            hosts.add_vm("hostA", f"vm{name[-1]}", name, network, group)
        clients = [Client(hosts[name].flow6) for name in _NAMES]
        port = {"port": {"network_id": network, "binding:host_id": "hostB"}}
        clients[0].call("POST", "ports", {"ports": [port["port"]] * ports})
        for source in hosts.vms:
            hosts.wait_pings(source, "vmB")
        hosts.wait_alike()
        hosts.wait_told()
        monitors = {name: stack.enter_context(FlowMonitor(hosts[name].lab)) for name in _NAMES}
        # The first one brings what others share.
        clients[0].call("POST", "ports", port)
        until(lambda: all([monitor.quiet_count() for monitor in monitors.values()]), "flows are there", _WITHIN, every=0.5)
        for monitor in monitors.values():
            monitor.forget()
        clients[0].call("POST", "ports", port)
        flows = until(lambda: _counts(monitors), "all flows of a port are there", _WITHIN, every=0.5)
        for monitor in monitors.values():
            monitor.forget()
        each, last, asked = [], [], []
        for number in range(rounds + _WARM):
            begin = time.monotonic()
            _, taken = clients[number % len(clients)].call("POST", "ports", port)
            there = _arrivals(monitors, flows)
            if number >= _WARM:
                asked.append(taken)
                each += [moment - begin - taken for moment in there.values()]
                last.append(max(there.values()) - begin - taken)
    note = (f"a port of one host made among {ports:,} by each API in turn, its {'/'.join(map(str, flows.values()))} flows in the switches, seen by "
            f"ovs-ofctl monitor; of {rounds}; the last switch: {median(last) * 1e3:.3g} ms; the answer itself took {median(asked) * 1e3:.3g} ms")
    what = f"API's answer → flows in each switch, {len(_NAMES)} hosts, {_NODES}-node etcd"
    return [Row(f"{what}, p50", "ms", median(each) * 1e3, limit=20, note=note),
            Row(f"{what}, p99", "ms", percentile(each, 0.99) * 1e3, note=f"the last switch: {percentile(last, 0.99) * 1e3:.3g} ms")]


def _counts(monitors):
    counts = {name: monitor.quiet_count() for name, monitor in monitors.items()}
    return counts if all(counts.values()) else None
