"""Neighbor Discovery packets for tests, made with scapy, and what their answers look like."""

import ipaddress

from scapy.layers.inet6 import ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6NDOptDstLLAddr, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import Ether


def solicited_node(address):
    """The solicited-node multicast address (RFC 4291 section 2.7.1)."""
    return str(ipaddress.IPv6Address(ipaddress.IPv6Address("ff02::1:ff00:0").packed[:13] + ipaddress.IPv6Address(address).packed[13:]))


def multicast_mac(address):
    """RFC 2464 section 7."""
    return "33:33:" + ":".join(f"{octet:02x}" for octet in ipaddress.IPv6Address(address).packed[12:])


def solicitation(mac, source, target):
    """An NS with its source link-layer address, as a host sends it to resolve."""
    group = solicited_node(target)
    return Ether(src=mac, dst=multicast_mac(group)) / IPv6(src=source, dst=group, hlim=255) / ICMPv6ND_NS(tgt=target) / ICMPv6NDOptSrcLLAddr(lladdr=mac)


def duplicate_check(mac, target):
    """An NS from ::, as a host sends it before it uses an address."""
    group = solicited_node(target)
    return Ether(src=mac, dst=multicast_mac(group)) / IPv6(src="::", dst=group, hlim=255) / ICMPv6ND_NS(tgt=target)


def advertises(target, mac=None):
    """A test for scapy packets: an NA for this target, with this link-layer address if one is given."""

    def wanted(packet):
        if ICMPv6ND_NA not in packet or packet[ICMPv6ND_NA].tgt != target:
            return False
        return mac is None or (ICMPv6NDOptDstLLAddr in packet and packet[ICMPv6NDOptDstLLAddr].lladdr == mac)

    return wanted


def solicits(target):
    """A test for scapy packets: an NS for this target."""
    return lambda packet: ICMPv6ND_NS in packet and packet[ICMPv6ND_NS].tgt == target


__all__ = ["ICMPv6ND_NA", "ICMPv6ND_NS", "advertises", "duplicate_check", "multicast_mac", "solicitation", "solicited_node", "solicits"]
