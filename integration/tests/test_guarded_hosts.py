"""What works behind source guard: everything that hosts do with addresses of their own, also those that they make by themselves."""

import ipaddress

import pytest
from scapy.layers.dhcp6 import DHCP6_Reply
from scapy.layers.inet6 import (ICMPv6MLReport2, ICMPv6ND_NA, ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6NDOptDstLLAddr, ICMPv6NDOptSrcLLAddr, IPv6, UDP)
from scapy.layers.l2 import ARP, Ether

from flow6lab import Controller, Network, until
from flow6lab.host import slaac_address
from routers import PREFIX, VM_MACS, advertised
from solicitations import duplicate_check
from test_source_guard import dual_stack

RANDOM = 3  # net.ipv6.conf.*.addr_gen_mode: a secret of the kernel's own (RFC 7217)
VIRTUAL_MAC = "00:00:5e:00:02:01"


@pytest.fixture
def hosts(lab, flow6_of):
    """vm1 and vm2 with IPv6 and IPv4."""
    network = dual_stack(2)
    # The default security group lets no link-local addresses in.
    flow6 = flow6_of(network, "vm1", "vm2", dad_transmits=1, without=["security-groups"])
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    for vm in (vm1, vm2):
        vm.wait_address(vm.link_local)
    yield vm1, vm2, flow6


def regenerate(host, mode=RANDOM):
    """Makes the host choose its addresses otherwise than by its MAC; its new link-local address, once it is settled."""
    host.sysctl("ipv6/conf/eth0/addr_gen_mode", mode)
    host.run("ip", "link", "set", "eth0", "down")
    host.run("ip", "link", "set", "eth0", "up")
    made = lambda: [address for address in host.addresses() if ipaddress.ip_address(address).is_link_local]
    until(made, f"{host.name} has a link-local address")
    return made()[0]


def drops(flow6, prefix="guard-"):
    return {reason: count for reason, count in flow6.status()["drops"].items() if count and reason.startswith(prefix)}


def test_hosts_reach_each_other_by_both_families(hosts):
    vm1, vm2, flow6 = hosts
    assert vm1.ping("2001:db8:1::2").answered_all
    assert vm1.ping(vm2.link_local).answered_all
    assert vm1.ping("2001:db8:1::2", size=3000).answered_all
    vm2.run("ping", "-4", "-n", "-c", 3, "-i", 0.1, "-W", 2, "192.0.2.1")
    assert drops(flow6) == {}


def test_arp_probes_and_announcements_pass(hosts):
    vm1, vm2, _ = hosts
    frames = [Ether(src=vm1.mac, dst="ff:ff:ff:ff:ff:ff") / ARP(op=1, hwsrc=vm1.mac, psrc="0.0.0.0", pdst="192.0.2.9"),
              Ether(src=vm1.mac, dst="ff:ff:ff:ff:ff:ff") / ARP(op=1, hwsrc=vm1.mac, psrc="192.0.2.1", pdst="192.0.2.1")]
    with vm2.capture("arp") as capture:
        vm1.send(*frames)
        for frame in frames:
            assert capture.wait(lambda seen: seen.data[:42] == bytes(frame)), frame


def test_multicast_listener_reports_pass(hosts):
    """Also from ::, as long as the host has no address (RFC 3590). With snooping nobody but routers would get them."""
    vm1, vm2, flow6 = hosts
    with flow6.without("mld-snooping"), vm2.capture("ip6") as capture:
        regenerate(vm1)
        for source in ("::", "fe80::"):
            assert capture.wait(lambda seen: not seen.outgoing and ICMPv6MLReport2 in seen.packet and seen.packet.src == vm1.mac
                                and (seen.packet[IPv6].src == "::") == (source == "::"), 5.0), source


def test_a_router_solicitation_for_other_routers_arrives_once(lab, hosts):
    vm1, vm2, _ = hosts
    solicitation = (Ether(src=vm1.mac, dst="33:33:00:00:00:02") / IPv6(src=vm1.link_local, dst="ff02::2", hlim=255)
                    / ICMPv6ND_RS() / ICMPv6NDOptSrcLLAddr(lladdr=vm1.mac))
    with vm2.capture("icmp6") as capture, vm1.capture("icmp6") as own:
        vm1.send(solicitation)
        assert capture.wait(lambda seen: seen.data == bytes(solicitation))
        capture.watch(0.3)
        assert sum(frame.data == bytes(solicitation) for frame in capture.received()) == 1
        assert not [frame for frame in own.received() if frame.data == bytes(solicitation)]


def test_a_host_that_hides_its_mac_address_is_reached(hosts):
    """RFC 7217."""
    vm1, vm2, _ = hosts
    address = regenerate(vm2)
    assert address != vm2.link_local
    assert not vm2.wait_address(address) & {"tentative", "dadfailed"}
    assert vm1.ping(address).answered_all
    assert vm2.ping(vm1.link_local).answered_all


