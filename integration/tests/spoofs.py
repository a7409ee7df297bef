"""What a host sends that is not its own: every claim it can make, in every wrapping that could hide it from a switch."""

import dataclasses

from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.dhcp6 import DHCP6_Advertise, DHCP6_Reply, DHCP6OptServerId, DUID_LL
from scapy.layers.inet import IP, UDP, IPOption_NOP
from scapy.layers.inet6 import (ICMPv6EchoRequest, ICMPv6ND_INDAdv, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_Redirect, ICMPv6ND_RS,
                                ICMPv6NDOptDstLLAddr, ICMPv6NDOptPrefixInfo, ICMPv6NDOptSrcLLAddr, ICMPv6Unknown, IPv6, IPv6ExtHdrDestOpt,
                                IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting, PadN)
from scapy.layers.l2 import ARP, Dot1AD, Dot1Q, Ether
from scapy.packet import Raw

from flow6lab.host import link_local

ALL_NODES = "ff02::1"
_AUTHENTICATION = 51


@dataclasses.dataclass(frozen=True)
class Who:
    """A host's addresses."""

    mac: str
    ipv6: str
    ipv4: str

    @property
    def link_local(self):
        return link_local(self.mac)


@dataclasses.dataclass(frozen=True)
class Spoof:
    """A packet that must reach nobody. `by_source`: it is known by its source, whatever is in it."""

    packet: object
    reason: str
    mac: str
    to: str
    by_source: bool = False


