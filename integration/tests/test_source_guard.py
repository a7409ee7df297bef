"""Source guard: what a port with port security sends is its own, however it is wrapped."""

import collections

from scapy.layers.inet6 import IPv6, UDP
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from flow6lab import Network, until
from spoofs import Who, arp_spoofs, ethertype_spoofs, ipv4_spoofs, ipv6_spoofs, wrapped


def dual_stack(ports=3, **subnet):
    network = Network().network("blue").subnet("blue6", "blue", "2001:db8:1::/64", **subnet).subnet("blue4", "blue", "192.0.2.0/24")
    for number in range(1, ports + 1):
        network.port(f"vm{number}", "blue", number=number)
    return network


def who(network, port):
    return Who(network.mac_of(port), network.address_of(port, 0), network.address_of(port, 1))


def spoofs_of(network):
    """(name, wrapping, frames, reasons) of all that vm1 can send to vm2 in vm3's name."""
    me, victim, other = (who(network, port) for port in ("vm1", "vm2", "vm3"))
    every = ipv6_spoofs(me, other, victim) | ipv4_spoofs(me, other, victim) | arp_spoofs(me, other, victim)
    for name, spoof in every.items():
        for wrapping, frames, reasons in wrapped(name, spoof):
            yield name, wrapping, frames, reasons
    for name, frame in ethertype_spoofs(me, victim).items():
        yield name, "plain", [frame], ["guard-ethertype"]


def marker(network, number):
    """A packet that passes, so that all before it has passed or never will."""
    me, victim = who(network, "vm1"), who(network, "vm2")
    return Ether(src=me.mac, dst=victim.mac) / IPv6(src=me.ipv6, dst=victim.ipv6) / UDP(sport=4000, dport=4000) / Raw(f"marker {number}".encode())


def send_marked(lab, network, capture, number, frames):
    """Sends frames from vm1 and then one that passes; what came to the capturing port of vm1's until then."""
    last = bytes(marker(network, number))
    lab.hosts["vm1"].send(*frames, last)
    assert capture.wait(lambda frame: frame.data == last, 5.0), f"{number}: the marker is lost"
    return [frame for frame in capture.received() if not frame.data.endswith(b"marker %d" % number) and frame.data in set(map(bytes, frames))]


def drops(flow6):
    return collections.Counter({reason: count for reason, count in flow6.status()["drops"].items() if count})


def test_no_spoofed_packet_in_any_wrapping_reaches_another_port(lab, flow6_of):
    network = dual_stack()
    flow6 = flow6_of(network, "vm1", "vm2", "vm3", ipv6=False, without=["security-groups"])
    lab.wait_asked()
    flows = lab.flow_keys()
    expected, arrived = collections.Counter(), []
    before = drops(flow6)
    with lab.hosts["vm2"].capture() as capture:
        for number, (name, wrapping, frames, reasons) in enumerate(spoofs_of(network)):
            passed = send_marked(lab, network, capture, number, frames)
            leftover = [bytes(frame) for frame, reason in zip(frames, reasons) if reason is None]
            arrived += [f"{name}, {wrapping}: {frame}" for frame in passed if frame.data not in leftover]
            expected += collections.Counter(reason for reason in reasons if reason)
            capture.frames.clear()
    assert not arrived, "\n".join(arrived)
    try:
        until(lambda: drops(flow6) - before == expected, "every one is counted by its reason", 15.0)
    finally:
        print(f"{drops(flow6) - before}\n{expected}")
    counted, metrics = drops(flow6), flow6.metrics()
    for reason in expected:
        assert [value for name, value in metrics.items() if name.startswith("flow6_drops") and f'"{reason}"' in name] == [counted[reason]], reason
    assert lab.flow_keys() == flows


# What Neighbor Discovery's own checks stop.
_STOPPED_ANYWAY = ("NS",)


def test_without_the_guard_they_do(lab, flow6_of):
    """So the test above would see them."""
    network = dual_stack()
    flow6_of(network, "vm1", "vm2", "vm3", ipv6=False, without=["source-guard", "security-groups", "ipv4-responder"])
    with lab.hosts["vm2"].capture() as capture:
        missing = []
        for number, (name, wrapping, frames, _) in enumerate(spoofs_of(network)):
            if not name.startswith(_STOPPED_ANYWAY) and not send_marked(lab, network, capture, number, frames):
                missing.append(f"{name}, {wrapping}")
            capture.frames.clear()
    assert not missing, "\n".join(missing)
