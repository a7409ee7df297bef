"""Router Advertisements to real hosts (RFC 4861 section 6.2), by what the hosts make of them and by their octets."""

import os
import pathlib

import pytest
from scapy.layers.inet6 import (ICMPv6ND_INDAdv, ICMPv6ND_INDSol, ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6NDOptDNSSL, ICMPv6NDOptDstLLAddr,
                                ICMPv6NDOptMTU, ICMPv6NDOptRDNSS, ICMPv6NDOptRouteInfo, ICMPv6NDOptSrcLLAddr, ICMPv6NDOptTgtAddrList, IPv6)
from scapy.layers.l2 import Ether

from flow6lab import Controller, until
from flow6lab.host import slaac_address
from routers import (GATEWAY, PREFIX, ROUTER_LINK_LOCAL, ROUTER_MAC, VM_MACS, add_router, advertised, advertises_router,
                     prefixes, router_solicitation)

_PACKAGE = pathlib.Path(__file__).parents[1]
_SLOW = {"min_interval": 600, "max_interval": 1800}


def _serve(lab, network, *vms, dumb=()):
    """Hosts that take addresses and routes from RAs alone; the dumb ones take nothing."""
    for vm in (*vms, *dumb):
        lab.add_host(vm, VM_MACS[vm], iface_id=vm, ipv6=vm not in dumb, accept_ra=True)
    flow6 = Controller(lab, network)
    flow6.start()
    flow6.wait_settled(ports=len(vms) + len(dumb))
    return flow6


def _configured(host):
    """Waits until the host has its SLAAC address and its default route."""
    until(lambda: slaac_address(host.mac, PREFIX) in host.addresses(), f"{host.name} has an address")
    until(lambda: host.default_routers() == {ROUTER_LINK_LOCAL}, f"{host.name} has a default route")


def test_hosts_configure_themselves(lab):
    network = advertised(mtu=1400, ra={"hop_limit": 37})
    _serve(lab, network, "vm1", "vm2")
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    for vm in (vm1, vm2):
        _configured(vm)
        assert vm.run("cat", "/proc/sys/net/ipv6/conf/eth0/mtu").stdout.strip() == "1400"
        assert vm.run("cat", "/proc/sys/net/ipv6/conf/eth0/hop_limit").stdout.strip() == "37"
    assert vm1.ping(slaac_address(vm2.mac, PREFIX)).answered_all


def test_every_option_is_shown_by_rdisc6_and_decoded_by_scapy(lab):
    network = advertised(
        mtu=1400, mode="dhcpv6-stateless",
        ra={"min_interval": 200, "max_interval": 600, "router_lifetime": 1200, "router_preference": "high", "hop_limit": 33, "reachable_time": 5000,
            "retransmission_timer": 700, "pref64": [{"prefix": "64:ff9b::/96", "lifetime": 1204}], "captive_portal": "https://portal.example/api"},
        dns_nameservers=["2001:db8::53", "2001:db8::54"],
        host_routes=[{"destination": "2001:db8:f::/48", "nexthop": GATEWAY}, {"destination": "2001:db8:e::/48", "nexthop": "2001:db8:1::99"}],
        flow6={"valid_lifetime": 7200, "preferred_lifetime": 3600, "dns_lifetime": 900, "domain_search": ["lab.example", "example"],
               "route_lifetime": 800, "route_preference": "low"})
    _serve(lab, network, "vm1")
    vm1 = lab.hosts["vm1"]
    with vm1.capture("icmp6") as capture:
        shown = vm1.run("rdisc6", "-1", "-r", 3, "-w", 2000, "eth0").stdout
        frame = capture.wait(advertises_router(wanted=lambda packet: packet[IPv6].dst == vm1.link_local))
    for line in ("Hop limit                 :           33", "Stateful address conf.    :           No", "Stateful other conf.      :          Yes",
                 "Router preference         :         high", "Router lifetime           :         1200", "Reachable time            :         5000",
                 "Retransmit time           :          700", "Source link-layer address: 02:00:00:00:01:01", "MTU                      :         1400",
                 "Prefix                   : 2001:db8:1::/64", "Valid time              :         7200", "Pref. time              :         3600",
                 "Recursive DNS server     : 2001:db8::53", "Recursive DNS server     : 2001:db8::54", "DNS servers lifetime    :          900",
                 "DNS search list          : lab.example example", "Route                    : 2001:db8:f::/48", "Route preference        :          low",
                 "Route lifetime          :          800"):
        assert line.replace(" ", "") in shown.replace(" ", ""), f"{line!r} is not in\n{shown}"
    packet = frame.packet
    ra = packet[ICMPv6ND_RA]
    assert (packet.src, packet.dst, packet[IPv6].src, packet[IPv6].hlim) == (ROUTER_MAC, vm1.mac, ROUTER_LINK_LOCAL, 255)
    assert (ra.chlim, ra.M, ra.O, ra.prf, ra.routerlifetime, ra.reachabletime, ra.retranstimer) == (33, 0, 1, 1, 1200, 5000, 700)
    assert packet[ICMPv6NDOptSrcLLAddr].lladdr == ROUTER_MAC
    assert packet[ICMPv6NDOptMTU].mtu == 1400
    assert prefixes(packet) == {PREFIX: (1, 1, 7200, 3600)}
    assert (packet[ICMPv6NDOptRDNSS].lifetime, packet[ICMPv6NDOptRDNSS].dns) == (900, ["2001:db8::53", "2001:db8::54"])
    assert packet[ICMPv6NDOptDNSSL].lifetime == 900
    assert [str(name).rstrip(".") for name in _texts(packet[ICMPv6NDOptDNSSL].searchlist)] == ["lab.example", "example"]
    route = packet[ICMPv6NDOptRouteInfo]
    assert (route.prefix, route.plen, route.prf, route.rtlifetime) == ("2001:db8:f::", 48, 3, 800)
    assert route.payload.getlayer(ICMPv6NDOptRouteInfo) is None
    octets = bytes(packet[ICMPv6ND_RA])
    assert bytes.fromhex("2602" + "04b8" + "0064ff9b" + "00" * 8) in octets  # 1204 s are sent as 151 times 8, with code 0 for /96 (RFC 8781)
    assert bytes([37, 4]) + b"https://portal.example/api" + bytes(4) in octets


