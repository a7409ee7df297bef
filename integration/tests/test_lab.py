"""The lab itself, without Flow6: a plain flow program makes its hosts reach each other."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from flow6lab import Lab, Network, NeverTrue, leftovers, until
from solicitations import advertises, solicitation, solicits


@pytest.fixture
def bridged(lab):
    """Two hosts on an OVS that bridges by itself."""
    network = Network.simple(2)
    vm1, vm2 = lab.add_hosts(network, "vm1", "vm2")
    lab.ofctl("add-flow", "actions=NORMAL")
    return lab, vm1, vm2


def test_hosts_have_only_what_they_were_given(bridged):
    _, vm1, _ = bridged
    assert set(vm1.addresses()) == {"2001:db8:1::1", vm1.link_local}


def test_hosts_resolve_and_ping_each_other(bridged):
    _, vm1, vm2 = bridged
    assert vm1.ping("2001:db8:1::2").answered_all
    assert vm1.ping(vm2.link_local).answered_all
    assert vm1.ndisc6("2001:db8:1::2") == vm2.mac
    assert vm1.ndisc6("2001:db8:1::77", attempts=1, wait_ms=100) is None
    assert vm1.neighbors()["2001:db8:1::2"]["lladdr"] == vm2.mac


def test_a_ping_tells_what_was_lost(bridged):
    lab, vm1, _ = bridged
    ping = vm1.start_ping("2001:db8:1::2", interval=0.01)
    ping.wait_answers(20)
    lab.ofctl("del-flows")
    with vm1.capture("icmp6") as capture:
        until(lambda: capture.drain() and all(frame.outgoing for frame in capture.frames[-10:]) and len(capture.frames) > 20, "requests go unanswered")
    lab.ofctl("add-flow", "actions=NORMAL")
    ping.wait_answers(20)
    assert len(ping.stop().lost) >= 10


def test_a_capture_sees_both_directions_with_the_kernels_times(bridged):
    _, vm1, vm2 = bridged
    with vm1.capture("icmp6") as capture:
        vm1.send(solicitation(vm1.mac, "2001:db8:1::1", "2001:db8:1::2"))
        answer = capture.wait(lambda frame: advertises("2001:db8:1::2", vm2.mac)(frame.packet))
        question = next(frame for frame in capture.frames if solicits("2001:db8:1::2")(frame.packet))
    assert question.outgoing and not answer.outgoing
    assert 0 < answer.time - question.time < 1


def test_a_duplicate_is_found_between_hosts(lab):
    network = Network.simple(2)
    vm1, vm2 = lab.add_hosts(network, "vm1", "vm2", dad_transmits=1)
    lab.ofctl("add-flow", "actions=NORMAL")
    vm2.add_address("2001:db8:1::1/64", dad=True)
    assert "dadfailed" in vm2.wait_address("2001:db8:1::1")


def test_dumb_hosts_stay_silent(lab):
    vm1, vm2 = lab.add_hosts(Network.simple(2), "vm1", "vm2", ipv6=False)
    lab.ofctl("add-flow", "actions=FLOOD")
    with vm2.capture() as capture:
        vm1.send(solicitation(vm1.mac, "2001:db8:1::1", "2001:db8:1::2"))
        assert capture.wait(lambda frame: solicits("2001:db8:1::2")(frame.packet))
        assert not [frame for frame in capture.watch(0.2)] and not [frame for frame in capture.frames if frame.outgoing]


def test_ovs_restarts_with_its_database_and_without_flows(bridged):
    lab, vm1, _ = bridged
    lab.ovs.restart()
    assert lab.ovs.vsctl("list-ports", lab.bridge).split() == ["vm1", "vm2"]
    assert lab.flow_count() == 0
    lab.ofctl("add-flow", "actions=NORMAL")
    assert vm1.ping("2001:db8:1::2").answered_all


def test_two_labs_run_beside_each_other(bridged):
    _, vm1, _ = bridged
    with Lab() as other:
        (lonely,) = other.add_hosts(Network.simple(1), "vm1")
        other.ofctl("add-flow", "actions=NORMAL")
        assert lonely.ping("2001:db8:1::2", count=1, wait=1).received == 0
        assert vm1.ping("2001:db8:1::2").answered_all


def test_waiting_says_what_did_not_happen():
    with pytest.raises(NeverTrue, match="the moon: not within 0.1 s; last: '0'"):
        until(lambda: 0, "the moon", within=0.1)


_RUN_AND_WAIT = textwrap.dedent("""
    from flow6lab import Lab, Network
    import time
    with Lab() as lab:
        lab.add_hosts(Network.simple(2), "vm1", "vm2")
        lab.hosts["vm1"].start_ping("2001:db8:1::2")
        print(lab.name, flush=True)
        time.sleep(60)
""")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=lambda number: number.name)
def test_nothing_is_left_of_a_run_that_is_ended(number):
    # A shell has its background jobs, and all that they start, ignore SIGINT.
    run = subprocess.Popen([sys.executable, "-c", _RUN_AND_WAIT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                           env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        name = run.stdout.readline().strip()
        until(lambda: len(leftovers.processes(lambda owner: owner == name)) >= 3, "its processes, the pings among them, run")
        run.send_signal(number)
        run.wait(10)
    finally:
        run.kill()
        run.wait()
    until(lambda: not leftovers.processes(lambda owner: owner == name), "its processes are gone")
    if number == signal.SIGKILL:
        leftovers.sweep()
    assert not leftovers.folders(lambda folder: folder == name)
