#!/usr/bin/python3
"""IPv4 packets with ICMP, TCP and UDP, made and read by scapy, to hold the Java records against another implementation.

    ipv4.py                 writes ipv4.json, and each packet as a seed of the fuzz test, beside this script
    ipv4.py --check FILE    reads FILE (what Ipv4VectorsTest writes) with scapy, and compares every field; exit 1 if any differs

Needs Debian's python3-scapy. A vector is a packet in hexadecimal and either all its fields or the reason for which a
receiver discards it.
"""
import json
import logging
import pathlib
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.layers.inet import ICMP, IP, IPOption_NOP, TCP, UDP  # noqa: E402
from scapy.packet import Raw  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE.parent / "org/flow6/packets/Ipv4FuzzTestInputs/decodesAnything"
A, B = "192.0.2.11", "198.51.100.2"


def vectors():
    quoted = IP(src=A, dst=B, ttl=1) / UDP(sport=1, dport=2) / Raw(b"8 octets")
    yield "echo", IP(src=A, dst=B, id=7) / ICMP(type=8, id=42, seq=1) / Raw(b"ping!")
    yield "echo-reply", IP(src=B, dst=A, tos=0xb8, ttl=255, flags="DF") / ICMP(type=0, id=65535, seq=2)
    yield "timestamp", IP(src=A, dst=B) / ICMP(type=13, ts_ori=1, ts_rx=2, ts_tx=3)
    for name, kind, code, more in (("no-route", 3, 0, {}), ("host", 3, 1, {}), ("port", 3, 3, {}), ("too-big", 3, 4, {"nexthopmtu": 1280}),
                                   ("time-exceeded", 11, 0, {}), ("parameter", 12, 0, {"ptr": 9})):
        yield name, IP(src=B, dst=A, tos=0xc0) / ICMP(type=kind, code=code, **more) / quoted
    yield "options", IP(src=A, dst=B, options=[IPOption_NOP()] * 4) / UDP(sport=0, dport=65535) / Raw(b"odd")
    yield "syn", IP(src=A, dst=B) / TCP(sport=40000, dport=80, seq=0xffffffff, flags="S", options=[("MSS", 1460), ("NOP", None), ("NOP", None)])
    yield "data", IP(src=A, dst=B) / TCP(sport=80, dport=40000, seq=1, ack=0x80000000, flags="PA", window=0, urgptr=9) / Raw(b"hello")


def malformed():
    datagram = UDP(sport=1, dport=2) / Raw(b"data")
    yield "IPV4_VERSION", IP(src=A, dst=B, version=5) / datagram
    yield "IPV4_HEADER_LENGTH", IP(src=A, dst=B, ihl=4) / datagram
    yield "IPV4_TRUNCATED", IP(src=A, dst=B, len=200) / datagram
    yield "IPV4_CHECKSUM", IP(src=A, dst=B, chksum=1) / datagram
    yield "FRAGMENT_BEYOND_PACKET", IP(src=A, dst=B, frag=8191) / datagram
    yield "UDP_FRAGMENT", IP(src=A, dst=B, flags="MF") / datagram
    yield "UDP_CHECKSUM", IP(src=A, dst=B) / UDP(sport=1, dport=2, chksum=1) / Raw(b"data")
    yield "TCP_CHECKSUM", IP(src=A, dst=B) / TCP(chksum=1)
    yield "TCP_DATA_OFFSET", IP(src=A, dst=B) / TCP(dataofs=4)
    yield "TCP_TRUNCATED", IP(src=A, dst=B) / TCP(dataofs=15)
    yield "ICMPV4_CHECKSUM", IP(src=A, dst=B) / ICMP(type=8, chksum=1)
    yield "ICMPV4_TRUNCATED", IP(src=A, dst=B, proto=1) / Raw(b"\x08\x00\x00")
    yield "NOT_ICMPV4", IP(src=A, dst=B, proto=132) / Raw(b"\0" * 12)


def upper(ip, octets):
    """The upper layer's fields, as scapy reads them."""
    if TCP in ip:
        tcp = ip[TCP]
        return {"sourcePort": tcp.sport, "destinationPort": tcp.dport, "sequence": tcp.seq, "acknowledgment": tcp.ack,
                "flags": int(tcp.flags), "window": tcp.window, "urgent": tcp.urgptr,
                "options": octets[20:4 * tcp.dataofs].hex(), "payload": octets[4 * tcp.dataofs:].hex()}
    if UDP in ip and ip.proto == 17:
        return {"sourcePort": ip[UDP].sport, "destinationPort": ip[UDP].dport, "payload": octets[8:].hex()}
    return {"type": ip[ICMP].type, "code": ip[ICMP].code, "detail": int.from_bytes(octets[4:8], "big"), "body": octets[8:].hex()}


def fields(octets):
    """Every field; the checksums must be those that scapy would make."""
    ip = IP(octets)
    header = 4 * ip.ihl
    read = {"typeOfService": ip.tos, "identification": ip.id, "dontFragment": bool(ip.flags.DF), "ttl": ip.ttl, "protocol": ip.proto,
            "source": ip.src, "destination": ip.dst, "options": octets[20:header].hex(), "upper": upper(ip, octets[header:])}
    again = ip.copy()
    layer = TCP if ip.proto == 6 else UDP if ip.proto == 17 else ICMP
    del again.chksum, again[layer].chksum
    if (IP(bytes(again)).chksum, IP(bytes(again))[layer].chksum) != (ip.chksum, ip[layer].chksum):
        read["checksum"] = "differs"
    return read


def write():
    made = [{"name": name, "packet": bytes(packet).hex(), "fields": fields(bytes(packet))} for name, packet in vectors()]
    made += [{"packet": bytes(packet).hex(), "malformed": reason} for reason, packet in malformed()]
    (HERE / "ipv4.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in made) + "\n]\n")
    SEEDS.mkdir(parents=True, exist_ok=True)
    for each in made:
        (SEEDS / f"{each.get('malformed', each.get('name'))}.bin").write_bytes(bytes.fromhex(each["packet"]))


def check(file):
    read = [each for each in json.loads(pathlib.Path(file).read_text()) if "fields" in each]
    different = [f"{each['name']}:\n  {each['fields']}\n  {fields(bytes.fromhex(each['packet']))}"
                 for each in read if fields(bytes.fromhex(each["packet"])) != each["fields"]]
    print("\n".join(different + [f"{len(read)} vectors, different: {len(different)}"]))
    return 1 if different or not read else 0


if __name__ == "__main__":
    if len(sys.argv) == 1:
        write()
    elif len(sys.argv) == 3 and sys.argv[1] == "--check":
        sys.exit(check(sys.argv[2]))
    else:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
