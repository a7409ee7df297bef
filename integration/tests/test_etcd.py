"""Hosts that share their network through etcd: each has an Open vSwitch and a Flow6 of its own, and any serves the API."""

import contextlib
import threading
import time

import pytest
import yaml

from flow6lab import until
from flow6lab.controller import PROGRAM
from flow6lab.etcd import KEYS
from flow6lab.etcd_hosts import STATEFUL, Hosts
from flow6lab.neutron import Refused


@pytest.fixture(scope="module")
def two():
    with Hosts(("hostA", "hostB"), 1) as hosts:
        hosts.start()
        hosts.blue = hosts.make_blue("hostA")
        hosts.add_vm("hostA", "vm1", "hostA", *hosts.blue)
        hosts.add_vm("hostA", "vm2", "hostB", *hosts.blue)
        hosts.wait_pings("vm1", "vm2")
        yield hosts


def test_what_one_host_is_asked_for_is_in_every_switch(two):
    """The fixture made all by hostA; hostB serves the same, and hosts came to be known by themselves."""
    assert {agent["host"] for agent in two.neutron("hostB").list("agents")} == {"hostA", "hostB"}
    until(lambda: all(agent["alive"] for agent in two.neutron("hostB").list("agents")), "all hosts are alive", 10)
    two.neutron("hostB").update("ports", two.ports["vm2"]["id"], admin_state_up=False)
    until(lambda: not two.vms["vm1"].ping(two.address("vm2"), count=1, wait=1).received, "vm2 is down", 10)
    two.neutron("hostA").update("ports", two.ports["vm2"]["id"], admin_state_up=True)
    two.wait_pings("vm1", "vm2")
    status = two.northbound("hostA")
    assert status["kind"] == "etcd" and status["connected"] and status["error"] is None and status["revision"] > 0


def test_no_address_is_given_twice(two):
    """Two hosts at once, from a pool that is smaller than what is asked for."""
    network = two.neutron("hostA").create("networks", name="small")["id"]
    two.neutron("hostA").create("subnets", network_id=network, ip_version=6, cidr="2001:db8:7::/64", **STATEFUL,
                                allocation_pools=[{"start": "2001:db8:7::10", "end": "2001:db8:7::2f"}])
    two.wait_alike()
    given = []
    refused = []

    def ask(api):
        for _ in range(20):
            try:
                given.append(api.create("ports", network_id=network)["fixed_ips"][0]["ip_address"])
            except Refused as answer:
                refused.append(answer.type)

    workers = [threading.Thread(target=ask, args=(two.neutron(name),)) for name in two.nodes]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(given) + len(refused) == 40
    assert len(set(given)) == len(given)
    assert set(refused) <= {"IpAddressGenerationFailure", "RetryRequest"}
    assert 32 - refused.count("RetryRequest") <= len(given) <= 32
    two.wait_alike()
    stored = [port["fixed_ips"][0]["ip_address"] for port in two.neutron("hostB").list("ports", f"network_id={network}")]
    assert sorted(stored) == sorted(given)


def test_without_etcd_all_goes_on_and_nothing_can_be_changed(two):
    """Also for a host that starts then: it has what it knew last."""
    two.wait_alike()
    two.wait_told()
    node = two.etcd.nodes[0]
    flows = two["hostB"].lab.flow_keys()
    until(lambda: two.address("vm2") in next((two["hostB"].lab.folder / "own").glob("*.snapshot")).read_text(), "it is on the disk", 20)
    node.process.kill()
    try:
        two.wait_connected("hostA", False)
        assert two.northbound("hostA")["error"]
        assert two.vms["vm1"].ping(two.address("vm2")).answered_all
        with pytest.raises(Refused) as refused:
            two.neutron("hostA").create("networks", name="red")
        assert refused.value.status == 503 and "etcd cannot be reached" in refused.value.message
        assert two.neutron("hostA").list("networks", "name=blue")
        flow6 = two["hostB"].flow6
        flow6.sigterm()
        flow6.start(within=60)
        flow6.wait_settled(within=60, ports=1)
        assert not two.northbound("hostB")["connected"]
        assert two["hostB"].lab.flow_keys() == flows
        assert flow6.reconcile()["flow_mods"] == 0
        assert two.vms["vm1"].ping(two.address("vm2")).answered_all
    finally:
        node.start()
    for name in two.nodes:
        two.wait_connected(name)
    two.neutron("hostB").create("networks", name="red")
    until(lambda: two.neutron("hostA").list("networks", "name=red"), "hostA learns of it", 10)


