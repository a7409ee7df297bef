"""Multicast between hosts: to those with listeners alone, and there to these alone, by VXLAN and Geneve."""

import pytest

from flow6lab import Network, until
from flow6lab.fabric import Fabric
from listeners import Ears, Listener, datagram
from test_multicast_routers import advertisement, termination

HOSTS = ("hostA", "hostB", "hostC")
GROUP = "ff15::77"
VM1, VM2, VM3, VM4 = (f"2001:db8:1::{number}" for number in (1, 2, 3, 4))
INTERVAL = 4


def _network():
    """vm1 and vm4 are on hostA, vm2 on hostB, vm3 on hostC, which may be a router."""
    network = Network().network("blue", flow6={"multicast": {"query_interval": INTERVAL}, "trusted_router": ["vm3"]})
    network.subnet("blue6", "blue", "2001:db8:1::/64")
    for number, host in enumerate((*HOSTS, "hostA"), 1):
        network.port(f"vm{number}", "blue", number=number, **{"binding:host_id": host})
    return network.allow_pings()


@pytest.fixture(scope="module", params=["vxlan", "geneve"])
def fabric(request):
    with Fabric(_network(), HOSTS, request.param, 6) as fabric:
        fabric.add_vms("vm1", "vm2", "vm3", "vm4")
        fabric.start()
        yield fabric


@pytest.fixture
def ears(fabric):
    """Of all VMs, when nobody gets everything for want of knowing better."""
    fabric.wait_told()
    return Ears(**fabric.vms)


ONE = pytest.mark.parametrize("fabric", ["geneve"], indirect=True)


def test_only_hosts_with_listeners_get_what_only_listeners_hear(fabric, ears):
    vm1, vm2, vm4 = (fabric.vms[name] for name in ("vm1", "vm2", "vm4"))
    assert ears.hear(vm1, VM1, GROUP, "nobody") == set()
    with Listener(vm2, GROUP):
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
        with fabric.capture("hostB", "udp") as member, fabric.capture("hostC", "udp") as stranger:
            assert ears.hear(vm1, VM1, GROUP, "by tunnel") == {"vm2"}
            assert member.wait(lambda seen: b"by tunnel" in seen.data)
            assert not [seen for seen in stranger.drain() if b"by tunnel" in seen.data]
        with Listener(vm4, GROUP):
            ears.wait_heard(vm1, VM1, GROUP, {"vm2", "vm4"})
            ears.wait_heard(fabric.vms["vm3"], VM3, GROUP, {"vm2", "vm4"})
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
    ears.wait_heard(vm1, VM1, GROUP, set(), "nobody is left")
    with fabric.capture("hostB", "udp") as stranger:
        assert ears.hear(vm1, VM1, GROUP, "for nobody") == set()
        assert not [seen for seen in stranger.drain() if b"for nobody" in seen.data]


@ONE
def test_sources_that_are_not_wanted_stay_on_their_host(fabric, ears):
    vm1, vm2, vm4 = (fabric.vms[name] for name in ("vm1", "vm2", "vm4"))
    with Listener(vm2, GROUP, include=VM4):
        ears.wait_heard(vm4, VM4, GROUP, {"vm2"})
        with fabric.capture("hostB", "udp") as capture:
            assert ears.hear(vm1, VM1, GROUP, "unwanted") == set()
            assert not [seen for seen in capture.drain() if b"unwanted" in seen.data]
    ears.wait_heard(vm4, VM4, GROUP, set())


@ONE
def test_a_router_on_another_host_gets_everything(fabric, ears):
    vm1, vm3 = fabric.vms["vm1"], fabric.vms["vm3"]
    vm3.send(advertisement(vm3, interval=180))
    ears.wait_heard(vm1, VM1, GROUP, {"vm3"})
    vm3.send(termination(vm3))
    ears.wait_heard(vm1, VM1, GROUP, set())


@ONE
def test_a_host_whose_controller_dies_keeps_its_listeners(fabric, ears):
    """However long it is away: longer than the others would believe a port."""
    node, vm1, vm2 = fabric["hostB"], fabric.vms["vm1"], fabric.vms["vm2"]
    with Listener(vm2, GROUP), vm2.capture("udp") as capture:
        ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
        flows = {name: fabric[name].lab.flow_keys() for name in HOSTS}
        flood = vm1.start_flood([bytes(datagram(vm1, VM1, GROUP, "steady"))], seconds=4 * INTERVAL, rate=100)
        assert capture.wait(lambda seen: b"steady" in seen.data, 5)
        node.flow6.kill9()
        assert flood.wait(40) == 0
        until(lambda: len([seen for seen in capture.received() if b"steady" in seen.data]) == int(flood.output()), "no packet is lost")
        node.flow6.start(within=60)
        assert node.flow6.reconcile()["flow_mods"] == 0
        assert ears.hear(vm1, VM1, GROUP, "after") == {"vm2"}
        assert {name: fabric[name].lab.flow_keys() for name in HOSTS} == flows
    ears.wait_heard(vm1, VM1, GROUP, set())


@ONE
def test_a_host_that_does_not_look_who_listens_gets_everything(fabric, ears):
    node, vm1, vm2 = fabric["hostB"], fabric.vms["vm1"], fabric.vms["vm2"]
    assert ears.hear(vm1, VM1, GROUP, "nobody") == set()
    node.flow6.enable_by_file("mld-snooping", False)
    ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
    node.flow6.enable_by_file("mld-snooping", True)
    ears.wait_heard(vm1, VM1, GROUP, set(), "it looks again", 20)


@ONE
def test_nobody_but_flow6_speaks_for_a_host(fabric, ears):
    """What hosts report of their own ends where they are."""
    vm1, vm2 = fabric.vms["vm1"], fabric.vms["vm2"]
    with fabric.capture("hostA", "udp") as capture:
        with Listener(vm2, GROUP):
            ears.wait_heard(vm1, VM1, GROUP, {"vm2"})
        ears.wait_heard(vm1, VM1, GROUP, set())
        assert not [seen for seen in capture.drain() if bytes.fromhex(vm2.mac.replace(":", "") + "86dd") in seen.data and b"\x8f\0" in seen.data]
