"""Security groups that change under traffic, controllers that restart, drops in the log, and groups of many rules and members."""

import os
import pathlib
import re
import time

from scapy.layers.inet import UDP

from flow6lab import until
from secgroups import ANY, Groups, udp

_PACKAGE = pathlib.Path(__file__).parents[1]


def _flood(host, frames, seconds, rate):
    """Sends frames in turn from a host, in a process of its own."""
    (host.folder / f"{host.name}-flood").write_text("".join(bytes(frame).hex() + "\n" for frame in frames))
    environment = {**os.environ, "PYTHONPATH": str(_PACKAGE)}
    return host.spawn("sh", "-c", f"exec /usr/bin/python3 -m flow6lab.flood eth0 {seconds} {rate} < {host.folder}/{host.name}-flood", env=environment)


def _sent(process, seconds):
    process.wait(seconds + 30)
    return int(process.output().split()[-1])


def _port_rule(port, **more):
    return {"protocol": "udp", "port_range_min": port, "port_range_max": port, **more}


def test_a_change_loses_nothing_that_both_allow_and_passes_nothing_that_both_deny(lab):
    """500 frames a second to each of two ports, while rules, remotes and groups around them are replaced."""
    groups = Groups(lab)
    friends = {"remote_group_id": "friends"}
    states = [
        [_port_rule(53, **friends), _port_rule(80)],
        [{**_port_rule(53), "port_range_max": 60, **friends}],
        [_port_rule(53, remote_ip_prefix="2001:db8:1::/64"), _port_rule(54, **friends)],
        [{**_port_rule(50), "port_range_max": 53}, {"protocol": "tcp", **friends}],
        [_port_rule(53, remote_address_group_id="near")],
    ]
    groups.addresses = {"near": ["2001:db8:1::/120"]}
    groups.group("friends", *ANY).put("vm1", "friends")
    groups.group("tested", *states[0]).put("vm2", "tested")
    groups.start()
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    allowed, denied = (groups.packet("vm1", "vm2", udp(port)) for port in (53, 99))
    with vm2.capture("udp") as capture:
        flood = _flood(vm1, [allowed, denied], 12, 1000)
        capture.wait(lambda frame: not frame.outgoing, 10)
        changes = 0
        while flood.exit_code is None:
            changes += 1
            groups.group("tested", *states[changes % len(states)])
            groups.apply()
            capture.drain()
        sent = _sent(flood, 12)
        capture.wait_quiet(0.3)
        ports = [frame.packet[UDP].dport for frame in capture.received()]
    assert changes >= 5
    assert ports.count(99) == 0
    assert ports.count(53) == sent - sent // 2


def test_a_restart_under_traffic_sends_no_flow_mod_and_loses_nothing(lab):
    groups = Groups(lab, ports=4)
    groups.group("friends", *ANY, {"remote_group_id": "friends", "protocol": "tcp"}).put("vm1", "friends")
    groups.group("tested", _port_rule(53, remote_group_id="friends"), {"protocol": "tcp", "port_range_min": 1, "port_range_max": 999}, log=True)
    groups.group("loose", _port_rule(1), stateful=False)
    groups.put("vm2", "tested").put("vm3", "tested", "friends").put("vm4", "loose")
    groups.start()
    lab.wait_asked()
    before = lab.flow_keys()
    with lab.hosts["vm2"].capture("udp") as capture:
        flood = _flood(lab.hosts["vm1"], [groups.packet("vm1", "vm2", udp(53))], 6, 500)
        capture.wait(lambda frame: not frame.outgoing, 10)
        groups.flow6.kill9()
        groups.flow6.start()
        assert groups.flow6.reconcile()["flow_mods"] == 0
        sent = _sent(flood, 6)
        capture.wait_quiet(0.3)
        assert len(capture.received()) == sent
    assert lab.flow_keys() == before


