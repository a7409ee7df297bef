"""Security groups: every form of rule allows what it says and nothing else."""

import itertools

import pytest
from scapy.layers.inet6 import ICMPv6EchoRequest, IPv6, IPv6ExtHdrFragment, fragment6
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from flow6lab import until
from secgroups import ANY, Groups, echo4, tcp, udp

_sports = itertools.count(10000)


def _one_rule(lab, direction):
    """vm1 may do everything; vm2 is in the group whose rule is under test. Sender and receiver of what the rule is about."""
    groups = Groups(lab)
    groups.group("free", *ANY).put("vm1", "free")
    groups.group("tested").put("vm2", "tested")
    groups.start()
    return groups, *(("vm1", "vm2") if direction == "ingress" else ("vm2", "vm1"))


def _upper(spec):
    """A packet in a word or two: "tcp 80", "icmp6 128 0"; with a source port of its own."""
    name, *numbers = spec.split()
    numbers = [int(number) for number in numbers]
    if name in ("tcp", "udp"):
        return {"tcp": tcp, "udp": udp}[name](*numbers, sport=next(_sports))
    if name == "icmp6":
        return ICMPv6EchoRequest(type=numbers[0], code=numbers[1], id=next(_sports))
    if name == "icmp4":
        return echo4(type=numbers[0], code=numbers[1], identifier=next(_sports))
    return Raw(b"x" * 40)


FORMS = [
    ({"protocol": "tcp", "port_range_min": 80, "port_range_max": 80}, ["tcp 80"], ["tcp 79", "tcp 81", "udp 80", "icmp6 128 0"]),
    ({"protocol": "udp", "port_range_min": 1000, "port_range_max": 1999}, ["udp 1000", "udp 1024", "udp 1999"], ["udp 999", "udp 2000", "tcp 1500"]),
    ({"protocol": "17", "port_range_min": 1, "port_range_max": 65535}, ["udp 1", "udp 65535"], ["tcp 1"]),
    ({"protocol": "tcp"}, ["tcp 1", "tcp 65535"], ["udp 1", "icmp6 128 0"]),
    ({"protocol": "icmpv6"}, ["icmp6 128 0", "icmp6 139 0", "icmp6 200 7"], ["tcp 1"]),
    ({"protocol": "icmp", "port_range_min": 128}, ["icmp6 128 0"], ["icmp6 139 0"]),
    ({"protocol": "ipv6-icmp", "port_range_min": 128, "port_range_max": 0}, ["icmp6 128 0"], ["icmp6 139 0"]),
    ({"protocol": "icmpv6", "port_range_min": 200, "port_range_max": 1}, ["icmp6 200 1"], ["icmp6 200 0"]),
    ({"protocol": "icmpv6", "port_range_min": 200, "port_range_max": 0}, ["icmp6 200 0"], ["icmp6 200 1"]),
    ({"protocol": 50}, ["50"], ["tcp 50"]),
    ({}, ["tcp 1", "udp 1", "icmp6 128 0", "50"], []),
    ({"protocol": "tcp", "remote_ip_prefix": "2001:db8:1::/126"}, ["tcp 80"], ["udp 80"]),
    ({"protocol": "tcp", "remote_ip_prefix": "2001:db8:1::8/125"}, [], ["tcp 80"]),
    ({"remote_ip_prefix": "2001:db8:1::/64"}, ["tcp 80", "udp 80"], []),
    ({"remote_group_id": "free"}, ["tcp 80", "udp 80"], []),
    ({"remote_group_id": "other"}, [], ["tcp 80"]),
    ({"protocol": "udp", "port_range_min": 53, "port_range_max": 53, "remote_address_group_id": "near"}, ["udp 53"], ["udp 54", "tcp 53"]),
    ({"remote_address_group_id": "far"}, [], ["udp 53"]),
    ({"protocol": "dccp", "port_range_min": 5, "port_range_max": 6}, [], ["33", "tcp 5"]),
]


@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_every_form_of_rule_allows_what_it_says_and_nothing_else(lab, direction):
    groups, sender, receiver = _one_rule(lab, direction)
    groups.group("other", *ANY)
    groups.addresses = {"near": ["2001:db8:1::/124", "192.0.2.0/28"], "far": ["2001:db8:2::/64"]}
    failures = []
    for rule, allowed, denied in FORMS:
        groups.group("tested", {"direction": direction, **rule})
        groups.apply()
        for spec in [*allowed, *denied]:
            upper = _upper(spec)
            fields = {"nh": int(spec)} if isinstance(upper, Raw) else {}
            if groups.passes(sender, receiver, groups.packet(sender, receiver, upper, **fields)) != (spec in allowed):
                failures.append(f"{rule}: {spec} {'does not pass' if spec in allowed else 'passes'}")
    assert failures == []


