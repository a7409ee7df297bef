"""Random routers and destinations: where the switch sends a packet equals what a plain model says, also after changes."""

import collections
import re

import pytest

from flow6lab import Controller, until
from flow6lab.routes import Routes
from flow6lab.unixctl import Unixctl
from random_routers import RandomRouters

STATES = 15
PACKETS = 200
HOPS = 20


def as_flow(network, sender, mac, destination, ofport, ports):
    """A datagram to a router, in the words of ofproto/trace."""
    kind, source, target = ("udp6", "ipv6_src=2001:db8:aaaa::1", "ipv6_dst") if ":" in destination else ("udp", "nw_src=10.99.0.1", "nw_dst")
    return f"in_port={ofport},dl_src={network.mac_of(sender)},dl_dst={mac},{kind},{source},{target}={destination},nw_ttl={HOPS},udp_src={ports},udp_dst=9"


def outcome(trace, datapath, sender):
    """The port that a traced packet goes to, or the reason in words; OVS sends nothing back by the port that it came in by."""
    reason = re.findall(r"^ *(100|101)\. .*reg3=(0x[0-9a-f]+)/0xffff0000", trace, re.M)
    if reason:
        table, value = reason[-1]
        return f"{'punt' if table == '100' else 'drop'} {int(value, 16) >> 16}"
    last = re.findall(r"^Datapath actions: (.*)$", trace, re.M)[-1].rsplit(",", 1)[-1]
    return sender if last == "drop" else datapath[last]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_switch_and_the_model_agree(lab, seed):
    routers = RandomRouters(seed)
    network = routers.network
    for name in routers.hosts:
        lab.ovs.vsctl("add-port", lab.bridge, name, "--", "set", "interface", name, "type=internal", f"external_ids:iface-id={name}")
    links = {port["network_id"]: port["mac_address"] for port in routers.content["ports"] if port.get("device_owner") and port["id"] != "r1-n2"}
    with Controller(lab, network, without=["source-guard", "security-groups"]) as flow6:
        flow6.wait_settled(ports=len(routers.hosts))
        ofports = {name: lab.ovs.port_number(name) for name in routers.hosts}
        with Unixctl(lab.ovs) as vswitchd:
            datapath = {number: name for name, number in re.findall(r"^ +(n\dh\d) \d+/(\d+):", vswitchd.call("dpif/show"), re.M)}
            seen, several = collections.Counter(), collections.defaultdict(set)
            for state in range(STATES):
                if state:
                    address = routers.change()
                    flow6.edit_network(network)
                    until(lambda: lab.flows(f"icmp6,icmp_type=135,nd_target={address}"), f"change {state} is in the switch")
                routes = Routes(routers.content)
                for number in range(PACKETS):
                    sender, destination = routers.hosts[number % len(routers.hosts)], routers.destination()
                    on = network.port_of(sender)["network_id"]
                    # n2 has two routers, of which the model knows the first.
                    expected = routes.of(on, destination, HOPS)
                    flow = as_flow(network, sender, links[on], destination, ofports[sender], 1024 + number * 97)
                    trace = vswitchd.call("ofproto/trace", lab.bridge, flow)
                    got = outcome(trace, datapath, sender)
                    assert got in expected, f"seed {seed}, state {state}: {flow}: {got} is not in {expected}\n{network.text()}\n{trace}"
                    seen[got if got.startswith(("punt", "drop")) else "passes"] += 1
                    if len(expected) > 1:
                        several[frozenset(expected)].add(got)
        assert min(seen[kind] for kind in ("passes", "punt 10", "punt 12", "punt 14", "drop 115")) > STATES * PACKETS / 200, seen
        assert any(len(paths) > 1 for paths in several.values())
