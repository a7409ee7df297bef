"""Duplicate address detection of real Linux hosts: an owned address is refused to others and not to its owner."""

import pytest

from flow6lab import Controller, Network

OWNED = "2001:db8:1::1"


@pytest.fixture
def hosts(lab):
    network = Network.simple(3)
    owner, intruder, _ = lab.add_hosts(network, "vm1", "vm2", "vm3", dad_transmits=1)
    with Controller(lab, network) as flow6:
        flow6.wait_settled(ports=3)
        yield owner, intruder, flow6


@pytest.mark.parametrize("nonce", [True, False], ids=["with nonce", "without nonce"])
def test_a_second_host_cannot_take_an_owned_address(hosts, nonce):
    _, intruder, flow6 = hosts
    # The kernel joins both flags: to leave the nonce out, it has to be off in "all" too.
    for place in ("all", "eth0"):
        intruder.sysctl(f"ipv6/conf/{place}/enhanced_dad", int(nonce))
    with intruder.capture("icmp6") as capture:
        capture.wait_quiet(1.2)  # an announcement of the owner's would do, too
    intruder.add_address(f"{OWNED}/64", dad=True)
    assert "dadfailed" in intruder.wait_address(OWNED)
    assert flow6.punted() >= 1


def test_it_is_refused_while_the_owner_is_down(hosts):
    owner, intruder, _ = hosts
    owner.run("ip", "link", "set", "eth0", "down")
    intruder.add_address(f"{OWNED}/64", dad=True)
    assert "dadfailed" in intruder.wait_address(OWNED)


def test_the_owner_may_use_its_address(hosts):
    owner, _, _ = hosts
    owner.remove_address(f"{OWNED}/64")
    owner.add_address(f"{OWNED}/64", dad=True)
    assert not owner.wait_address(OWNED) & {"tentative", "dadfailed"}


def test_the_owner_keeps_its_link_local_address(hosts):
    owner, _, _ = hosts
    owner.run("ip", "link", "set", "eth0", "down")
    owner.run("ip", "link", "set", "eth0", "up")
    assert not owner.wait_address(owner.link_local) & {"tentative", "dadfailed"}


def test_an_address_that_nobody_has_is_free(hosts):
    _, intruder, _ = hosts
    intruder.add_address("2001:db8:1::77/64", dad=True)
    assert not intruder.wait_address("2001:db8:1::77") & {"tentative", "dadfailed"}
