"""Random groups, members and packets: what the switch says of a packet equals what a plain model says, also after changes."""

import re

import pytest

from flow6lab import Controller, until
from flow6lab.unixctl import Unixctl
from flow6lab.verdicts import Verdicts
from random_groups import PORTS, RandomGroups

STATES = 12
PACKETS = 150
_NAMES = {(6, 6): "tcp6", (6, 17): "udp6", (6, 132): "sctp6", (6, 58): "icmp6", (4, 6): "tcp", (4, 17): "udp", (4, 132): "sctp", (4, 1): "icmp"}
_TRACKED_ICMP = {(58, 128), (58, 129), (1, 8), (1, 0), (1, 13), (1, 14)}


def as_flow(packet, network, ofports):
    """The packet in the words of ofproto/trace."""
    family, source, destination = (packet.family, "ipv6_src", "ipv6_dst") if packet.family == 6 else (4, "nw_src", "nw_dst")
    kind = _NAMES.get((family, packet.protocol), f"{'ipv6' if family == 6 else 'ip'},nw_proto={packet.protocol}")
    words = [f"in_port={ofports[packet.sender]}", f"dl_src={network.mac_of(packet.sender)}", f"dl_dst={network.mac_of(packet.receiver)}", kind,
             f"{source}={packet.source}", f"{destination}={packet.destination}", "nw_ttl=64"]
    if packet.protocol in (1, 58):
        name = "icmp" if packet.protocol == 1 else "icmpv6"
        words += [f"{name}_type={packet.first}", f"{name}_code={packet.second}"]
    elif packet.protocol != 47:
        name = {6: "tcp", 17: "udp", 132: "sctp"}[packet.protocol]
        words += [f"{name}_src={packet.first}", f"{name}_dst={packet.second}"]
    return ",".join(words)


def conntrack_says(packet):
    """What conntrack makes of the packet, of which the trace sees only the headers."""
    untracked = packet.protocol in (1, 58) and (packet.protocol, packet.first) not in _TRACKED_ICMP
    return ["--ct-next", "trk,inv" if untracked else "trk,new"] * 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_switch_and_the_model_agree(lab, seed):
    groups = RandomGroups(seed)
    names = [f"vm{number}" for number in range(1, PORTS + 1)]
    for name in names:
        lab.ovs.vsctl("add-port", lab.bridge, name, "--", "set", "interface", name, "type=internal", f"external_ids:iface-id={name}")
    # Addresses that are nobody's come and go here, which source guard would not let pass.
    with Controller(lab, groups.network, without=["source-guard"]) as flow6:
        flow6.wait_settled(ports=PORTS)
        ofports = {name: lab.ovs.port_number(name) for name in names}
        with Unixctl(lab.ovs) as vswitchd:
            datapath = {name: int(number) for name, number in re.findall(r"^ +(vm\d+) \d+/(\d+):", vswitchd.call("dpif/show"), re.M)}
            allowed = traced = 0
            for state in range(STATES):
                if state:
                    address = groups.change()
                    flow6.edit_network(groups.network)
                    until(lambda: lab.flows(f"icmp6,icmp_type=135,nd_target={address}"), f"change {state} is in the switch")
                verdicts = Verdicts(groups.content)
                for _ in range(PACKETS):
                    packet = groups.packet()
                    trace = vswitchd.call("ofproto/trace", lab.bridge, as_flow(packet, groups.network, ofports), *conntrack_says(packet))
                    last = re.findall(r"^Datapath actions: (.*)$", trace, re.M)[-1]
                    passes = str(datapath[packet.receiver]) in last.split(",")
                    assert passes == verdicts.allows(packet), f"seed {seed}, state {state}: {packet}\n{groups.network.text()}\n{trace}"
                    allowed += passes
                    traced += 1
        assert traced == STATES * PACKETS
        assert 0.1 < allowed / traced < 0.9, "neither all nor nothing passes"