def test_what_is_forgotten_by_etcd_during_a_cut_is_made_up_for(two):
    two.etcd.cut("hostB")
    try:
        neutron = two.neutron("hostA")
        made = [neutron.create("ports", network_id=two.blue[0])["id"] for _ in range(5)]
        neutron.delete("ports", made[0])
        with pytest.raises(Refused) as refused:
            two.neutron("hostB").delete("ports", made[1])
        assert refused.value.status == 503, "hostB cannot know that there is no such port"
        two.etcd.nodes[0].compact()
        two.wait_connected("hostB", False)
    finally:
        two.etcd.heal("hostB")
    healed = time.monotonic()
    known = two.wait_alike()
    assert set(made[1:]) <= known and made[0] not in known
    assert time.monotonic() - healed < 10
    assert two.vms["vm1"].ping(two.address("vm2")).answered_all


def _told(hosts, host):
    """The keys of the facts that a host tells the others."""
    return hosts.etcd.nodes[0].ctl("get", "--prefix", "--keys-only", f"{KEYS}/facts/{host}/")


def test_what_a_port_claimed_goes_with_it_to_another_host(two):
    """Its packets from an address that nobody there has seen it claim pass, and the host that it left knows of it no more."""
    two.add_vm("hostA", "vm3", "hostA", *two.blue)
    two.wait_pings("vm3", "vm2")
    claimed = "fe80::1234"
    two.vms["vm3"].sysctl("ipv6/conf/eth0/accept_dad", 1)
    two.vms["vm3"].sysctl("ipv6/conf/eth0/dad_transmits", 1)
    two.vms["vm3"].add_address(f"{claimed}/64", dad=True)
    two.vms["vm3"].wait_address(claimed)
    until(lambda: "claimed-address" in _told(two, "hostA"), "hostA tells of the claim", 20)
    port = two.ports["vm3"]
    two.neutron("hostB").update("ports", port["id"], **{"binding:host_id": "hostB"})
    moved = two["hostB"].lab.add_host("moved", port["mac_address"], [f"{claimed}/64"], iface_id=port["id"], mtu=1400,
                                        generate_link_local=False)
    until(lambda: "claimed-address" in _told(two, "hostB"), "hostB has the claim", 20)
    until(lambda: "claimed-address" not in _told(two, "hostA"), "hostA has given it up", 20)
    target = two.vms["vm2"].link_local
    until(lambda: moved.ping(target, count=1, wait=1).answered_all, "the address is the port's", 20)


def test_the_network_is_exported_and_imported_while_all_goes_on(two):
    flow6, run, folder = two["hostA"].flow6, two["hostA"].lab.ovs.namespace.run, two["hostA"].lab.folder
    exported, other = folder / "exported.yaml", folder / "other.yaml"
    run(PROGRAM, "export", "--config", flow6.config_file, "--output", exported)
    other.write_text(yaml.safe_dump(flow6.config | {"northbound": flow6.config["northbound"] | {"prefix": "/other"}}))
    run(PROGRAM, "import", "--config", other, exported)
    assert run(PROGRAM, "export", "--config", other).stdout == exported.read_text()
    refused = run(PROGRAM, "import", "--config", flow6.config_file, exported, check=False)
    assert refused.returncode == 1 and "has a network already" in refused.stderr
    two.neutron("hostB").create("networks", name="late")
    run(PROGRAM, "import", "--config", flow6.config_file, "--replace", exported)
    until(lambda: not two.neutron("hostB").list("networks", "name=late"), "what is not in the file is gone", 10)
    assert len(two.neutron("hostB").list("agents")) == 2
    assert two.vms["vm1"].ping(two.address("vm2")).answered_all


