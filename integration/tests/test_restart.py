"""A restart of the controller under traffic: an unchanged model sends nothing, a changed one the difference."""

import pytest

from flow6lab import Controller, Network, until

PORTS = 6000


@pytest.fixture
def many(lab, tap):
    """Flow6 behind a wiretap with a model that makes more than 10,000 flows, two of whose ports are here."""
    network = Network.simple(PORTS)
    lab.add_hosts(network, "vm1", "vm2")
    with Controller(lab, network) as flow6:
        flow6.wait_settled(ports=2, within=60)
        lab.wait_asked()
        assert lab.flow_count() >= 10_000
        yield lab, network, flow6, tap


@pytest.mark.parametrize("end", [Controller.sigterm, Controller.kill9], ids=["SIGTERM", "SIGKILL"])
def test_an_unchanged_model_sends_no_flow_mod_and_loses_no_packet(many, end):
    lab, _, flow6, tap = many
    before = lab.flow_keys()
    ping = lab.hosts["vm1"].start_ping("2001:db8:1::2", interval=0.001)
    ping.wait_answers(500)
    end(flow6)
    tap.reset()
    flow6.start(within=60)
    status = flow6.wait_settled(ports=2)
    ping.wait_answers(1000)
    seen = ping.stop()
    assert seen.lost == () and seen.duplicates == 0
    assert tap.counts["FLOW_MOD"] == 0, tap.counts
    assert lab.flow_keys() == before
    reconcile = status["switches"][0]["last_reconcile"]
    assert (reconcile["added"], reconcile["removed"], reconcile["flow_mods"]) == (0, 0, 0)
    assert reconcile["kept"] == len(before)


def test_a_model_changed_meanwhile_sends_the_difference(many):
    lab, network, flow6, tap = many
    before = set(lab.flow_keys())
    flow6.sigterm()
    changed = network.copy().remove_port("vm77").port("new", "blue", number=0xABCD)
    flow6.edit_network(changed)
    tap.reset()
    flow6.start(within=60)
    flow6.wait_settled(ports=2)
    after = set(lab.flow_keys())
    assert before != after
    assert tap.counts["FLOW_MOD"] == len(before - after) + len(after - before)


def test_a_model_changed_while_running_sends_the_difference_and_back(many):
    lab, network, flow6, tap = many
    before = lab.flow_keys()
    ping = lab.hosts["vm1"].start_ping("2001:db8:1::2", interval=0.001)
    ping.wait_answers(100)
    tap.reset()
    flow6.edit_network(network.copy().port("new", "blue", number=0xABCD))
    until(lambda: flow6.status()["flows"]["wanted"] > len(before), "the new port is compiled")
    flow6.wait_settled()
    added = set(lab.flow_keys()) - set(before)
    assert added and tap.counts["FLOW_MOD"] == len(added)
    flow6.edit_network(network)
    until(lambda: lab.flow_keys() == before, "the flows are as before")
    assert tap.counts["FLOW_MOD"] == 2 * len(added)
    assert ping.stop().lost == ()