def test_an_address_is_of_the_first_host_that_claims_it(hosts):
    vm1, vm2, flow6 = hosts
    vm1.add_address("fe80::1234/64", dad=True)
    assert not vm1.wait_address("fe80::1234") & {"tentative", "dadfailed"}
    vm2.add_address("fe80::1234/64", dad=True)
    assert "dadfailed" in vm2.wait_address("fe80::1234")
    until(lambda: drops(flow6).get("guard-claim"), "the claim is refused")
    vm2.remove_address("fe80::1234/64")
    vm2.forget_neighbors()
    assert vm2.ping("fe80::1234").answered_all


def test_claims_outlive_the_controller(lab, hosts, tap):
    vm1, vm2, flow6 = hosts
    vm1.add_address("fe80::1234/64", dad=True)
    vm1.wait_address("fe80::1234")
    assert vm2.ping("fe80::1234").answered_all
    flow6.wait_settled()
    lab.wait_asked()
    flows = lab.flow_keys()
    tap.reset()
    flow6.restart()
    assert tap.counts and tap.counts["FLOW_MOD"] == 0, tap.counts
    assert lab.flow_keys() == flows
    assert vm2.ping("fe80::1234").answered_all
    vm2.add_address("fe80::1234/64", dad=True)
    assert "dadfailed" in vm2.wait_address("fe80::1234")


def test_a_port_that_claims_without_end_has_few(hosts, lab):
    vm1, vm2, flow6 = hosts
    for number in range(200):
        vm1.send(duplicate_check(vm1.mac, f"fe80::5:{number:x}"))
    until(lambda: flow6.status()["punts"]["address-claim"] >= 30, "claims come to the controller")
    flow6.wait_settled()
    assert len(lab.flows("table=9,ipv6")) <= 32 + 2 * 2
    vm2.add_address("fe80::77/64", dad=True)
    assert not vm2.wait_address("fe80::77") & {"tentative", "dadfailed"}
    assert vm1.ping("fe80::77").answered_all


def privacy(lab, **subnet):
    """Two hosts that make temporary addresses (RFC 8981) from the prefix of their router."""
    network = advertised(**subnet)
    for vm in ("vm1", "vm2"):
        lab.add_host(vm, VM_MACS[vm], iface_id=vm, accept_ra=True, dad_transmits=1)
        lab.hosts[vm].sysctl("ipv6/conf/eth0/use_tempaddr", 2)
    flow6 = Controller(lab, network)
    flow6.start()
    flow6.wait_settled(ports=2)
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]

    def temporary():
        known = {slaac_address(vm1.mac, PREFIX), vm1.link_local}
        return [address for address, flags in vm1.addresses().items() if address not in known and "tentative" not in flags]

    until(temporary, "vm1 has a temporary address", 20.0)
    until(lambda: slaac_address(vm2.mac, PREFIX) in vm2.addresses(), "vm2 has an address", 20.0)
    vm2.wait_address(slaac_address(vm2.mac, PREFIX))
    return flow6, vm1, vm2, temporary()[0]


def ping_from(host, source, target):
    return host.run("ping", "-6", "-n", "-c", 3, "-i", 0.1, "-W", 1, "-I", source, target, check=False, within=30)


def test_temporary_addresses_work_where_the_subnet_allows_them(lab):
    flow6, vm1, vm2, temporary = privacy(lab, flow6={"allow_slaac_prefix": True})
    assert ping_from(vm1, temporary, slaac_address(vm2.mac, PREFIX)).returncode == 0
    assert vm2.ping(temporary).answered_all
    assert drops(flow6) == {}


def test_temporary_addresses_do_not_work_elsewhere(lab):
    flow6, vm1, vm2, temporary = privacy(lab)
    with vm2.capture("icmp6") as capture:
        assert ping_from(vm1, temporary, slaac_address(vm2.mac, PREFIX)).returncode != 0
        assert not [frame for frame in capture.received() if IPv6 in frame.packet and frame.packet[IPv6].src == temporary]
    until(lambda: drops(flow6).get("guard-source"), "they are counted", 15.0)
    assert ping_from(vm1, slaac_address(vm1.mac, PREFIX), slaac_address(vm2.mac, PREFIX)).returncode == 0


def data(mac, source, victim, to):
    return Ether(src=mac, dst=to) / IPv6(src=source, dst=victim) / UDP(sport=7, dport=7)


def test_allowed_pairs_go_with_their_own_mac_address(lab, flow6_of):
    network = Network.simple(2)
    network.port_of("vm1")["allowed_address_pairs"] = [
        {"ip_address": "2001:db8:1::aa", "mac_address": VIRTUAL_MAC}, {"ip_address": "2001:db8:1:0:f::/80"}]
    flow6_of(network, "vm1", "vm2", ipv6=False)
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    takeover = (Ether(src=VIRTUAL_MAC, dst="33:33:00:00:00:01") / IPv6(src="2001:db8:1::aa", dst="ff02::1", hlim=255)
                / ICMPv6ND_NA(tgt="2001:db8:1::aa", R=0, S=0, O=1) / ICMPv6NDOptDstLLAddr(lladdr=VIRTUAL_MAC))
    allowed = [takeover, data(VIRTUAL_MAC, "2001:db8:1::aa", "2001:db8:1::2", vm2.mac),
               data(vm1.mac, "2001:db8:1:0:f::5", "2001:db8:1::2", vm2.mac)]
    refused = [data(vm1.mac, "2001:db8:1::aa", "2001:db8:1::2", vm2.mac), data(VIRTUAL_MAC, "2001:db8:1::1", "2001:db8:1::2", vm2.mac),
               data(VIRTUAL_MAC, "2001:db8:1:0:f::5", "2001:db8:1::2", vm2.mac)]
    with vm2.capture("ip6") as capture:
        vm1.send(*refused, *allowed)
        for frame in allowed:
            assert capture.wait(lambda seen: seen.data == bytes(frame)), frame.summary()
        assert not {frame.data for frame in capture.received()} & set(map(bytes, refused))


