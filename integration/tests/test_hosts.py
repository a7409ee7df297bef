"""Three hosts, each with an Open vSwitch and a Flow6 of its own: one network over VXLAN and Geneve, IPv6 and IPv4."""

import contextlib
import socket
import threading
import time

import pytest
from scapy.contrib.geneve import GENEVE
from scapy.layers.dhcp6 import DHCP6_Advertise, DHCP6_Solicit, DHCP6OptIA_NA
from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_RS, IPv6
from scapy.layers.l2 import Ether
from scapy.layers.vxlan import VXLAN
from scapy.packet import Raw

from dhcpv6_clients import message
from flow6lab import Network, until
from flow6lab.fabric import Fabric, tunneled
from listeners import Listener
from routers import router_solicitation
from solicitations import ICMPv6ND_NA, advertises, duplicate_check, multicast_mac

HOSTS = ("hostA", "hostB", "hostC")
VM1, VM2, VM3 = (f"2001:db8:1::{number}" for number in (1, 2, 3))
ROUTER = "2001:db8:1::fffe"
UNUSED = "2001:db8:1::77"


def _network():
    """Blue with a VM on each host and a router; red with VMs on two of them."""
    network = Network().network("blue").network("red")
    network.subnet("blue6", "blue", "2001:db8:1::/64", gateway_ip=ROUTER, enable_dhcp=True, ipv6_ra_mode="dhcpv6-stateful",
                   ipv6_address_mode="dhcpv6-stateful")
    network.subnet("blue4", "blue", "10.1.0.0/24").subnet("red6", "red", "2001:db8:2::/64")
    for number, host in enumerate(HOSTS, 1):
        network.port(f"vm{number}", "blue", number=number, **{"binding:host_id": host})
    for number, host in enumerate(HOSTS[:2], 0x21):
        network.port(f"red{number - 0x20}", "red", number=number, **{"binding:host_id": host})
    network.add("routers", id="r1")
    network.port("r1-blue", "blue", number=0xFFFE, addresses=[("blue6", ROUTER)], device_owner="network:router_interface", device_id="r1")
    return network.allow_pings()


@pytest.fixture(scope="module", params=["vxlan-6", "geneve-6", "vxlan-4", "geneve-4"])
def fabric(request):
    """VM vm1 is mobile and at home on hostA, all others stay where they are."""
    tunnel, version = request.param.split("-")
    with Fabric(_network(), HOSTS, tunnel, int(version)) as fabric:
        fabric.add_mobile("vm1")
        fabric.add_vms("vm2", "vm3", "red1", "red2")
        fabric.start()
        for source in fabric.vms.values():
            for port_id in fabric.vms:
                if port_id[:-1] == source.name[:-1]:
                    address = fabric.network.address_of(port_id)
                    until(lambda: source.ping(address, count=1).answered_all, f"{source.name} reaches {port_id}")
        yield fabric


ONE = pytest.mark.parametrize("fabric", ["geneve-6"], indirect=True)


def _forbidden(packet):
    """What a host's own switch answers."""
    return any(kind in packet for kind in (ICMPv6ND_NS, ICMPv6ND_RS, ICMPv6ND_RA)) or UDP in packet and packet[UDP].dport in (546, 547)


def test_vms_of_a_network_reach_each_other(fabric):
    for source in ("vm1", "vm2", "vm3"):
        vm = fabric.vms[source]
        for target in ("vm1", "vm2", "vm3"):
            if target != source:
                assert vm.ping(fabric.network.address_of(target)).answered_all, (source, target)
                assert vm.ping(fabric.vms[target].link_local).answered_all, (source, target)
                assert _pings4(vm, fabric.network.address_of(target, 1)), (source, target)
    assert fabric.vms["red1"].ping("2001:db8:2::22").answered_all


def _pings4(vm, target):
    return vm.run("ping", "-4", "-n", "-c", 3, "-i", 0.1, "-W", 2, target, check=False).returncode == 0


@pytest.mark.parametrize("family,address", [(socket.AF_INET6, VM3), (socket.AF_INET, "10.1.0.3")], ids=["IPv6", "IPv4"])
def test_tcp_carries_a_megabyte_each_way(fabric, family, address):
    data = bytes(range(256)) * 4096
    with fabric.vms["vm3"].socket(family, socket.SOCK_STREAM) as listener:
        listener.bind((address, 7000))
        listener.listen()
        listener.settimeout(10)
        with fabric.vms["vm1"].connect(7000, address, within=10) as client:
            server, _ = listener.accept()
            with server:
                server.settimeout(10)
                for sender, receiver in ((client, server), (server, client)):
                    writer = threading.Thread(target=sender.sendall, args=(data,))
                    writer.start()
                    assert _receive(receiver, len(data)) == data
                    writer.join()


