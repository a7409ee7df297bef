"""Networks that are part of a physical network: VMs and stations on one VLAN, and what must not pass between them."""

import ipaddress
import socket

import pytest
from scapy.layers.dhcp6 import DHCP6_Solicit, DHCP6OptClientId, DUID_LL
from scapy.layers.inet import UDP
from scapy.layers.inet6 import ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import ARP, Dot1AD, Dot1Q, Ether

from flow6lab import Controller, Lab, Network, until
from flow6lab.host import link_local
from flow6lab.outside import BRIDGE, Outside, provider
from routing import add_link, is_of, pings, udp

VLAN = 100
UP, OTHER = "02:00:00:00:aa:01", "02:00:00:00:aa:02"
GATE_MAC = "02:00:00:00:01:01"
ALL_NODES = "33:33:00:00:00:01"


def _network():
    """net is VLAN 100, with a router that serves its hosts; flat is what has no tag; blue is a tenant's."""
    network = provider(Network(), "net", VLAN)
    network.subnet("net6", "net", "2001:db8:a::/64", enable_dhcp=True, ipv6_ra_mode="dhcpv6-stateful", ipv6_address_mode="dhcpv6-stateful")
    network.subnet("net4", "net", "198.51.100.0/24")
    provider(network, "flat").subnet("flat6", "flat", "2001:db8:f::/64")
    network.network("blue").subnet("blue6", "blue", "2001:db8:b::/64")
    network.port("vm1", "net", number=0x11).port("vm2", "net", number=0x12, port_security_enabled=False)
    network.port("vm3", "flat", number=0x13).port("vm4", "blue", number=0x14)
    network.port("away", "net", number=0x15, **{"binding:host_id": "hostB"})
    network.add("routers", id="r1")
    add_link(network, "r1", "net", GATE_MAC, [("net6", "2001:db8:a::9"), ("net4", "198.51.100.9")])
    network.port_of("r1-net")["flow6"] = {"min_interval": 3, "max_interval": 4}
    network.add("security_group_rules", id="all4", security_group_id="default", direction="ingress", ethertype="IPv4")
    return network.allow_pings()


@pytest.fixture(scope="module")
def scene():
    with Lab() as lab:
        network = _network()
        outside = Outside(lab)
        lab.add_hosts(network, "vm1", "vm2", "vm3", "vm4")
        outside.add_station("ext1", UP, ["2001:db8:a::1/64", "198.51.100.1/24"], vlan=VLAN)
        outside.add_station("ext2", OTHER, ["2001:db8:a::2/64", "2001:db8:f::2/64"])
        outside.add_spy()
        outside.add_trunk()
        with Controller(lab, network, settings=Outside.settings) as flow6:
            flow6.wait_settled(ports=6)
            lab.outside, lab.flow6, lab.network = outside, flow6, network
            yield lab


def _solicitation(target, source, mac, sll=True):
    group = bytes.fromhex("ff0200000000000000000001ff") + ipaddress.IPv6Address(target).packed[13:]
    destination = str(ipaddress.IPv6Address(group))
    solicitation = IPv6(src=source, dst=destination, hlim=255) / ICMPv6ND_NS(tgt=target)
    return Ether(src=mac, dst="33:33:" + ":".join(f"{octet:02x}" for octet in group[12:])) / (
        solicitation / ICMPv6NDOptSrcLLAddr(lladdr=mac) if sll else solicitation)


def _answers(target):
    return lambda packet: ICMPv6ND_NA in packet and packet[ICMPv6ND_NA].tgt == target


@pytest.mark.parametrize("one, address", [
    ("vm1", "2001:db8:a::1"), ("vm1", "198.51.100.1"), ("ext1", "2001:db8:a::11"), ("ext1", "198.51.100.17"), ("ext1", "2001:db8:a::12"),
    ("vm2", "2001:db8:a::1"), ("vm1", "2001:db8:a::12"), ("vm3", "2001:db8:f::2"), ("ext2", "2001:db8:f::13")])
def test_vms_and_stations_of_a_network_reach_each_other(scene, one, address):
    until(lambda: pings(scene.hosts[one], address), f"{one} reaches {address}")


def test_a_duplicate_on_the_physical_network_is_found(scene):
    """A VM's own check goes out, and the station that has the address keeps it."""
    ext1, vm1 = scene.hosts["ext1"], scene.hosts["vm1"]
    ext1.add_address("2001:db8:a::11/64")
    try:
        check = _solicitation("2001:db8:a::11", "::", vm1.mac, sll=False)
        assert vm1.ask(check, _answers("2001:db8:a::11"))
    finally:
        ext1.remove_address("2001:db8:a::11/64")


