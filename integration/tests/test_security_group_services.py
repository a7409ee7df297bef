"""What hosts need for an address passes, whatever their groups allow; Flow6's own services are asked for like any other host."""

from scapy.layers.inet6 import ICMPv6MLReport2, IPv6
from scapy.layers.l2 import Ether

from flow6lab import Controller, until
from flow6lab.dhclient import Dhclient
from flow6lab.host import slaac_address
from routers import GATEWAY, PREFIX, ROUTER_LINK_LOCAL, VM_MACS, advertised


def _closed(mode, *rules, **subnet):
    """Blue, whose hosts vm1 and vm2 are in a group that allows what these rules say."""
    network = advertised(mode=mode, **subnet)
    network.add("security_groups", id="closed", flow6={"default_rules": False})
    for number, rule in enumerate(rules):
        network.add("security_group_rules", id=f"closed-{number}", security_group_id="closed", ethertype="IPv6", **rule)
    for vm in ("vm1", "vm2"):
        network.port_of(vm)["security_groups"] = ["closed"]
    return network


def _serve(lab, network, **options):
    hosts = [lab.add_host(vm, VM_MACS[vm], iface_id=vm, **{"accept_ra": True, **options}) for vm in ("vm1", "vm2")]
    flow6 = Controller(lab, network)
    flow6.start()
    flow6.wait_settled(ports=2)
    return flow6, *hosts


def test_hosts_configure_themselves_where_nothing_is_allowed(lab):
    flow6, vm1, vm2 = _serve(lab, _closed("slaac"))
    for vm in (vm1, vm2):
        until(lambda: slaac_address(vm.mac, PREFIX) in vm.addresses(), f"{vm.name} has an address")
        until(lambda: vm.default_routers() == {ROUTER_LINK_LOCAL}, f"{vm.name} has a default route")
    own = slaac_address(vm1.mac, PREFIX)
    assert vm2.ndisc6(own) == vm1.mac
    # Another's address is seen to be one, and nothing else passes.
    vm2.sysctl("ipv6/conf/eth0/accept_dad", 1)
    vm2.sysctl("ipv6/conf/eth0/dad_transmits", 1)
    vm2.add_address(f"{own}/64", dad=True)
    assert "dadfailed" in vm2.wait_address(own)
    assert vm1.ping(slaac_address(vm2.mac, PREFIX), count=1, wait=1).received == 0
    assert vm1.ping(GATEWAY, count=1, wait=1).received == 0


def test_multicast_listeners_report_where_nothing_is_allowed(lab):
    flow6, vm1, vm2 = _serve(lab, _closed("slaac"), ipv6=False)
    report = Ether(src=vm1.mac, dst="33:33:00:00:00:16") / IPv6(src="fe80::ff:fe00:1", dst="ff02::16", hlim=1) / ICMPv6MLReport2()
    vm1.send(report)
    until(lambda: flow6.status()["punts"]["mld-report"], "the report is heard")
    with flow6.without("mld-snooping"), vm2.capture("ip6") as capture:
        vm1.send(report)
        assert capture.wait(lambda frame: not frame.outgoing and frame.packet.dst == "33:33:00:00:00:16")


def test_dhclient_gets_an_address_where_nothing_is_allowed(lab):
    network = _closed("dhcpv6-stateful")
    for number, vm in enumerate(("vm1", "vm2"), 0x11):
        network.port_of(vm)["fixed_ips"] = [{"subnet_id": "blue6", "ip_address": f"2001:db8:1::{number:x}"}]
    flow6, vm1, vm2 = _serve(lab, network, accept_ra=False)
    assert Dhclient(vm1).start().wait("BOUND6")["new_ip6_address"] == "2001:db8:1::11"


def test_the_router_is_pinged_by_those_who_may_send_pings_and_answers_in_fragments_too(lab):
    ping = {"direction": "egress", "protocol": "icmpv6", "port_range_min": 128, "port_range_max": 0}
    flow6, vm1, vm2 = _serve(lab, _closed("slaac", ping))
    until(lambda: slaac_address(vm1.mac, PREFIX) in vm1.addresses(), "vm1 has an address")
    assert vm1.ping(GATEWAY).answered_all
    assert vm1.ping(ROUTER_LINK_LOCAL).answered_all
    assert vm1.ping(GATEWAY, size=3000).answered_all