def _receive(connection, length):
    received = bytearray()
    while len(received) < length and (piece := connection.recv(65536)):
        received += piece
    return bytes(received)


def test_discovery_and_configuration_never_leave_a_host(fabric):
    """Neighbors, routers and addresses are asked for here and answered here, by each host's own switch and Flow6."""
    vm1 = fabric.vms["vm1"]
    with contextlib.ExitStack() as stack:
        captures = [stack.enter_context(fabric.capture(name, "udp")) for name in HOSTS]
        for target in ("vm2", "vm3"):
            assert vm1.ndisc6(fabric.network.address_of(target)) == fabric.vms[target].mac
            assert vm1.ndisc6(fabric.vms[target].link_local) == fabric.vms[target].mac
        assert vm1.ndisc6(ROUTER) == fabric.network.mac_of("r1-blue")
        assert vm1.ndisc6(UNUSED, attempts=1, wait_ms=100) is None
        vm1.send(duplicate_check(vm1.mac, UNUSED))
        assert vm1.ask(duplicate_check(vm1.mac, VM2), advertises(VM2)), "the owner elsewhere keeps its address"
        assert vm1.ask(router_solicitation(vm1.mac, vm1.link_local), lambda packet: ICMPv6ND_RA in packet)
        assert vm1.ask(message(vm1.mac, vm1.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1)), lambda packet: DHCP6_Advertise in packet)
        assert vm1.ping(VM2).answered_all and vm1.ping(VM3).answered_all
        for capture in captures:
            capture.drain()
            inside = [carried[1] for carried in map(tunneled, capture.frames) if carried]
            assert len(inside) >= 6, "the pings passed by tunnel"
            assert [packet.summary() for packet in inside if _forbidden(packet)] == []


def test_multicast_reaches_only_hosts_with_members(fabric):
    group = "ff15::77"
    red1, red2 = fabric.vms["red1"], fabric.vms["red2"]
    frame = Ether(src=red1.mac, dst=multicast_mac(group)) / IPv6(src="2001:db8:2::21", dst=group) / UDP(sport=5000, dport=5000) / Raw(b"to all of red")
    with Listener(red2, group), fabric.capture("hostB", "udp") as member, fabric.capture("hostC", "udp") as stranger, red2.capture("udp") as capture:
        for name in ("hostA", "hostB"):
            until(lambda: fabric[name].lab.flows(f"table=72,ipv6,ipv6_dst={group}"), f"{name} knows who listens", 30)
        red1.send(frame)
        assert capture.wait(lambda seen: b"to all of red" in seen.data)
        assert member.wait(lambda seen: b"to all of red" in seen.data)
        assert len([seen for seen in capture.watch(0.3) if b"to all of red" in seen.data]) == 0, "it comes once"
        # What came to the stranger came before this: the same switch sent it.
        assert red1.ping("2001:db8:2::22").answered_all
        assert not [seen for seen in stranger.drain() if b"to all of red" in seen.data]


def _around(fabric, source, number, inner):
    """A frame as a host sends it by tunnel to hostB."""
    node = fabric["hostB"]
    outer = (IPv6 if ":" in source else IP)(src=source, dst=node.tunnel_ip)
    kind = VXLAN(vni=number, flags=8) if fabric.tunnel == "vxlan" else GENEVE(vni=number, proto=0x6558)
    return Ether(src="02:00:00:00:99:99", dst=node.mac) / outer / UDP(sport=50000, dport=4789 if fabric.tunnel == "vxlan" else 6081) / kind / inner


