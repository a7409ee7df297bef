"""Fixtures: a lab, and the usual pair of hosts served by Flow6."""

import dataclasses
import os
import signal
import sys

import pytest

from flow6lab import Controller, Lab, Network, leftovers
from flow6lab.host import Host
from flow6lab.wiretap import Wiretap

TAP_PORT = 6600


def pytest_sessionstart(session):
    if os.geteuid() != 0 and not session.config.option.collectonly:
        pytest.exit("the integration tests make network namespaces: run them as root, with `make it`", 2)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


@pytest.fixture(scope="session", autouse=True)
def nothing_left_behind():
    """After the last test neither a process nor a folder of any lab of this run is there."""
    yield
    ours = f"{leftovers.PREFIX}{os.getpid()}-"
    assert leftovers.processes(lambda name: name.startswith(ours)) == []
    assert leftovers.folders(lambda name: name.startswith(ours)) == []


@pytest.fixture
def lab():
    with Lab() as lab:
        yield lab


@dataclasses.dataclass
class Pair:
    """Two hosts of network blue, served by Flow6."""

    lab: Lab
    network: Network
    vm1: Host
    vm2: Host
    flow6: Controller


@pytest.fixture
def pair(lab):
    network = Network.simple(2).allow_pings()
    vm1, vm2 = lab.add_hosts(network, "vm1", "vm2")
    with Controller(lab, network) as flow6:
        flow6.wait_settled(ports=2)
        yield Pair(lab, network, vm1, vm2, flow6)


@pytest.fixture
def flow6_of(lab):
    """Makes a host for each port of a network that is for one, starts Flow6 and waits until all of them are bound.

    `without` names apps that are off.
    """

    def start(network, *port_ids, flow6=None, without=(), **options):
        lab.add_hosts(network, *port_ids, **options)
        flow6 = flow6 or Controller(lab, network, without=without)
        flow6.start()
        flow6.wait_settled(ports=len(port_ids))
        return flow6

    return start


@pytest.fixture
def tap(lab):
    """A wiretap that the bridge connects to, in front of a Flow6 that listens where it always does."""
    tap = Wiretap(lab.ovs.namespace, TAP_PORT, lambda: lab.ovs.namespace.connect(6653))
    lab.on_close(tap.close)
    lab.ovs.set_controller(lab.bridge, f"tcp:127.0.0.1:{TAP_PORT}")
    return tap
