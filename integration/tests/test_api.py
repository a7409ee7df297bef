"""A network that is made and changed by Neutron's API, on real switches with real hosts."""

import threading

import pytest

from flow6lab import Controller, until
from flow6lab.controller import PROGRAM
from flow6lab.neutron import Neutron, Refused

_FILE = """
networks: [{id: blue, mtu: 1400}]
subnets: [{id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", ipv6_ra_mode: slaac, ipv6_address_mode: slaac}]
ports: [{id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01"}]
"""
PREFIXES = {"blue": "2001:db8:1::/64", "red": "2001:db8:2::/64"}


@pytest.fixture
def flow6(lab):
    with Controller(lab, "", settings={"northbound": {"embedded": str(lab.folder / "network")}}) as flow6:
        yield flow6


@pytest.fixture
def neutron(flow6):
    return Neutron(flow6)


def _network(neutron, name):
    network = neutron.create("networks", name=name)["id"]
    subnet = neutron.create("subnets", network_id=network, ip_version=6, cidr=PREFIXES[name], gateway_ip=PREFIXES[name].replace("/64", "1"),
                            ipv6_ra_mode="slaac", ipv6_address_mode="slaac")["id"]
    return network, subnet


def _vm(lab, neutron, name, network, **attributes):
    """A port, and a host at it that configures itself where a router tells it how."""
    port = neutron.create("ports", name=name, network_id=network, **attributes)
    address = port["fixed_ips"][0]["ip_address"]
    routed = bool(neutron.list("ports", f"network_id={network}&device_owner=network:router_interface"))
    host = lab.add_host(name, port["mac_address"], [] if routed else [f"{address}/64"], iface_id=port["id"], accept_ra=routed,
                        router_solicitations=3 if routed else 0)
    until(lambda: address in host.addresses(), f"{name} has {address}", 20)
    return port, host, address


def _allow_pings(neutron):
    group = neutron.list("security-groups", "name=default")[0]["id"]
    return neutron.create("security-group-rules", security_group_id=group, direction="ingress", ethertype="IPv6", protocol="ipv6-icmp")


def test_hosts_of_a_network_that_the_api_made_reach_each_other_as_groups_allow(lab, flow6, neutron):
    network, _ = _network(neutron, "blue")
    group = neutron.create("security-groups", name="quiet")["id"]
    _, vm1, _ = _vm(lab, neutron, "vm1", network, security_groups=[group])
    vm2, _, address = _vm(lab, neutron, "vm2", network, security_groups=[group])
    assert not vm1.ping(address, count=2, wait=1).received
    rule = neutron.create("security-group-rules", security_group_id=group, direction="ingress", ethertype="IPv6", protocol="ipv6-icmp")
    until(lambda: vm1.ping(address, count=1, wait=1).answered_all, "the rule is in force", 5)
    neutron.delete("security-group-rules", rule["id"])
    until(lambda: not vm1.ping(address, count=1, wait=1).received, "the rule is gone", 5)
    neutron.create("default-security-group-rules", direction="ingress", ethertype="IPv6", protocol="ipv6-icmp")
    neutron.update("ports", vm2["id"], security_groups=[neutron.create("security-groups", name="open")["id"]])
    until(lambda: vm1.ping(address, count=1, wait=1).answered_all, "the new group has its rule of a template", 5)


def test_a_router_of_the_api_routes(lab, flow6, neutron):
    (blue, blue6), (red, red6) = (_network(neutron, name) for name in PREFIXES)
    router = neutron.create("routers", name="r1")["id"]
    for subnet in (blue6, red6):
        neutron.act("routers", router, "add_router_interface", subnet_id=subnet)
    _, vm1, _ = _vm(lab, neutron, "vm1", blue)
    _, _, address = _vm(lab, neutron, "vm2", red)
    _allow_pings(neutron)
    until(lambda: vm1.ping(address, count=1, wait=1).answered_all, "vm1 reaches vm2 by the router", 20)
    neutron.act("routers", router, "remove_router_interface", subnet_id=red6)
    until(lambda: not vm1.ping(address, count=1, wait=1).received, "the router leaves red", 5)


