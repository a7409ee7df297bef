#!/usr/bin/python3
"""DHCPv6 made and read by scapy and os-ken, to hold the Java records against two other implementations.

    dhcpv6.py                 writes dhcpv6.json, and each message as a seed of the fuzz test, beside this script
    dhcpv6.py --check FILE    reads FILE (what Dhcpv6VectorsTest leaves in target/dhcpv6.json) with scapy and os-ken,
                              and compares every field; exit 1 if any differs

Needs Debian's python3-scapy and python3-os-ken. A vector is an IPv6 packet in hexadecimal and either all its fields,
named as the Java records name them, or the reason for which a receiver discards it.
"""
import json
import logging
import pathlib
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)
from dhcpv6_frames import osken_vectors, scapy_malformed, scapy_vectors  # noqa: E402
from dhcpv6_readers import osken_differences, scapy_fields  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE.parent / "org/flow6/packets/dhcpv6/Dhcpv6FuzzTestInputs/decodesAnything"


def write():
    vectors = [{"name": name, "by": "scapy", "packet": bytes(made).hex(), "fields": expected}
               for name, made, expected in scapy_vectors()]
    vectors += [{"name": name, "by": "os-ken", "packet": made.hex(), "fields": expected}
                for name, made, expected in osken_vectors()]
    vectors += [{"name": "malformed", "by": "scapy", "packet": bytes(made).hex(), "malformed": reason}
                for reason, made in scapy_malformed()]
    (HERE / "dhcpv6.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in vectors) + "\n]\n")
    SEEDS.mkdir(parents=True, exist_ok=True)
    for each in vectors:
        if each["by"] == "scapy":
            name = each.get("malformed", each["name"])
            (SEEDS / f"{name}.bin").write_bytes(bytes.fromhex(each["packet"])[48:])
    return check(vectors)


def check(vectors):
    compared = {"scapy": 0, "os-ken": 0}
    different = []
    for each in (each for each in vectors if "fields" in each):
        expected, octets = each["fields"], bytes.fromhex(each["packet"])
        compared["scapy"] += 1
        read = scapy_fields(octets)
        if read != expected:
            different.append(f"{each['name']} by {each['by']}, read by scapy:\n  {expected}\n  {read}")
        if expected["message"]["options"]:  # os-ken reads no message without
            compared["os-ken"] += 1
            differences = osken_differences(octets, expected)
            if differences:
                different.append(f"{each['name']} by {each['by']}, read by os-ken: {differences}")
    print("\n".join(different + [f"{len(vectors)} vectors, read and compared: {compared}, different: {len(different)}"]))
    return 1 if different or not all(compared.values()) else 0


def main(arguments):
    if arguments[:1] == ["--check"] and len(arguments) == 2:
        return check(json.loads(pathlib.Path(arguments[1]).read_text()))
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    return write()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
