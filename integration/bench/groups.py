"""Security groups: how many flows they are, how soon changes of them are in the switch, and what they cost packets."""

import contextlib
import ipaddress
import random
import time

from bench.flows import change_times
from bench.forwarding import small_packets, throughput
from bench.ovn import OvnLab, installed
from bench.rows import Row, median
from flow6lab import Controller, Lab, Network, until
from flow6lab.network import mac_of
from flow6lab.ovs import resident_bytes
from flow6lab.process import CommandFailed
from scapy.layers.inet import TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether

_WITHIN = 300
_APPS = ("l2", "nd-responder", "source-guard", "security-groups")
_OVN = "OVN, conjunctions and address sets"
_OVN_WITHIN = 120


def large_network(ports, groups, rules, members):
    """Ports here in groups of many rules, whose remote groups have many members elsewhere, at addresses that do not aggregate."""
    chance = random.Random(4)
    network = Network().network("blue").subnet("blue6", "blue", "2001:db8:1::/64")
    for group in range(groups):
        network.add("security_groups", id=f"web{group}").add("security_groups", id=f"clients{group}")
        for number in range(rules):
            remote = ({"remote_group_id": f"clients{group}"}, {"remote_ip_prefix": f"2001:db8:{number:x}::/48"}, {})[(0, 0, 1, 2)[number % 4]]
            network.add("security_group_rules", id=f"rule{group}-{number}", security_group_id=f"web{group}", direction="ingress", ethertype="IPv6",
                        protocol="tcp", port_range_min=1000 + 10 * number, port_range_max=1000 + 10 * number + number % 7, **remote)
    for number in range(1, ports + 1):
        network.port(f"vm{number}", "blue", number=number, security_groups=[f"web{number % groups}"])
    for number, address in enumerate(sorted(chance.sample(range(0x10000, 0x7FFFFFFF), members))):
        network.port(f"client{number}", "blue", mac=mac_of(0x100000 + number), security_groups=[f"clients{group}" for group in range(groups)],
                     addresses=[("blue6", str(ipaddress.ip_address("2001:db8:1::") + address))])
    return network


def add_ports(lab, ports):
    """Ports that lead nowhere, bound by iface-id: patch ports take the least of the machine."""
    for first in range(1, ports + 1, 100):
        words = []
        for number in range(first, min(first + 100, ports + 1)):
            words += ["--", "add-port", lab.bridge, f"vm{number}", "--", "set", "interface", f"vm{number}", "type=patch", f"options:peer=none{number}",
                      f"external_ids:iface-id=vm{number}"]
        lab.ovs.vsctl(*words)


def _with_rule(network, number):
    changed = network.copy()
    return changed.add("security_group_rules", id=f"new{number}", security_group_id="web0", direction="ingress", ethertype="IPv6", protocol="tcp",
                       port_range_min=50_000 + number, port_range_max=50_000 + number, remote_group_id="clients0")


def _measure_flow6(ports, groups, rules, members, rounds):
    network = large_network(ports, groups, rules, members)
    for number in range(rounds + 1):
        network.port(f"leaving{number}", "blue", mac=mac_of(0x200000 + number), security_groups=["clients0"],
                     addresses=[("blue6", f"2001:db8:1::8000:{16 * number:x}")])
    with Lab() as lab:
        add_ports(lab, ports)
        flow6 = Controller(lab, network, apps=_APPS)
        with flow6:
            status = flow6.wait_settled(within=_WITHIN, ports=ports)
            flow6.sigterm()
            lab.ofctl("del-flows")
            begin = time.monotonic()
            flow6.launch()
            flow6.wait_ready()
            flow6.wait_settled(within=_WITHIN, ports=ports)
            installed_in = time.monotonic() - begin
            added = change_times(lab, flow6, [_with_rule(network, number) for number in range(rounds + 1)], "add")[1:]
            fewer = []
            for number in range(rounds + 1):
                network = network.copy().remove_port(f"leaving{number}")
                fewer.append(network)
            removed = change_times(lab, flow6, fewer, "delete")[1:]
            flows = {app: status["apps"][app]["flows"] for app in ("source-guard", "security-groups")}
            return {"flows": flows, "all": status["flows"]["installed"], "installed": installed_in, "added": median(added), "removed": median(removed),
                    "memory": resident_bytes(flow6.pid) / 1e6}


