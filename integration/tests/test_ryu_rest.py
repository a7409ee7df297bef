"""Ryu's read-only calls: the answers have Ryu's form and, beside os-ken's own reading of the same switch, its content."""

import json

import pytest

from flow6lab.ryu import RyuView

VOLATILE = {"duration_sec", "duration_nsec", "packet_count", "byte_count", "rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_dropped", "tx_dropped",
            "packet_in_count", "byte_in_count", "flow_count"}


def _shape(value):
    """The value without what changes from one moment to the next."""
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        return sorted((_shape(inner) for inner in value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value


@pytest.fixture
def both(pair):
    """Flow6's API, and os-ken's view of the same switch."""
    with RyuView(pair.lab.ovs.folder / f"{pair.lab.bridge}.mgmt") as view:
        yield pair.flow6, view, pair.lab.ovs.dpid(pair.lab.bridge)


def test_switches_are_listed_by_number(both):
    flow6, _, dpid = both
    assert flow6.get("/stats/switches") == [dpid]


@pytest.mark.parametrize("name", ["desc", "aggregateflow", "port", "portdesc", "meter"])
def test_the_answer_is_os_kens(both, name):
    flow6, view, dpid = both
    expected = json.loads(json.dumps(view.view(name)))
    got = flow6.get(f"/stats/{name}/{dpid}")
    assert _shape(got) == _shape(expected)
    assert {key for row in _rows(got) for key in row} == {key for row in _rows(expected) for key in row}


def _rows(answer):
    rows = next(iter(answer.values()))
    return rows if isinstance(rows, list) else [rows]


def test_flows_are_os_kens(both):
    """Those that os-ken can read are the same, and the others are there too."""
    flow6, view, dpid = both
    expected = json.loads(json.dumps(view.view("flow")))[str(dpid)]
    got = flow6.get(f"/stats/flow/{dpid}")[str(dpid)]
    assert expected and len(got) == len(expected) + view.unreadable
    assert all(set(row) == set(expected[0]) for row in got)
    rows = [_shape(row) for row in got]
    assert [row for row in map(_shape, expected) if row not in rows] == []


def test_a_datapath_id_may_be_hexadecimal_or_unknown(both):
    flow6, _, dpid = both
    assert flow6.request("GET", f"/stats/desc/{dpid:#x}")[0] == 200
    assert flow6.request("GET", "/stats/desc/12345")[0] == 404
    assert flow6.request("GET", "/stats/desc/zebra")[0] in (400, 404)


def test_nothing_can_be_changed_by_ryus_calls(both):
    flow6, _, dpid = both
    for path in ("/stats/flowentry/add", "/stats/flowentry/clear/1"):
        assert flow6.request("POST", path, {"dpid": dpid})[0] in (404, 405)
        assert flow6.request("DELETE", path)[0] in (404, 405)


def test_metrics_are_prometheus(both):
    flow6, _, _ = both
    metrics = flow6.metrics()
    assert metrics and all(name.startswith(("flow6_", "jvm_", "process_", "system_")) for name in metrics)