IPV4_FORMS = [
    ({"protocol": "tcp", "port_range_min": 80, "port_range_max": 80}, ["tcp 80"], ["tcp 81", "udp 80"]),
    ({"protocol": "icmp", "port_range_min": 8, "port_range_max": 0}, ["icmp4 8 0"], ["icmp4 13 0"]),
    ({"protocol": "icmp", "port_range_min": 0}, [], ["icmp4 8 0", "icmp4 0 0"]),
    ({"remote_ip_prefix": "192.0.2.0/30"}, ["tcp 80"], []),
    ({"protocol": "udp", "remote_group_id": "free"}, ["udp 5"], ["tcp 5"]),
    ({"ethertype": "IPv6"}, [], ["tcp 80", "icmp4 8 0"]),
]


@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_ipv4_likewise(lab, direction):
    groups, sender, receiver = _one_rule(lab, direction)
    failures = []
    for rule, allowed, denied in IPV4_FORMS:
        groups.group("tested", {"direction": direction, "ethertype": "IPv4", **rule})
        groups.apply()
        for spec in [*allowed, *denied]:
            if groups.passes(sender, receiver, groups.packet(sender, receiver, _upper(spec), family=4)) != (spec in allowed):
                failures.append(f"{rule}: {spec} {'does not pass' if spec in allowed else 'passes'}")
    assert failures == []


# What passes whatever the rules are, and what no rule allows.


def test_a_port_without_any_group_gets_and_sends_nothing_but_what_it_needs_for_an_address(lab):
    groups = Groups(lab)
    groups.group("free", *ANY).put("vm1", "free").put("vm2")
    groups.start()
    for sender, receiver in (("vm1", "vm2"), ("vm2", "vm1")):
        for family in (4, 6):
            assert not groups.passes(sender, receiver, groups.packet(sender, receiver, tcp(80), family))
    until(lambda: groups.flow6.dropped("security-group-ingress") == 2, "drops at the receiver are counted")
    until(lambda: groups.flow6.dropped("security-group-egress") == 2, "drops at the sender are counted")


def test_other_ethertypes_are_dropped(lab):
    groups = Groups(lab)
    groups.group("free", *ANY).put("vm1", "free").put("vm2", "free")
    groups.start()
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    assert not groups.passes("vm1", "vm2", Ether(src=vm1.mac, dst=vm2.mac, type=0x88b5) / Raw(b"x" * 60))
    until(lambda: groups.flow6.dropped("security-group-untracked") == 1, "it is counted")


def test_each_receiver_of_multicast_has_its_own_rules(lab):
    """Of five members of one flood some are allowed: registers of one must not be left to the next."""
    groups = Groups(lab, ports=6)
    groups.network.port_of("vm6")["port_security_enabled"] = False
    groups.group("free", *ANY).group("open", {"protocol": "udp"}).group("closed").group("loose", {"protocol": "udp"}, stateful=False)
    groups.group("tight", stateful=False)
    groups.put("vm1", "free").put("vm2", "open").put("vm3", "closed").put("vm4", "loose").put("vm5", "tight")
    groups.start()
    frame = Ether(src=lab.hosts["vm1"].mac, dst="33:33:00:00:00:fb") / IPv6(src="2001:db8:1::1", dst="ff02::fb") / udp(5353)
    for _ in range(2):
        assert [groups.passes("vm1", f"vm{number}", frame) for number in range(2, 7)] == [True, False, True, False, True]


def test_stateless_groups_let_no_reply_through_that_no_rule_allows(lab):
    groups = Groups(lab)
    groups.group("free", *ANY).put("vm1", "free")
    request = {"protocol": "tcp", "port_range_min": 80, "port_range_max": 80}
    groups.group("stateless", request, stateful=False).put("vm2", "stateless")
    groups.start()
    syn = groups.packet("vm1", "vm2", tcp(80, sport=5000))
    answer = groups.packet("vm2", "vm1", tcp(5000, flags="SA", sport=80, ack=1))
    assert groups.passes("vm1", "vm2", syn)
    assert not groups.passes("vm2", "vm1", answer)
    groups.group("stateless", request, {"direction": "egress", "protocol": "tcp"}, stateful=False)
    groups.apply()
    assert groups.passes("vm1", "vm2", syn) and groups.passes("vm2", "vm1", answer)
    # Of what the receiver is asked, nothing is remembered for it.
    zone = lab.ovs.port_number("vm2")
    assert f"zone={zone}" not in lab.ovs.appctl("dpctl/dump-conntrack")