def _measure_ovn(ports, groups, rules, members, rounds):
    network = large_network(ports, groups, rules, members)
    with OvnLab() as lab:
        control = lab.control
        _add_ports_to_ovn(lab, network, ports)
        begin = time.monotonic()
        control(f"--timeout={_OVN_WITHIN}", "--wait=hv", "sync")
        clients = [network.address_of(f"client{number}") for number in range(members)]
        for group in range(groups):
            control("pg-add", f"web{group}", *[f"vm{number}" for number in range(1, ports + 1) if number % groups == group])
            control("create", "address_set", f"name=clients{group}", "addresses=" + ",".join(f'"{address}"' for address in clients))
            control("acl-add", f"web{group}", "to-lport", "1", f"outport==@web{group} && ip6", "drop")
            words = []
            for rule in network.content["security_group_rules"]:
                if rule["security_group_id"] == f"web{group}":
                    words += ["--", "acl-add", f"web{group}", "to-lport", "10", _as_acl(rule, group), "allow-related"]
            control(*words[1:])
        begin = time.monotonic()
        control(f"--timeout={_OVN_WITHIN}", "--wait=hv", "sync")
        # The time since the last command: what was compiled meanwhile is not in it, so it is the least that OVN took.
        installed_in = time.monotonic() - begin
        flows = lab.flow_count()
        added, removed = [], []
        for number in range(rounds):
            begin = time.monotonic()
            control("--wait=hv", "acl-add", "web0", "to-lport", "10", f"outport==@web0 && ip6.src==$clients0 && tcp.dst=={50_000 + number}", "allow-related")
            added.append((time.monotonic() - begin) * 1e3)
        for number in range(rounds):
            begin = time.monotonic()
            control("--wait=hv", "remove", "address_set", "clients0", "addresses", f'"{clients[number]}"')
            removed.append((time.monotonic() - begin) * 1e3)
        return {"all": flows, "installed": installed_in, "added": median(added), "removed": median(removed)}


def _as_acl(rule, group):
    remote = f"ip6.src==$clients{group} && " if "remote_group_id" in rule else f"ip6.src=={rule['remote_ip_prefix']} && " if "remote_ip_prefix" in rule else ""
    return f"outport==@web{group} && ip6 && {remote}tcp.dst>={rule['port_range_min']} && tcp.dst<={rule['port_range_max']}"


def _add_ports_to_ovn(lab, network, ports):
    for first in range(3, ports + 1, 100):
        words = []
        for number in range(first, min(first + 100, ports + 1)):
            address = f"{mac_of(number)} {network.address_of(f'vm{number}')}"
            words += ["--", "lsp-add", "blue", f"vm{number}", "--", "lsp-set-addresses", f"vm{number}", address, "--", "lsp-set-port-security", f"vm{number}", address]
        lab.control(*words[1:])
        binding = []
        for number in range(first, min(first + 100, ports + 1)):
            binding += ["--", "add-port", lab.bridge, f"vm{number}", "--", "set", "interface", f"vm{number}", "type=patch", f"options:peer=none{number}",
                        f"external_ids:iface-id=vm{number}"]
        lab.ovs.vsctl(*binding)