def advertisement(mac, source):
    return Ether(src=mac, dst="33:33:00:00:00:01") / IPv6(src=source, dst="ff02::1", hlim=255) / ICMPv6ND_RA() / ICMPv6NDOptSrcLLAddr(lladdr=mac)


def test_routers_and_servers_that_are_known_speak(lab, flow6_of):
    """Router ports, and those that the network names; a router sends for others, but not to its neighbors in their name."""
    network = dual_stack(3)
    network.content["networks"][0]["flow6"] = {"trusted_router": "vm1", "trusted_dhcp_server": "vm1"}
    network.add("routers", id="r1")
    network.port("r1-blue", "blue", number=9, device_owner="network:router_interface", device_id="r1", port_security_enabled=True)
    flow6_of(network, "vm1", "vm2", "vm3", "r1-blue", ipv6=False, without=["security-groups"])
    vm2 = lab.hosts["vm2"]
    for name in ("vm1", "r1-blue"):
        host = lab.hosts[name]
        allowed = [advertisement(host.mac, host.link_local), data(host.mac, "2001:db8:99::1", "2001:db8:1::2", vm2.mac)]
        if name == "vm1":
            allowed.append(Ether(src=host.mac, dst=vm2.mac) / IPv6(src=host.link_local, dst=vm2.link_local) / UDP(sport=547, dport=546) / DHCP6_Reply())
        refused = [advertisement(host.mac, vm2.link_local), advertisement("02:00:00:00:00:03", host.link_local),
                   data(host.mac, lab.hosts["vm3"].link_local, vm2.link_local, vm2.mac),
                   Ether(src=host.mac, dst="33:33:00:00:00:01") / IPv6(src="2001:db8:99::1", dst="ff02::1", hlim=255)
                   / ICMPv6ND_NA(tgt="2001:db8:1::3", S=0, O=1) / ICMPv6NDOptDstLLAddr(lladdr=host.mac)]
        with vm2.capture("ip6") as capture:
            host.send(*refused, *allowed)
            for frame in allowed:
                assert capture.wait(lambda seen: seen.data == bytes(frame)), f"{name}: {frame.summary()}"
            assert not {frame.data for frame in capture.received()} & set(map(bytes, refused))


def test_nobody_keeps_the_address_of_a_router_that_nobody_knows(lab, flow6_of):
    """It is beyond a port that is not guarded, and defends its address; a host that goes on all the same gets nowhere."""
    gateway = "fe80::1"
    network = Network.simple(3)
    network.port_of("vm3")["port_security_enabled"] = False
    flow6 = flow6_of(network, "vm1", "vm2", "vm3")
    vm1, vm2, vm3 = (lab.hosts[name] for name in ("vm1", "vm2", "vm3"))
    vm3.add_address(f"{gateway}/64")
    takeover = (Ether(src=vm1.mac, dst="33:33:00:00:00:01") / IPv6(src=gateway, dst="ff02::1", hlim=255)
                / ICMPv6ND_NA(tgt=gateway, R=1, S=0, O=1) / ICMPv6NDOptDstLLAddr(lladdr=vm1.mac))
    own = takeover.copy()
    own[IPv6].src = vm1.link_local
    with vm1.capture("icmp6") as capture:
        vm1.send(duplicate_check(vm1.mac, gateway))
        assert capture.wait(lambda seen: not seen.outgoing and ICMPv6ND_NA in seen.packet and seen.packet[ICMPv6ND_NA].tgt == gateway)
    until(lambda: flow6.status()["punts"]["address-claim"] == 2, "the defence comes to the controller")
    vm1.send(duplicate_check(vm1.mac, gateway))
    until(lambda: drops(flow6).get("guard-claim"), "it cannot be claimed again")
    flow6.wait_settled()
    assert not lab.flows("table=9,icmp6,icmp_type=136,icmp_code=0,nd_target=fe80::1")
    with vm2.capture("icmp6") as capture:
        vm1.send(takeover, own)
        until(lambda: drops(flow6).get("guard-source") and drops(flow6).get("guard-target"), "both are dropped", 15.0)
        assert not [frame for frame in capture.received() if ICMPv6ND_NA in frame.packet and frame.packet.src == vm1.mac]
    assert vm2.ping(gateway).answered_all
