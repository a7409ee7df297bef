"""Hosts that share their network through etcd: each has an Open vSwitch and a Flow6 of its own, and any serves the API."""

from flow6lab.etcd import Cluster
from flow6lab.fabric import Fabric
from flow6lab.network import Network
from flow6lab.neutron import Neutron
from flow6lab.waiting import until

PREFIX = "2001:db8:1::/64"
STATEFUL = {"enable_dhcp": True, "ipv6_ra_mode": "dhcpv6-stateful", "ipv6_address_mode": "dhcpv6-stateful"}


class Hosts(Fabric):
    """A fabric whose Flow6s have their network in etcd; `nodes` of etcd there are."""

    def __init__(self, names, nodes, *words):
        super().__init__(Network(), names, settings=self._northbound)
        self._etcd_nodes = nodes
        self._words = words
        self.etcd = None
        self.ports = {}

    def _northbound(self, node):
        if self.etcd is None:
            self.etcd = Cluster(node.lab, self._etcd_nodes, *self._words)
        self.etcd.join(node.ovs.namespace, node.name)
        first = self._names.index(node.name) % self._etcd_nodes
        return {"northbound": self.etcd.northbound(first) | {"folder": str(node.lab.folder / "own")}}

    def start(self):
        for node in self.nodes.values():
            node.flow6.launch()
        for node in self.nodes.values():
            node.flow6.wait_ready(60)
            self.wait_connected(node.name)
        self.wait_underlay()

    def northbound(self, name):
        return self[name].flow6.status()["northbound"]

    def wait_connected(self, name, connected=True):
        until(lambda: self.northbound(name)["connected"] is connected, f"{name}: connected to etcd: {connected}", 30)

    def neutron(self, name):
        return Neutron(self[name].flow6)

    def make_blue(self, api):
        neutron = self.neutron(api)
        network = neutron.create("networks", name="blue", mtu=1400)["id"]
        neutron.create("subnets", network_id=network, ip_version=6, cidr=PREFIX, gateway_ip="2001:db8:1::fffe", **STATEFUL)
        group = neutron.create("security-groups", name="pings")["id"]
        neutron.create("security-group-rules", security_group_id=group, direction="ingress", ethertype="IPv6", protocol="ipv6-icmp")
        return network, group

    def add_vm(self, api, name, host, network, group):
        """A port that is made by one host's API, and a VM at it on another."""
        port = self.neutron(api).create("ports", name=name, network_id=network, security_groups=[group], **{"binding:host_id": host})
        self.ports[name] = port
        self.vms[name] = self[host].lab.add_host(name, port["mac_address"], [f"{self.address(name)}/64"], iface_id=port["id"], mtu=1400)
        return self.vms[name]

    def address(self, name):
        return self.ports[name]["fixed_ips"][0]["ip_address"]

    def wait_pings(self, source, target):
        until(lambda: self.vms[source].ping(self.address(target), count=1, wait=1).answered_all, f"{source} reaches {target}", 30)

    def wait_alike(self):
        """Waits until all hosts know the same ports; returns their ids."""
        def alike():
            known = [{port["id"] for port in self.neutron(name).list("ports")} for name in self.nodes]
            return known[0] if all(one == known[0] for one in known) else None
        return until(alike, "all hosts know the same ports", 20)
