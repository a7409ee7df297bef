"""Listeners to multicast groups, with the kernel's own MLD, and what they hear."""

import contextlib
import socket
import struct

from scapy.layers.inet import UDP
from scapy.layers.inet6 import (ICMPv6MLDMultAddrRec, ICMPv6MLReport2, IPv6, IPv6ExtHdrHopByHop, PadN, RouterAlert)
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from flow6lab import until
from solicitations import multicast_mac

PORT = 5353
_MCAST_JOIN_SOURCE_GROUP, _MCAST_BLOCK_SOURCE = 46, 43


def _interface(host):
    return host.enter(lambda: socket.if_nametoindex("eth0"))


def _storage(address):
    """A sockaddr_storage of an address."""
    return struct.pack("=HHI16sI", socket.AF_INET6, 0, 0, socket.inet_pton(socket.AF_INET6, address), 0).ljust(128, b"\0")


def _group_req(host, *addresses):
    """A struct group_req or group_source_req, which align what follows the interface's number."""
    return struct.pack("=I4x", _interface(host)) + b"".join(map(_storage, addresses))


class Listener:
    """A socket that listens to a group: of all sources, of one, or of all but one. A context manager: closing it leaves."""

    def __init__(self, host, group, include=None, exclude=None):
        self._socket = host.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("::", PORT))
        if include:
            self._socket.setsockopt(socket.IPPROTO_IPV6, _MCAST_JOIN_SOURCE_GROUP, _group_req(host, group, include))
        else:
            self._socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
                                    socket.inet_pton(socket.AF_INET6, group) + struct.pack("=I", _interface(host)))
        if exclude:
            self._socket.setsockopt(socket.IPPROTO_IPV6, _MCAST_BLOCK_SOURCE, _group_req(host, group, exclude))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.leave()

    def leave(self):
        self._socket.close()


def link_scope(host, destination, message, source=None, hop_limit=1, alert=True):
    """A message of hop limit 1 with a Router Alert, as listeners and multicast routers send them."""
    header = [IPv6ExtHdrHopByHop(options=[RouterAlert(), PadN(optdata=b"")])] if alert else []
    packet = IPv6(src=source or host.link_local, dst=destination, hlim=hop_limit)
    for layer in [*header, message]:
        packet /= layer
    return Ether(src=host.mac, dst=multicast_mac(destination)) / packet


def report(host, *groups, kind=4, sources=(), **options):
    """A report that nothing on the host stands behind; what is asked about it is not answered."""
    records = [ICMPv6MLDMultAddrRec(rtype=kind, dst=group, sources=list(sources)) for group in groups]
    return link_scope(host, "ff02::16", ICMPv6MLReport2(records=records), **options)


def datagram(host, source, group, text):
    """A UDP packet to a group."""
    return (Ether(src=host.mac, dst=multicast_mac(group)) / IPv6(src=source, dst=group, hlim=8) / UDP(sport=5000, dport=PORT)
            / Raw(text.encode()))


class Ears:
    """Hears which of some hosts get what is sent: what is on their wire, whether they want it or not."""

    def __init__(self, **hosts):
        self._hosts = hosts
        self._sent = 0

    def hear(self, sender, source, group, marker):
        """The names of the hosts that a packet came to. A packet to all nodes comes after it, by which all have had their chance."""
        self._sent += 1
        text, end = f"{marker} {self._sent}", f"end {self._sent}"
        with contextlib.ExitStack() as stack:
            captures = {name: stack.enter_context(host.capture("udp")) for name, host in self._hosts.items() if host is not sender}
            sender.send(datagram(sender, source, group, text), datagram(sender, source, "ff02::1", end))
            for name, capture in captures.items():
                assert capture.wait(lambda seen: end.encode() in seen.data), f"{name} gets what is for all"
            return {name for name, capture in captures.items()
                    if any(text.encode() in seen.data and not seen.outgoing for seen in capture.frames)}

    def wait_heard(self, sender, source, group, wanted, what="those who listen hear", within=10.0):
        """Waits until these hosts, and no others, get what is sent."""
        heard = []
        try:
            until(lambda: heard.append(self.hear(sender, source, group, "wait")) or heard[-1] == wanted, what, within)
        except Exception as problem:
            raise AssertionError(f"{what}: heard by {heard[-1] if heard else None}, not by {wanted}") from problem


def wait_asked(lab):
    """Waits until every port was asked what it listens to: from then on none gets everything for want of knowing better."""
    until(lambda: not lab.flows("table=73"), "every port has been asked")