def ipv6_spoofs(me, other, victim):
    """By name; `other` is whom `me` pretends to be, all of it goes to `victim`."""
    own = IPv6(src=me.ipv6, dst=victim.ipv6, hlim=255)
    near = IPv6(src=me.link_local, dst=victim.link_local, hlim=255)
    to_all = IPv6(src=me.ipv6, dst=ALL_NODES, hlim=255)
    datagram = UDP(sport=9, dport=9) / Raw(b"spoofed!")
    advertisement = ICMPv6ND_NA(tgt=me.ipv6, R=0, S=0, O=1)
    server = DHCP6OptServerId(duid=DUID_LL(lladdr=me.mac))

    def target(address):
        return ICMPv6ND_NS(tgt=address)

    by_source = {
        "source MAC": (own / datagram, "guard-mac", other.mac),
        "multicast source MAC": (own / datagram, "guard-multicast-mac", "03:00:00:00:00:01"),
        "IPv6 source": (IPv6(src=other.ipv6, dst=victim.ipv6) / datagram, "guard-source", me.mac),
        "unknown IPv6 source": (IPv6(src="2001:db8:1::dead", dst=victim.ipv6) / ICMPv6EchoRequest(), "guard-source", me.mac),
        "foreign link-local source": (IPv6(src=other.link_local, dst=victim.link_local) / datagram, "guard-source", me.mac),
        "unclaimed link-local source": (IPv6(src="fe80::dead", dst=victim.link_local) / datagram, "guard-source", me.mac),
        "data from ::": (IPv6(src="::", dst=victim.ipv6) / datagram, "guard-source", me.mac),
        "echo from ::": (IPv6(src="::", dst=ALL_NODES) / ICMPv6EchoRequest(), "guard-source", me.mac),
        "advertisement from ::": (IPv6(src="::", dst=ALL_NODES, hlim=255) / advertisement, "guard-source", me.mac),
        "multicast source": (IPv6(src="ff02::9", dst=victim.ipv6) / datagram, "guard-source", me.mac),
        "NS from another": (IPv6(src=other.ipv6, dst=victim.ipv6, hlim=255) / target(victim.ipv6) / _slla(me.mac), "guard-source", me.mac),
        "NA from another": (IPv6(src=other.ipv6, dst=ALL_NODES, hlim=255) / ICMPv6ND_NA(tgt=other.ipv6) / _tlla(me.mac), "guard-source", me.mac),
    }
    by_content = {
        "NA target": (to_all / ICMPv6ND_NA(tgt=other.ipv6, R=0, S=0, O=1) / _tlla(me.mac), "guard-target"),
        "NA target without option": (own / ICMPv6ND_NA(tgt=other.ipv6, R=0, S=1, O=1), "guard-target"),
        "NA target link-local": (near / ICMPv6ND_NA(tgt=other.link_local, R=1, S=1, O=1) / _tlla(me.mac), "guard-target"),
        "TLLA": (to_all / advertisement / _tlla(other.mac), "guard-link-address"),
        "TLLA of zeros": (to_all / advertisement / _tlla("00:00:00:00:00:00"), "guard-link-address"),
        "TLLA twice": (to_all / advertisement / _tlla(me.mac) / _tlla(other.mac), "guard-options"),
        "NS SLLA": (own / target(victim.ipv6) / _slla(other.mac), "guard-link-address"),
        "NS SLLA of zeros first": (own / target(victim.ipv6) / _slla("00:00:00:00:00:00"), "guard-link-address"),
        "NS SLLA twice": (own / target(victim.ipv6) / _slla(me.mac) / _slla(other.mac), "guard-options"),
        "NS code": (own / ICMPv6ND_NS(tgt=victim.ipv6, code=1) / _slla(other.mac), "guard-code"),
        "NA hop limit": (IPv6(src=me.ipv6, dst=ALL_NODES, hlim=254) / advertisement / _tlla(me.mac), "guard-hop-limit"),
        "RS SLLA": (IPv6(src=me.link_local, dst="ff02::2", hlim=255) / ICMPv6ND_RS() / _slla(other.mac), "guard-link-address"),
        "RA": (near / ICMPv6ND_RA() / ICMPv6NDOptPrefixInfo(prefix="2001:db8:bad::", prefixlen=64) / _slla(me.mac), "guard-router"),
        "RA to all": (IPv6(src=me.link_local, dst=ALL_NODES, hlim=255) / ICMPv6ND_RA(), "guard-router"),
        "Redirect": (near / ICMPv6ND_Redirect(tgt=me.link_local, dst=other.ipv6), "guard-router"),
        "multicast router": (IPv6(src=me.link_local, dst=ALL_NODES, hlim=1) / ICMPv6Unknown(type=151, msgbody=b"\x14\0\0\0\0\0\0"), "guard-router"),
        "inverse advertisement": (own / ICMPv6ND_INDAdv() / _slla(me.mac) / _tlla(me.mac), "guard-inverse-nd"),
        "DHCPv6 Advertise": (near / UDP(sport=547, dport=546) / DHCP6_Advertise() / server, "guard-dhcp-server"),
        "DHCPv6 Reply": (near / UDP(sport=1047, dport=546) / DHCP6_Reply() / server, "guard-dhcp-server"),
    }
    return ({name: Spoof(packet, reason, mac, _to(packet, victim), True) for name, (packet, reason, mac) in by_source.items()}
            | {name: Spoof(packet, reason, me.mac, _to(packet, victim)) for name, (packet, reason) in by_content.items()})


def ipv4_spoofs(me, other, victim):
    """Likewise."""
    offer = UDP(sport=67, dport=68) / BOOTP(op=2, yiaddr=victim.ipv4) / DHCP(options=[("message-type", "offer"), "end"])
    datagram = UDP(sport=9, dport=9) / Raw(b"spoofed!")
    return {
        "IPv4 source": Spoof(IP(src=other.ipv4, dst=victim.ipv4) / datagram, "guard-source", me.mac, victim.mac, True),
        "data from 0.0.0.0": Spoof(IP(src="0.0.0.0", dst=victim.ipv4) / datagram, "guard-source", me.mac, victim.mac, True),
        "DHCPv4 Offer": Spoof(IP(src=me.ipv4, dst=victim.ipv4) / offer, "guard-dhcp-server", me.mac, victim.mac),
        "DHCPv4 Offer to all": Spoof(IP(src=me.ipv4, dst="255.255.255.255") / offer, "guard-dhcp-server", me.mac, "ff:ff:ff:ff:ff:ff"),
    }