def test_a_station_that_takes_a_vms_address_is_refused(scene):
    ext1 = scene.hosts["ext1"]
    ext1.sysctl("ipv6/conf/eth0/accept_dad", 1)
    ext1.sysctl("ipv6/conf/eth0/dad_transmits", 1)
    ext1.add_address("2001:db8:a::12/64", dad=True)
    try:
        assert "dadfailed" in ext1.wait_address("2001:db8:a::12")
    finally:
        ext1.remove_address("2001:db8:a::12/64")


# What must not pass.


def test_frames_leave_with_the_tag_of_their_network_and_no_other(scene):
    spy = scene.hosts["spy"]
    frames = {}
    with spy.capture() as seen:
        for name, network in (("vm1", "a"), ("vm2", "a"), ("vm3", "f"), ("vm4", "b")):
            vm = scene.hosts[name]
            address = scene.network.address_of(name)
            frames[name] = udp(address, "ff02::1", ALL_NODES, vm.mac), udp(address, f"2001:db8:{network}::77", "02:00:00:00:77:77", vm.mac)
            vm.send(*frames[name])
        for name in ("vm1", "vm2", "vm3"):
            for frame in frames[name]:
                came = seen.wait(is_of(frame))
                assert came, f"{name}: {frame.summary()}"
                assert came.packet[Dot1Q].vlan == VLAN if name != "vm3" else Dot1Q not in came.packet
        seen.watch(0.3)
        for frame in frames["vm4"]:
            assert not [one for one in seen.frames if is_of(frame)(one)], "a tenant's network stays inside"
        for name, vlans in (("vm1", {VLAN}), ("vm2", {VLAN}), ("vm3", {None})):
            for frame in frames[name]:
                assert {one.packet[Dot1Q].vlan if Dot1Q in one.packet else None for one in seen.frames if is_of(frame)(one)} == vlans


@pytest.mark.parametrize("vlan", [0, 7, VLAN, 4095])
@pytest.mark.parametrize("tag", [Dot1Q, Dot1AD])
def test_a_vm_without_port_security_gets_into_no_vlan_of_its_choice(scene, vlan, tag):
    vm2, spy = scene.hosts["vm2"], scene.hosts["spy"]
    plain = udp("2001:db8:a::12", "ff02::1", ALL_NODES, vm2.mac)
    tagged = Ether(src=vm2.mac, dst=ALL_NODES) / tag(vlan=vlan) / plain[IPv6]
    with spy.capture() as seen, scene.hosts["ext1"].capture() as there, scene.hosts["ext2"].capture() as untagged:
        vm2.send(tagged, plain)
        assert there.wait(is_of(plain)), "the one without tag gets there"
        for capture in (seen, there, untagged):
            capture.watch(0.2)
        for frame in seen.frames + untagged.frames:
            if is_of(plain)(frame):
                assert Dot1Q in frame.packet and frame.packet[Dot1Q].vlan == VLAN and frame.packet[Dot1Q].type == 0x86DD, frame.packet.summary()
        assert not [frame for frame in untagged.frames if is_of(plain)(frame)]


@pytest.mark.parametrize("vlan", [None, 7, 99])
def test_frames_of_other_vlans_do_not_come_in(scene, vlan):
    trunk, vm2 = scene.hosts["trunk"], scene.hosts["vm2"]
    mark = udp("2001:db8:a::5", "ff02::1", ALL_NODES, "02:00:00:00:55:55")
    right = udp("2001:db8:a::5", "ff02::1", ALL_NODES, "02:00:00:00:55:55")
    wrong = mark if vlan is None else Ether(src=mark.src, dst=mark.dst) / Dot1Q(vlan=vlan) / mark[IPv6]
    doubled = Ether(src=mark.src, dst=mark.dst) / Dot1Q(vlan=vlan or 1) / Dot1Q(vlan=VLAN) / mark[IPv6]
    with vm2.capture() as net, scene.hosts["vm4"].capture() as blue:
        trunk.send(wrong, doubled, Ether(src=right.src, dst=right.dst) / Dot1Q(vlan=VLAN) / right[IPv6])
        assert net.wait(is_of(right))
        assert not [frame for frame in net.frames + blue.watch(0.2) if is_of(mark)(frame)]
        assert not [frame for frame in blue.frames if is_of(right)(frame)]