def measure_scale(ports=500, groups=10, rules=100, members=2000, rounds=15):
    """Rows for a host with many ports and rules; then beside OVN with a tenth of the members, as with all OVN takes more than its time."""
    return _scale(ports, groups, rules, members, rounds, beside=False) + _scale(ports, groups, rules, members // 10, max(3, rounds // 3), beside=True)


def _scale(ports, groups, rules, members, rounds, beside):
    ours = _measure_flow6(ports, groups, rules, members, rounds)
    theirs, missing = _beside(ports, groups, rules, members, rounds) if beside else ({}, "")
    ovn = _OVN if beside else ""
    things = ports + groups * rules + members
    what = f"{ports:,} ports, {groups} groups of {rules} rules, remote groups of {members:,}"
    split = ", ".join(f"{count:,} of {app}" for app, count in ours["flows"].items())
    return [
        Row("security: flows", "flows", sum(ours["flows"].values()), "ports + rules + members", things, None if beside else 4, relative=True, note=f"{what}: {split}"),
        Row("all flows of that host", "flows", ours["all"], ovn, theirs.get("all"), note=f"Flow6's with Neighbor Discovery and bridging{missing}"),
        Row("from nothing to all of them", "s", ours["installed"], ovn, theirs.get("installed"),
            note="Flow6: from its start; OVN: from its last command, with its processes running"),
        Row("one rule added → in the switch", "ms", ours["added"], ovn, theirs.get("added"), 10, note=f"p50 of {rounds}; from the file's replacement"),
        Row("one member removed → in the switch", "ms", ours["removed"], ovn, theirs.get("removed"), 10, note=f"p50 of {rounds}; one of a group of {members:,}"),
        Row("resident memory with them", "MB", ours["memory"], note="after these changes"),
    ]


def _beside(ports, groups, rules, members, rounds):
    """OVN's figures, and why there are none."""
    if not installed():
        return {}, "; OVN is not installed: integration/setup --bench"
    try:
        return _measure_ovn(ports, groups, rules, members, rounds), ""
    except CommandFailed:
        return {}, f"; OVN was not done within {_OVN_WITHIN} s"


# What packets pay.

_RULES = (0, 1000)


@contextlib.contextmanager
def _pair(rules, apps=_APPS):
    """Hosts vm1 and vm2 under so many rules, of which the last lets them talk; none: without security groups at all."""
    network = Network.simple(2)
    if rules:
        network.add("security_groups", id="web")
        for number in range(rules - 1):
            network.add("security_group_rules", id=f"rule{number}", security_group_id="web", direction="ingress", ethertype="IPv6", protocol="tcp",
                        port_range_min=10_000 + 3 * number, port_range_max=10_000 + 3 * number + 1, remote_ip_prefix=f"2001:db8:{number:x}::/48")
        network.add("security_group_rules", id="last", security_group_id="web", direction="ingress", ethertype="IPv6", remote_group_id="web")
    for port in ("vm1", "vm2"):
        network.port_of(port).update({"security_groups": ["web"]} if rules else {"port_security_enabled": False})
    with Lab() as lab:
        lab.add_hosts(network, "vm1", "vm2")
        with Controller(lab, network, apps=apps) as flow6:
            flow6.wait_settled(ports=2)
            until(lambda: lab.hosts["vm1"].ping("2001:db8:1::2", count=1).answered_all, "vm2 answers")
            yield lab


def _datagram(vm1, vm2):
    """64 octets."""
    return bytes(Ether(src=vm1.mac, dst=vm2.mac) / IPv6(src="2001:db8:1::1", dst="2001:db8:1::2") / UDP(sport=4000, dport=9) / b"\0\0")


def _megaflows(lab, connections):
    """Datapath flows after the first packets of that many connections to ports all over."""
    vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
    chance = random.Random(5)
    frames = [bytes(Ether(src=vm1.mac, dst=vm2.mac) / IPv6(src="2001:db8:1::1", dst="2001:db8:1::2") /
                    TCP(sport=20_000 + number % 40_000, dport=chance.choice((22, 80, 443, chance.randrange(1, 65536))), flags="S")) for number in range(connections)]
    for first in range(0, connections, 1000):
        vm1.send(*frames[first:first + 1000])
    return len([line for line in lab.ovs.appctl("dpctl/dump-flows").splitlines() if "recirc_id" in line])


def measure_forwarding(rounds=3, seconds=3, connections=10_000):
    """Rows for two hosts under no rules and under many; the rounds are interleaved."""
    taken = {rules: {"tcp": [], "small": []} for rules in _RULES}
    with contextlib.ExitStack() as stack:
        labs = {rules: stack.enter_context(_pair(rules)) for rules in _RULES}
        for _ in range(rounds):
            for rules, lab in labs.items():
                vm1, vm2 = lab.hosts["vm1"], lab.hosts["vm2"]
                taken[rules]["tcp"].append(throughput(vm1, vm2, "2001:db8:1::2", seconds))
                taken[rules]["small"].append(small_packets(vm1, vm2, _datagram(vm1, vm2), seconds))
        megaflows = {rules: _megaflows(lab, connections) for rules, lab in labs.items()}
    none, many = _RULES
    beside = "the same without groups and guard"
    how = f"median of {rounds} interleaved; userspace datapath"
    return [
        Row(f"TCP under {many:,} rules", "Gbit/s", median(taken[many]["tcp"]), beside, median(taken[none]["tcp"]), note=f"iperf3; {how}"),
        Row(f"64-octet packets under {many:,} rules", "k/s", median(taken[many]["small"]), beside, median(taken[none]["small"]), note=how),
        Row(f"datapath flows after {connections:,} connections", "flows", megaflows[many], beside, megaflows[none], note="first packets only, to ports all over"),
    ]
