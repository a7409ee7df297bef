"""Many flows: into an empty bridge, compared with what is there, one changed, and their memory."""

import contextlib
import datetime
import re
import subprocess
import time

from bench.rows import Row, median
from flow6lab import Controller, Lab, Network, until
from flow6lab.ovs import resident_bytes

_WITHIN = 120
_IN_STEP = re.compile(r"^(?P<connected>\S+)Z INFO +Connected: .*?^(?P<filled>\S+)Z INFO +switch \S+ in step: (?P<added>\d+) flows added", re.M | re.S)


@contextlib.contextmanager
def _served(flows):
    """A lab whose switch has that many flows of Flow6's, to one per cent, and the Flow6 that made them."""
    with Lab() as lab:
        lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6653")
        with Controller(lab, Network.simple(100), bind="name") as flow6:
            few = flow6.wait_settled(within=_WITHIN)["flows"]["wanted"]

            def grow(ports, beyond):
                flow6.network = Network.simple(ports)
                flow6.edit_network(flow6.network)
                until(lambda: flow6.status()["flows"]["wanted"] > beyond, f"the network of {ports} ports is compiled", _WITHIN)
                return flow6.wait_settled(within=_WITHIN)["flows"]["wanted"]

            # Some flows are for all ports, others for each.
            each = (grow(200, few) - few) / 100
            there = grow(100 + round((flows - few) / each), 0.8 * flows)
            if abs(there - flows) > flows / 100:
                raise AssertionError(f"{there} flows instead of {flows}")
            yield lab, flow6


def _disconnect(lab, flow6):
    # To another controller that is not there: a bridge that loses its last one loses its flows too.
    lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:1")
    until(lambda: not any(switch["connected"] for switch in flow6.status()["switches"]), "the switch is gone")


def _seconds_to(lab, reached, what):
    """Connects the switch; the seconds until `reached()` is true."""
    begin = time.monotonic()
    lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6653")
    until(reached, what, _WITHIN, every=0.01)
    return time.monotonic() - begin


def _seconds_to_fill(lab, flow6, count):
    """Connects the switch; the seconds from "Connected" to "in step" in the log: when the switch tries to connect is its own affair."""
    log = flow6.log()
    lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6653")
    lines = until(lambda: _IN_STEP.search(flow6.log()[len(log):]), "the switch has all flows", _WITHIN)
    if lab.flow_count() != count or int(lines["added"]) != count:
        raise AssertionError(f"{lab.flow_count()} flows instead of {count}, {lines['added']} of them added")
    connected, filled = (datetime.datetime.fromisoformat(lines[time]) for time in ("connected", "filled"))
    flow6.wait_settled(within=_WITHIN)
    return (filled - connected).total_seconds()


def resting_bytes(pid, looks=8):
    """The resident memory once it has stayed the same, to one per cent, for that many seconds: what a large change took is given back then."""
    seen = []

    def rests():
        seen.append(resident_bytes(pid))
        last = seen[-looks:]
        return last[-1] if len(last) == looks and max(last) - min(last) < last[-1] / 100 else None

    return until(rests, "the memory stays the same", _WITHIN, every=1)


def _program(lab):
    """The bridge's flows in the form that ovs-ofctl reads."""
    listing = lab.ovs.ofctl("--no-stats", "--no-names", "dump-flows", lab.bridge)
    return "\n".join(line.strip() for line in listing.splitlines() if "actions=" in line)


def measure_many(flows=100_000, rounds=3):
    """Rows for filling an empty bridge and for memory."""
    with _served(flows) as (lab, flow6):
        count = lab.flow_count()
        program = lab.folder / "flows"
        program.write_text(_program(lab))
        memory = Row("resident memory with the flows", "MB", resting_bytes(flow6.pid) / 1e6, "ovs-vswitchd", lab.ovs.resident_bytes() / 1e6, 200,
                     note=f"{count:,} flows, some seconds after they were made; after {rounds} connections it is larger")
        taken = {"flow6": [], "ofctl": []}
        for _ in range(rounds):
            _disconnect(lab, flow6)
            lab.ofctl("del-flows")
            begin = time.monotonic()
            lab.ovs.ofctl("--bundle", "add-flows", lab.bridge, program)
            taken["ofctl"].append(time.monotonic() - begin)
            lab.ofctl("del-flows")
            taken["flow6"].append(_seconds_to_fill(lab, flow6, count))
        rate = {which: count / median(seconds) for which, seconds in taken.items()}
    fill = Row("flows into an empty bridge", "flows/s", rate["flow6"], "ovs-ofctl --bundle add-flows", rate["ofctl"], 1.5, relative=True, at_least=True,
               note=f"{count:,} flows; median of {rounds} interleaved; Flow6 from the connection, as its log has it, to the committed bundle; "
                    "ovs-ofctl from its start, with reading its file, to its end")
    return [fill, memory]