def test_drops_of_a_group_that_logs_are_in_the_log_and_no_flood_of_them(lab):
    groups = Groups(lab, ports=3)
    groups.group("free", *ANY).put("vm1", "free")
    groups.group("loud", {"direction": "egress", "protocol": "tcp"}, log=True).put("vm2", "loud")
    groups.group("quiet").put("vm3", "quiet")
    groups.start()
    lab.hosts["vm1"].send(groups.packet("vm1", "vm2", udp(99)), groups.packet("vm1", "vm3", udp(98)))
    lab.hosts["vm2"].send(groups.packet("vm2", "vm1", udp(97)))
    groups.flow6.wait_log("ingress of port vm2 (loud) denied: 2001:db8:1::1 > 2001:db8:1::2, protocol 17, ports 40000 > 99")
    groups.flow6.wait_log("egress of port vm2 (loud) denied: 2001:db8:1::2 > 2001:db8:1::1, protocol 17, ports 40000 > 97")
    seconds, rate = 3, 1000
    sent = _sent(_flood(lab.hosts["vm1"], [groups.packet("vm1", "vm2", udp(99))], seconds, rate), seconds)
    until(lambda: groups.flow6.dropped("security-group-ingress") == sent + 2, "each drop is counted", 15)
    lines = len(re.findall("denied: ", groups.flow6.log()))
    assert 10 < lines <= 20 + 10 * (seconds + 2) + 2
    assert "vm3" not in "".join(line for line in groups.flow6.log().splitlines() if "denied" in line)


def test_a_group_of_ten_thousand_rules(lab):
    groups = Groups(lab)
    rules = [_port_rule(1 + number % 60000, remote_ip_prefix=f"2001:db8:{number >> 4:x}:{number & 15:x}::/64") for number in range(10_000)]
    groups.group("free", *ANY).put("vm1", "free").group("tested").put("vm2", "tested")
    groups.start()
    groups.group("tested", *rules)
    groups.flow6.edit_network(groups.text())
    begin = time.monotonic()
    probe = groups.packet("vm1", "vm2", udp(6), src="2001:db8:0:5::1")
    until(lambda: groups.passes("vm1", "vm2", probe), "the rules are in force", 60, every=0.5)
    print(f"10,000 rules: {time.monotonic() - begin:.1f} s, {lab.flow_count()} flows")
    assert not groups.passes("vm1", "vm2", groups.packet("vm1", "vm2", udp(7), src="2001:db8:0:5::1"))
    begin = time.monotonic()
    groups.group("tested", *rules, _port_rule(61000))
    groups.apply()
    print(f"one more: {time.monotonic() - begin:.1f} s")
    assert groups.passes("vm1", "vm2", groups.packet("vm1", "vm2", udp(61000)))


def test_a_remote_group_of_64_thousand_members(lab):
    """Every second address, so that nothing is aggregated."""
    groups = Groups(lab)
    groups.group("free", *ANY).put("vm1", "free").group("many").group("tested", {"remote_group_id": "many", "protocol": "udp"}).put("vm2", "tested")
    groups.start()
    for number in range(65_536):
        groups.network.port(f"m{number}", "blue", mac=f"02:01:00:{number >> 16:02x}:{number >> 8 & 255:02x}:{number & 255:02x}",
                            addresses=[("blue6", f"2001:db8:1::1:{number // 0x8000:x}:{2 * number % 0x10000:x}")], security_groups=["many"])
    groups.flow6.edit_network(groups.text())
    begin = time.monotonic()
    probe = groups.packet("vm1", "vm2", udp(6), src="2001:db8:1::1:1:fffe")
    until(lambda: groups.passes("vm1", "vm2", probe), "the members are in force", 180, every=0.5)
    print(f"64 k members: {time.monotonic() - begin:.1f} s, {lab.flow_count()} flows")
    assert not groups.passes("vm1", "vm2", groups.packet("vm1", "vm2", udp(6), src="2001:db8:1::1:1:ffff"))
    begin = time.monotonic()
    groups.put("m7", "tested")
    groups.flow6.edit_network(groups.text())
    gone = groups.packet("vm1", "vm2", udp(6), src="2001:db8:1::1:0:e")
    until(lambda: not groups.passes("vm1", "vm2", gone), "one member less is in force", 60, every=0.2)
    print(f"one less: {time.monotonic() - begin:.1f} s")
    groups.group("tested", {"protocol": "tcp"})
    groups.flow6.edit_network(groups.text())
    until(lambda: not groups.passes("vm1", "vm2", probe), "the rule is gone", 60, every=0.2)
