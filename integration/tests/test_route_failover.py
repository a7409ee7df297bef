"""Next hops of routes with several paths: those by which nothing gets through are left out, and come back (RFC 4861 §7.3)."""

import ipaddress
import socket

import pytest
from scapy.layers.inet6 import ICMPv6DestUnreach

from flow6lab import until
from flow6lab.host import link_local
from routing import R1_BLUE, R1_RED, VM1, two_routers, udp, use_router

GATES = {"gate1": "2001:db8:2::a1", "gate2": "2001:db8:2::a2", "gate3": "2001:db8:2::a3"}
TARGETS = [f"2001:db8:e::{number}" for number in range(1, 9)]
#: Trust for a second and a half at most, then three questions half a second apart; the rest is for a slow machine.
NOTICED_WITHIN = 8


def network(gates=tuple(GATES), fixed=False):
    """Prefix 2001:db8:e::/48 behind gates on red, of which the file names the addresses, or only they know them; vm1 is on blue."""
    built = two_routers()
    for name, number in zip(GATES, (0xa1, 0xa2, 0xa3)):
        built.port(name, "red", number=number, addresses=[("red6", GATES[name])] if fixed else [], port_security_enabled=False)
    built.content["routers"][0]["routes"] += [{"destination": "2001:db8:e::/48", "nexthop": GATES[name]} for name in gates]
    return built


def prepare(lab):
    use_router(lab, "vm1", "2001:db8:1::1")
    for name in GATES:
        listen(lab, name)
    until(lambda: hops(lab) == set(GATES) and known(lab) == set(GATES), "all next hops are known", within=15)


def listen(lab, name):
    """The gate has its address, answers for the targets, and sends back by the router."""
    gate = lab.hosts[name]
    gate.add_address(f"{GATES[name]}/64")
    for target in TARGETS:
        gate.add_address(f"{target}/128")
    gate.run("ip", "-6", "route", "replace", "default", "via", link_local(R1_RED), "dev", "eth0")


def fall_silent(lab, name):
    """The gate has no address any more; its link is up."""
    lab.hosts[name].run("ip", "-6", "address", "flush", "dev", "eth0")


@pytest.fixture
def routed(lab, flow6_of):
    flow6 = flow6_of(network(), "vm1", *GATES, without=("source-guard", "security-groups"))
    prepare(lab)
    return lab, flow6


def known(lab):
    """The gates of which there is a flow to."""
    flows = [flow.split(" actions=")[0] for flow in lab.flows("table=60")]
    return {name for name, address in GATES.items() if any(flow.endswith(f"reg11=0x{address[-2:]}") for flow in flows)}


def hops(lab):
    """The gates that packets for the shared prefix go to."""
    flows = [flow for table in (55, 56) for flow in lab.flows(f"table={table}") if "ipv6_dst=2001:db8:e::/48" in flow]
    return {name for name, address in GATES.items() if any(f"{int(ipaddress.ip_address(address)):x}->xxreg2" in flow for flow in flows)}


class Connections:
    """A connection to each target, whose other ends answer what they get."""

    def __init__(self, lab):
        self._listeners = {name: lab.hosts[name].socket(socket.AF_INET6, socket.SOCK_STREAM) for name in GATES}
        for listener in self._listeners.values():
            listener.bind(("::", 7000))
            listener.listen()
            listener.setblocking(False)
        self._near, self._far, self.gates = [], [], []
        for target in TARGETS:
            self._near.append(lab.hosts["vm1"].connect(7000, target, within=10))
            name, far = until(self._accepted, "somebody accepts", within=5)
            far.settimeout(5)
            self._far.append(far)
            self.gates.append(name)

    def _accepted(self):
        for name, listener in self._listeners.items():
            try:
                return name, listener.accept()[0]
            except BlockingIOError:
                pass
        return None

    def exchange(self, without=()):
        """Every connection but those to some gates carries data both ways."""
        for near, far, gate in zip(self._near, self._far, self.gates):
            if gate not in without:
                near.settimeout(5)
                near.sendall(b"question")
                assert far.recv(100) == b"question"
                far.sendall(b"answer")
                assert near.recv(100) == b"answer"

    def close(self):
        for one in [*self._near, *self._far, *self._listeners.values()]:
            one.close()


