"""Networks with routers, Router Advertisements as scapy decodes them, and what hosts make of them."""

from scapy.layers.inet6 import ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6NDOptPrefixInfo, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import Ether

from flow6lab import Network
from flow6lab.host import link_local

PREFIX = "2001:db8:1::/64"
GATEWAY = "2001:db8:1::1"
ROUTER_MAC = "02:00:00:00:01:01"
ROUTER_LINK_LOCAL = link_local(ROUTER_MAC)
VM_MACS = {"vm1": "02:00:00:00:00:01", "vm2": "02:00:00:00:00:02", "vm3": "02:00:00:00:00:03"}


def advertised(vms=("vm1", "vm2"), mode="slaac", mtu=1500, ra=None, **subnet):
    """Network blue whose router r1 advertises 2001:db8:1::/64; `ra` is the router port's flow6 map, `subnet` more of the subnet."""
    network = Network().network("blue", mtu=mtu)
    network.subnet("blue6", "blue", PREFIX, gateway_ip=GATEWAY, enable_dhcp=True, ipv6_ra_mode=mode, ipv6_address_mode=mode, **subnet)
    for vm in vms:
        network.port(vm, "blue", mac=VM_MACS[vm], addresses=[])
    return add_router(network, "r1", ROUTER_MAC, [("blue6", GATEWAY)], ra)


def add_router(network, name, mac, addresses, ra=None):
    """A router with a port on blue."""
    more = {"flow6": ra} if ra else {}
    network.add("routers", id=name)
    return network.port(f"{name}-blue", "blue", mac=mac, addresses=addresses, device_owner="network:router_interface", device_id=name, **more)


def advertises_router(source=ROUTER_LINK_LOCAL, wanted=lambda ra: True):
    """A test for captured frames: an incoming RA of that router."""
    return lambda frame: not frame.outgoing and ICMPv6ND_RA in frame.packet and frame.packet[IPv6].src == source and wanted(frame.packet)


def prefixes(packet):
    """The prefixes in an RA: prefix → (L, A, valid, preferred)."""
    found, layer = {}, packet.getlayer(ICMPv6NDOptPrefixInfo)
    while layer is not None:
        found[f"{layer.prefix}/{layer.prefixlen}"] = (layer.L, layer.A, layer.validlifetime, layer.preferredlifetime)
        layer = layer.payload.getlayer(ICMPv6NDOptPrefixInfo)
    return found


def router_solicitation(mac, source="::", destination="ff02::2", to="33:33:00:00:00:02", option=True, **fields):
    """An RS; with its source link-layer address unless it is from :: or told not to."""
    solicitation = Ether(src=mac, dst=to) / IPv6(src=source, dst=destination, **{"hlim": 255, **fields}) / ICMPv6ND_RS()
    return solicitation / ICMPv6NDOptSrcLLAddr(lladdr=mac) if option and source != "::" else solicitation
