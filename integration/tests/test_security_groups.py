"""Security groups: every form of rule allows what it says and nothing else."""

import itertools

import pytest
from scapy.layers.inet import IP
from scapy.layers.inet6 import ICMPv6EchoReply, ICMPv6EchoRequest, IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from secgroups import ANY, Groups, echo4, echo6, tcp, udp

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
