"""Bad configuration and network files: a message with file, line and key; at start exit status 1, later the last good one stays."""

import json
import re
import subprocess

import pytest
import yaml

from flow6lab import Controller, Network, until
from flow6lab.controller import PROGRAM

CONFIGURATION_FAULTS = {
    "unknown key": ("apps:\n  l2: {enabled: true}\nteleport: 7\n", 3, "teleport"),
    "unknown app": ("openflow: {listen: 127.0.0.1:6653}\napps:\n  l2: {enabled: true}\n  nd-respnder: {enabled: true}\n", 4, "nd-respnder"),
    "wrong type": ("apps:\n  l2:\n    enabled: perhaps\n", 3, "enabled"),
    "wrong address": ("openflow:\n  listen: nowhere\n", 2, "listen"),
    "wrong port": ("openflow:\n  listen: 127.0.0.1:99999\n", 2, "listen"),
    "not a mapping": ("- one\n- two\n", 1, ""),
    "not YAML": ("host: hostA\nopenflow: {listen: [\n", 0, ""),
    "a key twice": ("host: hostA\nopenflow: {listen: 127.0.0.1:6653}\nhost: hostB\n", 3, "host"),
}

NETWORK_FAULTS = {
    "unknown resource": ("networks: [{id: blue}]\nsubmarines: [{id: s}]\n", 2, "submarines"),
    "unknown field": ("networks:\n  - {id: blue, colour: blue}\n", 2, "colour"),
    "no such network": ("networks: [{id: blue}]\nports:\n  - {id: vm1, network_id: red, mac_address: '02:00:00:00:00:01'}\n", 3, "network_id"),
    "not a MAC": ("networks: [{id: blue}]\nports:\n  - {id: vm1, network_id: blue, mac_address: zz}\n", 3, "mac_address"),
    "not YAML": ("networks: [{id: blue\n", 0, ""),
}


def _flow6(*words):
    return subprocess.run([str(PROGRAM), *map(str, words)], capture_output=True, text=True, timeout=30)


def _names_place(output, file, line, key):
    """The output names the file, the line (0: any) and the key."""
    place = re.escape(str(file)) + (rf":{line}\b" if line else r":\d+\b")
    return re.search(place, output) and key in output


@pytest.mark.parametrize("fault", CONFIGURATION_FAULTS)
def test_a_bad_configuration_ends_the_start_with_file_line_and_key(tmp_path, fault):
    text, line, key = CONFIGURATION_FAULTS[fault]
    file = tmp_path / "flow6.yaml"
    file.write_text(text)
    done = _flow6("run", "--config", file)
    assert done.returncode == 1
    assert _names_place(done.stderr, file, line, key), done.stderr
    assert "Exception" not in done.stderr and "\tat " not in done.stderr


def test_a_configuration_that_is_not_there(tmp_path):
    done = _flow6("run", "--config", tmp_path / "none.yaml")
    assert done.returncode == 1 and "none.yaml" in done.stderr


@pytest.mark.parametrize("fault", NETWORK_FAULTS)
def test_a_bad_network_file_is_refused_by_check_and_by_run(tmp_path, fault):
    text, line, key = NETWORK_FAULTS[fault]
    network = tmp_path / "network.yaml"
    network.write_text(text)
    config = tmp_path / "flow6.yaml"
    config.write_text(yaml.safe_dump({"openflow": {"listen": "127.0.0.1:0"}, "northbound": {"file": str(network)}}))
    for done in (_flow6("check", network), _flow6("run", "--config", config)):
        output = done.stdout + done.stderr
        assert done.returncode == 1, output
        assert _names_place(output, network, line, key), output