def test_packets_of_unknown_hosts_and_networks_are_dropped_and_counted(fabric):
    node, vm1, vm2 = fabric["hostB"], fabric.vms["vm1"], fabric.vms["vm2"]
    known, unknown = fabric["hostA"].tunnel_ip, str(node.network[0x99])
    with fabric.capture("hostB", "udp") as capture:
        assert vm1.ping(VM2).answered_all
        capture.drain()
        number = next(carried[0] for carried in map(tunneled, capture.frames) if carried and IPv6 in carried[1] and carried[1][IPv6].dst == VM2)

    def inner(text):
        return Ether(src=vm1.mac, dst=vm2.mac) / IPv6(src=VM1, dst=VM2) / UDP(sport=5000, dport=5000) / Raw(text)

    before = node.flow6.status()["drops"]
    with vm2.capture("udp") as capture, fabric.underlay.sender("hostB") as wire:
        wire.send(_around(fabric, unknown, number, inner(b"from nobody")))
        wire.send(_around(fabric, known, number ^ 0x5A5A5A, inner(b"of no network")))
        wire.send(_around(fabric, known, number, inner(b"from hostA")))
        assert capture.wait(lambda frame: b"from hostA" in frame.data)
        assert not [frame for frame in capture.received() if b"nobody" in frame.data or b"no network" in frame.data]
    for reason in ("tunnel-unknown-host", "tunnel-unknown-network"):
        until(lambda: node.flow6.dropped(reason) > before[reason], f"{reason} is counted")


def test_a_vm_moves_to_another_host_and_back(fabric):
    """How many packets a move loses is for `make bench`; here, that they come again at once."""
    vm1, vm2 = fabric.vms["vm1"], fabric.vms["vm2"]
    lost = []
    for place in 3 * ("hostC", "hostA"):
        with vm2.capture("icmp6") as capture:
            ping = vm2.start_ping(VM1, interval=0.01)
            ping.wait_answers(50)
            capture.drain()
            capture.frames.clear()
            fabric.move("vm1", place)
            ping.wait_answers(100)
            seen = ping.stop()
            lost.append(len(seen.lost))
            assert seen.duplicates == 0
            assert capture.wait(_announces(VM1, vm1.mac), 5), f"{place} announces the VM"
        fabric.wait_settled()
    print(f"moves lost {lost} packets, 10 ms apart")
    assert max(lost) < 100, lost
    for target in (VM2, VM3):
        assert vm1.ping(target).answered_all


def _announces(address, mac):
    """A test for frames: an unsolicited advertisement."""
    return lambda frame: not frame.outgoing and advertises(address, mac)(frame.packet) and not frame.packet[ICMPv6ND_NA].S


@ONE
def test_a_controller_that_dies_is_not_missed_and_sends_nothing_when_it_is_back(fabric):
    vm1, vm2, vm3 = (fabric.vms[name] for name in ("vm1", "vm2", "vm3"))
    fabric.wait_told()
    for name in HOSTS:
        node = fabric[name]
        flows = node.lab.flow_keys()
        pings = [vm1.start_ping(VM2), vm2.start_ping(VM3), vm3.start_ping(VM1)]
        node.flow6.kill9()
        for vm, target in ((vm1, "vm3"), (vm2, "vm1"), (vm3, "vm2")):
            vm.forget_neighbors()
            assert vm.ndisc6(fabric.network.address_of(target)) == fabric.vms[target].mac
        node.flow6.start(within=60)
        for ping in pings:
            ping.wait_answers(20)
            assert ping.stop().lost == ()
        assert node.flow6.reconcile()["flow_mods"] == 0
        assert node.lab.flow_keys() == flows


@ONE
def test_a_switch_that_dies_is_missed_by_its_own_vms_alone_and_back_within_two_seconds(fabric):
    vm1 = fabric.vms["vm1"]
    node = fabric["hostB"]
    others = vm1.start_ping(VM3)
    to_it = vm1.start_ping(VM2)
    to_it.wait_answers(10)
    node.ovs.kill()
    others.wait_answers(50)
    node.revive()
    back = time.monotonic()
    to_it.wait_answers(5)
    took = time.monotonic() - back
    print(f"answers {took:.2f} s after the switch is back")
    assert took <= 2
    others.wait_answers(20)
    assert others.stop().lost == ()
    to_it.stop()
    fabric.wait_settled()
    assert fabric.vms["vm2"].ping(VM3).answered_all and fabric.vms["red2"].ping("2001:db8:2::21").answered_all


@ONE
def test_a_changed_tunnel_is_taken_without_a_new_start(fabric):
    node, vm1 = fabric["hostC"], fabric.vms["vm1"]
    config = node.flow6.config
    name = f"flow6-{fabric.tunnel}"
    node.flow6.write_config({key: value for key, value in config.items() if key != "tunnel"})
    until(lambda: name not in node.ovs.vsctl("list-ports", "br-int"), "the tunnel's port is gone")
    assert vm1.ping(VM2).answered_all
    assert vm1.ping(VM3, count=2, wait=1).received == 0
    node.flow6.write_config(config)
    until(lambda: vm1.ping(VM3, count=1, wait=1).answered_all, "the tunnel is back", 40)
    fabric.wait_settled()
