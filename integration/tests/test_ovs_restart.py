"""Open vSwitch restarts: its flows are gone, and Flow6 brings them back."""

import time

from flow6lab import until


def test_flows_are_back_within_two_seconds(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_count()
    pair.lab.ovs.restart()
    restarted = time.monotonic()
    until(lambda: pair.lab.flow_count() == before, "the flows are back", within=10)
    assert time.monotonic() - restarted <= 2
    assert pair.vm1.ping("2001:db8:1::2").answered_all


def test_hosts_that_know_each_other_go_on_after_the_restart(pair):
    ping = pair.vm1.start_ping("2001:db8:1::2", interval=0.01)
    ping.wait_answers(20)
    pair.lab.ovs.restart()
    ping.wait_answers(20, within=5)
    ping.stop()
    pair.vm1.forget_neighbors()
    punted = pair.flow6.punted()
    assert pair.vm1.ndisc6("2001:db8:1::2") == pair.vm2.mac
    assert pair.flow6.punted() == punted


def test_ovs_that_died_is_served_when_it_is_back(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_count()
    pair.lab.ovs.kill()
    until(lambda: not any(switch["connected"] for switch in pair.flow6.status()["switches"]), "the switch is seen to be gone")
    pair.lab.ovs.start()
    until(lambda: pair.lab.flow_count() == before, "the flows are back", within=10)
    assert pair.vm1.ping("2001:db8:1::2").answered_all
