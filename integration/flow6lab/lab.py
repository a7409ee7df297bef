"""A network of Linux hosts on one private Open vSwitch, which leaves nothing behind."""

import atexit
import os
import pathlib
import shutil
import tempfile

from flow6lab import leftovers
from flow6lab.host import Host
from flow6lab.ovs import OpenVSwitch
from flow6lab.waiting import until

BRIDGE = "br-int"


class Lab:
    """Own Open vSwitch, hosts with veths into its bridge, and controllers. A context manager.

    Everything is in namespaces that this process holds and in one folder: other switches on the machine are not touched.
    """

    def __init__(self, bridge=BRIDGE, dpid=None, keep=bool(os.environ.get("FLOW6_LAB_KEEP"))):
        self._prefix = f"{leftovers.PREFIX}{os.getpid()}-"
        self.bridge = bridge
        self.hosts = {}
        self._dpid = dpid
        self._keep = keep
        self._closers = []

    def __enter__(self):
        leftovers.sweep()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=self._prefix))
        self.name = self.folder.name
        atexit.register(self.close)
        try:
            self.ovs = OpenVSwitch("ovs", self.name, self.folder)
            self._closers.append(self.ovs.close)
            self.ovs.start()
            self.ovs.add_bridge(self.bridge, self._dpid)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def on_close(self, closer):
        """Calls `closer` when the lab closes, before what was there earlier."""
        self._closers.append(closer)

    def close(self):
        """Ends every process, and removes the folder unless FLOW6_LAB_KEEP is set. Safe to call twice."""
        atexit.unregister(self.close)
        while self._closers:
            try:
                self._closers.pop()()
            except Exception as problem:  # the rest must close all the same
                print(f"flow6lab: closing: {problem!r}")
        if not self._keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def add_host(self, name, mac, addresses=(), *, iface_id=None, bridge=None, port=None, mtu=1500, ipv6=True, dad_transmits=0,
                 accept_ra=False, router_solicitations=0, generate_link_local=True):
        """A host whose eth0 is a veth into the bridge, where the port is called `name` (15 characters at most).

        `addresses` get no duplicate check. `iface_id` goes into external_ids:iface-id of the interface, which binds the logical
        port of that id. `port` is the OpenFlow port number wanted. With `ipv6` off the host is dumb: it sends nothing by itself.
        """
        host = Host(name, self.name, self.folder, mac)
        self.hosts[name] = host
        self.on_close(host.close)
        inside = self.ovs.namespace
        inside.run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", host.path)
        inside.run("ethtool", "-K", name, "tx", "off")
        inside.run("ip", "link", "set", name, "mtu", mtu, "up")
        inside.sysctl(f"ipv6/conf/{name}/disable_ipv6", 1)
        host.configure(mtu=mtu, ipv6=ipv6, dad_transmits=dad_transmits, accept_ra=accept_ra,
                       router_solicitations=router_solicitations, generate_link_local=generate_link_local)
        for address in addresses:
            host.add_address(address)
        self.plug(name, iface_id=iface_id, bridge=bridge, port=port)
        return host

    def plug(self, name, *, iface_id=None, bridge=None, port=None):
        """Adds the host's veth to a bridge (again), and binds it if `iface_id` is given."""
        settings = []
        if port is not None:
            settings.append(f"ofport_request={port}")
        if iface_id is not None:
            settings.append(f"external_ids:iface-id={iface_id}")
        words = ["--", "set", "interface", name, *settings] if settings else []
        self.ovs.vsctl("add-port", bridge or self.bridge, name, *words)

    def unplug(self, name):
        """Takes the host's veth out of its bridge."""
        self.ovs.vsctl("del-port", name)

    def add_hosts(self, network, *port_ids, bind=True, **options):
        """A host for each of these ports of a `network.Network`, with the port's MAC and addresses; bound by iface-id unless told not to."""
        added = []
        for port_id in port_ids:
            port = network.port_of(port_id)
            added.append(self.add_host(port_id, port["mac_address"], () if options.get("ipv6") is False else network.addresses_of(port_id),
                                       iface_id=port_id if bind else None, **options))
        return added

    # The bridge's daily commands, for short tests.

    def ofctl(self, command, *words, **options):
        return self.ovs.ofctl(command, self.bridge, *words, **options)

    def flows(self, *match):
        return self.ovs.flows(self.bridge, *match)

    def flow_keys(self, *match):
        return self.ovs.flow_keys(self.bridge, *match)

    def wait_asked(self):
        """Waits until every port was asked which multicast groups it listens to; until then it gets all, by flows of its own."""
        until(lambda: not self.flows("table=73"), "every port was asked", 10)

    def flow_count(self):
        return self.ovs.flow_count(self.bridge)