def test_a_full_etcd_is_said_to_be_full(two):
    """As its alarm tells; what is there is read all the same."""
    node = two.etcd.nodes[0]
    node.fill()
    two.wait_connected("hostA")
    with pytest.raises(Refused) as refused:
        two.neutron("hostA").create("networks", name="late")
    assert refused.value.status == 503 and "etcd is full" in refused.value.message, refused.value.message
    assert two.neutron("hostA").list("networks", "name=blue")
    assert two.vms["vm1"].ping(two.address("vm2")).answered_all
    node.make_room()
    until(lambda: _creates(two.neutron("hostA"), "late"), "it can be changed again", 20)


def _creates(neutron, name):
    try:
        return neutron.create("networks", name=name)
    except Refused as refused:
        assert refused.status == 503, refused
        return None


def test_three_nodes_and_hosts_stand_the_loss_of_one():
    """While ports are made without a pause: the leader dies, a host is cut off; nothing that was answered is lost."""
    with Hosts(("hostA", "hostB", "hostC"), 3) as hosts:
        hosts.start()
        network, group = hosts.make_blue("hostA")
        hosts.add_vm("hostA", "vm1", "hostA", network, group)
        hosts.add_vm("hostB", "vm2", "hostB", network, group)
        hosts.wait_pings("vm1", "vm2")
        hosts.wait_alike()
        made = []
        ending = threading.Event()

        def write(neutron):
            while not ending.is_set():
                with contextlib.suppress(Refused, OSError):
                    port = neutron.create("ports", network_id=network, name="made")
                    made.append((port["id"], port["fixed_ips"][0]["ip_address"]))
                ending.wait(0.05)

        writers = [threading.Thread(target=write, args=(hosts.neutron(name),)) for name in ("hostA", "hostB")]
        for writer in writers:
            writer.start()
        try:
            until(lambda: len(made) > 10, "ports are made", 30)
            leader = hosts.etcd.leader()
            leader.process.kill()
            count = len(made)
            until(lambda: len(made) > count + 10, "ports are made without the old leader", 30)
            hosts.etcd.cut("hostC")
            hosts.wait_connected("hostC", False)
            count = len(made)
            until(lambda: len(made) > count + 10, "ports are made without hostC", 30)
        finally:
            ending.set()
            for writer in writers:
                writer.join()
        hosts.etcd.heal("hostC")
        leader.start()
        known = hosts.wait_alike()
        assert {port for port, _ in made} <= known
        stored = [port["fixed_ips"][0]["ip_address"] for port in hosts.neutron("hostC").list("ports")]
        assert len(set(stored)) == len(stored)
        assert hosts.vms["vm1"].ping(hosts.address("vm2")).answered_all
        _take_out(hosts, "hostC")


def _take_out(hosts, name):
    """A host that is gone for good, which can be said when it is."""
    neutron = hosts.neutron("hostA")
    agent = neutron.list("agents", f"host={name}")[0]["id"]
    until(lambda: neutron.show("agents", agent)["alive"], f"{name} is alive", 20)
    with pytest.raises(Refused) as refused:
        neutron.delete("agents", agent)
    assert refused.value.status == 409 and refused.value.type == "AgentInUse", refused.value.message
    hosts[name].flow6.sigterm(60)
    until(lambda: not neutron.show("agents", agent)["alive"], f"{name} is gone", 30)
    neutron.delete("agents", agent)
    until(lambda: len(hosts.neutron("hostB").list("agents")) == 2, "hostB knows", 20)
    assert name not in hosts.etcd.nodes[0].ctl("get", "--prefix", "--keys-only", KEYS)
