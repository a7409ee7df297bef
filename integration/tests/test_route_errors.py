"""What routers say to real hosts and to scapy about packets that they do not forward (RFC 4443, RFC 1812), and ARP."""

import re
import socket

import pytest
from scapy.layers.inet import ICMP, IP, TCP, UDP, IPerror
from scapy.layers.inet6 import (ICMPv6DestUnreach, ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6PacketTooBig, ICMPv6ParamProblem, ICMPv6TimeExceeded, IPv6, IPv6ExtHdrDestOpt,
                                IPv6ExtHdrFragment, IPv6ExtHdrRouting, HBHOptUnknown)
from scapy.layers.l2 import ARP, Ether
from scapy.packet import Raw

from flow6lab import Network, until
from flow6lab.host import link_local
from routing import R1_BLUE, R1_RED, R2_GREEN, VM1, VM2, VM3, add_link, add_subnets, two_routers, use_router

GATEWAY, GATEWAY_4 = "2001:db8:1::1", "192.0.2.1"
RED_GATEWAY, RED_GATEWAY_4 = "2001:db8:2::1", "192.0.2.129"
VM1_4, VM2_4, VM3_4 = "192.0.2.17", "192.0.2.146", "198.51.100.19"
NOWHERE, NOWHERE_4 = "2001:db8:77::1", "10.1.1.1"


def _use_routers(lab):
    """Nobody's neighbor is stated: ARP is answered."""
    use_router(lab, "vm1", GATEWAY)
    use_router(lab, "vm2", RED_GATEWAY)
    for host, gateway in (("vm1", GATEWAY_4), ("vm2", RED_GATEWAY_4)):
        lab.hosts[host].run("ip", "-4", "route", "add", "default", "via", gateway, "dev", "eth0")
    if "vm3" in lab.hosts:
        use_router(lab, "vm3", "2001:db8:3::1")
        lab.hosts["vm3"].run("ip", "-4", "route", "add", "default", "via", "198.51.100.1", "dev", "eth0")


@pytest.fixture
def routed(lab, flow6_of):
    flow6 = flow6_of(two_routers(), "vm1", "vm2", "vm3")
    _use_routers(lab)
    return lab, flow6


@pytest.fixture
def ungrouped(lab, flow6_of):
    """Hosts that send what tests send, and are let: without source guard and security groups."""
    flow6 = flow6_of(two_routers(), "vm1", "vm2", "vm3", without=("source-guard", "security-groups"), ipv6=False)
    return lab, flow6


def _narrow():
    """vm1 on blue, of MTU 1500, and vm2 on red, of 1280."""
    network = Network()
    add_subnets(network, "blue", ["2001:db8:1::/64", "192.0.2.0/25"], mtu=1500)
    add_subnets(network, "red", ["2001:db8:2::/64", "192.0.2.128/25"], mtu=1280)
    network.add("routers", id="r1")
    add_link(network, "r1", "blue", R1_BLUE, [("blue6", GATEWAY), ("blue4", GATEWAY_4)])
    add_link(network, "r1", "red", R1_RED, [("red6", RED_GATEWAY), ("red4", RED_GATEWAY_4)])
    network.port("vm1", "blue", number=0x11).port("vm2", "red", number=0x12)
    return network.add("security_group_rules", id="all6", security_group_id="default", direction="ingress", ethertype="IPv6") \
        .add("security_group_rules", id="all4", security_group_id="default", direction="ingress", ethertype="IPv4")


def _ping(host, target, *words):
    return host.run("ping", "-6" if ":" in target else "-4", "-n", "-c", 1, "-W", 2, *words, target, check=False).stdout


# Real hosts.

@pytest.mark.parametrize("target, hops", [
    (VM2, [GATEWAY, VM2]), (VM2_4, [GATEWAY_4, VM2_4]), (VM3, [GATEWAY, "2001:db8:f::2", VM3]), (VM3_4, [GATEWAY_4, "203.0.113.2", VM3_4])])
