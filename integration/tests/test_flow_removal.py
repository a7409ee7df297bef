"""Flows that somebody else removes, changes or adds are mended."""

import random

import pytest

from flow6lab import until


def _within(lab, before):
    until(lambda: lab.flow_keys() == before, "the flows are as they were", within=10)


def test_flows_removed_by_others_come_back(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_keys()
    pair.lab.ofctl("del-flows", "icmp6,icmp_type=135")
    _within(pair.lab, before)
    assert pair.vm1.ndisc6("2001:db8:1::2") == pair.vm2.mac


def test_all_flows_removed_come_back(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_keys()
    pair.lab.ofctl("del-flows")
    _within(pair.lab, before)
    assert pair.vm1.ping("2001:db8:1::2").answered_all


def test_any_one_flow_comes_back(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_keys()
    tables = sorted({flow.split("table=")[1].split(",")[0] for flow in before})
    for table in random.Random(1).sample(tables, min(4, len(tables))):
        pair.lab.ofctl("del-flows", f"table={table}")
        _within(pair.lab, before)


@pytest.mark.parametrize("kind", ["meters", "groups"])
def test_meters_and_groups_removed_come_back(pair, kind):
    """Removing a meter or group takes the flows that use it along."""
    pair.lab.wait_asked()
    flows, things = pair.lab.flow_keys(), pair.lab.ofctl(f"dump-{kind}").count("meter=" if kind == "meters" else "group_id=")
    pair.lab.ofctl(f"del-{kind}")
    _within(pair.lab, flows)
    until(lambda: pair.lab.ofctl(f"dump-{kind}").count("meter=" if kind == "meters" else "group_id=") == things, f"{kind} are back")
