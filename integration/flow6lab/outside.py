"""A physical network beside a lab: a bridge that is the operator's, which Flow6 joins networks to, and who else is on it."""

from flow6lab.waiting import until

BRIDGE = "br-ex"
PHYSICAL_NETWORK = "physnet1"


class Outside:
    """The bridge of a lab to physical network `physnet1`; `settings` are what Flow6's configuration says of it."""

    settings = {"bridge_mappings": {PHYSICAL_NETWORK: BRIDGE}}

    def __init__(self, lab, bridge=BRIDGE):
        self.lab = lab
        self.bridge = bridge
        lab.ovs.add_bridge(bridge, fail_mode="standalone")

    def add_station(self, name, mac, addresses=(), vlan=None, **options):
        """A host in a VLAN of the physical network; None: without tag."""
        station = self.lab.add_host(name, mac, addresses, bridge=self.bridge, **options)
        self.lab.ovs.vsctl("set", "port", name, f"tag={vlan or 0}", "vlan_mode=access")
        return station

    def add_trunk(self, name="trunk", mac="02:00:00:00:ff:fe"):
        """A dumb host on all VLANs, which sends with any tag."""
        return self.lab.add_host(name, mac, bridge=self.bridge, ipv6=False)

    def add_spy(self, name="spy", mac="02:00:00:00:ff:ff"):
        """A dumb host that gets a copy of whatever passes the bridge, with its VLAN tag. What it sends goes nowhere."""
        spy = self.lab.add_host(name, mac, bridge=self.bridge, ipv6=False)
        self.lab.ovs.vsctl("--", "--id=@p", "get", "port", name, "--", "--id=@m", "create", "mirror", f"name={name}", "select-all=true",
                           "output-port=@p", "--", "set", "bridge", self.bridge, "mirrors=@m")
        return spy


def provider(network, network_id, vlan=None, **fields):
    """Adds a network that is part of the physical network to a `network.Network`."""
    segment = {"provider:network_type": "flat"} if vlan is None else {"provider:network_type": "vlan", "provider:segmentation_id": vlan}
    return network.network(network_id, **{"provider:physical_network": PHYSICAL_NETWORK}, **segment, **fields)


def bird(router, config, name="bird"):
    """Starts the BIRD routing daemon in a host, with this configuration; returns when it answers."""
    file = router.folder / f"{router.name}-{name}.conf"
    control = router.folder / f"{router.name}-{name}.ctl"
    file.write_text(config)
    process = router.spawn("bird", "-f", "-c", file, "-s", control, "-P", router.folder / f"{router.name}-{name}.pid")
    until(lambda: router.run("birdc", "-s", control, "show", "status", check=False).returncode == 0, f"BIRD of {router.name} answers")
    process.control = control
    return process
