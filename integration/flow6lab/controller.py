"""The Flow6 controller under test, started as a user starts it: bin/flow6 run --config FILE."""

import contextlib
import copy
import http.client
import json
import os
import pathlib
import signal

import yaml

from flow6lab.process import CommandFailed
from flow6lab.waiting import NeverTrue, until

PROGRAM = pathlib.Path(os.environ.get("FLOW6", pathlib.Path(__file__).resolve().parents[2] / "bin" / "flow6"))
APPS = ("source-guard", "security-groups", "nd-responder", "router-advertisement", "icmpv6-responder", "ipv4-responder", "dhcpv6", "l2", "mld-snooping", "l3")


class Controller:
    """One Flow6 process in the namespace of a lab's switch. A context manager: entering starts it and waits until it is ready.

    `network` is a `network.Network`. `bind` says how ports bind: "ovsdb" by iface-id, or "name" by binding:profile.
    `settings` are merged into the configuration file, `without` names apps that are off. `environment` holds variables of
    the process, which its next start takes.
    """

    def __init__(self, lab, network, *, bind="ovsdb", port=6653, api=9696, name="flow6", apps=None, without=(), settings=None):
        self.lab = lab
        self.namespace = lab.ovs.namespace
        self.port = port
        self.api = api
        self.name = name
        self.config_file = lab.folder / f"{name}.yaml"
        self.network_file = lab.folder / f"{name}-network.yaml"
        self._process = None
        self._starts = 0
        self.environment = {}
        self.config = {
            "host": "hostA",
            "openflow": {"listen": f"127.0.0.1:{port}"},
            "northbound": {"file": str(self.network_file)},
            "api": {"listen": f"127.0.0.1:{api}"},
            "apps": {app: {"enabled": True} for app in (APPS if apps is None else apps)} | {app: {"enabled": False} for app in without},
        }
        if bind == "ovsdb":
            self.config |= {"ovsdb": lab.ovs.database, "bridge": lab.bridge}
        self.config |= settings or {}
        self.network = network
        self.edit_network(network)
        self.write_config(self.config)
        lab.on_close(self.kill9)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill9()

    # Files.

    def write_config(self, config):
        """Replaces the configuration file in one step."""
        _replace(self.config_file, yaml.safe_dump(config, sort_keys=False))

    def edit_network(self, network):
        """Replaces the network file in one step, by a Network or a text."""
        _replace(self.network_file, network if isinstance(network, str) else network.text())

    def enable_by_file(self, app, enabled):
        """Sets an app's enable flag in the configuration file."""
        config = copy.deepcopy(self.config)
        config["apps"].setdefault(app, {})["enabled"] = enabled
        self.config = config
        self.write_config(config)

    def kept(self):
        """The text of the file that keeps what apps remember."""
        file = self.network_file.with_name(f"{self.network_file.name}.{self.config['host']}.state")
        return file.read_text() if file.exists() else ""

    # Process.

    def launch(self):
        """Starts the process and does not wait."""
        self._starts += 1
        self._process = self.namespace.spawn(PROGRAM, "run", "--config", self.config_file, env=self.environment,
                                             log=f"{self.name}-{self._starts}.log")
        return self._process

    def start(self, within=20.0, connected=True):
        """Starts the process; returns when its API answers and, if so wanted, a switch is connected and has its flows."""
        self.launch()
        self.wait_ready(within)
        if connected:
            self.wait_settled(within)

    def wait_ready(self, within=20.0):
        until(self._answers, f"{self.name} answers GET /status", within)

    def _answers(self):
        if self._process.exit_code is not None:
            raise NeverTrue(f"{self.name} ended with {self._process.exit_code}: {self.log()}")
        return self.status() is not None

    def wait_settled(self, within=20.0, switches=1, ports=0):
        """Waits until that many switches are connected and in step, and that many ports are bound; returns the status."""

        def settled():
            status = self.status()
            ready = [switch for switch in status["switches"]
                     if switch["connected"] and switch["in_step"] and 0 < switch["flows"]["wanted"] == switch["flows"]["installed"]]
            return status if len(ready) >= switches and status["ports_bound"] == (ports or status["ports_bound"]) else None

        return until(settled, f"{self.name} has {switches} switch(es) in step and {ports} ports bound", within)

    @property
    def pid(self):
        return self._process.pid

    @property
    def exit_code(self):
        return self._process.exit_code

    def log(self):
        return self._process.output() if self._process else ""

    def wait_log(self, text, within=10.0):
        self._process.wait_for_output(text, within)

    def wait_exit(self, within=10.0):
        return self._process.wait(within)

    def sigterm(self, within=10.0):
        """Asks it to end, as an init system does; returns the exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(within)

    def kill9(self):
        if self._process is not None:
            self._process.kill()

    def restart(self, within=20.0):
        """SIGTERM and a new start."""
        self.sigterm(within)
        self.start(within)

    # API.

    def request(self, method, path, body=None, within=5.0):
        """An HTTP request: (status, text)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.api, timeout=within)
        connection.sock = self.namespace.connect(self.api, within=within)
        try:
            headers = {"Content-Type": "application/json"} if body is not None else {}
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    def get(self, path):
        """The JSON answer of a GET that must succeed."""
        code, text = self.request("GET", path)
        if code != 200:
            raise CommandFailed(f"GET {path}: {code} {text}")
        return json.loads(text)

    def status(self):
        return self.get("/status")

    def metrics(self):
        """GET /metrics as a dictionary: sample name with its labels, as it stands → value."""
        code, text = self.request("GET", "/metrics")
        assert code == 200, text
        rows = (line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, value in rows}

    def put_app(self, app, enabled):
        """PUT /apps/NAME: (status, text)."""
        return self.request("PUT", f"/apps/{app}", {"enabled": enabled})

    @contextlib.contextmanager
    def without(self, app):
        """Disables an app for as long as the context lasts."""
        assert self.put_app(app, False)[0] == 200
        self.wait_settled()
        yield
        assert self.put_app(app, True)[0] == 200
        self.wait_settled()

    # What /status says, in one place.

    def punted(self):
        """How many packets reached the controller, beside hosts' reports of the multicast groups that they listen to."""
        return sum(count for reason, count in self.status()["punts"].items() if reason != "mld-report")

    def dropped(self, reason):
        """How many packets were dropped for a reason; the switches' counters are asked for only now and then."""
        return self.status()["drops"].get(reason, 0)

    def reconcile(self):
        """What the last full comparison with the first switch did: added, removed, kept, flow_mods, millis."""
        return self.status()["switches"][0]["last_reconcile"]

    def last_errors(self):
        """The newest errors' messages."""
        return [entry["message"] for entry in self.status()["last_errors"]]


def _replace(path, text):
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    os.replace(fresh, path)
