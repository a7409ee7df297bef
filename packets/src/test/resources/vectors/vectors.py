#!/usr/bin/python3
"""Frames made and read by scapy and os-ken, to hold the Java records against two other implementations.

    vectors.py                 writes vectors.json, and each frame as a seed of the fuzz test, beside this script
    vectors.py --check FILE    reads FILE (what WrittenVectors writes) with scapy and os-ken,
                               and compares every field; exit 1 if any differs

Needs Debian's python3-scapy and python3-os-ken. A vector is a frame in hexadecimal and either all its fields or the
reason for which a receiver discards it.
"""
import json
import logging
import pathlib
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)
from os_ken.lib.packet import ethernet, icmpv6, ipv6, packet, vlan  # noqa: E402
from scapy.layers.inet6 import (  # noqa: E402
    ICMPv6Unknown, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting,
    IPv6ExtHdrSegmentRouting)
from scapy.layers.l2 import Dot1AD, Dot1Q, Ether  # noqa: E402
from scapy.packet import Raw  # noqa: E402

from expected import fields, tag  # noqa: E402
from osken_frames import osken_vectors  # noqa: E402
from readers import osken_message, osken_reads, scapy_message  # noqa: E402
from scapy_frames import listener_vectors, router_vectors, scapy_malformed, scapy_vectors, with_checksum  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE.parent / "org/flow6/packets/EthernetFuzzTestInputs/decodesAnything"


def write():
    vectors = [{"name": name, "by": "scapy", "frame": bytes(frame).hex(), "fields": expected}
               for vectors in (scapy_vectors, router_vectors, listener_vectors) for name, frame, expected in vectors()]
    vectors += [{"name": name, "by": "os-ken", "frame": frame.hex(), "fields": expected}
                for name, frame, expected in osken_vectors()]
    vectors += [{"name": "malformed", "by": "scapy", "frame": with_checksum(reason, frame).hex(), "malformed": reason}
                for reason, frame in scapy_malformed()]
    (HERE / "vectors.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in vectors) + "\n]\n")
    SEEDS.mkdir(parents=True, exist_ok=True)
    for each in vectors:
        if each["by"] == "scapy":
            name = each.get("malformed", each["name"])
            (SEEDS / f"{name}.bin").write_bytes(bytes.fromhex(each["frame"]))
    return check(vectors)


# What they read.

def scapy_fields(octets):
    frame = Ether(octets)
    layer, tags, extensions = frame.payload, [], []
    while isinstance(layer, (Dot1Q, Dot1AD)):
        # scapy calls the drop eligible bit id, and both protocols' layers descend from Dot1Q.
        tags.append(tag(0x88a8 if isinstance(layer, Dot1AD) else 0x8100, layer.prio, bool(layer.id), layer.vlan))
        layer = layer.payload
    ip, layer = layer, layer.payload
    while isinstance(layer, (IPv6ExtHdrHopByHop, IPv6ExtHdrDestOpt, IPv6ExtHdrRouting, IPv6ExtHdrSegmentRouting,
                             IPv6ExtHdrFragment)):
        following = layer.underlayer.nh
        length = 8 if isinstance(layer, IPv6ExtHdrFragment) else 8 * (layer.len + 1)
        extensions.append({"protocol": following, "body": layer.original[2:length].hex()})
        layer = layer.payload
    if isinstance(layer, Raw):  # of a type that scapy does not know
        before, layer = layer.underlayer, ICMPv6Unknown(layer.load)
        before.remove_payload()
        before.add_payload(layer)
        layer = before.payload
    start = len(octets) - ip.plen + sum(8 if each["protocol"] == 44 else len(each["body"]) // 2 + 2 for each in extensions)
    icmp = scapy_message(layer, octets[start:])
    del layer.cksum
    if bytes(frame) != octets:
        icmp["checksum"] = "differs"
    return fields(icmp, (frame.dst, frame.src), (ip.src, ip.dst), ip.hlim, tags, extensions, ip.tc, ip.fl)


def osken_fields(octets):
    """What os-ken reads of the frame: at most one tag, no extension headers."""
    read = packet.Packet(octets)
    link, ip, icmp = (read.get_protocol(kind) for kind in (ethernet.ethernet, ipv6.ipv6, icmpv6.icmpv6))
    tags = [tag(0x8100, each.pcp, bool(each.cfi), each.vid) for each in read.get_protocols(vlan.vlan)]
    return fields(osken_message(icmp), (link.dst, link.src), (ip.src, ip.dst), ip.hop_limit, tags, [], ip.traffic_class,
                  ip.flow_label)


def osken_reads_frame(expected):
    return (not expected["ipv6"]["extensions"] and osken_reads(expected["icmpv6"])
            and len(expected["tags"]) <= 1 and all(each["protocol"] == 0x8100 for each in expected["tags"]))


def check(vectors):
    compared = {"scapy": 0, "os-ken": 0}
    different = []
    for each in (each for each in vectors if "fields" in each):
        expected, octets = each["fields"], bytes.fromhex(each["frame"])
        readers = {"scapy": scapy_fields(octets)}
        if osken_reads_frame(expected):
            readers["os-ken"] = osken_fields(octets)
        for reader, read in readers.items():
            compared[reader] += 1
            if read != expected:
                different.append(f"{each['name']} by {each['by']}, read by {reader}:\n  {expected}\n  {read}")
    print("\n".join(different + [f"{len(vectors)} vectors, read and compared: {compared}, different: {len(different)}"]))
    return 1 if different or not compared["scapy"] else 0


def main(arguments):
    if arguments[:1] == ["--check"] and len(arguments) == 2:
        return check(json.loads(pathlib.Path(arguments[1]).read_text()))
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    return write()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
