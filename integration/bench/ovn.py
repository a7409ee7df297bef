"""A private Open Virtual Network with one logical switch and two ports, to measure beside."""

import shutil

from flow6lab import Lab, Network, until
from flow6lab.process import run

_SCHEMAS = "/usr/share/ovn/ovn-{}.ovsschema"


def installed():
    return all(shutil.which(program, path="/usr/bin:/usr/sbin:/bin:/sbin") for program in ("ovn-northd", "ovn-controller", "ovn-nbctl"))


class OvnLab(Lab):
    """A Lab whose switch is run by OVN: hosts vm1 and vm2 on logical switch blue, without port security.

    `control` runs ovn-nbctl.
    """

    def __enter__(self):
        super().__enter__()
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def _start(self):
        folder, inside = self.ovs.folder, self.ovs.namespace
        environment = {**self.ovs.environment, "OVN_RUNDIR": str(folder), "OVN_LOGDIR": str(folder), "OVN_DBDIR": str(folder)}
        north, south = (f"unix:{folder}/{name}.sock" for name in ("nb", "sb"))
        for name in ("nb", "sb"):
            run(["ovsdb-tool", "create", folder / f"{name}.db", _SCHEMAS.format(name)])
            inside.spawn("ovsdb-server", "-vconsole:off", f"--remote=punix:{folder}/{name}.sock", f"--pidfile={folder}/{name}.pid",
                         f"--unixctl={folder}/{name}.ctl", folder / f"{name}.db", env=environment)
        self.control = lambda *words: inside.run("ovn-nbctl", f"--db={north}", *words, env=environment, within=600)
        control = self.control
        until(lambda: control("init").returncode == 0, "the northbound database answers")
        inside.spawn("ovn-northd", "-vconsole:off", f"--ovnnb-db={north}", f"--ovnsb-db={south}", f"--pidfile={folder}/northd.pid", env=environment)
        # ovn-controller makes br-int itself, with the datapath that it is told.
        self.ovs.vsctl("del-br", self.bridge)
        self.ovs.vsctl("set", "open_vswitch", ".", "external_ids:system-id=hostA", f"external_ids:ovn-remote={south}", "external_ids:ovn-encap-type=geneve",
                       "external_ids:ovn-encap-ip=127.0.0.1", "external_ids:ovn-bridge-datapath-type=netdev")
        inside.spawn("ovn-controller", "-vconsole:off", f"--pidfile={folder}/ovn-controller.pid", self.ovs.database, env=environment)
        until(lambda: self.bridge in self.ovs.vsctl("list-br").split(), "OVN has made its bridge")
        network = Network.simple(2)
        control("ls-add", "blue")
        for port in ("vm1", "vm2"):
            control("lsp-add", "blue", port, "--", "lsp-set-addresses", port, f"{network.mac_of(port)} {network.address_of(port)}")
        self.add_hosts(network, "vm1", "vm2")
        until(lambda: self.hosts["vm1"].ndisc6("2001:db8:1::2", attempts=1, wait_ms=200), "OVN answers", within=30)