def arp_spoofs(me, other, victim):
    """Likewise; no wrapping but a VLAN tag hides ARP."""
    packets = {
        "ARP sha": ARP(op=2, hwsrc=other.mac, psrc=me.ipv4, hwdst=victim.mac, pdst=victim.ipv4),
        "ARP spa": ARP(op=2, hwsrc=me.mac, psrc=other.ipv4, hwdst=victim.mac, pdst=victim.ipv4),
        "ARP request spa": ARP(op=1, hwsrc=me.mac, psrc=other.ipv4, pdst=victim.ipv4),
        "gratuitous ARP": ARP(op=1, hwsrc=me.mac, psrc=other.ipv4, pdst=other.ipv4),
        "ARP probe sha": ARP(op=1, hwsrc=other.mac, psrc="0.0.0.0", pdst=victim.ipv4),
        "ARP reply from 0.0.0.0": ARP(op=2, hwsrc=me.mac, psrc="0.0.0.0", hwdst=victim.mac, pdst=victim.ipv4),
    }
    return {name: Spoof(packet, "guard-arp", me.mac, "ff:ff:ff:ff:ff:ff", True) for name, packet in packets.items()}


def ethertype_spoofs(me, victim):
    """What no wrapping changes."""
    return {
        "RARP": Ether(src=me.mac, dst="ff:ff:ff:ff:ff:ff", type=0x8035) / Raw(bytes(46)),
        "PPPoE": Ether(src=me.mac, dst=victim.mac, type=0x8864) / Raw(b"\x11\0\0\0\0\x2e\0\x57" + bytes(44)),
        "MPLS": Ether(src=me.mac, dst=victim.mac, type=0x8847) / Raw(b"\0\0\x11\x40" + bytes(44)),
    }


def _slla(mac):
    return ICMPv6NDOptSrcLLAddr(lladdr=mac)


def _tlla(mac):
    return ICMPv6NDOptDstLLAddr(lladdr=mac)


def _to(packet, victim):
    """To the victim's MAC address, multicast too (RFC 6085): nothing else keeps it from the victim."""
    return victim.mac


# Wrappings: the packets that a packet becomes, and the reason for which the first one is dropped if it is not its content's.

def _parts(packet):
    """IPv6 header, upper layer's protocol and octets."""
    header = IPv6(bytes(packet)[:40])
    return header, header.nh, bytes(packet)[40:]


def _behind(packet, *extensions):
    """The upper layer behind other headers, each given as a function of what follows it."""
    header, proto, upper = _parts(packet)
    for number, extension in reversed(extensions):
        upper = extension(proto) + upper
        proto = number
    return IPv6(src=header.src, dst=header.dst, hlim=header.hlim, nh=proto) / Raw(upper)


def _options(length):
    """Hop-by-Hop or Destination Options of 8 × length octets."""
    return lambda following: bytes([following, length - 1]) + bytes(PadN(optdata=bytes(8 * length - 4)))


def _destination(length=1):
    return 60, _options(length)


def _fragment(offset, more):
    return 44, lambda following: bytes([following, 0]) + (offset << 3 | more).to_bytes(2, "big") + bytes(4)