def _texts(names):
    return [name.decode() if isinstance(name, bytes) else name for name in names]


@pytest.mark.parametrize("mode, flags", [("slaac", (1, 0, 0)), ("dhcpv6-stateful", (0, 1, 0)), ("dhcpv6-stateless", (1, 0, 1))])
def test_the_flags_follow_the_mode(lab, mode, flags):
    network = advertised(vms=("vm1",), mode=mode)
    if mode == "dhcpv6-stateful":
        network.port_of("vm1")["fixed_ips"] = [{"subnet_id": "blue6", "ip_address": "2001:db8:1::11"}]
    _serve(lab, network, dumb=("vm1",))
    vm1 = lab.hosts["vm1"]
    packet = vm1.ask(router_solicitation(vm1.mac, "fe80::ff:fe00:1"), lambda packet: ICMPv6ND_RA in packet and packet[IPv6].dst == "fe80::ff:fe00:1").packet
    assert (prefixes(packet)[PREFIX][1], packet[ICMPv6ND_RA].M, packet[ICMPv6ND_RA].O) == flags


def test_a_deleted_router_port_is_no_default_router_at_once(lab):
    network = advertised()
    flow6 = _serve(lab, network, "vm1", "vm2")
    vm1 = lab.hosts["vm1"]
    _configured(vm1)
    with vm1.capture("icmp6") as capture:
        flow6.edit_network(network.copy().remove_port("r1-blue"))
        last = capture.wait(advertises_router(wanted=lambda packet: packet[ICMPv6ND_RA].routerlifetime == 0))
        until(lambda: vm1.default_routers() == set(), "the default route is gone", within=2)
    assert prefixes(last.packet)[PREFIX][3] == 0
    flags = until(lambda: vm1.addresses().get(slaac_address(vm1.mac, PREFIX)), "the address is there")
    assert "deprecated" in flags


def test_a_disabled_app_says_farewell_and_hears_no_more(lab):
    network = advertised(dns_nameservers=["2001:db8::53"])
    flow6 = _serve(lab, network, "vm1", dumb=("vm2",))
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    _configured(vm1)
    with vm1.capture("icmp6") as capture:
        flow6.put_app("router-advertisement", False)
        last = capture.wait(advertises_router(wanted=lambda packet: packet[ICMPv6ND_RA].routerlifetime == 0))
        until(lambda: vm1.default_routers() == set(), "the default route is gone", within=2)
        assert last.packet[ICMPv6NDOptRDNSS].lifetime == 0
        assert prefixes(last.packet)[PREFIX][3] == 14400, "the prefix is still the network's"
        # Others may be routers now: what solicits them passes.
        vm2.send(router_solicitation(vm2.mac))
        assert capture.wait(lambda frame: not frame.outgoing and ICMPv6ND_RS in frame.packet)
    flow6.put_app("router-advertisement", True)
    _configured(vm1)


