"""Router discovery and DHCPv6, from the question to the answer, and exchanges a second, beside other servers of them."""

import contextlib
import random
import re
import time

from bench.latency import Question, ns, rows
from bench.ovn import OvnLab, installed
from bench.peers import PeerLab
from bench.rows import Row, median, percentile
from flow6lab import Controller, Lab, Network, until
from flow6lab.network import mac_of
from scapy.layers.dhcp6 import DHCP6_Solicit, DHCP6OptClientId, DHCP6OptElapsedTime, DHCP6OptIA_NA, DHCP6OptOptReq, DUID_LL
from scapy.layers.inet import UDP
from scapy.layers.inet6 import ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import Ether

_UNLIMITED = {reason: {"rate": 1_000_000, "burst": 1_000_000} for reason in ("router-solicitation", "dhcpv6")}
"""For a port that asks more often than any honest host."""
_SECONDS = 5
_ROUTER_DISCOVERY = f"icmp6 and (ip6[40] == {ICMPv6ND_RS().type} or ip6[40] == {ICMPv6ND_RA().type})"
_TO_CLIENT = "udp port 546"


def _solicitation(host):
    """To learn of routers, from an address: the answer may come to it alone."""
    frame = Ether(src=host.mac, dst="33:33:00:00:00:02") / IPv6(src=host.link_local, dst="ff02::2", hlim=255) / ICMPv6ND_RS()
    return bytes(frame / ICMPv6NDOptSrcLLAddr(lladdr=host.mac))


def _solicit(host):
    """To learn of DHCPv6 servers, asking for an address and name servers."""
    frame = Ether(src=host.mac, dst="33:33:00:01:00:02") / IPv6(src=host.link_local, dst="ff02::1:2") / UDP(sport=546, dport=547)
    message = DHCP6_Solicit(trid=0xF10F6) / DHCP6OptClientId(duid=DUID_LL(lladdr=host.mac)) / DHCP6OptElapsedTime()
    return bytes(frame / message / DHCP6OptOptReq(reqopts=[23]) / DHCP6OptIA_NA(iaid=1))


def served(mode):
    """A network whose router port advertises a subnet of that mode."""
    network = Network().network("blue")
    network.subnet("blue6", "blue", "2001:db8:1::/64", gateway_ip="2001:db8:1::fffe", enable_dhcp=True, ipv6_ra_mode=mode, ipv6_address_mode=mode,
                   dns_nameservers=["2001:db8::53"])
    network.port("vm1", "blue", number=1)
    network.add("routers", id="r1")
    return network.port("r1-blue", "blue", number=0xFFFE, device_owner="network:router_interface", device_id="r1")


@contextlib.contextmanager
def _flow6(connect=False, **settings):
    """A Lab with host vm1, to which Flow6 advertises and gives addresses; the Flow6 is the lab's `flow6`.

    With `connect`, Flow6 connects to the bridge's socket; else the switch connects to Flow6.
    """
    with Lab() as lab:
        if connect:
            settings["openflow"] = {"connect": [f"unix:{lab.ovs.folder}/{lab.bridge}.mgmt"]}
        network = served("dhcpv6-stateful")
        lab.add_hosts(network, "vm1")
        with Controller(lab, network, apps=("l2", "nd-responder", "router-advertisement", "dhcpv6"), settings=settings) as flow6:
            flow6.wait_settled(ports=1)
            lab.flow6 = flow6
            yield lab


def _serve_with_ovn(lab):
    """Has OVN advertise a router to vm1 and give it its address."""
    mac = mac_of(0xFFFE)
    lab.control("lr-add", "r1", "--", "lrp-add", "r1", "r1-blue", mac, "2001:db8:1::fffe/64")
    lab.control("lsp-add", "blue", "blue-r1", "--", "lsp-set-type", "blue-r1", "router", "--", "lsp-set-addresses", "blue-r1", "router", "--",
                "lsp-set-options", "blue-r1", "router-port=r1-blue")
    lab.control("set", "logical_router_port", "r1-blue", "ipv6_ra_configs:address_mode=dhcpv6_stateful", "ipv6_ra_configs:send_periodic=false",
                'ipv6_ra_configs:rdnss="2001:db8::53"')
    options = lab.control("create", "dhcp_options", 'cidr="2001:db8:1::/64"', f'options:server_id="{mac}"', 'options:dns_server="2001:db8::53"').stdout.strip()
    lab.control("lsp-set-dhcpv6-options", "vm1", options)


def measure(rounds=8, count=300):
    """Rows for RS→RA and Solicit→Advertise; the rounds of all servers are interleaved."""
    chance = random.Random(8415)
    with contextlib.ExitStack() as stack:
        # By the bridge's socket, as OVN: the way that is recommended.
        labs = {"flow6": stack.enter_context(_flow6(connect=True, punts=_UNLIMITED))}
        if installed():
            labs["OVN"] = stack.enter_context(OvnLab())
            _serve_with_ovn(labs["OVN"])
        routers = {**labs, "radvd": stack.enter_context(PeerLab()).radvd()}
        servers = {**labs, "Kea": stack.enter_context(PeerLab()).kea(), "dnsmasq": stack.enter_context(PeerLab()).dnsmasq()}
        questions = {("RS → RA", name): Question(lab.hosts["vm1"], _solicitation(lab.hosts["vm1"]), _ROUTER_DISCOVERY)
                     for name, lab in routers.items()}
        questions |= {("Solicit → Advertise", name): Question(lab.hosts["vm1"], _solicit(lab.hosts["vm1"]), _TO_CLIENT) for name, lab in servers.items()}
        for question in questions.values():
            question.wait_answer()
            question.times(1000, chance)
        taken = {key: [] for key in questions}
        for _ in range(rounds):
            for key, question in chance.sample(list(questions.items()), len(questions)):
                taken[key].append(question.times(count, chance))
    result = []
    for what, references in (("RS → RA", {"OVN": 1, "radvd": None}), ("Solicit → Advertise", {"OVN": 1, "Kea": None, "dnsmasq": None})):
        result += rows(what, {name: times for (which, name), times in taken.items() if which == what}, references, f"median of {rounds} interleaved rounds of {count}; Flow6 and OVN by the bridge's socket")
    return result