def test_traceroute_shows_the_routers(routed, target, hops):
    lab, _ = routed
    done = lab.hosts["vm1"].run("traceroute", "-6" if ":" in target else "-4", "-n", "-I", "-q", 1, "-w", 3, target, within=60)
    assert re.findall(r"^ *\d+ +(\S+)", done.stdout, re.MULTILINE) == hops, done.stdout


@pytest.mark.parametrize("target, gateway", [(RED_GATEWAY, RED_GATEWAY), (RED_GATEWAY_4, GATEWAY_4)])
def test_traceroute_by_datagrams_ends_at_a_routers_own_address(routed, target, gateway):
    lab, _ = routed
    done = lab.hosts["vm1"].run("traceroute", "-6" if ":" in target else "-4", "-n", "-q", 1, "-w", 3, target, within=60)
    assert re.findall(r"^ *\d+ +(\S+)", done.stdout, re.MULTILINE) == [gateway], done.stdout


@pytest.mark.parametrize("target, gateway, words, said", [
    (VM2, GATEWAY, ("-t", 1), "Time exceeded: Hop limit"), (VM2_4, GATEWAY_4, ("-t", 1), "Time to live exceeded"),
    (NOWHERE, GATEWAY, (), "Destination unreachable: No route"), (NOWHERE_4, GATEWAY_4, (), "Destination Net Unreachable")])
def test_ping_hears_of_the_router(routed, target, gateway, words, said):
    lab, _ = routed
    output = _ping(lab.hosts["vm1"], target, *words)
    assert re.search(rf"From {re.escape(gateway)}:? icmp_seq=1 {said}", output), output


@pytest.mark.parametrize("target", [GATEWAY_4, RED_GATEWAY_4, RED_GATEWAY])
@pytest.mark.parametrize("size", [56, 1400])
def test_every_address_of_a_router_answers_pings(routed, target, size):
    lab, _ = routed
    assert "1 received" in _ping(lab.hosts["vm1"], target, "-s", size)


def test_pings_of_a_routers_ipv4_address_and_arp_are_answered_by_flow(routed):
    lab, flow6 = routed
    punted = flow6.punted()
    vm1 = lab.hosts["vm1"]
    assert "1 received" in _ping(vm1, GATEWAY_4)
    neighbors = vm1.run("ip", "-4", "neighbor", "show", "dev", "eth0").stdout
    assert re.search(rf"^{GATEWAY_4} lladdr {R1_BLUE} ", neighbors, re.MULTILINE), neighbors
    assert flow6.punted() == punted


@pytest.mark.parametrize("target", [GATEWAY, RED_GATEWAY, GATEWAY_4, RED_GATEWAY_4])
def test_routers_have_no_open_ports(routed, target):
    lab, _ = routed
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        client = lab.hosts["vm1"].socket(family, kind)
        client.settimeout(5)
        with pytest.raises(ConnectionRefusedError):
            client.connect((target, 4242))
            client.send(b"anybody there?")
            client.recv(100)
        client.close()


@pytest.mark.parametrize("target, family", [(VM2, "-6"), (VM2_4, "-4")])
def test_a_tcp_connection_learns_the_path_mtu(lab, flow6_of, target, family):
    """A sender that believes in segments of 1500 octets, as the receiver's interface has that too."""
    flow6 = flow6_of(_narrow(), "vm1", "vm2")
    _use_routers(lab)
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    kind = socket.AF_INET6 if family == "-6" else socket.AF_INET
    server = vm2.socket(kind, socket.SOCK_STREAM)
    server.settimeout(10)
    server.bind((target, 8080))
    server.listen()
    client = vm1.socket(kind, socket.SOCK_STREAM)
    client.settimeout(10)
    client.connect((target, 8080))
    accepted = server.accept()[0]
    accepted.settimeout(10)
    sent = b"x" * 100_000
    with vm2.capture("tcp or ip6 proto 6") as there:
        client.sendall(sent)
        got = 0
        while got < len(sent):
            got += len(accepted.recv(65536))
        assert max(len(frame.data) for frame in there.received() if not frame.outgoing) <= 14 + 1280
    route = vm1.run("ip", family, "route", "get", target).stdout
    assert "mtu 1280" in route, route
    assert re.search(r"pmtu:1280", vm1.run("ss", family, "-tni", "dst", f"[{target}]").stdout)
    assert flow6.status()["punts"]["route-too-big"] >= 1


