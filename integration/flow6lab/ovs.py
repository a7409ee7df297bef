"""A private Open vSwitch with the userspace datapath, in a namespace of its own."""

import re

from flow6lab.namespace import Namespace
from flow6lab.process import run
from flow6lab.waiting import until

_SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"


class OpenVSwitch:
    """ovsdb-server and ovs-vswitchd of one machine; all its files are in `folder`, so it runs beside any other."""

    def __init__(self, name, owner, folder):
        self.namespace = Namespace(name, owner, folder)
        self.folder = folder / name
        self.folder.mkdir()
        self.environment = {f"OVS_{kind}DIR": str(self.folder) for kind in ("RUN", "LOG", "DB", "SYSCONF")}
        self.database = f"unix:{self.folder}/db.sock"
        self._processes = {}
        run(["ovsdb-tool", "create", self.folder / "conf.db", _SCHEMA])

    def start(self):
        """Starts both daemons, and returns when they answer."""
        self._spawn("ovsdb-server", self.folder / "conf.db", f"--remote=punix:{self.folder}/db.sock")
        until(lambda: self._tool("ovs-vsctl", "--no-wait", "init", within=5).returncode == 0, "ovsdb-server answers")
        self._spawn("ovs-vswitchd", self.database)
        self.vsctl("show")
        until(lambda: self.appctl("version"), "ovs-vswitchd answers")

    def _spawn(self, program, *arguments):
        self._processes[program] = self.namespace.spawn(
            program, "--pidfile", "--log-file", "-vconsole:off", *arguments, env=self.environment, log=f"{self.namespace.name}-{program}.log")

    def pid(self, program="ovs-vswitchd"):
        return self._processes[program].pid

    def restart(self):
        """What an upgrade does: both daemons end in order and start again. The database stays, flows do not."""
        for program in ("ovs-vswitchd", "ovsdb-server"):
            self._tool("ovs-appctl", "-t", program, "exit")
            self._processes[program].wait()
        self.start()

    def kill(self):
        """Kills ovs-vswitchd and ovsdb-server with SIGKILL."""
        for process in self._processes.values():
            process.kill()

    def close(self):
        self.kill()
        self.namespace.close()

    def _tool(self, *argv, within=30.0, text_in=None):
        return self.namespace.run(*argv, env=self.environment, within=within, text_in=text_in)

    def vsctl(self, *words):
        """ovs-vsctl; waits for vswitchd to have done it."""
        return self._tool("ovs-vsctl", "--timeout=20", *words).stdout.strip()

    def appctl(self, *words, target="ovs-vswitchd"):
        return self._tool("ovs-appctl", "-t", target, *words).stdout

    def wait_revalidated(self):
        """Waits until what the datapath has cached follows the flows. The first round may have begun before they changed."""
        for _ in range(2):
            self.appctl("revalidator/wait")

    def ofctl(self, *words, text_in=None, within=120.0):
        return self._tool("ovs-ofctl", "-O", "OpenFlow13", *words, text_in=text_in, within=within).stdout

    def add_bridge(self, name, dpid=None, protocols="OpenFlow13", fail_mode="secure"):
        """A bridge without controller: in secure mode without flows, in standalone mode one that learns. `dpid` is a number."""
        settings = ["datapath_type=netdev", f"protocols={protocols}", f"fail-mode={fail_mode}"]
        if dpid is not None:
            settings.append(f"other-config:datapath-id={dpid:016x}")
        self.vsctl("add-br", name, "--", "set", "bridge", name, *settings)

    def set_controller(self, bridge, target):
        """Points a bridge at a controller as OVS-side users do, with a short backoff and without in-band flows."""
        self.vsctl("set-controller", bridge, target, "--", "set", "controller", bridge, "max_backoff=1000", "connection-mode=out-of-band")

    def dpid(self, bridge):
        """The datapath id of a bridge as a number."""
        return int(self.vsctl("get", "bridge", bridge, "datapath_id").strip('"'), 16)

    def port_number(self, interface):
        """The OpenFlow port number of an interface."""
        return until(lambda: int(self.vsctl("get", "interface", interface, "ofport")), f"{interface} has a port number")

    def flows(self, bridge, *match):
        """The flows that match, one text a flow, with counters and cookies."""
        return [line.strip() for line in self.ofctl("dump-flows", bridge, *match).splitlines() if " table=" in line]

    def flow_keys(self, bridge, *match):
        """What identifies the flows, without counters and times: cookie, table, priority, match, actions."""
        return sorted(re.sub(r" (duration|n_packets|n_bytes|idle_age|hard_age)=[^ ,]*,?", "", flow) for flow in self.flows(bridge, *match))

    def flow_count(self, bridge):
        reply = self.ofctl("dump-aggregate", bridge)
        return int(re.search(r"flow_count=(\d+)", reply).group(1))

    def flow_mods(self):
        """How many flow-mods this ovs-vswitchd has handled since it started (its coverage counter)."""
        found = re.search(r"^ofproto_recv_openflow .*total: (\d+)$|^.*flow_mod.*total: (\d+)$", self.appctl("coverage/show"), re.M)
        return int(next(filter(None, found.groups()))) if found else 0

    def trace(self, bridge, flow):
        """ofproto/trace of a flow, or of a frame given as bytes (`flow` then names in_port)."""
        return self.appctl("ofproto/trace", bridge, flow)

    def resident_bytes(self, program="ovs-vswitchd"):
        """The resident memory of a daemon."""
        return resident_bytes(self.pid(program))


def resident_bytes(pid):
    """The resident memory of a process in bytes."""
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+) kB", file.read()).group(1)) * 1024