def test_who_is_outside_is_told_of_what_is_here_alone(scene):
    ext1 = scene.hosts["ext1"]
    lla = link_local(UP)
    assert ext1.ask(_solicitation("2001:db8:a::11", lla, UP), _answers("2001:db8:a::11")), "a VM here"
    assert ext1.ask(_solicitation("2001:db8:a::9", lla, UP), _answers("2001:db8:a::9")), "the only host there is serves the router"
    vm1 = scene.hosts["vm1"]
    assert vm1.ask(_solicitation("2001:db8:a::15", scene.network.link_local_of("vm1"), vm1.mac), _answers("2001:db8:a::15"))
    for sll in (True, False):
        assert not ext1.ask(_solicitation("2001:db8:a::15", lla, UP, sll), _answers("2001:db8:a::15"), within=0.5), "a VM elsewhere"
        assert not ext1.ask(_solicitation("2001:db8:b::14", lla, UP, sll), _answers("2001:db8:b::14"), within=0.5), "a tenant's VM"


def test_arp_requests_from_outside_are_answered_for_what_is_here_alone(scene):
    ext1 = scene.hosts["ext1"]
    for address, answered in (("198.51.100.17", True), ("198.51.100.9", True), ("198.51.100.21", False)):
        request = Ether(src=UP, dst="ff:ff:ff:ff:ff:ff") / ARP(op=1, hwsrc=UP, psrc="198.51.100.1", pdst=address)
        reply = ext1.ask(request, lambda packet, address=address: ARP in packet and packet[ARP].op == 2 and packet[ARP].psrc == address,
                         within=2 if answered else 0.5)
        assert (reply is not None) == answered, address


def test_router_advertisements_of_flow6_do_not_go_out(scene):
    """Hosts here get them, unasked and asked; whoever asks outside gets none."""
    spy, vm1, ext1 = scene.hosts["spy"], scene.hosts["vm1"], scene.hosts["ext1"]
    ours = lambda frame: ICMPv6ND_RA in frame.packet and frame.packet.src == GATE_MAC
    solicitation = Ether(src=UP, dst="33:33:00:00:00:02") / IPv6(src=link_local(UP), dst="ff02::2", hlim=255) / ICMPv6ND_RS()
    direct = Ether(src=UP, dst=GATE_MAC) / IPv6(src=link_local(UP), dst=link_local(GATE_MAC), hlim=255) / ICMPv6ND_RS()
    with spy.capture() as seen, vm1.capture() as inside:
        ext1.send(solicitation, direct)
        for _ in range(2):
            assert inside.wait(ours, 5)
            inside.frames.clear()
        seen.drain()
        assert not [frame for frame in seen.frames if ours(frame)]


def test_advertisements_of_a_router_outside_come_in(scene):
    ext1, vm1 = scene.hosts["ext1"], scene.hosts["vm1"]
    advertisement = Ether(src=UP, dst=ALL_NODES) / IPv6(src=link_local(UP), dst="ff02::1", hlim=255) / ICMPv6ND_RA(routerlifetime=0)
    with vm1.capture() as came:
        ext1.send(advertisement)
        assert came.wait(lambda frame: ICMPv6ND_RA in frame.packet and frame.packet.src == UP)


def test_dhcpv6_is_served_here_and_not_outside(scene):
    ext1, vm1, spy = scene.hosts["ext1"], scene.hosts["vm1"], scene.hosts["spy"]

    def solicit(mac):
        return (Ether(src=mac, dst="33:33:00:01:00:02") / IPv6(src=link_local(mac), dst="ff02::1:2") / UDP(sport=546, dport=547)
                / DHCP6_Solicit(trid=7) / DHCP6OptClientId(duid=DUID_LL(lladdr=mac)))

    from_server = lambda packet: UDP in packet and packet[UDP].sport == 547
    with spy.capture() as seen:
        assert vm1.ask(solicit(vm1.mac), from_server)
        assert not ext1.ask(solicit(UP), from_server, within=0.5)
        assert {frame.packet.src for frame in seen.received() if UDP in frame.packet and frame.packet[UDP].dport in (546, 547)} == {UP}, "neither the VM's question nor an answer went out"


def test_pings_to_the_routers_groups_are_not_answered_outside(scene):
    ext1 = scene.hosts["ext1"]
    ping = Ether(src=UP, dst="33:33:00:00:00:02") / IPv6(src=link_local(UP), dst="ff02::2", hlim=1) / ICMPv6EchoRequest()
    assert not ext1.ask(ping, lambda packet: packet.src == GATE_MAC, within=0.5)
    assert pings(ext1, "2001:db8:a::9"), "its own address is"