def test_datagrams_that_may_be_fragmented_are(lab, flow6_of):
    flow6_of(_narrow(), "vm1", "vm2")
    _use_routers(lab)
    server = lab.hosts["vm2"].socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.settimeout(10)
    server.bind((VM2_4, 9000))
    client = lab.hosts["vm1"].socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.setsockopt(socket.IPPROTO_IP, 10, 0)  # IP_MTU_DISCOVER, IP_PMTUDISC_DONT
    client.sendto(b"y" * 1400, (VM2_4, 9000))
    assert server.recv(2000) == b"y" * 1400


# scapy.

def _error(host, packet, layer, mac=R1_BLUE, within=3.0):
    answer = host.ask(Ether(src=host.mac, dst=mac) / packet, lambda seen: layer in seen and seen[Ether].src == mac, within)
    return answer and answer.packet


@pytest.mark.parametrize("packet, layer, kind, code, pointer", [
    (lambda: IPv6(dst=VM2, hlim=1) / UDP(dport=9) / Raw(bytes(1400)), ICMPv6TimeExceeded, 3, 0, None),
    (lambda: IPv6(dst=NOWHERE) / UDP(dport=9) / Raw(bytes(1400)), ICMPv6DestUnreach, 1, 0, None),
    (lambda: IPv6(dst="2001:db8:2::77") / UDP(dport=9), ICMPv6DestUnreach, 1, 3, None),
    (lambda: IPv6(dst=GATEWAY) / UDP(dport=9) / Raw(bytes(1400)), ICMPv6DestUnreach, 1, 4, None),
    (lambda: IPv6(dst=GATEWAY, nh=253) / Raw(b"what?"), ICMPv6ParamProblem, 4, 1, 6),
    (lambda: IPv6(dst=GATEWAY, nh=60) / IPv6ExtHdrDestOpt(nh=253) / Raw(b"what?"), ICMPv6ParamProblem, 4, 1, 40),
    (lambda: IPv6(dst=GATEWAY) / IPv6ExtHdrDestOpt(options=[HBHOptUnknown(otype=0x9e, optdata=b"\0\0")]) / UDP(), ICMPv6ParamProblem, 4, 2, 42),
    (lambda: IPv6(dst=GATEWAY) / IPv6ExtHdrRouting(addresses=[VM2]) / UDP(), ICMPv6ParamProblem, 4, 0, 42),
], ids=str)
def test_errors_of_ipv6_are_right(ungrouped, packet, layer, kind, code, pointer):
    lab, _ = ungrouped
    sent = packet()
    sent.src = VM1
    error = _error(lab.hosts["vm1"], sent, layer, within=6.0)
    assert error is not None
    assert (error[layer].type, error[layer].code) == (kind, code)
    assert pointer is None or error[layer].ptr == pointer
    assert (error[IPv6].src, error[IPv6].dst, error[IPv6].hlim) == (GATEWAY, VM1, 64)
    octets = bytes(error[IPv6])
    assert len(octets) == min(1280, 48 + len(bytes(sent)))
    quoted = bytearray(octets[48:])
    quoted[7] = bytes(sent)[7]  # the hop limit may have been taken one from
    assert bytes(quoted) == bytes(sent)[:1232]
    checked = IPv6(octets)
    del checked[layer].cksum
    assert IPv6(bytes(checked))[layer].cksum == error[layer].cksum