def measure_return(rounds=5):
    """Rows for a controller that comes back after it was killed: from its start to its first answers."""
    taken = {"RA": [], "DHCPv6": []}
    # Open vSwitch 3.1 itself would try again only after up to 8 s, whatever max_backoff says.
    with _flow6(connect=True) as lab:
        flow6, host = lab.flow6, lab.hosts["vm1"]
        questions = {"RA": Question(host, _solicitation(host), _ROUTER_DISCOVERY), "DHCPv6": Question(host, _solicit(host), _TO_CLIENT)}
        for _ in range(rounds):
            for name, question in questions.items():
                flow6.kill9()
                begin = time.monotonic()
                flow6.launch()
                question.wait_answer(every=0.05)
                taken[name].append(time.monotonic() - begin)
                flow6.wait_ready()
    return [Row(f"killed, started again → {name} answered", "ms", median(times) * 1e3, limit=1000,
                note=f"p50 of {rounds}; Flow6 connects to the bridge's socket") for name, times in taken.items()]


def measure_noisy(rounds=5, rate=1000):
    """Rows for what one port gets answered while another floods solicitations of all three kinds, `rate` frames a second each."""
    chance = random.Random(4443)
    network = served("dhcpv6-stateful").port("vm2", "blue", number=2)
    router = network.address_of("r1-blue")
    with _flow6() as lab:
        quiet, noisy = lab.hosts["vm1"], *lab.add_hosts(network, "vm2")
        # What is asked, how often a round, and how many seconds apart: within what one port may ask the controller.
        asked = {"NS → NA": (ns(quiet, router), f"icmp6 and (ip6[40] == {ICMPv6ND_NS().type} or ip6[40] == {ICMPv6ND_NA().type})", 200, 0.002),
                 "RS → RA": (_solicitation(quiet), _ROUTER_DISCOVERY, 20, 0.15),
                 "Solicit → Advertise": (_solicit(quiet), _TO_CLIENT, 100, 0.025)}
        frames = [ns(noisy, router), _solicitation(noisy), _solicit(noisy)]
        questions = {name: Question(quiet, frame, expression) for name, (frame, expression, _, _) in asked.items()}
        taken = {(name, loud): [] for name in asked for loud in (False, True)}
        for _ in range(rounds):
            for name, (_, _, count, pause) in asked.items():
                taken[name, False] += questions[name].times(count, chance, pause)
                with _flooding(noisy, frames, 3 * rate):
                    taken[name, True] += questions[name].times(count, chance, pause)
    how = f"{rate} of NS, RS and Solicit a second each; nothing lost; p99 of {rounds} rounds"
    return [Row(f"{name} while another port floods, p99", "ms", percentile(taken[name, True], 0.99) * 1e3, "the same in silence",
                percentile(taken[name, False], 0.99) * 1e3, 2, relative=True, note=how) for name in asked]


@contextlib.contextmanager
def _flooding(host, frames, rate):
    flood = host.start_flood(frames, 60, rate)
    try:
        before = host.frames_sent()
        until(lambda: host.frames_sent() > before + 1000, "the flood has begun")
        yield
    finally:
        flood.kill()


def _exchanges(lab, rate):
    """(exchanges a second, share of questions lost) of four messages each that perfdhcp has from vm1, asking at a rate for some seconds."""
    report = lab.hosts["vm1"].run("perfdhcp", "-6", "-l", "eth0", "-r", rate, "-p", _SECONDS, "-R", 1_000_000, check=False).stdout
    sent, received = (int(re.search(rf"{word} packets: (\d+)", report).group(1)) for word in ("sent", "received"))
    done = int(re.findall(r"received packets: (\d+)", report)[-1])
    return done / _SECONDS, 1 - received / max(1, sent)


def _most(lab, rates):
    """The most exchanges a second at which not more than one question in a hundred is lost."""
    best = 0.0
    for rate in rates:
        done, lost = _exchanges(lab, rate)
        if lost <= 0.01:
            best = max(best, done)
    return best


def measure_exchanges(rates=(250, 500, 1000, 2000, 3000, 4000, 6000)):
    """Rows for DHCPv6 exchanges a second."""
    with _flow6(punts=_UNLIMITED) as lab:
        _exchanges(lab, rates[0])
        ours = _most(lab, rates)
    result = []
    for name, start in (("Kea", PeerLab.kea), ("dnsmasq", PeerLab.dnsmasq)):
        with PeerLab() as lab:
            start(lab)
            Question(lab.hosts["vm1"], _solicit(lab.hosts["vm1"]), _TO_CLIENT).wait_answer()
            result.append(Row("DHCPv6 exchanges of four messages", "/s", ours, name, _most(lab, rates),
                              note=f"perfdhcp on one port, the most of {rates[0]} to {rates[-1]} asked for with at most 1 % lost"))
    return result