def test_nothing_comes_back_to_where_it_came_from(scene):
    """What is for nobody here is dropped; a broadcast comes once."""
    ext1, spy = scene.hosts["ext1"], scene.hosts["spy"]
    frames = [udp("2001:db8:a::1", "ff02::1", ALL_NODES, UP), udp("2001:db8:a::1", "2001:db8:a::5", "02:00:00:00:99:99", UP)]
    with spy.capture() as seen, ext1.capture() as back:
        ext1.send(*frames)
        for frame in frames:
            assert seen.wait(is_of(frame))
        back.watch(0.3)
        seen.drain()
        assert not [one for one in back.frames for frame in frames if is_of(frame)(one)]
        for frame in frames:
            assert len([one for one in seen.frames if is_of(frame)(one)]) == 1


def test_multicast_and_what_asks_for_routers_get_out(scene):
    """Who listens there is for the switches of the physical network to know; they hear who listens here."""
    vm2, ext1 = scene.hosts["vm2"], scene.hosts["ext1"]
    group = udp("2001:db8:a::12", "ff15::6", "33:33:00:00:00:06", vm2.mac)
    solicitation = Ether(src=scene.hosts["vm3"].mac, dst="33:33:00:00:00:02") / IPv6(
        src=scene.network.link_local_of("vm3"), dst="ff02::2", hlim=255) / ICMPv6ND_RS()
    with ext1.capture() as net, scene.hosts["ext2"].capture() as flat:
        vm2.send(group)
        scene.hosts["vm3"].send(solicitation)
        assert net.wait(is_of(group))
        assert flat.wait(lambda frame: ICMPv6ND_RS in frame.packet), "no router of Flow6 is on that network"
    with ext1.capture() as net, vm2.socket(socket.AF_INET6, socket.SOCK_DGRAM) as listening:
        listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, "ff15::7") + bytes(4))
        assert net.wait(lambda frame: frame.packet.src == vm2.mac and frame.packet.dst == "33:33:00:00:00:16", 5), "the report goes out"


# The patch ports.


def _patches(scene):
    rows = scene.ovs.vsctl("--format=csv", "--no-heading", "--columns=name", "find", "interface", "type=patch").split()
    return sorted(name.strip('"') for name in rows)


def test_patch_ports_are_made_mended_and_kept(scene):
    ovs = scene.ovs
    names = _patches(scene)
    assert len(names) == 4
    outer = next(name for name in names if name.startswith("f6out-") and ovs.vsctl("get", "port", name, "tag") == str(VLAN))
    assert all(ovs.vsctl("get", "interface", name, "external_ids:owner") == "flow6" for name in names)
    ovs.vsctl("set", "port", outer, "tag=7", "--", "remove", "port", outer, "vlan_mode", "access")
    until(lambda: (ovs.vsctl("get", "port", outer, "tag"), ovs.vsctl("get", "port", outer, "vlan_mode")) == (str(VLAN), "access"), "the VLAN is put right")
    ovs.vsctl("del-port", BRIDGE, outer)
    until(lambda: outer in _patches(scene), "it is made again")
    until(lambda: pings(scene.hosts["vm1"], "2001:db8:a::1"), "and leads to the same place")


def test_a_restart_changes_nothing(scene):
    scene.wait_asked()
    before = _patches(scene), scene.ovs.vsctl("get", "interface", _patches(scene)[0], "_uuid"), scene.flow_keys()
    with_pings = scene.hosts["vm1"].start_ping("2001:db8:a::1")
    with_pings.wait_answers(5)
    scene.flow6.kill9()
    scene.flow6.start()
    assert scene.flow6.reconcile()["flow_mods"] == 0
    assert (_patches(scene), scene.ovs.vsctl("get", "interface", _patches(scene)[0], "_uuid"), scene.flow_keys()) == before
    with_pings.wait_answers(5)
    assert with_pings.stop().lost == ()


def test_mappings_and_networks_come_and_go(scene):
    """A foreign patch port stays."""
    flow6, ovs = scene.flow6, scene.ovs
    ovs.vsctl("add-port", BRIDGE, "mine", "--", "set", "interface", "mine", "type=patch", "options:peer=nobody")
    flow6.write_config({**flow6.config, "bridge_mappings": {}})
    until(lambda: _patches(scene) == ["mine"], "all of Flow6's are gone")
    assert not pings(scene.hosts["vm1"], "2001:db8:a::1")
    assert pings(scene.hosts["vm1"], "2001:db8:a::12"), "the network goes on here"
    flow6.write_config(flow6.config)
    until(lambda: len(_patches(scene)) == 5, "they are back")
    until(lambda: pings(scene.hosts["vm1"], "2001:db8:a::1"), "and lead to the same place")
    ovs.vsctl("del-port", BRIDGE, "mine")
    ovs.vsctl("del-br", BRIDGE)
    until(lambda: not _patches(scene), "without the bridge there are none")