def test_link_local_sources_are_told_how_far_they_reach(ungrouped):
    lab, _ = ungrouped
    vm1 = lab.hosts["vm1"]
    error = _error(vm1, IPv6(src=vm1.link_local, dst=VM2) / UDP(dport=9), ICMPv6DestUnreach)
    assert (error[ICMPv6DestUnreach].code, error[IPv6].src, error[IPv6].dst) == (2, link_local(R1_BLUE), vm1.link_local)


@pytest.mark.parametrize("packet, kind, code", [
    (lambda: IP(dst=VM2_4, ttl=1) / UDP(dport=9) / Raw(bytes(1400)), 11, 0),
    (lambda: IP(dst=NOWHERE_4) / UDP(dport=9), 3, 0),
    (lambda: IP(dst="192.0.2.200") / UDP(dport=9), 3, 1),
    (lambda: IP(dst=GATEWAY_4, proto=253) / Raw(b"what?"), 3, 2),
    (lambda: IP(dst=GATEWAY_4) / UDP(dport=9), 3, 3),
], ids=str)
def test_errors_of_ipv4_are_right(ungrouped, packet, kind, code):
    lab, _ = ungrouped
    sent = packet()
    sent.src = VM1_4
    vm1 = lab.hosts["vm1"]
    error = _error(vm1, sent, IPerror, within=6.0)
    assert error is not None
    assert (error[ICMP].type, error[ICMP].code) == (kind, code)
    assert (error[IP].src, error[IP].dst, error[IP].ttl, error[IP].tos) == (GATEWAY_4, VM1_4, 64, 0xc0)
    octets = bytes(error)[14:14 + error[IP].len]
    assert len(octets) == min(576, 28 + len(bytes(sent)))
    assert octets[28 + 12:28 + 20] == bytes(sent)[12:20]
    checked = IP(octets)
    del checked.chksum, checked[ICMP].chksum
    assert (IP(bytes(checked)).chksum, IP(bytes(checked))[ICMP].chksum) == (error[IP].chksum, error[ICMP].chksum)


def _unanswered():
    """Packets that no error may be about, and why they are dropped."""
    inner = bytes(IPv6(src=VM2, dst=VM1) / UDP(dport=9))
    inner4 = bytes(IP(src=VM2_4, dst=VM1_4) / UDP(dport=9))
    about = "error-about-error"
    return [
        *[(IPv6(src=VM1, dst=VM2, hlim=1) / error / Raw(inner), about)
          for error in (ICMPv6DestUnreach(code=4), ICMPv6TimeExceeded(), ICMPv6PacketTooBig(mtu=1280), ICMPv6ParamProblem())],
        (IPv6(src=VM1, dst=VM2, hlim=1, nh=58) / Raw(b"\x89\0\0\0" + bytes(36)), about),
        (IPv6(src=VM1, dst=VM2, hlim=1) / IPv6ExtHdrFragment(nh=58, offset=100, m=0) / Raw(bytes(16)), about),
        (IPv6(src=VM1, dst=NOWHERE) / ICMPv6DestUnreach() / Raw(inner), about),
        (IP(src=VM1_4, dst=VM2_4, ttl=1) / ICMP(type=3, code=1) / Raw(inner4), about),
        (IP(src=VM1_4, dst=VM2_4, ttl=1) / ICMP(type=5) / Raw(inner4), about),
        (IP(src=VM1_4, dst=VM2_4, ttl=1, frag=5, proto=17) / Raw(bytes(16)), "error-fragment"),
        (IPv6(src=VM1, dst=GATEWAY) / ICMPv6EchoReply(), "router-ignores"),
        (IPv6(src=VM1, dst=GATEWAY) / ICMPv6DestUnreach() / Raw(inner), "router-ignores"),
        (IPv6(src=VM1, dst=GATEWAY) / TCP(flags="R"), "router-ignores"),
        (IPv6(src=VM1, dst=GATEWAY, nh=59), "router-ignores"),
        (IPv6(src=VM1, dst=GATEWAY) / IPv6ExtHdrDestOpt(options=[HBHOptUnknown(otype=0x5e, optdata=b"\0\0")]) / UDP(), "router-unknown-option"),
        (IPv6(src=VM1, dst=GATEWAY) / UDP(chksum=1), "error-malformed"),
        (IP(src=VM1_4, dst=GATEWAY_4) / ICMP(type=3, code=3) / Raw(inner4), "router-ignores"),
        (IP(src=VM1_4, dst=GATEWAY_4) / TCP(flags="RA"), "router-ignores"),
    ]