def _cut(packet, at, *extensions):
    """Two fragments, of which the first one has `at` octets behind the Fragment header, extensions included."""
    header, proto, upper = _parts(packet)
    for number, extension in reversed(extensions):
        upper = extension(proto) + upper
        proto = number
    upper += bytes(-len(upper) % 8)
    return [_behind(IPv6(src=header.src, dst=header.dst, hlim=header.hlim, nh=proto) / Raw(part), _fragment(offset, more))
            for part, offset, more in ((upper[:at], 0, 1), (upper[at:], at // 8, 0))]


IPV6_WRAPPINGS = {
    "plain": (lambda p: [_behind(p)], None),
    "Destination Options": (lambda p: [_behind(p, _destination())], None),
    "long Destination Options": (lambda p: [_behind(p, _destination(30))], None),
    "twenty Destination Options": (lambda p: [_behind(p, *[_destination()] * 20)], None),
    "Hop-by-Hop": (lambda p: [_behind(p, (0, _options(1)))], None),
    "Routing": (lambda p: [_behind(p, (43, lambda following: bytes([following, 0, 253, 0, 0, 0, 0, 0])))], None),
    "Authentication": (lambda p: [_behind(p, (_AUTHENTICATION, lambda following: bytes([following, 4]) + bytes(22)))], None),
    "atomic fragment": (lambda p: [_behind(p, _fragment(0, 0))], None),
    "two fragments": (lambda p: _cut(p, 16), "guard-fragment"),
    "first fragment of a header": (lambda p: _cut(p, 8, _destination()), "guard-headers"),
    "first fragment of half a header": (lambda p: _cut(p, 8, _destination(2)), "guard-headers"),
    "fragment in a fragment": (lambda p: [_behind(part, _fragment(0, 0)) for part in _cut(p, 16)], "guard-fragment"),
}

IPV4_WRAPPINGS = {
    "plain": lambda p: [p],
    "options": lambda p: [IP(src=p.src, dst=p.dst, options=[IPOption_NOP()] * 4) / p.payload],
    "fragments": lambda p: [IP(src=p.src, dst=p.dst, flags="MF", proto=17) / Raw(bytes(p.payload)[:8]),
                            IP(src=p.src, dst=p.dst, frag=1, proto=17) / Raw(bytes(p.payload)[8:])],
}

TAGS = {
    "VLAN": lambda mac, to: Ether(src=mac, dst=to) / Dot1Q(vlan=7),
    "priority tag": lambda mac, to: Ether(src=mac, dst=to) / Dot1Q(vlan=0, prio=5),
    "802.1ad": lambda mac, to: Ether(src=mac, dst=to) / Dot1AD(vlan=7) / Dot1Q(vlan=8),
}

# Of messages that are known by their type or port, which a first fragment has.
_IN_FIRST_FRAGMENT = ("guard-router", "guard-dhcp-server")
# What the controller takes for malformed where OVS sees through.
_BY_CONTROLLER = {("RS SLLA", "atomic fragment"): "guard-options", ("RS SLLA", "Authentication"): "guard-options"}


def wrapped(name, spoof):
    """(wrapping, frames, reasons for which they are dropped; None where a fragment is left that nobody can make anything of)."""
    if isinstance(spoof.packet, ARP):
        yield "plain", [Ether(src=spoof.mac, dst=spoof.to) / spoof.packet], [spoof.reason]
    elif isinstance(spoof.packet, IP):
        for wrapping, wrap in IPV4_WRAPPINGS.items():
            parts = wrap(spoof.packet)
            later = spoof.reason if spoof.by_source else None
            yield wrapping, [Ether(src=spoof.mac, dst=spoof.to) / part for part in parts], [spoof.reason, later][:len(parts)]
    else:
        for wrapping, (wrap, hidden) in IPV6_WRAPPINGS.items():
            parts = wrap(spoof.packet)
            reason = _BY_CONTROLLER.get((name, wrapping), spoof.reason)
            if hidden and not spoof.by_source and not (hidden == "guard-fragment" and reason in _IN_FIRST_FRAGMENT):
                reason = hidden
            later = spoof.reason if spoof.by_source else None
            yield wrapping, [Ether(src=spoof.mac, dst=spoof.to) / part for part in parts], [reason, later][:len(parts)]
    for tag, header in TAGS.items():
        yield tag, [header(spoof.mac, spoof.to) / spoof.packet], ["guard-vlan"]
