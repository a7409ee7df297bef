"""Neutron's API on the embedded store: requests a second, many ports, and from an answer to the flows in the switch."""

import concurrent.futures
import contextlib
import http.client
import json
import socket
import time

from bench.flows import FlowMonitor, resting_bytes
from bench.rows import Row, median, percentile
from flow6lab import Controller, Lab, until
from flow6lab.neutron import Neutron

_WITHIN = 300
_AT_ONCE = 100
_CLIENTS = 8

# Neutron 21.0 on the same kind of machine, one process, one client: milliseconds (p50) and operations a second. A list was of 200.
_NEUTRON = "Neutron, quoted"
_QUOTED = {"create": (169, 5), "show": (13, 74), "list": (80, 7), "update": (106, 8), "delete": (169, 5)}


class Client:
    """One connection to a Flow6's API, kept for all its requests."""

    def __init__(self, flow6):
        self._connection = http.client.HTTPConnection("127.0.0.1", flow6.api, timeout=_WITHIN)
        self._connection.sock = flow6.namespace.connect(flow6.api, within=10)
        # As http.client does where it connects by itself: else a body waits for its head to be acknowledged.
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def call(self, method, path, body=None):
        """The answer's body and the seconds that it took."""
        begin = time.monotonic()
        self._connection.request(method, f"/v2.0/{path}", None if body is None else json.dumps(body), {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        text = answer.read()
        taken = time.monotonic() - begin
        if answer.status >= 300:
            raise AssertionError(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text else None, taken


@contextlib.contextmanager
def _served(lab, **settings):
    if "openflow" not in settings:
        lab.ovs.set_controller(lab.bridge, "tcp:127.0.0.1:6653")
    with Controller(lab, "", bind="name", settings={"northbound": {"embedded": str(lab.folder / "network")}, **settings}) as flow6:
        yield flow6


def _network(neutron):
    network = neutron.create("networks", name="blue")["id"]
    neutron.create("subnets", network_id=network, ip_version=6, cidr="2001:db8:1::/64", ipv6_ra_mode="dhcpv6-stateful", ipv6_address_mode="dhcpv6-stateful")
    return network


def _port(network, name="vm", **attributes):
    return {"port": {"network_id": network, "name": name, **attributes}}


def _rates(what, taken, quoted, note):
    """Rows for requests a second and their p99, of the seconds that each took."""
    millis, rate = quoted
    return [Row(f"API: {what}", "/s", len(taken) / sum(taken), _NEUTRON, rate, note=f"one client, {len(taken)} times; {note}"),
            Row(f"API: {what}, p99", "ms", percentile(taken, 0.99) * 1e3, f"{_NEUTRON}: p50", millis, note=f"p50 here: {median(taken) * 1e3:.2g} ms")]


def measure_requests(listed=1000, count=500):
    """Rows for requests of one client, and for ports made by several at once."""
    with Lab() as lab, _served(lab) as flow6:
        network = _network(Neutron(flow6))
        client = Client(flow6)

        def times(method, paths, body=None):
            return [client.call(method, path, body)[1] for path in paths]

        def fill(some):
            client.call("POST", "ports", {"ports": [_port(network)["port"] for _ in range(some)]})

        for _ in range(0, listed, _AT_ONCE):
            fill(_AT_ONCE)
        # Java's compiler takes its time, as does Neutron's Python; the first requests are nobody's measure.
        for _ in range(count):
            port = client.call("POST", "ports", _port(network))[0]["port"]["id"]
            client.call("PUT", f"ports/{port}", {"port": {"name": "warm"}})
            client.call("DELETE", f"ports/{port}")
        ids = [port["id"] for port in client.call("GET", "ports")[0]["ports"]]
        result = []
        made = []
        for _ in range(count):
            answer, taken = client.call("POST", "ports", _port(network))
            made.append((answer["port"]["id"], taken))
        beside = f"among {listed:,} ports; on disk before the answer"
        result += _rates("port created", [taken for _, taken in made], _QUOTED["create"], beside)
        result += _rates("port shown", times("GET", [f"ports/{port}" for port, _ in made]), _QUOTED["show"], "")
        result += _rates("port changed", times("PUT", [f"ports/{port}" for port, _ in made], {"port": {"name": "other"}}), _QUOTED["update"], beside)
        result += _rates("port deleted", times("DELETE", [f"ports/{port}" for port, _ in made]), _QUOTED["delete"], beside)
        lists = times("GET", ["ports"] * max(20, count // 10))
        result += _rates(f"list of {len(ids):,} ports", lists, _QUOTED["list"], "Neutron's is of 200")
        with concurrent.futures.ThreadPoolExecutor(_CLIENTS) as pool:
            clients = [Client(flow6) for _ in range(_CLIENTS)]
            begin = time.monotonic()
            list(pool.map(lambda one: [one.call("POST", "ports", _port(network)) for _ in range(count // _CLIENTS)], clients))
            several = count // _CLIENTS * _CLIENTS / (time.monotonic() - begin)
        result.append(Row(f"API: ports created by {_CLIENTS} clients", "/s", several, _NEUTRON, _QUOTED["create"][1], note=beside))
    return result


def measure_many(ports=10_000, rounds=3):
    """Rows for many ports: loaded, and then there at each start."""
    with Lab() as lab:
        connect = {"openflow": {"connect": [f"unix:{lab.ovs.folder}/{lab.bridge}.mgmt"]}}
        with _served(lab, **connect) as flow6:
            network = _network(Neutron(flow6))
            client = Client(flow6)
            begin = time.monotonic()
            for first in range(0, ports, _AT_ONCE):
                client.call("POST", "ports", {"ports": [_port(network, f"vm{number}")["port"] for number in range(first, first + _AT_ONCE)]})
            loaded = time.monotonic() - begin
            flow6.wait_settled(within=_WITHIN)
            whole = time.monotonic() - begin
            after = resting_bytes(flow6.pid) / 1e6
            starts = []
            for _ in range(rounds):
                flow6.sigterm(within=60)
                lab.ofctl("del-flows")
                with FlowMonitor(lab) as monitor:
                    begin = time.monotonic()
                    flow6.launch()
                    starts.append(monitor.wait() - begin)
                flow6.wait_ready(within=_WITHIN)
                flow6.wait_settled(within=_WITHIN)
            memory = resting_bytes(flow6.pid) / 1e6
            size = sum(file.stat().st_size for file in (lab.folder / "network").glob("*.db")) / 1e6
    note = f"{_AT_ONCE} a request, {ports / loaded:,.0f} ports/s; their flows in the switch after {whole:.3g} s"
    return [Row(f"{ports:,} ports loaded through the API", "s", loaded, _NEUTRON, ports / _QUOTED["create"][1], note=note),
            Row(f"resident memory, {ports:,} ports in the store", "MB", memory, note=f"after a start; {after:.3g} MB after loading; {size:.3g} MB on disk"),
            Row(f"process start → first flow, {ports:,} ports in the store", "ms", median(starts) * 1e3, note=f"p50 of {rounds}; connecting to the bridge's socket")]


def measure_change(ports=100, rounds=100):
    """Rows for a port made for an interface of the switch: from the API's answer to the last of its flows in the switch."""
    with Lab() as lab:
        lab.add_host("vm", "02:00:00:00:00:01", ipv6=False)
        with _served(lab) as flow6:
            network = _network(Neutron(flow6))
            client = Client(flow6)
            for first in range(0, ports, _AT_ONCE):
                some = min(_AT_ONCE, ports - first)
                client.call("POST", "ports", {"ports": [_port(network, f"vm{first + number}")["port"] for number in range(some)]})
            flow6.wait_settled(within=_WITHIN)
            bound = _port(network, mac_address="02:00:00:00:00:01", **{"binding:profile": {"interface_name": "vm"}})
            times, whole = [], []
            with FlowMonitor(lab) as monitor:

                def made():
                    begin = time.monotonic()
                    answer, taken = client.call("POST", "ports", bound)
                    return answer["port"]["id"], begin, begin + taken

                def gone(port):
                    flow6.wait_settled(within=_WITHIN, ports=1)
                    client.call("DELETE", f"ports/{port}")
                    until(lambda: flow6.status()["ports_bound"] == 0, "the port is gone", _WITHIN)
                    flow6.wait_settled(within=_WITHIN)
                    monitor.forget()

                # How many flows a port comes with, when nothing else is under way any more.
                gone(made()[0])
                port, _, _ = made()
                flow6.wait_settled(within=_WITHIN, ports=1)
                flows = until(monitor.quiet_count, "all flows of the port are there", _WITHIN, every=0.2)
                gone(port)
                for _ in range(rounds + 20):
                    port, begin, answered = made()
                    there = monitor.wait(flows)
                    times.append(there - answered)
                    whole.append(there - begin)
                    gone(port)
    times, whole = times[20:], whole[20:]
    note = f"a bound port made among {ports:,}, all its {flows} flows, seen by ovs-ofctl monitor; of {rounds}"
    return [Row("API's answer → flows in the switch, p50", "ms", median(times) * 1e3, limit=20, note=f"{note}; from the request on: {median(whole) * 1e3:.3g} ms"),
            Row("API's answer → flows in the switch, p99", "ms", percentile(times, 0.99) * 1e3, note=f"from the request on: {percentile(whole, 0.99) * 1e3:.3g} ms")]