def test_what_must_not_be_answered_is_counted(ungrouped):
    lab, flow6 = ungrouped
    vm1 = lab.hosts["vm1"]
    wanted = {}
    with vm1.capture("icmp or icmp6 or tcp") as capture:
        for packet, reason in _unanswered():
            vm1.send(Ether(src=vm1.mac, dst=R1_BLUE) / packet)
            wanted[reason] = wanted.get(reason, 0) + 1
        for group, mac in (("ff0e::1", "33:33:00:00:00:01"), (VM2, "33:33:00:00:00:01"), (VM2, "ff:ff:ff:ff:ff:ff")):
            vm1.send(Ether(src=vm1.mac, dst=mac) / IPv6(src=VM1, dst=group, hlim=1) / UDP(dport=9))
        vm1.send(Ether(src=vm1.mac, dst="01:00:5e:01:02:03") / IP(src=VM1_4, dst="239.1.2.3", ttl=1) / UDP(dport=9))
        for source in ("::", "::1", "ff02::1"):
            vm1.send(Ether(src=vm1.mac, dst=R1_BLUE) / IPv6(src=source, dst=NOWHERE, hlim=1) / UDP(dport=9))
        for source in ("0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255"):
            vm1.send(Ether(src=vm1.mac, dst=R1_BLUE) / IP(src=source, dst=NOWHERE_4, ttl=1) / UDP(dport=9))
        for reason, count in wanted.items():
            until(lambda: flow6.dropped(reason) >= count, f"{count} of {reason} are counted: {flow6.status()['drops']}", within=15)
        answers = [frame for frame in capture.received() if not frame.outgoing and frame.packet.src in (R1_BLUE, R1_RED)]
        assert not answers, [str(frame) for frame in answers]


def test_a_second_router_speaks_for_itself(ungrouped):
    lab, _ = ungrouped
    error = _error(lab.hosts["vm1"], IPv6(src=VM1, dst=VM3, hlim=2) / UDP(dport=9), ICMPv6TimeExceeded)
    assert (error[IPv6].src, error[IPv6].dst, error.dst) == ("2001:db8:f::2", VM1, lab.hosts["vm1"].mac)


def test_errors_are_limited_for_each_port(ungrouped):
    lab, flow6 = ungrouped
    vm1, vm3 = lab.hosts["vm1"], lab.hosts["vm3"]
    frame = bytes(Ether(src=vm1.mac, dst=R1_BLUE) / IPv6(src=VM1, dst=VM2, hlim=1) / UDP(dport=9))
    with vm1.capture("icmp6") as capture:
        flood = vm1.start_flood([frame], 2, 2000)
        other = _error(vm3, IPv6(src=VM3, dst=VM2, hlim=1) / UDP(dport=9), ICMPv6TimeExceeded, mac=R2_GREEN)
        assert other is not None, "another port's errors are its own"
        assert flood.wait(20) == 0
        capture.wait_quiet(0.5)
        errors = [seen for seen in capture.received() if not seen.outgoing and ICMPv6TimeExceeded in seen.packet]
    assert 20 <= len(errors) <= 150, f"{len(errors)} errors"


# ARP.

def _asks(host, address, source, within=2.0, **fields):
    request = ARP(op=1, hwsrc=host.mac, psrc=source, pdst=address, **fields)
    answer = host.ask(Ether(src=host.mac, dst="ff:ff:ff:ff:ff:ff") / request, lambda seen: ARP in seen and seen[ARP].op == 2, within)
    return answer and answer.packet