def test_a_silent_next_hop_is_left_out_and_comes_back_while_others_lose_nothing(routed):
    lab, flow6 = routed
    vm1 = lab.hosts["vm1"]
    connections = Connections(lab)
    pings = {}
    try:
        gone = connections.gates[0]
        gate_of = {target: gate for target, gate in zip(TARGETS, _gates_of_pings(lab))}
        pings = {target: vm1.start_ping(target, interval=0.02) for target in TARGETS}
        for ping in pings.values():
            ping.wait_answers(5)
        fall_silent(lab, gone)
        until(lambda: gone not in hops(lab), "it is left out", within=NOTICED_WITHIN)
        assert hops(lab) == set(GATES) - {gone}
        for ping in pings.values():
            ping.wait_answers(10)
        connections.exchange(without=[gone])
        listen(lab, gone)
        until(lambda: gone in hops(lab), "it comes back", within=NOTICED_WITHIN)
        for ping in pings.values():
            ping.wait_answers(10)
        connections.exchange()
        seen = {target: pings.pop(target).stop() for target in TARGETS}
        assert [target for target, gate in gate_of.items() if gate != gone and seen[target].lost] == []
    finally:
        connections.close()
        for ping in pings.values():
            ping.stop()


def _gates_of_pings(lab):
    """Which gate a ping of each target comes to."""
    captures = {name: lab.hosts[name].capture("icmp6[0] == 128") for name in GATES}
    try:
        for target in TARGETS:
            assert lab.hosts["vm1"].ping(target, count=1).answered_all
        def gate_of(target):
            return next(name for name, capture in captures.items() if any(not frame.outgoing and frame.packet["IPv6"].dst == target for frame in capture.frames))
        for capture in captures.values():
            capture.drain()
        return [gate_of(target) for target in TARGETS]
    finally:
        for capture in captures.values():
            capture.close()


def test_where_all_are_silent_the_route_stays_and_senders_are_told(routed):
    lab, _ = routed
    vm1 = lab.hosts["vm1"]
    for name in GATES:
        fall_silent(lab, name)
    until(lambda: known(lab) == set(), "none is known", within=NOTICED_WITHIN)
    until(lambda: hops(lab) == set(GATES), "all are there again", within=NOTICED_WITHIN)
    sent = udp(VM1, TARGETS[0], R1_BLUE, vm1.mac)
    assert vm1.ask(sent, lambda packet: ICMPv6DestUnreach in packet and packet[ICMPv6DestUnreach].code == 3, within=8)
    listen(lab, "gate2")
    until(lambda: hops(lab) == {"gate2"}, "the one that is there has them all", within=NOTICED_WITHIN)
    assert vm1.ping(TARGETS[0]).answered_all


def test_what_is_left_out_stays_so_over_a_restart_without_a_change_of_flows(routed):
    lab, flow6 = routed
    fall_silent(lab, "gate1")
    until(lambda: hops(lab) == {"gate2", "gate3"}, "it is left out", within=NOTICED_WITHIN)
    until(lambda: "next-hop-unreachable" in flow6.kept(), "that is kept on the disk")
    lab.wait_asked()
    flow6.kill9()
    before = lab.flow_keys()
    flow6.launch()
    flow6.wait_settled(ports=4)
    assert flow6.reconcile()["flow_mods"] == 0
    assert lab.flow_keys() == before
    listen(lab, "gate1")
    until(lambda: hops(lab) == set(GATES), "it comes back", within=NOTICED_WITHIN)


def test_a_route_that_is_gone_lets_go_of_its_next_hops(routed):
    lab, flow6 = routed
    fall_silent(lab, "gate1")
    until(lambda: hops(lab) == {"gate2", "gate3"}, "it is left out", within=NOTICED_WITHIN)
    flow6.edit_network(network(["gate1"]))
    until(lambda: hops(lab) == {"gate1"}, "a route alone is used, whoever is there", within=10)
    flow6.edit_network(network(["gate1", "gate3"]))
    until(lambda: hops(lab) == {"gate3"}, "it is found out anew", within=NOTICED_WITHIN)


def test_a_port_whose_link_is_down_is_left_out_at_once(lab, flow6_of):
    flow6_of(network(fixed=True), "vm1", *GATES, without=("source-guard", "security-groups"))
    use_router(lab, "vm1", "2001:db8:1::1")
    inside = lab.ovs.namespace
    until(lambda: hops(lab) == set(GATES), "all are used", within=10)
    inside.run("ip", "link", "set", "gate1", "down")
    until(lambda: hops(lab) == {"gate2", "gate3"}, "the one without a link is left out", within=5)
    inside.run("ip", "link", "set", "gate1", "up")
    until(lambda: hops(lab) == set(GATES), "it comes back", within=10)
    lab.unplug("gate2")
    until(lambda: hops(lab) == {"gate1", "gate3"}, "nor is there a way to a port that is nowhere", within=5)
    lab.plug("gate2", iface_id="gate2")
    until(lambda: hops(lab) == set(GATES), "it comes back, too", within=10)