def _two_prefixes():
    network = advertised()
    network.subnet("more6", "blue", "2001:db8:2::/64", gateway_ip="2001:db8:2::1", enable_dhcp=True, ipv6_ra_mode="slaac", ipv6_address_mode="slaac",
                   flow6={"valid_lifetime": 9000, "preferred_lifetime": 4500})
    network.port_of("r1-blue")["fixed_ips"].append({"subnet_id": "more6", "ip_address": "2001:db8:2::1"})
    return network


def _withdrawn(packet):
    return prefixes(packet).get("2001:db8:2::/64") == (1, 1, 0, 0) and prefixes(packet).get(PREFIX, (0,) * 4)[2] > 0


def _without_more(network):
    network.content["subnets"] = [subnet for subnet in network.content["subnets"] if subnet["id"] != "more6"]
    network.port_of("r1-blue")["fixed_ips"].pop()
    return network


def test_a_withdrawn_prefix_is_advertised_as_such(lab):
    flow6 = _serve(lab, _two_prefixes(), "vm1")
    vm1 = lab.hosts["vm1"]
    old = slaac_address(vm1.mac, "2001:db8:2::/64")
    until(lambda: old in vm1.addresses(), "the host has an address of each prefix")
    with vm1.capture("icmp6") as capture:
        flow6.edit_network(_without_more(_two_prefixes()))
        assert capture.wait(advertises_router(wanted=_withdrawn), within=6)
    until(lambda: "deprecated" in vm1.addresses()[old], "the address is deprecated")
    _configured(vm1)


def test_a_prefix_withdrawn_while_the_controller_was_away_is_so_too(lab):
    flow6 = _serve(lab, _two_prefixes(), "vm1")
    vm1 = lab.hosts["vm1"]
    old = slaac_address(vm1.mac, "2001:db8:2::/64")
    until(lambda: old in vm1.addresses(), "the host has an address of each prefix")
    with vm1.capture("icmp6") as capture:
        flow6.kill9()
        flow6.edit_network(_without_more(_two_prefixes()))
        flow6.start()
        assert capture.wait(advertises_router(wanted=_withdrawn), within=6)
    until(lambda: "deprecated" in vm1.addresses()[old], "the address is deprecated")


def test_a_prefix_that_another_router_takes_over_is_not_withdrawn(lab):
    network = add_router(_two_prefixes(), "r2", "02:00:00:00:02:02", [("blue6", "2001:db8:1::2")])
    flow6 = _serve(lab, network, "vm1")
    vm1 = lab.hosts["vm1"]
    old = slaac_address(vm1.mac, "2001:db8:2::/64")
    until(lambda: old in vm1.addresses(), "the host has an address of each prefix")
    moved = network.copy()
    moved.port_of("r2-blue")["fixed_ips"].append(moved.port_of("r1-blue")["fixed_ips"].pop())
    with vm1.capture("icmp6") as capture:
        flow6.edit_network(moved)
        second = "fe80::ff:fe00:202"
        assert capture.wait(advertises_router(second, lambda packet: prefixes(packet).get("2001:db8:2::/64", (0,) * 4)[2] == 9000), within=6)
        assert capture.wait(advertises_router(wanted=lambda packet: "2001:db8:2::/64" not in prefixes(packet)), within=6)
        assert not [frame for frame in capture.received() if ICMPv6ND_RA in frame.packet and _withdrawn(frame.packet)]
    assert "deprecated" not in vm1.addresses()[old]


def test_a_changed_mac_of_the_router_takes_the_old_route_away(lab):
    network = advertised()
    flow6 = _serve(lab, network, "vm1")
    vm1 = lab.hosts["vm1"]
    _configured(vm1)
    changed = network.copy()
    changed.port_of("r1-blue")["mac_address"] = "02:00:00:00:01:77"
    flow6.edit_network(changed)
    until(lambda: vm1.default_routers() == {"fe80::ff:fe00:177"}, "the new default route alone is there", within=6)
    assert "deprecated" not in vm1.addresses()[slaac_address(vm1.mac, PREFIX)]


def test_a_solicitation_without_source_is_answered_to_all_nodes_of_its_port(lab):
    _serve(lab, advertised(ra=_SLOW), dumb=("vm1", "vm2"))
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    with vm1.capture("icmp6") as own, vm2.capture("icmp6") as other:
        own.wait_quiet(4, within=60)
        own.frames.clear()
        other.drain()
        other.frames.clear()
        vm1.send(router_solicitation(vm1.mac))
        answer = own.wait(advertises_router(), within=4)
        assert (answer.packet.dst, answer.packet[IPv6].dst) == ("33:33:00:00:00:01", "ff02::1")
        assert not [frame for frame in other.received() if ICMPv6ND_RA in frame.packet or ICMPv6ND_RS in frame.packet]