def _fragments(groups, upper):
    """Three fragments of a UDP datagram from vm1 to vm2."""
    whole = IPv6(bytes(groups.packet("vm1", "vm2", upper / (b"x" * 3000))[IPv6]))
    parts = fragment6(IPv6(src=whole.src, dst=whole.dst) / IPv6ExtHdrFragment(id=next(_sports), nh=17) / Raw(bytes(whole.payload)), 1400)
    assert len(parts) == 3
    return [Ether(src=groups.lab.hosts["vm1"].mac, dst=groups.lab.hosts["vm2"].mac) / part for part in parts]


def test_fragments_share_the_fate_of_their_datagram(lab):
    groups = Groups(lab)
    groups.group("free", *ANY).put("vm1", "free")
    groups.group("tested", {"protocol": "udp", "port_range_min": 53, "port_range_max": 53}).put("vm2", "tested")
    groups.start()
    assert groups.passed("vm1", "vm2", *_fragments(groups, udp(53))) == [True] * 3
    assert groups.passed("vm1", "vm2", *_fragments(groups, udp(54))) == [False] * 3


def test_later_fragments_reach_stateless_groups_by_rules_for_all_protocols_alone(lab):
    groups = Groups(lab)
    groups.group("free", *ANY, stateful=False).put("vm1", "free")
    groups.group("tested", {"protocol": "udp"}, stateful=False).put("vm2", "tested")
    groups.start()
    assert groups.passed("vm1", "vm2", *_fragments(groups, udp(53))) == [True, False, False]
    groups.group("tested", {}, stateful=False)
    groups.apply()
    assert groups.passed("vm1", "vm2", *_fragments(groups, udp(53))) == [True] * 3


# Remote groups.


def test_a_remote_group_is_its_ports_with_their_allowed_pairs(lab):
    groups = Groups(lab, ports=3)
    groups.network.port_of("vm1")["allowed_address_pairs"] = [{"ip_address": "2001:db8:7::/64"}, {"ip_address": "2001:db8:8::8"}]
    groups.network.port_of("vm3")["allowed_address_pairs"] = [{"ip_address": "::/0"}, {"ip_address": "0.0.0.0/0"}]
    groups.group("friends", *ANY).put("vm1", "friends").put("vm3", "friends")
    groups.group("tested", {"remote_group_id": "friends"}, {"remote_group_id": "friends", "ethertype": "IPv4"}).put("vm2", "tested")
    groups.start()
    for source, allowed in (("2001:db8:1::1", True), ("2001:db8:7::9", True), ("2001:db8:8::8", True), ("2001:db8:8::9", False)):
        assert groups.passes("vm1", "vm2", groups.packet("vm1", "vm2", udp(1), src=source)) == allowed, source
    for source, allowed in (("2001:db8:1::3", True), ("2001:db8:9::9", False)):
        assert groups.passes("vm3", "vm2", groups.packet("vm3", "vm2", udp(1), src=source)) == allowed, source
    assert groups.passes("vm3", "vm2", groups.packet("vm3", "vm2", udp(1), family=4))
    assert not groups.passes("vm3", "vm2", groups.packet("vm3", "vm2", udp(1), family=4, src="203.0.113.1"))


def test_a_group_that_names_itself_and_a_port_in_two(lab):
    groups = Groups(lab, ports=4)
    groups.group("own", {"remote_group_id": "own"}, {"direction": "egress"})
    groups.group("web", {"protocol": "tcp", "port_range_min": 80, "port_range_max": 80}, {"direction": "egress"})
    groups.put("vm1", "own").put("vm2", "own", "web").put("vm3", "web").put("vm4", "web")
    groups.start()
    for sender, receiver, upper, allowed in (
            ("vm1", "vm2", udp(1), True), ("vm2", "vm1", udp(1), True), ("vm3", "vm2", udp(1), False), ("vm3", "vm2", tcp(80), True),
            ("vm3", "vm1", tcp(80), False), ("vm2", "vm3", tcp(80), True), ("vm4", "vm3", tcp(81), False)):
        assert groups.passes(sender, receiver, groups.packet(sender, receiver, upper)) == allowed, (sender, receiver, upper)


def test_rules_are_asked_of_both_ports(lab):
    groups = Groups(lab)
    groups.group("out", {"direction": "egress", "protocol": "udp"}).put("vm1", "out")
    groups.group("in", {"protocol": "tcp"}).put("vm2", "in")
    groups.start()
    assert not groups.passes("vm1", "vm2", groups.packet("vm1", "vm2", udp(1)))
    assert not groups.passes("vm1", "vm2", groups.packet("vm1", "vm2", tcp(1)))
