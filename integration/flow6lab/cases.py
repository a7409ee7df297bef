"""Packet cases in Ryu's switch test format, with a network file in the place of the flow-mods.

A file is a list: a description, then objects with "description", "prerequisite" and "tests". The prerequisite is
`[{"network": "FILE", "without": [APP…]}]` (beside the case file; apps that are off) or, as in Ryu, a list of OFPFlowMod, OFPMeterMod and OFPGroupMod. A test has
"ingress", a packet as os-ken expressions, and any of

    "egress"      the packet that comes out; [] when nothing may come out anywhere
    "PACKET_IN"   the packet that the controller gets; [] when it may get none
    "table-miss"  tables in which the packet must find no flow

"ingress_port" and "egress_port" name ports (the logical port's id) or give their numbers; 1 and 2 when they are not there.
"egress_port" may be a list. Whatever else comes out, of any port, fails the test.

    python3 -m flow6lab.cases FILE… [--controller HOST:PORT] [--datapath DPID] [--packets-only]
"""

import argparse
import dataclasses
import json
import pathlib
import sys

import yaml

from flow6lab.expressions import BadExpression, packet
from flow6lab.network import Network


class BadCase(ValueError):
    """A case file that cannot be read; the message says where."""


@dataclasses.dataclass(frozen=True)
class Step:
    """One packet in, and what must come of it. None: not looked at."""

    ingress_port: str
    ingress: bytes
    egress_ports: tuple
    egress: bytes | None
    packet_in: bytes | None
    looks_at_egress: bool
    looks_at_packet_in: bool
    table_miss: tuple


@dataclasses.dataclass(frozen=True)
class Case:
    """Steps on one network, or on the messages that a controller would have sent."""

    file: pathlib.Path
    description: str
    network: str | None
    without: tuple
    messages: tuple
    steps: tuple

    def __str__(self):
        return f"{self.file.stem}: {self.description}"


_OUTCOMES = ("egress", "PACKET_IN", "table-miss")


def _packet(layers, where):
    try:
        return packet(layers)
    except BadExpression as problem:
        raise BadCase(f"{where}: {problem}") from None


def _step(test, where):
    unknown = set(test) - {"ingress", "ingress_port", "egress_port", *_OUTCOMES}
    if unknown or "ingress" not in test or not any(key in test for key in _OUTCOMES):
        raise BadCase(f"{where}: needs ingress and one of {', '.join(_OUTCOMES)}; unknown: {sorted(unknown)}")
    if not all(isinstance(test.get(key, []), list) for key in ("ingress", *_OUTCOMES)):
        raise BadCase(f"{where}: throughput tests are not supported")
    ports = test.get("egress_port", 2)
    ports = ports if isinstance(ports, list) else [ports]
    egress, punted = test.get("egress"), test.get("PACKET_IN")
    return Step(
        ingress_port=str(test.get("ingress_port", 1)),
        ingress=_packet(test["ingress"], where),
        egress_ports=tuple(map(str, ports)) if egress else (),
        egress=_packet(egress, where) if egress else None,
        packet_in=_packet(punted, where) if punted else None,
        looks_at_egress=egress is not None,
        looks_at_packet_in=punted is not None,
        table_miss=tuple(test.get("table-miss", ())),
    )


def load(path):
    """The cases of a file; raises BadCase."""
    path = pathlib.Path(path)
    try:
        content = json.loads(path.read_text())
    except (OSError, ValueError) as problem:
        raise BadCase(f"{path}: {problem}") from None
    cases = []
    for entry in content:
        if isinstance(entry, str):
            continue
        where = f"{path}: {entry.get('description')}"
        prerequisite = entry.get("prerequisite", [])
        networks = [item["network"] for item in prerequisite if "network" in item]
        if len(networks) > 1:
            raise BadCase(f"{where}: more than one network")
        cases.append(Case(
            file=path,
            description=entry["description"],
            network=(path.parent / networks[0]).read_text() if networks else None,
            without=tuple(app for item in prerequisite for app in item.get("without", ())),
            messages=tuple(json.dumps(item) for item in prerequisite if "network" not in item),
            steps=tuple(_step(test, f"{where}: test {number}") for number, test in enumerate(entry["tests"], 1)),
        ))
    return cases


def network_of(case):
    """The case's network file."""
    return Network(yaml.safe_load(case.network))


def main(arguments):
    from flow6lab.stage import Stages

    parser = argparse.ArgumentParser(prog="flow6lab.cases", description="Runs packet cases on a private Open vSwitch.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--controller", metavar="HOST:PORT", help="a controller that runs already, in the place of Flow6")
    parser.add_argument("--datapath", metavar="DPID", type=lambda text: int(text, 16), help="the switch's datapath id, in hexadecimal")
    parser.add_argument("--packets-only", action="store_true", help="do not look at what goes to the controller")
    options = parser.parse_args(arguments)
    try:
        cases = [case for file in options.files for case in load(file)]
    except BadCase as problem:
        print(problem, file=sys.stderr)
        return 2
    failed = 0
    with Stages(options.controller, options.datapath, options.packets_only) as stages:
        for case in cases:
            problems = stages.play(case)
            failed += bool(problems)
            print(f"{case}: {'ERROR' if problems else 'OK'}", *problems, sep="\n    ", flush=True)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
