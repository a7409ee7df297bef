"""Connections under security groups: what belongs to an allowed one passes, and what no rule allows any more stops at once."""

import socket

import pytest
from scapy.layers.inet import TCP, UDP
from scapy.layers.inet6 import ICMPv6DestUnreach, ICMPv6PacketTooBig, IPv6
from scapy.layers.l2 import Ether

from flow6lab import until
from secgroups import ANY, Groups, udp

VM1, VM2 = "2001:db8:1::1", "2001:db8:1::2"
TCP_PORT = {"protocol": "tcp", "port_range_min": 80, "port_range_max": 80}
OTHER_PORT = {"protocol": "tcp", "port_range_min": 81, "port_range_max": 81}
UDP_PORT = {"protocol": "udp", "port_range_min": 82, "port_range_max": 82}


class Connection:
    """A TCP connection, or a pair of connected UDP sockets, from vm1 to a port of vm2."""

    def __init__(self, lab, port, kind=socket.SOCK_STREAM, opener="vm1", listener="vm2", address=VM2):
        listening = lab.hosts[listener].socket(socket.AF_INET6, kind)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        self.near = lab.hosts[opener].socket(socket.AF_INET6, kind)
        self.near.settimeout(5)
        if kind == socket.SOCK_STREAM:
            listening.listen()
        self.near.connect((address, port))
        if kind == socket.SOCK_STREAM:
            self.far = listening.accept()[0]
        else:
            self.near.send(b"hello")
            listening.settimeout(5)
            listening.connect(listening.recvfrom(100)[1])
            self.far = listening
        self._number = 0

    def carries(self, backward=False, within=5.0):
        """Whether something that is sent now arrives."""
        sender, receiver = (self.far, self.near) if backward else (self.near, self.far)
        self._number += 1
        text = f"{self._number};".encode()
        receiver.settimeout(within)
        sender.send(text)
        heard = b""
        try:
            while not heard.endswith(text):
                heard += receiver.recv(100)
        except TimeoutError:
            return False
        return True


@pytest.fixture
def served(lab):
    """vm1 may do everything; vm2 is asked by the group "web", which only vm1's group may reach."""
    groups = Groups(lab, ports=3)
    groups.network.port_of("vm3")["port_security_enabled"] = False
    groups.group("clients", *ANY).put("vm1", "clients")
    remote = {"remote_group_id": "clients"}
    groups.group("web", TCP_PORT, OTHER_PORT, UDP_PORT).group("friends", {**TCP_PORT, **remote}, {**UDP_PORT, **remote}).put("vm2", "web")
    groups.start(ipv6=True)
    return groups


def test_a_removed_rule_stops_established_connections_and_no_others(lab, served):
    first, other, stream = Connection(lab, 80), Connection(lab, 81), Connection(lab, 82, socket.SOCK_DGRAM)
    assert all(each.carries() and each.carries(backward=True) for each in (first, other, stream))
    served.group("web", OTHER_PORT)
    served.apply()
    assert not first.carries(within=0.5) and not first.carries(backward=True, within=0.5)
    assert not stream.carries(within=0.3) and not stream.carries(backward=True, within=0.3)
    assert other.carries() and other.carries(backward=True)
    # They are not forgotten: the rules allow them again.
    served.group("web", OTHER_PORT, TCP_PORT, UDP_PORT)
    served.apply()
    assert first.carries(within=20) and stream.carries() and stream.carries(backward=True)


def test_a_removed_egress_rule_stops_what_the_port_opened(lab, served):
    out = [{"direction": "egress", **rule} for rule in (TCP_PORT, OTHER_PORT, UDP_PORT)]
    served.group("clients", *out)
    served.apply()
    first, other, stream = Connection(lab, 80), Connection(lab, 81), Connection(lab, 82, socket.SOCK_DGRAM)
    served.group("clients", out[1])
    served.apply()
    assert not first.carries(backward=True, within=0.5) and not first.carries(within=0.5)
    assert not stream.carries(backward=True, within=0.3) and not stream.carries(within=0.3)
    assert other.carries() and other.carries(backward=True)


