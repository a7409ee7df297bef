"""Two upstream routers with real routing daemons, between a provider network and the world: a LAN with one server on it."""

from flow6lab import Network
from flow6lab.host import Host
from flow6lab.outside import bird, provider
from flow6lab.wire import Wire
from routing import add_link

VLAN = 100
GATE_MAC, BLUE_MAC = "02:00:00:00:01:01", "02:00:00:00:01:02"
GATE, GATE4 = "2001:db8:e::9", "198.51.100.9"
UPSTREAMS = {"up1": ("02:00:00:00:aa:01", "2001:db8:e::1", "198.51.100.1"), "up2": ("02:00:00:00:aa:02", "2001:db8:e::2", "198.51.100.2")}
SERVER, SERVER4 = "2001:db8:5::5", "203.0.113.5"
VM, VM4 = "2001:db8:b::11", "192.0.2.17"


def network(**router):
    """vm1 on blue behind r1, whose gateway is on ext, VLAN 100 of the physical network; Neutron makes both, port and gateway info.

    edge is on ext itself, where the upstream router tells hosts their prefix.
    """
    built = provider(Network(), "ext", VLAN, **{"router:external": True})
    built.subnet("ext6", "ext", "2001:db8:e::/64", gateway_ip="2001:db8:e::1", enable_dhcp=True, ipv6_address_mode="slaac").subnet("ext4", "ext", "198.51.100.0/24", gateway_ip="198.51.100.1")
    built.network("blue").subnet("blue6", "blue", "2001:db8:b::/64").subnet("blue4", "blue", "192.0.2.0/24")
    gate = [("ext6", GATE), ("ext4", GATE4)]
    built.add("routers", id="r1", external_gateway_info={"network_id": "ext", "external_fixed_ips": [
        {"subnet_id": subnet, "ip_address": address} for subnet, address in gate]}, **router)
    add_link(built, "r1", "ext", GATE_MAC, gate, owner="network:router_gateway")
    add_link(built, "r1", "blue", BLUE_MAC, [("blue6", "2001:db8:b::1"), ("blue4", "192.0.2.1")])
    built.port("vm1", "blue", number=0x11, addresses=[("blue6", VM), ("blue4", VM4)])
    built.port("edge", "ext", number=0x21, addresses=[])
    built.add("security_group_rules", id="all4", security_group_id="default", direction="ingress", ethertype="IPv4")
    built.add("security_group_rules", id="all6", security_group_id="default", direction="ingress", ethertype="IPv6")
    return built


_COMMON = """
log "{log}" all;
router id 192.0.2.{number};
protocol device {{ scan time 1; }}
protocol direct {{ ipv6; ipv4; interface "eth*"; }}
protocol kernel kernel6 {{ ipv6 {{ export where source ~ [ RTS_STATIC, RTS_OSPF, RTS_OSPF_EXT1, RTS_OSPF_EXT2 ]; }}; merge paths on; }}
protocol kernel kernel4 {{ ipv4 {{ export where source ~ [ RTS_STATIC, RTS_OSPF, RTS_OSPF_EXT1, RTS_OSPF_EXT2 ]; }}; merge paths on; }}
"""

_TENANTS = """
protocol static tenants6 {{ ipv6; route 2001:db8:b::/64 via {gate}; }}
protocol static tenants4 {{ ipv4; route 192.0.2.0/24 via {gate4}; }}
"""

_OSPF = """
protocol ospf v3 lan6 {{ ecmp on; ipv6 {{ export where source = RTS_STATIC; }}; area 0 {{ interface "{lan}" {{ hello 1; dead count 3; }};{stub} }}; }}
protocol ospf v2 lan4 {{ ecmp on; ipv4 {{ export where source = RTS_STATIC; }}; area 0 {{ interface "{lan}" {{ hello 1; dead count 3; }};{stub} }}; }}
"""


_ADVERTISEMENTS = """
protocol radv {{ ipv6; interface "eth0" {{ max ra interval 4; default lifetime {lifetime}; prefix 2001:db8:e::/64; }}; }}
"""


class Upstreams:
    """The routers and the server behind them. The routers tell the server by OSPF that tenants' prefixes are behind them.

    `tenants` says whether they have a route to the gateway for these prefixes; else they take them to be on their own link.
    """

    def __init__(self, lab, outside, tenants=True, lan_mtu=1500):
        self.lab = lab
        self.lan = Wire("lan", lab.name, lab.folder)
        lab.on_close(self.lan.close)
        self.server = Host("server", lab.name, lab.folder, "02:00:00:00:bb:05")
        lab.on_close(self.server.close)
        self.lan.attach(self.server, "eth0", "server", mtu=lan_mtu)
        self.server.configure(mtu=lan_mtu, ipv6=True, dad_transmits=0, accept_ra=False, router_solicitations=0, generate_link_local=True)
        for address in (f"{SERVER}/64", f"{SERVER4}/24"):
            self.server.add_address(address)
        self.routers = {}
        for number, (name, (mac, address, address4)) in enumerate(UPSTREAMS.items(), 1):
            length, length4 = (64, 24) if tenants else (32, 24)
            router = outside.add_station(name, mac, [f"{address}/{length}", f"{address4}/{length4}"], vlan=VLAN)
            self.lan.attach(router, "eth1", name, mtu=lan_mtu)
            router.sysctl("ipv6/conf/eth1/accept_dad", 0)
            router.run("ip", "link", "set", "eth1", "up")
            for own in (f"2001:db8:5::{number}/64", f"203.0.113.{number}/24"):
                router.run("ip", "address", "add", own, "dev", "eth1", *(["nodad"] if ":" in own else []))
            router.sysctl("ipv6/conf/all/forwarding", 1)
            router.sysctl("ipv6/conf/all/keep_addr_on_down", 1)
            router.sysctl("ipv4/conf/all/forwarding", 1)
            if not tenants:
                router.run("ip", "route", "add", "192.0.2.0/24", "dev", "eth0", "scope", "link")
            self.routers[name] = router
            config = _COMMON.format(log=lab.folder / f"{name}-bird.log", number=number) + _OSPF.format(lan="eth1", stub=' interface "eth0" { stub; };')
            config += _ADVERTISEMENTS.format(lifetime=60 if name == "up1" else 0)
            router.bird = bird(router, config + (_TENANTS.format(gate=GATE, gate4=GATE4) if tenants else _ON_LINK))
        server = _COMMON.format(log=lab.folder / "server-bird.log", number=5) + _OSPF.format(lan="eth0", stub="")
        self.server.bird = bird(self.server, server)


_ON_LINK = """
protocol static tenants6 { ipv6; route 2001:db8:b::/64 via "eth0"; }
protocol static tenants4 { ipv4; route 192.0.2.0/24 via "eth0"; }
"""
