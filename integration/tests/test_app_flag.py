"""An app's enable flag: its flows and punts go and come, and nothing else changes."""

import re

import pytest

from flow6lab import Network, until
from solicitations import advertises, duplicate_check

ROUTER = "2001:db8:1::fe"


def _app_of(flow):
    """The cookie's upper 16 bits."""
    return int(re.search(r"cookie=(0x[0-9a-f]+)", flow).group(1), 16) >> 48


@pytest.fixture
def served(lab, flow6_of):
    network = Network.simple(2).add("routers", id="r1")
    network.port("r1-blue", "blue", number=0xFE, device_owner="network:router_interface", device_id="r1")
    return lab, flow6_of(network, "vm1", "vm2")


def _by_file(flow6, enabled):
    flow6.enable_by_file("nd-responder", enabled)


def _by_put(flow6, enabled):
    code, text = flow6.put_app("nd-responder", enabled)
    assert code in (200, 204), text


@pytest.mark.parametrize("change", [_by_file, _by_put], ids=["file", "PUT"])
def test_disabling_removes_the_apps_flows_and_nothing_else_and_back(served, change):
    lab, flow6 = served
    lab.wait_asked()
    before = lab.flow_keys()
    vm1 = lab.hosts["vm1"]
    assert vm1.ndisc6(ROUTER)

    change(flow6, False)
    until(lambda: flow6.get("/apps/nd-responder")["enabled"] is False, "the app is disabled")
    until(lambda: len(lab.flow_keys()) < len(before), "flows go")
    flow6.wait_settled()
    after = lab.flow_keys()
    assert set(after) < set(before)
    assert len({_app_of(flow) for flow in set(before) - set(after)}) == 1
    assert not {_app_of(flow) for flow in set(before) - set(after)} & {_app_of(flow) for flow in after}
    assert vm1.ndisc6(ROUTER, attempts=1, wait_ms=300) is None
    punted = flow6.punted()
    assert vm1.ask(duplicate_check(vm1.mac, ROUTER), advertises(ROUTER), within=0.3) is None
    assert flow6.punted() == punted
    assert vm1.ping("2001:db8:1::2").answered_all

    change(flow6, True)
    until(lambda: lab.flow_keys() == before, "the same flows are back")
    assert vm1.ndisc6(ROUTER)


def test_traffic_goes_on_meanwhile(served):
    lab, flow6 = served
    ping = lab.hosts["vm1"].start_ping("2001:db8:1::2", interval=0.002)
    ping.wait_answers(100)
    _by_put(flow6, False)
    until(lambda: flow6.get("/apps/nd-responder")["enabled"] is False, "the app is disabled")
    ping.wait_answers(100)
    _by_put(flow6, True)
    ping.wait_answers(100)
    assert ping.stop().lost == ()


def test_what_put_cannot_do_is_said(served):
    _, flow6 = served
    assert flow6.put_app("teleport", True)[0] == 404
    code, text = flow6.request("PUT", "/apps/nd-responder", {"enabled": "perhaps"})
    assert code == 400 and "enabled" in text
    assert flow6.get("/apps/nd-responder")["enabled"] is True