def test_a_removed_member_stops_its_connections(lab, served):
    served.put("vm2", "friends")
    served.apply()
    first, stream = Connection(lab, 80), Connection(lab, 82, socket.SOCK_DGRAM)
    assert all(each.carries() and each.carries(backward=True) for each in (first, stream))
    served.group("strangers", *ANY).put("vm1", "strangers")
    served.apply()
    assert not first.carries(backward=True, within=0.5) and not first.carries(within=0.5)
    assert not stream.carries(backward=True, within=0.3) and not stream.carries(within=0.3)
    served.put("vm1", "clients")
    served.apply()
    assert first.carries(within=20) and stream.carries()


def test_a_changed_group_of_the_port_itself_stops_its_connections(lab, served):
    first = Connection(lab, 80)
    served.group("closed").put("vm2", "closed")
    served.apply()
    assert not first.carries(within=0.5) and not first.carries(backward=True, within=0.5)


def _error(lab, served, about, kind):
    """An ICMPv6 error from vm3, the router's port, to vm1, about a packet that vm1 sent."""
    return Ether(src=lab.hosts["vm3"].mac, dst=lab.hosts["vm1"].mac) / IPv6(src="2001:db8:1::3", dst=VM1) / kind / about


def test_packet_too_big_reaches_the_connection_that_it_is_about(lab, served):
    served.group("clients", {"direction": "egress"})  # nothing may be opened to vm1
    served.apply()
    connection = Connection(lab, 82, socket.SOCK_DGRAM)
    vm1 = lab.hosts["vm1"]
    with vm1.capture("udp port 82") as capture:
        connection.near.send(b"x" * 1000)
        sent = capture.wait(lambda frame: frame.outgoing and len(frame.data) > 1000)
    assert served.passes("vm3", "vm1", _error(lab, served, sent.packet[IPv6], ICMPv6PacketTooBig(mtu=1300)))
    until(lambda: "mtu 1300" in vm1.run("ip", "-6", "route", "get", VM2).stdout, "the host believes it")
    # The same about what vm1 never sent.
    forged = sent.packet[IPv6].copy()
    forged[UDP].sport = 7
    for kind in (ICMPv6PacketTooBig(mtu=1280), ICMPv6DestUnreach(code=1)):
        assert not served.passes("vm3", "vm1", _error(lab, served, forged, kind))
    until(lambda: served.flow6.dropped("security-group-invalid") == 2, "both are counted")


def test_errors_about_a_tcp_connection_pass_both_ways(lab, served):
    connection = Connection(lab, 80)
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    with vm1.capture("tcp") as capture:
        assert connection.carries() and connection.carries(backward=True)
        sent = capture.wait(lambda frame: frame.outgoing and frame.packet[TCP].payload)
        answered = capture.wait(lambda frame: not frame.outgoing and frame.packet[TCP].payload)
    for source, target, about in ((vm2, vm1, sent), (vm1, vm2, answered)):
        addresses = {"src": about.packet[IPv6].dst, "dst": about.packet[IPv6].src}
        error = Ether(src=source.mac, dst=target.mac) / IPv6(**addresses) / ICMPv6PacketTooBig(mtu=1400) / about.packet[IPv6]
        assert served.passes(source.name, target.name, error)


def test_an_error_about_a_connection_stops_with_the_rule(lab, served):
    served.group("clients", {"direction": "egress", "protocol": "udp"})
    served.apply()
    sent = served.packet("vm1", "vm2", udp(82))
    assert served.passes("vm1", "vm2", sent)
    error = _error(lab, served, sent[IPv6], ICMPv6DestUnreach(code=4))
    assert served.passes("vm3", "vm1", error)
    served.group("clients", {"direction": "egress", "protocol": "tcp"})
    served.apply()
    assert not served.passes("vm3", "vm1", error)


def test_a_full_connection_table_stops_new_connections_alone(lab, served):
    old = Connection(lab, 80)
    count = int(lab.ovs.appctl("dpctl/ct-get-nconns"))
    lab.ovs.appctl("dpctl/ct-set-maxconns", str(count))
    try:
        with pytest.raises(TimeoutError):
            Connection(lab, 81)
        assert old.carries() and old.carries(backward=True)
    finally:
        lab.ovs.appctl("dpctl/ct-set-maxconns", "100000")
    assert Connection(lab, 81, opener="vm1").carries()