def test_what_the_switch_could_not_do_is_refused_and_changes_nothing(lab, flow6, neutron):
    network, subnet = _network(neutron, "blue")
    before = flow6.status()["network"]
    with pytest.raises(Refused) as refused:
        neutron.update("networks", network, flow6={"multicast": {"query_interval": 0}})
    assert refused.value.status == 400 and "query_interval" in refused.value.message
    assert flow6.status()["network"] == before
    assert "flow6" not in neutron.show("networks", network)


def test_nothing_that_was_answered_is_lost_when_the_process_dies(lab, flow6, neutron):
    """Killed amid writes: all that was answered is there afterwards, and the same flows, of which none is sent again."""
    network, _ = _network(neutron, "blue")
    port, vm1, _ = _vm(lab, neutron, "vm1", network)
    made = []

    def write():
        try:
            while True:
                made.append(neutron.create("ports", network_id=network)["id"])
        except (OSError, ConnectionError):
            pass

    writer = threading.Thread(target=write)
    writer.start()
    until(lambda: len(made) >= 20, "ports are made", 20)
    flow6.kill9()
    writer.join()
    before = set(lab.flow_keys())
    flow6.start(within=60)
    there = {one["id"] for one in neutron.list("ports")}
    assert set(made) <= there and port["id"] in there
    assert len(there) - len(made) in (1, 2), "beside vm1 and what was answered there is at most what was under way"
    after = set(lab.flow_keys())
    assert before <= after, "what was in the switch stays"
    assert flow6.reconcile()["flow_mods"] == len(after - before), "no more is sent than what the killed process had not come to"


def test_a_network_of_a_file_is_shown_as_it_is_and_not_written(lab):
    with Controller(lab, _FILE) as flow6:
        neutron = Neutron(flow6)
        port = neutron.show("ports", "vm1")
        assert port["fixed_ips"] == [{"subnet_id": "blue6", "ip_address": "2001:db8:1::ff:fe00:1"}]
        assert port["security_groups"] == ["default"] and port["admin_state_up"] and port["tags"] == []
        assert {rule["direction"] for rule in neutron.list("security-group-rules", "security_group_id=default")} == {"ingress", "egress"}
        assert [(agent["host"], agent["alive"]) for agent in neutron.list("agents")] == [("hostA", True)]
        with pytest.raises(Refused) as refused:
            neutron.create("networks", name="red")
        assert refused.value.status == 403 and str(flow6.network_file) in refused.value.message
        flow6.edit_network(_FILE.replace("mtu: 1400", "mtu: 1300"))
        until(lambda: neutron.show("networks", "blue")["mtu"] == 1300, "the file's change is shown", 5)
        # One with faults changes nothing, and is not shown.
        flow6.edit_network(_FILE.replace("mtu: 1400", "mtu: 3"))
        until(flow6.last_errors, "the file is refused", 5)
        assert neutron.show("networks", "blue")["mtu"] == 1300


def test_a_network_goes_from_store_to_store_as_a_file(lab, flow6, neutron):
    """Exported, imported, and served by another Flow6: the switch keeps its flows."""
    # Which groups hosts listen to is no part of a network; it is asked for again.
    flow6.enable_by_file("mld-snooping", False)
    until(lambda: not flow6.status()["apps"]["mld-snooping"]["enabled"], "mld-snooping is off", 10)
    network, _ = _network(neutron, "blue")
    _, vm1, _ = _vm(lab, neutron, "vm1", network)
    _, _, address = _vm(lab, neutron, "vm2", network)
    _allow_pings(neutron)
    until(lambda: vm1.ping(address, count=1, wait=1).answered_all, "vm1 reaches vm2", 20)
    refused = lab.ovs.namespace.run(PROGRAM, "export", "--config", flow6.config_file, check=False)
    assert refused.returncode == 1 and "Stop the other Flow6" in refused.stderr
    flow6.sigterm()
    exported = lab.folder / "exported.yaml"
    lab.ovs.namespace.run(PROGRAM, "export", "--config", flow6.config_file, "--output", exported)
    lab.ovs.namespace.run(PROGRAM, "check", exported)
    flow6.write_config(flow6.config | {"northbound": {"embedded": str(lab.folder / "other")}})
    lab.ovs.namespace.run(PROGRAM, "import", "--config", flow6.config_file, exported)
    flow6.start()
    assert flow6.reconcile()["flow_mods"] == 0
    assert vm1.ping(address, count=1, wait=1).answered_all
    assert len(neutron.list("ports")) == 2