def test_check_prints_every_violation_and_accepts_a_good_file(tmp_path):
    good = tmp_path / "good.yaml"
    good.write_text(Network.simple(3).text())
    assert _flow6("check", good).returncode == 0

    content = Network.simple(3).content
    content["ports"][0]["mac_address"] = "zz"
    content["ports"][1]["network_id"] = "red"
    content["ports"][2]["fixed_ips"][0]["ip_address"] = "2001:db8:ffff::1"
    bad = tmp_path / "bad.yaml"
    bad.write_text(json.dumps(content, indent=1))
    done = _flow6("check", bad)
    output = done.stdout + done.stderr
    assert done.returncode == 1
    for part in ("mac_address", "network_id", "fixed_ips", "vm1", "vm2", "vm3"):
        assert part in output


@pytest.mark.parametrize("words", [(), ("run",), ("check",), ("fly",), ("run", "--config"), ("check", "one", "two")], ids=" ".join)
def test_bad_arguments_print_the_usage_and_exit_2(words):
    done = _flow6(*words)
    assert done.returncode == 2
    assert "usage" in done.stderr.lower()


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("check", "--help"), ("pipeline", "--help"), ("version", "--help")], ids=" ".join)
def test_help_is_there(words):
    done = _flow6(*words)
    assert done.returncode == 0 and "usage" in done.stdout.lower()


def _spoil_by_half(flow6):
    text = flow6.network.text()
    flow6.network_file.write_text(text[:len(text) // 2])


def _spoil_by_emptying(flow6):
    flow6.network_file.write_text("")


def _spoil_by_removing(flow6):
    flow6.network_file.unlink()


def _spoil_by_violation(flow6):
    flow6.edit_network(flow6.network.copy().port("vm9", "red", number=9, addresses=[]))


@pytest.mark.parametrize("spoil", [_spoil_by_half, _spoil_by_emptying, _spoil_by_removing, _spoil_by_violation],
                         ids=["half-written", "empty", "removed", "violation"])
def test_a_network_file_spoilt_while_running_changes_nothing(pair, spoil):
    pair.lab.wait_asked()
    before = pair.lab.flow_keys()
    ping = pair.vm1.start_ping("2001:db8:1::2", interval=0.005)
    spoil(pair.flow6)
    until(lambda: pair.flow6.status()["network"]["error"], "the status tells that the file was refused")
    assert pair.flow6.network_file.name in pair.flow6.log()
    assert pair.lab.flow_keys() == before
    pair.vm1.forget_neighbors()
    assert pair.vm1.ndisc6("2001:db8:1::2") == pair.vm2.mac

    pair.flow6.edit_network(pair.network.copy().port("vm3", "blue", number=3))
    until(lambda: pair.flow6.status()["network"]["ports"] == 3, "the good file is taken")
    assert pair.flow6.status()["network"]["error"] is None
    assert ping.stop().lost == ()


def test_a_configuration_spoilt_while_running_changes_nothing(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_keys()
    pair.flow6.write_config({**pair.flow6.config, "teleport": 7})
    pair.flow6.wait_log("teleport")
    assert pair.flow6.exit_code is None
    assert pair.lab.flow_keys() == before
    pair.flow6.enable_by_file("nd-responder", False)
    until(lambda: pair.flow6.get("/apps/nd-responder")["enabled"] is False, "the good file is taken")


@pytest.mark.parametrize("key, port", [("openflow", 6653), ("api", 9696)])
def test_a_port_that_another_process_has_ends_the_start(pair, key, port):
    second = Controller(pair.lab, pair.network, name="second", bind="name", port=6653 if key == "openflow" else 7653, api=9696 if key == "api" else 9797)
    process = second.launch()
    assert process.wait(20) == 1
    assert f"127.0.0.1:{port}" in second.log()
    pair.flow6.wait_settled(ports=2)
    assert pair.vm1.ping("2001:db8:1::2").answered_all


def test_a_logical_port_on_two_interfaces_is_reported_and_the_first_keeps_it(pair):
    pair.lab.add_host("again", "02:00:00:00:00:99", iface_id="vm1", ipv6=False)
    pair.flow6.wait_log("vm1")
    until(lambda: [error for error in pair.flow6.last_errors() if "vm1" in error], "the status tells of it")
    pair.vm2.forget_neighbors()
    assert pair.vm2.ping("2001:db8:1::1").answered_all