@pytest.mark.parametrize("source", [VM1_4, "0.0.0.0"], ids=["request", "probe"])
def test_arp_for_a_router_is_answered_by_flow(ungrouped, source):
    """Probes too, so that no host takes the router's address (RFC 5227 section 2.1.1)."""
    lab, flow6 = ungrouped
    vm1, punted = lab.hosts["vm1"], flow6.punted()
    answer = _asks(vm1, GATEWAY_4, source)
    assert (answer.src, answer.dst) == (R1_BLUE, vm1.mac)
    assert (answer[ARP].hwsrc, answer[ARP].psrc, answer[ARP].hwdst, answer[ARP].pdst) == (R1_BLUE, GATEWAY_4, vm1.mac, source)
    assert flow6.punted() == punted


def test_whoever_claims_a_routers_address_is_told_and_not_heard(lab, flow6_of):
    network = two_routers().port("vm4", "blue", number=0x14)
    flow6 = flow6_of(network, "vm1", "vm4", without=("source-guard", "security-groups"), ipv6=False)
    vm1, vm4 = lab.hosts["vm1"], lab.hosts["vm4"]
    with vm4.capture("arp") as other:
        answer = _asks(vm1, GATEWAY_4, GATEWAY_4)
        assert (answer[ARP].hwsrc, answer[ARP].psrc) == (R1_BLUE, GATEWAY_4)
        lie = ARP(op=2, hwsrc=vm1.mac, psrc=GATEWAY_4, hwdst=vm4.mac, pdst="192.0.2.20")
        asked = ARP(op=1, hwsrc=vm1.mac, psrc=GATEWAY_4, pdst="192.0.2.99")
        vm1.send(Ether(src=vm1.mac, dst=vm4.mac) / lie, Ether(src=vm1.mac, dst="ff:ff:ff:ff:ff:ff") / asked)
        until(lambda: flow6.dropped("arp-conflict") == 2, "both are counted", within=15)
        assert not [frame for frame in other.received() if not frame.outgoing and frame.packet[ARP].psrc == GATEWAY_4 and frame.packet.src != R1_BLUE]


def test_arp_for_a_known_host_is_not_flooded(lab, flow6_of):
    network = two_routers().port("vm4", "blue", number=0x14)
    flow6_of(network, "vm1", "vm4", without=("source-guard", "security-groups"), ipv6=False)
    vm1, vm4 = lab.hosts["vm1"], lab.hosts["vm4"]
    with vm4.capture("arp") as asked:
        answer = _asks(vm1, "192.0.2.20", VM1_4)
        assert (answer[ARP].hwsrc, answer[ARP].psrc, answer[ARP].pdst) == (vm4.mac, "192.0.2.20", VM1_4)
        vm1.send(Ether(src=vm1.mac, dst="ff:ff:ff:ff:ff:ff") / ARP(op=1, hwsrc=vm1.mac, psrc=VM1_4, pdst=VM1_4))
        assert asked.wait(lambda frame: not frame.outgoing and frame.packet[ARP].pdst == VM1_4), "an announcement is for all"
        assert not [frame for frame in asked.received() if not frame.outgoing and frame.packet[ARP].pdst == "192.0.2.20"]


def test_a_new_router_announces_its_address(lab, flow6_of):
    network = two_routers()
    without = network.copy().remove_port("r1-blue")
    del without.content["routers"][0]["routes"]
    del without.content["routers"][1]["routes"]
    flow6 = flow6_of(without, "vm1")
    with lab.hosts["vm1"].capture("arp") as heard:
        flow6.edit_network(network)
        announced = heard.wait(lambda frame: not frame.outgoing and frame.packet[ARP].psrc == GATEWAY_4, 10)
        assert announced is not None
        arp = announced.packet[ARP]
        assert (arp.op, arp.pdst, arp.hwsrc, announced.packet.dst) == (1, GATEWAY_4, R1_BLUE, "ff:ff:ff:ff:ff:ff")
