"""Networks with routers between them, hosts that use these, and what passes from one to another."""

import itertools
import socket

from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from flow6lab import Network

R1_BLUE, R1_RED, R1_TRANSIT = "02:00:00:00:01:01", "02:00:00:00:01:02", "02:00:00:00:01:03"
R2_GREEN, R2_TRANSIT = "02:00:00:00:02:01", "02:00:00:00:02:02"
VM1, VM2, VM3 = "2001:db8:1::11", "2001:db8:2::12", "2001:db8:3::13"


def add_link(network, router, on, mac, addresses, owner="network:router_interface"):
    """A port of a router."""
    return network.port(f"{router}-{on}", on, mac=mac, addresses=addresses, device_owner=owner, device_id=router)


def add_subnets(network, on, prefixes, **fields):
    """A network and its subnets, named with 6 or 4 and a letter from the second on."""
    network.network(on, **fields)
    names = {6: (f"{on}6{letter}" for letter in ("", "b", "c")), 4: (f"{on}4{letter}" for letter in ("", "b"))}
    for prefix in prefixes:
        network.subnet(next(names[6 if ":" in prefix else 4]), on, prefix)
    return network


def two_routers():
    """vm1 on blue and vm2 on red, with router r1 between them, and vm3 on green behind router r2, which a transit network joins to r1."""
    network = Network()
    add_subnets(network, "blue", ["2001:db8:1::/64", "192.0.2.0/25"])
    add_subnets(network, "red", ["2001:db8:2::/64", "192.0.2.128/25"])
    add_subnets(network, "green", ["2001:db8:3::/64", "198.51.100.0/24"])
    add_subnets(network, "transit", ["2001:db8:f::/64", "203.0.113.0/24"])
    network.add("routers", id="r1", routes=[{"destination": "2001:db8:3::/64", "nexthop": "2001:db8:f::2"}, {"destination": "198.51.100.0/24", "nexthop": "203.0.113.2"}])
    network.add("routers", id="r2", routes=[{"destination": "::/0", "nexthop": "2001:db8:f::1"}, {"destination": "0.0.0.0/0", "nexthop": "203.0.113.1"}])
    add_link(network, "r1", "blue", R1_BLUE, [("blue6", "2001:db8:1::1"), ("blue4", "192.0.2.1")])
    add_link(network, "r1", "red", R1_RED, [("red6", "2001:db8:2::1"), ("red4", "192.0.2.129")])
    add_link(network, "r1", "transit", R1_TRANSIT, [("transit6", "2001:db8:f::1"), ("transit4", "203.0.113.1")])
    add_link(network, "r2", "transit", R2_TRANSIT, [("transit6", "2001:db8:f::2"), ("transit4", "203.0.113.2")])
    add_link(network, "r2", "green", R2_GREEN, [("green6", "2001:db8:3::1"), ("green4", "198.51.100.1")])
    return network.port("vm1", "blue", number=0x11).port("vm2", "red", number=0x12).port("vm3", "green", number=0x13)


def use_router(lab, host, gateway, gateway4=None, mac=None):
    """Makes a host send by a router; its IPv4 neighbor is stated, as nothing that is tested here asks for it."""
    run = lab.hosts[host].run
    run("ip", "-6", "route", "add", "default", "via", gateway, "dev", "eth0")
    if gateway4:
        run("ip", "neighbor", "replace", gateway4, "lladdr", mac, "dev", "eth0", "nud", "permanent")
        run("ip", "-4", "route", "add", "default", "via", gateway4, "dev", "eth0")


def use_two_routers(lab):
    use_router(lab, "vm1", "2001:db8:1::1", "192.0.2.1", R1_BLUE)
    use_router(lab, "vm2", "2001:db8:2::1", "192.0.2.129", R1_RED)
    use_router(lab, "vm3", "2001:db8:3::1", "198.51.100.1", R2_GREEN)


def pings(host, target):
    """Whether every ping of one of either family is answered."""
    family = "-6" if ":" in target else "-4"
    return host.run("ping", family, "-n", "-c", 2, "-i", 0.1, "-W", 2, target, check=False).returncode == 0


_MARKS = itertools.count(20000)


def udp(source, destination, mac, source_mac, sport=None, dport=9, **fields):
    """A datagram that no other is like."""
    mark = next(_MARKS)
    ip = (IPv6 if ":" in destination else IP)(src=source, dst=destination, **fields)
    return Ether(src=source_mac, dst=mac) / ip / UDP(sport=sport or mark, dport=dport) / Raw(f"datagram {mark}".encode())


def is_of(frame):
    """A test for captured frames: an incoming one with the payload of this."""
    payload = bytes(frame[Raw])
    return lambda seen: not seen.outgoing and payload in seen.data


def is_right(packet):
    """Whether the checksums of a packet are what they should be."""
    for layer in (IP, TCP, UDP):
        if layer in packet:
            fresh = packet.copy()
            del fresh[layer].chksum
            if Ether(bytes(fresh))[layer].chksum != packet[layer].chksum:
                return False
    return True


def converse(near, far, address, kind):
    """One host asks another at an address, which answers: by TCP after 20,000 octets."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with far.socket(family, kind) as listening, near.socket(family, kind) as asking:
        listening.settimeout(5)
        asking.settimeout(5)
        listening.bind((address, 8080))
        if kind == socket.SOCK_STREAM:
            listening.listen()
            asking.connect((address, 8080))
            with listening.accept()[0] as accepted:
                asking.sendall(b"x" * 20000)
                heard = 0
                while heard < 20000:
                    heard += len(accepted.recv(65536))
                accepted.sendall(b"answer")
                assert asking.recv(100) == b"answer"
        else:
            asking.sendto(b"question", (address, 8080))
            question, asker = listening.recvfrom(100)
            assert question == b"question"
            listening.sendto(b"answer", asker)
            assert asking.recv(100) == b"answer"
