"""Several hosts on one machine, each with an Open vSwitch and a Flow6 of its own, which reach each other by tunnels."""

import contextlib
import ipaddress

from flow6lab.controller import Controller
from flow6lab.host import Host
from flow6lab.lab import Lab
from flow6lab.waiting import until
from flow6lab.wire import Wire

UPLINK = "up0"
_PHYSICAL = "br-phy"
_TUNNELED = 100  # what VXLAN or Geneve over IPv6 takes of an MTU, and some more


class Node:
    """One host: a lab with a bridge to the underlay, which has this end of all tunnels, and Flow6 beside it."""

    def __init__(self, name, lab, prefix, number):
        self.name = name
        self.lab = lab
        self.network = ipaddress.ip_network(prefix)
        self.tunnel_ip = str(self.network[number])
        self.flow6 = None

    @property
    def ovs(self):
        return self.lab.ovs

    def join(self, underlay, mtu):
        """Makes the bridge to the underlay."""
        inside = self.ovs.namespace
        underlay.attach(inside, UPLINK, self.name, mtu=mtu)
        inside.sysctl(f"ipv6/conf/{UPLINK}/disable_ipv6", 1)
        inside.run("ip", "link", "set", UPLINK, "up")
        self.ovs.add_bridge(_PHYSICAL, fail_mode="standalone")
        self.ovs.vsctl("add-port", _PHYSICAL, UPLINK, "--", "set", "interface", _PHYSICAL, f"mtu_request={mtu}")
        self.configure()

    def map_physical_network(self, name, wire, device, bridge):
        """Plugs the host into a physical network, a wire, by a bridge of its own, and tells its Flow6."""
        inside = self.ovs.namespace
        wire.attach(inside, device, self.name)
        inside.sysctl(f"ipv6/conf/{device}/disable_ipv6", 1)
        inside.run("ip", "link", "set", device, "up")
        self.ovs.add_bridge(bridge, fail_mode="standalone")
        self.ovs.vsctl("add-port", bridge, device)
        self.flow6.config["bridge_mappings"] = {name: bridge}
        self.flow6.write_config(self.flow6.config)

    def configure(self):
        """What the host's own network configuration does: the address is on a device that lives and ends with ovs-vswitchd."""
        address = f"{self.tunnel_ip}/{self.network.prefixlen}"
        self.ovs.namespace.run("ip", "address", "replace", address, "dev", _PHYSICAL, *(["nodad"] if self.network.version == 6 else []))
        self.ovs.namespace.run("ip", "link", "set", _PHYSICAL, "up")

    def reaches(self, other):
        """Whether a ping to another host is answered, and a switch with tunnels has learned the way of them from that.

        In userspace Open vSwitch learns from the answer of a neighbor (RFC 826, RFC 4861 §7.2.4) only where it has no flow of
        the datapath for that yet. It forgets when an address or a tunnel's port changes, and such a flow may still be there.
        """
        self.ovs.appctl("revalidator/purge")
        self.ovs.namespace.run("ip", "neighbor", "flush", "dev", _PHYSICAL)
        answered = self.ovs.namespace.run("ping", "-n", "-c", 1, "-W", 1, other.tunnel_ip, check=False).returncode == 0
        tunnels = "_sys_" in self.ovs.appctl("tnl/ports/show")
        return answered and (not tunnels or other.tunnel_ip in self.ovs.appctl("tnl/neigh/show").split())

    @property
    def mac(self):
        """The MAC address of this end of tunnels."""
        return self.ovs.vsctl("get", "interface", _PHYSICAL, "mac_in_use").strip('"')

    def revive(self):
        """Starts an Open vSwitch that was killed."""
        self.ovs.start()
        self.configure()


