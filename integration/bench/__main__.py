"""`make bench`: measures, prints a table, and writes integration/target/bench/results.json.

    python3 -m bench [--quick] [--only NAME …] [--rows FILE …]

--rows adds rows of other benchmarks, in the form of results.json, to the table and the file.
"""

import argparse
import json
import os
import pathlib
import platform
import sys

from bench import api, flows, gateways, groups, hosts, latency, routing, services, writes
from bench.rows import Row, table
from flow6lab.process import run

_RESULTS = pathlib.Path(__file__).parents[1] / "target" / "bench" / "results.json"

# Name → the measurement, in full and quick.
_MEASUREMENTS = {
    "latency": (latency.measure, lambda: latency.measure(rounds=3, count=50)),
    "services": (services.measure, lambda: services.measure(rounds=2, count=30)),
    "return": (services.measure_return, lambda: services.measure_return(rounds=1)),
    "noisy": (services.measure_noisy, lambda: services.measure_noisy(rounds=1)),
    "exchanges": (services.measure_exchanges, lambda: services.measure_exchanges((100, 250))),
    "many": (flows.measure_many, lambda: flows.measure_many(5_000, rounds=2)),
    "reconcile": (flows.measure_reconcile, lambda: flows.measure_reconcile(5_000, rounds=2)),
    "change": (lambda: flows.measure_change(100) + flows.measure_change(10_000), lambda: flows.measure_change(100, rounds=5)),
    "groups": (groups.measure_scale, lambda: groups.measure_scale(50, 5, 20, 200, rounds=3)),
    "forwarding": (groups.measure_forwarding, lambda: groups.measure_forwarding(rounds=1, seconds=1, connections=500)),
    "routing": (routing.measure_forwarding, lambda: routing.measure_forwarding(rounds=1, seconds=1)),
    "errors": (routing.measure_errors, lambda: routing.measure_errors(rounds=2, count=30)),
    "routes": (routing.measure_many, lambda: routing.measure_many(500, 500, rounds=3)),
    "gateway": (gateways.measure, lambda: gateways.measure(rounds=1)),
    "move": (routing.measure_move, lambda: routing.measure_move(moves=4)),
    "api": (lambda: api.measure_requests() + api.measure_many() + api.measure_change() + hosts.measure_change(),
            lambda: api.measure_requests(100, 50) + api.measure_many(500, rounds=2) + api.measure_change(rounds=10) + hosts.measure_change(rounds=10)),
    "writes": (writes.measure, lambda: writes.measure(seconds=6, warm=3)),
    "start": (flows.measure_start, lambda: flows.measure_start(rounds=3)),
}


def main(arguments):
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--quick", action="store_true", help="few rounds and flows: shows that it works, not how fast it is")
    parser.add_argument("--only", nargs="+", choices=_MEASUREMENTS, default=list(_MEASUREMENTS))
    parser.add_argument("--rows", nargs="+", default=[], metavar="FILE")
    options = parser.parse_args(arguments)
    if os.geteuid() != 0:
        print("bench: network namespaces need root: run `make bench` as root", file=sys.stderr)
        return 1
    rows = [Row(**{key: value for key, value in row.items() if key not in ("ratio", "within_budget")})
            for file in options.rows for row in json.loads(pathlib.Path(file).read_text())["rows"]]
    for name in options.only:
        print(f"bench: {name} …", file=sys.stderr, flush=True)
        rows += _MEASUREMENTS[name][1 if options.quick else 0]()
    print(table(rows))
    _RESULTS.parent.mkdir(parents=True, exist_ok=True)
    _RESULTS.write_text(json.dumps({"quick": options.quick, "machine": _machine(), "rows": [row.as_json() for row in rows]}, indent=2) + "\n")
    print(f"bench: {_RESULTS}", file=sys.stderr)
    return 0


def _machine():
    version = run(["ovs-vswitchd", "--version"]).stdout.splitlines()[0]
    return {"kernel": platform.release(), "processors": os.cpu_count(), "open_vswitch": version}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
