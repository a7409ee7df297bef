"""The runner of packet cases, without Flow6: with flow-mods as in Ryu's own files, and with a controller of os-ken."""

import json
import os
import pathlib
import socket
import subprocess
import sys

import pytest

from flow6lab import until
from flow6lab.cases import BadCase, load
from flow6lab.expressions import BadExpression, decoded, difference, evaluate, packet
from flow6lab.process import Process
from flow6lab.stage import Stages

HERE = pathlib.Path(__file__).parent
ETHERNET = "ethernet(dst='22:22:22:22:22:22', src='12:11:11:11:11:11', ethertype={})"
TTL_20, TTL_19 = (f"ipv6(dst='2001:db8::2', src='2001:db8::1', nxt=17, hop_limit={limit})" for limit in (20, 19))
UDP = "udp(src_port=7, dst_port=9)"
PLAIN = [ETHERNET.format(34525), TTL_20, UDP, "b'\\x00' * 40"]
TAGGED = [ETHERNET.format(33024), "vlan(vid=100, ethertype=34525)", *PLAIN[1:]]


def _flow(*actions, table=0, **match):
    fields = [{"OXMTlv": {"field": field, "value": value}} for field, value in match.items()]
    return {"OFPFlowMod": {"table_id": table, "match": {"OFPMatch": {"oxm_fields": fields}},
                           "instructions": [{"OFPInstructionActions": {"actions": list(actions), "type": 4}}]}}


def _output(port):
    return {"OFPActionOutput": {"port": port}}


def _write(folder, *entries):
    file = folder / "case.json"
    file.write_text(json.dumps(["a file", *entries]))
    return load(file)


def _case(prerequisite, *tests):
    return {"description": "a case", "prerequisite": prerequisite, "tests": list(tests)}


@pytest.fixture(scope="module")
def stages():
    with Stages() as stages:
        yield stages


GOOD = {
    "forwarded": ([_flow(_output(2))], {"ingress": PLAIN, "egress": PLAIN}),
    "forwarded with its tag": ([_flow(_output(2), vlan_vid=100 | 0x1000)], {"ingress": TAGGED, "egress": TAGGED}),
    "to two ports": ([_flow(_output(2), _output(3))], {"ingress": PLAIN, "egress": PLAIN, "egress_port": [2, 3]}),
    "from another port": ([_flow(_output(1), in_port=3)], {"ingress": PLAIN, "ingress_port": 3, "egress": PLAIN, "egress_port": 1}),
    "changed": ([_flow({"OFPActionDecNwTtl": {}}, _output(2), eth_type=34525)], {"ingress": PLAIN, "egress": [PLAIN[0], TTL_19, *PLAIN[2:]]}),
    "dropped": ([_flow(in_port=1)], {"ingress": PLAIN, "egress": []}),
    "to the controller": ([_flow(_output(0xFFFFFFFD))], {"ingress": PLAIN, "PACKET_IN": PLAIN}),
    "unmatched": ([_flow(_output(2), eth_type=0x0806)], {"ingress": PLAIN, "table-miss": [0]}),
}

BAD = {
    "not forwarded": ([_flow(in_port=1)], {"ingress": PLAIN, "egress": PLAIN}, "did not come out of p2"),
    "not dropped": ([_flow(_output(2))], {"ingress": PLAIN, "egress": []}, "came out of p2"),
    "out of one more port": ([_flow(_output(2), _output(3))], {"ingress": PLAIN, "egress": PLAIN}, "came out of p3"),
    "twice": ([_flow(_output(2), _output(2))], {"ingress": PLAIN, "egress": PLAIN}, "came out of p2"),
    "not changed": ([_flow(_output(2))], {"ingress": PLAIN, "egress": [PLAIN[0], TTL_19, *PLAIN[2:]]}, "hop_limit=20"),
    "without its tag": ([_flow({"OFPActionPopVlan": {}}, _output(2), vlan_vid=100 | 0x1000)], {"ingress": TAGGED, "egress": TAGGED}, "vlan"),
    "not to the controller": ([_flow(_output(2))], {"ingress": PLAIN, "PACKET_IN": PLAIN}, "did not come to the controller"),
    "to the controller all the same": ([_flow(_output(0xFFFFFFFD))], {"ingress": PLAIN, "PACKET_IN": []}, "came to the controller"),
    "matched": ([_flow(_output(2))], {"ingress": PLAIN, "table-miss": [0]}, "found a flow"),
    "a flow that the switch refuses": ([_flow({"OFPActionPopPbb": {}})], {"ingress": PLAIN, "egress": PLAIN}, "refused"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_as_the_case_says_passes(stages, tmp_path, name):
    prerequisite, test = GOOD[name]
    (case,) = _write(tmp_path, _case(prerequisite, test))
    assert stages.play(case) == []


@pytest.mark.parametrize("name", BAD)
def test_what_is_otherwise_is_told(stages, tmp_path, name):
    prerequisite, test, told = BAD[name]
    (case,) = _write(tmp_path, _case(prerequisite, test))
    assert told in "\n".join(stages.play(case))


@pytest.mark.parametrize("text", ["__import__('os')", "ethernet.__class__", "open('/etc/passwd')", "(lambda: 1)()", "[x for x in 'a']", "'a' * 10000000",
                                  "bytes(10000000)", "ethernet(**{'a': 1})", "ethernet(nonsense=1)", "ethernet(", "1 << 100000"])
def test_only_packets_are_evaluated(text):
    with pytest.raises(BadExpression):
        evaluate(text)


def test_a_bad_case_says_where(tmp_path):
    with pytest.raises(BadCase, match="case.json: a case: test 1: not allowed"):
        _write(tmp_path, _case([], {"ingress": ["open('x')"], "egress": []}))
    with pytest.raises(BadCase, match="needs ingress"):
        _write(tmp_path, _case([], {"ingress": PLAIN}))
    with pytest.raises(BadCase, match="throughput"):
        _write(tmp_path, _case([], {"ingress": PLAIN, "egress": {"throughput": []}}))


def test_a_difference_is_told_by_layer():
    first, second = packet(PLAIN), packet([PLAIN[0], TTL_19, *PLAIN[2:]])
    assert difference(first, first) == ""
    assert "hop_limit=20" in difference(first, second) and "ethernet" not in difference(first, second)
    assert decoded(first)[0].startswith("ethernet(")


def test_the_same_cases_run_against_another_controller(tmp_path):
    """A hub of os-ken bridges multicast, and fails what a hub must fail."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    hub = Process(["osken-manager", HERE / "osken_hub.py", "--ofp-listen-host", "127.0.0.1", "--ofp-tcp-listen-port", port], tmp_path / "hub.log")
    try:
        until(lambda: socket.create_connection(("127.0.0.1", port)).close() is None, "the hub listens")
        done = subprocess.run([sys.executable, "-m", "flow6lab.cases", str(HERE.parent / "cases" / "bridging.json"), "--controller", f"127.0.0.1:{port}",
                               "--datapath", "2a", "--packets-only"],
                              capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": str(HERE.parent)})
    finally:
        hub.kill()
    outcomes = {line.rsplit(": ", 1)[0]: line.rsplit(": ", 1)[1] for line in done.stdout.splitlines() if line.startswith("bridging: ")}
    assert done.returncode == 1, done.stdout + done.stderr
    assert outcomes["bridging: an unknown destination"] == "ERROR"
    assert outcomes["bridging: a destination in another network"] == "ERROR"
    assert done.stdout.splitlines()[-1] == "0 passed, 7 failed"