class Fabric:
    """Hosts that share an underlay, and one network that all of them serve. A context manager.

    `network` is a `network.Network`; the ports' binding:host_id says which host a VM is on. `tunnel` is vxlan or geneve, over
    IPv6 or IPv4 as `version` says, and `mtu` that of the underlay. Every host has a copy of the network file, with the list
    of hosts in it. `settings` gives a node more settings of its Flow6, such as another place for the network.
    """

    def __init__(self, network, hosts=("hostA", "hostB", "hostC"), tunnel="vxlan", version=6, mtu=1500, settings=lambda node: {}):
        self.tunnel = tunnel
        self.network = network
        self._names = hosts
        self._mtu = mtu
        self._settings = settings
        self._vm_mtu = mtu - _TUNNELED
        self._prefix = "fd00:f6::/64" if version == 6 else "192.0.2.0/24"
        self._exit = contextlib.ExitStack()
        self.nodes = {}
        self.vms = {}

    def __enter__(self):
        try:
            for number, name in enumerate(self._names, 1):
                self.nodes[name] = Node(name, self._exit.enter_context(Lab()), self._prefix, number)
            first = next(iter(self.nodes.values())).lab
            self.underlay = self._wire("underlay", first)
            for node in self.nodes.values():
                node.join(self.underlay, self._mtu)
                tunnel = {"type": self.tunnel, "local_ip": node.tunnel_ip}
                node.flow6 = Controller(node.lab, self._with_hosts(), settings={"host": node.name, "tunnel": tunnel} | self._settings(node))
            self.wait_underlay()
        except BaseException:
            self._exit.close()
            raise
        return self

    def __exit__(self, *_):
        self._exit.close()

    def __getitem__(self, name):
        return self.nodes[name]

    def _wire(self, name, lab, learns=True):
        wire = Wire(name, lab.name, lab.folder, learns)
        lab.on_close(wire.close)
        return wire

    def wait_underlay(self):
        """Waits until each host has reached each other one on the underlay; switches with tunnels learn the way from that."""
        for node in self.nodes.values():
            for other in self.nodes.values():
                if other is not node:
                    until(lambda node=node, other=other: node.reaches(other), f"{node.name} reaches {other.name}", 30)

    # The network.

    def _with_hosts(self):
        network = self.network.copy()
        for node in self.nodes.values():
            network.add("hosts", name=node.name, tunnel_ip=node.tunnel_ip)
        return network

    def update(self, network):
        """Replaces every host's copy of the network file."""
        self.network = network
        text = self._with_hosts().text()
        for node in self.nodes.values():
            node.flow6.edit_network(text)

    def start(self):
        """Starts every Flow6, and waits until all flows are in the switches."""
        for node in self.nodes.values():
            node.flow6.launch()
        for node in self.nodes.values():
            node.flow6.wait_ready(60)
        self.wait_settled()
        self.wait_underlay()

    def wait_settled(self):
        for node in self.nodes.values():
            node.flow6.wait_settled(within=60, ports=sum(place == node.name for place in self._places().values()))

    def wait_told(self):
        """Waits until all ports were asked which multicast groups they listen to, and all hosts know of those of all others."""
        for node in self.nodes.values():
            node.lab.wait_asked()
            until(lambda node=node: not _untold(node), f"{node.name} knows who listens on other hosts", 30)

    def _places(self):
        """Where the VMs are that there are: port → host."""
        return {name: self.place_of(name) for name in self.vms}

    def place_of(self, port_id):
        return self.network.port_of(port_id)["binding:host_id"]

    # Virtual machines.

    def add_vms(self, *port_ids, **options):
        """A VM for each of these ports, on the host that the network says."""
        for port_id in port_ids:
            (self.vms[port_id],) = self.nodes[self.place_of(port_id)].lab.add_hosts(self.network, port_id, mtu=self._vm_mtu, **options)
        return [self.vms[port_id] for port_id in port_ids]

    def add_mobile(self, port_id):
        """A VM that can `move`: it has a device on every host, one of which is connected to it."""
        home = self.nodes[self.place_of(port_id)].lab
        vm = Host(port_id, home.name, home.folder, self.network.mac_of(port_id))
        home.on_close(vm.close)
        # Its own announcements come from another host, too; a cable would not learn from them.
        cable = self._wire(f"{port_id}-cable", home, learns=False)
        cable.attach(vm, "eth0", "vm", mtu=self._vm_mtu)
        vm.configure(mtu=self._vm_mtu, ipv6=True, dad_transmits=0, accept_ra=False, router_solicitations=0, generate_link_local=True)
        for node in self.nodes.values():
            inside = node.ovs.namespace
            cable.attach(inside, port_id, node.name, mtu=self._vm_mtu, joined=node.name == self.place_of(port_id))
            inside.sysctl(f"ipv6/conf/{port_id}/disable_ipv6", 1)
            inside.run("ip", "link", "set", port_id, "up")
            node.lab.plug(port_id, iface_id=port_id)
        for address in self.network.addresses_of(port_id):
            vm.add_address(address)
        vm.cable = cable
        self.vms[port_id] = vm
        return vm

    def move(self, port_id, to):
        """Moves a mobile VM: every network file says so, and it is connected to another host."""
        before = self.place_of(port_id)
        self.bind(port_id, to)
        self.vms[port_id].cable.swap(before, to)

    def bind(self, port_id, to):
        """Has every network file say that a port is on another host."""
        changed = self.network.copy()
        changed.port_of(port_id)["binding:host_id"] = to
        self.update(changed)

    # What passes between hosts.

    def capture(self, name, expression=None):
        """What passes the underlay's link to a host; outgoing is what the host gets."""
        return self.underlay.capture(name, expression)


def _untold(node):
    """The flows by which a host sends all multicast to hosts that have not told it who listens there; a physical network never does."""
    return [flow for flow in node.lab.flows("table=74") if "resubmit(,95)" in flow]


def tunneled(frame):
    """What a frame of the underlay carries in a tunnel: (number of the network, packet inside), or None."""
    from scapy.contrib.geneve import GENEVE
    from scapy.layers.vxlan import VXLAN

    for kind in (VXLAN, GENEVE):
        if kind in frame.packet:
            return frame.packet[kind].vni, frame.packet[kind].payload
    return None