@pytest.mark.parametrize("destination, mac", [("ff02::2", "33:33:00:00:00:02"), (ROUTER_LINK_LOCAL, ROUTER_MAC), (GATEWAY, ROUTER_MAC)])
def test_a_solicitation_is_answered_to_its_source_and_reaches_nobody_else(lab, destination, mac):
    _serve(lab, advertised(), dumb=("vm1", "vm2"))
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    with vm2.capture("icmp6") as other:
        asked = router_solicitation(vm1.mac, "fe80::ff:fe00:1", destination, mac)
        answer = vm1.ask(asked, lambda packet: ICMPv6ND_RA in packet and packet[IPv6].dst == "fe80::ff:fe00:1").packet
        assert (answer.dst, answer[IPv6].src) == (vm1.mac, ROUTER_LINK_LOCAL)
        other.watch(0.3)
        assert not [frame for frame in other.received() if ICMPv6ND_RS in frame.packet or frame.packet[IPv6].dst == "fe80::ff:fe00:1"]


@pytest.mark.parametrize("reason, wrong", [
    ("rs-hop-limit", dict(hlim=254)),
    ("rs-source", dict(source="ff02::5")),
    ("rs-destination", dict(destination="ff02::fb", to="33:33:00:00:00:fb")),
])
def test_an_invalid_solicitation_is_counted_and_reaches_nobody(lab, reason, wrong):
    flow6 = _serve(lab, advertised(), dumb=("vm1", "vm2"))
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    asked = router_solicitation(vm1.mac, **{"source": "fe80::ff:fe00:1", **wrong})
    # Source guard drops some of them first, for reasons of its own.
    with vm1.capture("icmp6") as own, vm2.capture("icmp6") as other, flow6.without("source-guard"):
        for _ in range(3):
            vm1.send(asked)
        until(lambda: flow6.dropped(reason) == 3, "three drops are counted", within=15)
        assert not [frame for frame in other.received() if ICMPv6ND_RS in frame.packet]
        assert not [frame for frame in own.received() if ICMPv6ND_RA in frame.packet and frame.packet[IPv6].dst != "ff02::1"]


def test_an_inverse_solicitation_is_answered(lab):
    _serve(lab, advertised(), dumb=("vm1", "vm2"))
    vm1 = lab.hosts["vm1"]
    asked = (Ether(src=vm1.mac, dst=ROUTER_MAC) / IPv6(src="fe80::ff:fe00:1", dst="ff02::1", hlim=255) / ICMPv6ND_INDSol()
             / ICMPv6NDOptSrcLLAddr(lladdr=vm1.mac) / ICMPv6NDOptDstLLAddr(lladdr=ROUTER_MAC))
    answer = vm1.ask(asked, lambda packet: ICMPv6ND_INDAdv in packet).packet
    assert (answer.dst, answer[IPv6].src, answer[IPv6].dst, answer[IPv6].hlim) == (vm1.mac, ROUTER_LINK_LOCAL, "fe80::ff:fe00:1", 255)
    assert set(answer[ICMPv6NDOptTgtAddrList].addrlist) == {GATEWAY, ROUTER_LINK_LOCAL}


def test_a_flood_of_solicitations_takes_nothing_from_another_port(lab):
    flow6 = _serve(lab, advertised(vms=("vm1", "vm2")), "vm1", dumb=("vm2",))
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    _configured(vm1)
    (vm2.folder / "flood").write_text(bytes(router_solicitation(vm2.mac, "fe80::ff:fe00:2")).hex() + "\n")
    seconds = 6
    environment = {**os.environ, "PYTHONPATH": str(_PACKAGE)}
    flood = vm2.spawn("sh", "-c", f"exec /usr/bin/python3 -m flow6lab.flood eth0 {seconds} 2000 < {vm2.folder}/flood", env=environment)
    asked = 0
    while asked < 15 and flood.exit_code is None:
        asked += 1
        assert vm1.ask(router_solicitation(vm1.mac, vm1.link_local), lambda packet: ICMPv6ND_RA in packet and packet[IPv6].dst == vm1.link_local), asked
    assert asked >= 5, "the flood ended before the questions"
    flood.wait(seconds + 10)
    until(lambda: flow6.status()["healthy"], "all is well after the flood")
    assert flow6.status()["punts"]["router-solicitation"] < 200
