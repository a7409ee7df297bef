"""Unsolicited advertisements when a port is bound and when it moves (RFC 4861 section 7.2.6)."""

from flow6lab import Network, until
from solicitations import ICMPv6ND_NA, advertises

ADDRESS = "2001:db8:1::1"


def _announces(address, mac):
    def wanted(frame):
        if frame.outgoing or not advertises(address, mac)(frame.packet):
            return False
        advertisement, ip = frame.packet[ICMPv6ND_NA], frame.packet["IPv6"]
        return (advertisement.S, advertisement.O, ip.dst, ip.hlim, frame.packet.dst) == (0, 1, "ff02::1", 255, "33:33:00:00:00:01")

    return wanted


def _two_networks():
    return Network.simple(3).network("red").subnet("red6", "red", "2001:db8:2::/64").port("red1", "red", number=0x21)


def test_a_bound_port_is_announced_to_its_network_alone(lab, flow6_of):
    network = _two_networks()
    flow6 = flow6_of(network, "vm2", "red1", ipv6=False)
    with lab.hosts["vm2"].capture("icmp6") as member, lab.hosts["red1"].capture("icmp6") as stranger:
        member.wait_quiet(1.2)
        stranger.drain()
        (vm1,) = lab.add_hosts(network, "vm1", ipv6=False)
        with vm1.capture("icmp6") as own:
            for address in (ADDRESS, vm1.link_local):
                assert member.wait(_announces(address, vm1.mac), within=5), address
            assert not [frame for frame in own.received() if _announces(ADDRESS, vm1.mac)(frame)]
        assert not [frame for frame in stranger.received() if ICMPv6ND_NA in frame.packet and frame.packet[ICMPv6ND_NA].tgt == ADDRESS]
    flow6.wait_settled(ports=3)


def test_a_port_that_moves_is_announced_and_reached_at_its_new_place(lab, flow6_of):
    network = _two_networks()
    flow6 = flow6_of(network, "vm1", "vm2")
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    assert vm2.ping(ADDRESS).answered_all
    with vm2.capture("icmp6") as member:
        member.wait_quiet(1.5)
        member.frames.clear()
        lab.unplug("vm1")
        until(lambda: flow6.status()["ports_bound"] == 1, "the port is no longer bound")
        moved = lab.add_host("moved", vm1.mac, [f"{ADDRESS}/64"], iface_id="vm1")
        assert member.wait(_announces(ADDRESS, moved.mac), within=5)
    flow6.wait_settled(ports=2)
    assert vm2.ping(ADDRESS).answered_all


def test_a_new_mac_is_announced_and_replaces_the_old_one(lab, flow6_of):
    network = _two_networks()
    flow6 = flow6_of(network, "vm1", "vm2")
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    assert vm2.ping(ADDRESS).answered_all
    changed = network.copy()
    changed.port_of("vm1")["mac_address"] = "02:00:00:00:ff:01"
    vm1.run("ip", "link", "set", "eth0", "address", "02:00:00:00:ff:01")
    flow6.edit_network(changed)
    until(lambda: vm2.neighbors()[ADDRESS]["lladdr"] == "02:00:00:00:ff:01", "the neighbor's entry has the new MAC")
    assert vm2.ping(ADDRESS).answered_all


def test_a_port_that_has_left_is_announced_no_more(lab, flow6_of):
    network = _two_networks()
    flow6 = flow6_of(network, "vm2", ipv6=False)
    with lab.hosts["vm2"].capture("icmp6") as member:
        (vm1,) = lab.add_hosts(network, "vm1", ipv6=False)
        assert member.wait(_announces(ADDRESS, vm1.mac), within=5)
        lab.unplug("vm1")
        until(lambda: flow6.status()["ports_bound"] == 1, "the port is no longer bound")
        member.drain()
        member.frames.clear()
        # Twice the time until the next one would come.
        assert not member.wait(_announces(ADDRESS, vm1.mac), within=2)
