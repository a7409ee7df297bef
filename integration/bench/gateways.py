"""Gateways: how long the world outside is away when a standby takes over, and when the preferred host gets it back."""

from bench.rows import Row, median
from flow6lab import until
from flow6lab.gateways import FAR, GatewayFabric, Outage

_BUDGET = 3.0


def measure(rounds=5):
    """Rows for a VM on a third host that pings the world 100 times a second."""
    taken = {"Open vSwitch killed": [], "cut off the tunnels": [], "back after Open vSwitch": [], "back after the cut": []}
    with GatewayFabric() as fabric:
        (vm,) = fabric.add_vms("vmC")
        fabric.start()
        until(lambda: vm.ping(FAR, count=1).answered_all, "the world answers")
        gateway = fabric["hostA"]
        for _ in range(rounds):
            outage = Outage(vm)
            gateway.ovs.kill()
            taken["Open vSwitch killed"].append(outage.end())
            outage = Outage(vm)
            gateway.revive()
            _wait_back(fabric, vm)
            taken["back after Open vSwitch"].append(outage.end())
            outage = Outage(vm)
            fabric.cut(fabric.underlay, "hostA")
            taken["cut off the tunnels"].append(outage.end())
            outage = Outage(vm)
            fabric.join(fabric.underlay, "hostA")
            _wait_back(fabric, vm)
            taken["back after the cut"].append(outage.end())
    return [Row(f"gateway: {what}", "s", max(times), limit=_BUDGET, note=f"worst of {rounds}, median {median(times):.2f}; 100 pings a second, three hosts")
            for what, times in taken.items()]


def _wait_back(fabric, vm):
    until(lambda: fabric.way_of(vm) == {"hostA"}, "hostA is the gateway again", 60)
    fabric.wait_sessions()