def measure_reconcile(flows=50_000, rounds=5):
    """Rows for finding unchanged flows."""
    with _served(flows) as (lab, flow6):
        count = lab.flow_count()
        seen, taken = [], {"flow6": [], "ofctl": []}
        for _ in range(rounds):
            begin = time.monotonic()
            subprocess.run(["ovs-ofctl", "-O", "OpenFlow13", "dump-flows", f"unix:{lab.ovs.folder}/{lab.bridge}.mgmt"], stdout=subprocess.DEVNULL, check=True)
            taken["ofctl"].append(time.monotonic() - begin)
            _disconnect(lab, flow6)
            unchanged = {"added": 0, "removed": 0, "kept": count, "flow_mods": 0}
            # No two comparisons take the same time: that is how the status shows a new one.
            before = flow6.reconcile()["millis"]
            taken["flow6"].append(_seconds_to(lab, lambda: flow6.reconcile()["millis"] != before, "the flows are compared"))
            reconcile = flow6.reconcile()
            if {key: reconcile[key] for key in unchanged} != unchanged:
                raise AssertionError(f"{count} flows were there and unchanged: {reconcile}")
            seen.append(reconcile["millis"] / 1000)
    reference = median(taken["ofctl"])
    return [
        Row("reconcile of unchanged flows", "s", median(seen), "ovs-ofctl dump-flows", reference, 0.2, note=f"{count:,} flows, 0 flow-mods; told by /status"),
        Row("the same with the connection", "s", median(taken["flow6"]), "ovs-ofctl dump-flows", reference, note="from the order to connect"),
    ]


class FlowMonitor:
    """Counts the flows that come, or that go, as ovs-ofctl's monitor sees them. A context manager.

    `event` is add or delete; a flow that is replaced by one of the same match is added.
    """

    def __init__(self, lab, event="add"):
        self._event = {"add": "event=ADDED", "delete": "event=DELETED"}[event]
        self._seen = 0
        others = ",".join(f"!{other}" for other in ("initial", "add", "delete", "modify") if other != event)
        self._process = lab.ovs.namespace.spawn("stdbuf", "-oL", "ovs-ofctl", "-O", "OpenFlow13", "monitor", lab.bridge, f"watch:{others}",
                                                env=lab.ovs.environment)
        self._process.wait_for_output("FLOW_MONITOR reply")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()

    def wait(self, count=1):
        """Waits until that many flows have come since the last call, and returns the clock's time of then."""
        until(lambda: self.count() >= count, f"{count} flows come", _WITHIN, every=0.001)
        now = time.monotonic()
        self.forget()
        return now

    def count(self):
        """How many flows have come since it began to count."""
        return self._process.output().count(self._event)

    def forget(self):
        """Counts from here on."""
        self._process.log.write_text("")
        self._seen = 0

    def quiet_count(self):
        """How many flows have come, if none has since this was asked last; else None."""
        before, self._seen = self._seen, self.count()
        return self._seen if self._seen and self._seen == before else None


def change_times(lab, flow6, networks, event):
    """Milliseconds from each new network file to the switch's first event."""
    times = []
    with FlowMonitor(lab, event) as monitor:
        for network in networks:
            fresh = flow6.network_file.with_name("fresh")
            fresh.write_text(network.text())
            begin = time.monotonic()
            fresh.replace(flow6.network_file)
            times.append((monitor.wait() - begin) * 1e3)
            flow6.wait_settled(within=_WITHIN)
    return times


def measure_change(ports, rounds=30):
    """The row for one port added among many, from the file's replacement to its first flow in the switch."""
    with Lab() as lab:
        lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6653")
        network = Network.simple(ports)
        with Controller(lab, network, bind="name") as flow6:
            flow6.wait_settled(within=_WITHIN)
            texts = [network.copy().port("new", "blue", number=0xA0000 + number).text() for number in range(rounds + 1)]
            times = []
            with FlowMonitor(lab) as monitor:
                for text in texts:
                    fresh = flow6.network_file.with_name("fresh")
                    fresh.write_text(text)
                    begin = time.monotonic()
                    fresh.replace(flow6.network_file)
                    times.append(monitor.wait() - begin)
                    flow6.wait_settled(within=_WITHIN)
    return [Row(f"file of {ports:,} ports changed → flow in the switch", "ms", median(times[1:]) * 1e3, limit=10,
                note=f"one port's address and MAC changed; p50 of {rounds}; seen by ovs-ofctl monitor")]


def measure_start(rounds=7):
    """The row for the process's start, connecting to the bridge's socket, to its first flow in the switch."""
    times = []
    with Lab() as lab:
        network = Network.simple(10).bind_by_name()
        flow6 = Controller(lab, network, bind="name", settings={"openflow": {"connect": [f"unix:{lab.ovs.folder}/{lab.bridge}.mgmt"]}})
        for _ in range(rounds):
            with FlowMonitor(lab) as monitor:
                begin = time.monotonic()
                flow6.launch()
                times.append(monitor.wait() - begin)
            flow6.wait_ready()
            flow6.wait_settled()
            flow6.sigterm()
            lab.ofctl("del-flows")
    return [Row("process start → first flow", "ms", median(times) * 1e3, limit=300, note=f"p50 of {rounds}; bin/flow6 run, connecting to the bridge's socket")]
