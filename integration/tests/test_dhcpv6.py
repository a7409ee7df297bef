"""Real DHCPv6 clients get addresses, prefixes and settings, over restarts of the controller; bad messages reach nobody."""

import ipaddress

import pytest
from scapy.layers.dhcp6 import (DHCP6_Advertise, DHCP6_Decline, DHCP6_RelayForward, DHCP6_RelayReply, DHCP6_Reply, DHCP6_Request, DHCP6_Solicit,
                                DHCP6OptIA_NA, DHCP6OptIA_PD, DHCP6OptIAAddress, DHCP6OptIAPrefix, DHCP6OptIfaceId, DHCP6OptRelayMsg, DHCP6OptServerId,
                                DHCP6OptStatusCode, DHCP6OptUserClass, USER_CLASS_DATA)
from scapy.layers.inet import UDP
from scapy.layers.inet6 import IPv6, IPv6ExtHdrFragment, fragment6
from scapy.layers.l2 import Ether
from scapy.packet import Raw

from dhcpv6_clients import message, secluded
from flow6lab.dhclient import Dhclient
from flow6lab import Controller, Network, until

POOL = "2001:db8:f000::/40"


def _network(ports=2, mode="dhcpv6-stateful", **settings):
    """Blue with a router's port, hosts vm1, vm2 … and a pool of /56 prefixes."""
    settings = {"domain_search": ["lab.example.org", "example.org"], "prefix_delegation": {"pool": POOL, "length": 56}, **settings}
    network = Network().network("blue")
    network.subnet("blue6", "blue", "2001:db8:1::/64", gateway_ip="2001:db8:1::fffe", enable_dhcp=True, ipv6_ra_mode=mode, ipv6_address_mode=mode,
                   dns_nameservers=["2001:db8::53"], flow6=settings)
    for number in range(1, ports + 1):
        network.port(f"vm{number}", "blue", number=number, **({} if mode == "dhcpv6-stateful" else {"addresses": []}))
    network.add("routers", id="r1")
    return network.port("r1-blue", "blue", number=0xFFFE, device_owner="network:router_interface", device_id="r1")


@pytest.fixture
def serve(lab):
    """Starts Flow6 for a network and gives its hosts, none with more than a link-local address."""

    def start(network):
        names = [port["id"] for port in network.content["ports"] if not port.get("device_owner")]
        hosts = [lab.add_host(name, network.mac_of(name), iface_id=name) for name in names]
        flow6 = Controller(lab, network)
        flow6.start()
        flow6.wait_settled(ports=len(hosts))
        return flow6, hosts

    return start


def _ask(host, kind, *options, answer=DHCP6_Reply, server=None):
    """The answer to a message, decoded."""
    seen = host.ask(message(host.mac, host.link_local, kind, *options, server=server), lambda packet: answer in packet)
    assert seen is not None, f"{host.name}: no {answer.__name__}"
    return seen.packet[answer]


def _server_of(host):
    return _ask(host, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1), answer=DHCP6_Advertise)[DHCP6OptServerId].duid


def _statuses(packet):
    return [int(code) for code in ([packet[DHCP6OptStatusCode].statuscode] if DHCP6OptStatusCode in packet else [])]


# dhclient.


def test_dhclient_obtains_renews_rebinds_and_releases(serve):
    flow6, (vm1, vm2) = serve(_network(valid_lifetime=60, preferred_lifetime=40, renewal_time=3, rebinding_time=8))
    client = Dhclient(vm1).start()
    bound = client.wait("BOUND6")
    assert bound["new_ip6_address"] == "2001:db8:1::1"
    assert bound["new_dhcp6_name_servers"] == "2001:db8::53"
    assert bound["new_dhcp6_domain_search"].split() == ["lab.example.org.", "example.org."]
    assert (bound["new_max_life"], bound["new_preferred_life"]) == ("60", "40")
    assert "2001:db8:1::1" in vm1.addresses()
    vm2.add_address("2001:db8:1::2/64")
    vm2.run("ip", "-6", "route", "add", "2001:db8:1::1/128", "dev", "eth0")
    vm1.run("ip", "-6", "route", "add", "2001:db8:1::/64", "dev", "eth0")
    assert vm1.ping("2001:db8:1::2").answered_all
    renewed = client.wait("RENEW6")
    assert renewed["new_ip6_address"] == "2001:db8:1::1"
    flow6.kill9()
    client.wait_log("Rebind on eth0")
    before = len(client.events())
    flow6.start()
    rebound = client.wait("REBIND6", after=before)
    assert rebound["new_ip6_address"] == "2001:db8:1::1"
    assert rebound["new_dhcp6_server_id"] == bound["new_dhcp6_server_id"]
    with vm1.capture("udp port 546") as capture:
        client.release()
        reply = capture.wait(lambda frame: not frame.outgoing and DHCP6_Reply in frame.packet)
    assert _statuses(reply.packet) == [0] and DHCP6OptIA_NA not in reply.packet
    assert "2001:db8:1::1" not in vm1.addresses()


def test_dhclient_gets_a_prefix_of_its_own(serve):
    flow6, (vm1, vm2) = serve(_network())
    prefixes = [ipaddress.ip_network(Dhclient(host, "-P").start().wait("BOUND6")["new_ip6_prefix"]) for host in (vm1, vm2)]
    assert all(prefix.prefixlen == 56 and prefix.subnet_of(ipaddress.ip_network(POOL)) for prefix in prefixes)
    assert not prefixes[0].overlaps(prefixes[1])


def test_dhclient_gets_settings_where_it_makes_its_address_itself(serve):
    flow6, (vm1, _) = serve(_network(mode="dhcpv6-stateless"))
    event = Dhclient(vm1, "-S").start().wait("RENEW6")
    assert event["new_dhcp6_name_servers"] == "2001:db8::53"
    assert event["new_dhcp6_domain_search"].split() == ["lab.example.org.", "example.org."]
    assert "new_ip6_address" not in event


def test_dhclient_with_two_identity_associations_gets_an_address_in_each(serve):
    network = _network()
    network.subnet("more6", "blue", "2001:db8:2::/64", enable_dhcp=True, ipv6_ra_mode="dhcpv6-stateful", ipv6_address_mode="dhcpv6-stateful",
                   flow6={"renewal_time": 3})
    network.port_of("vm1")["fixed_ips"].append({"subnet_id": "more6", "ip_address": "2001:db8:2::1"})
    flow6, (vm1, _) = serve(network)
    client = Dhclient(vm1, "-N", "-N").start()
    wanted = {"2001:db8:1::1", "2001:db8:2::1"}

    def addresses(reason):
        events = [event for event in client.events() if event["reason"] == reason and "new_ip6_address" in event]
        return {event["new_iaid"]: event["new_ip6_address"] for event in events}

    until(lambda: set(addresses("BOUND6").values()) == wanted, "an address in each", 20)
    until(lambda: addresses("RENEW6") == addresses("BOUND6"), "each is renewed where it was", 20)


# Relay agents.


def _relayed(relay, client):
    """A Solicit of a client, relayed by a host that names the link by the router's address."""
    solicit = message(client.mac, client.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1))[DHCP6_Solicit]
    frame = Ether(src=relay.mac, dst="33:33:00:01:00:02") / IPv6(src=relay.link_local, dst="ff02::1:2", hlim=1) / UDP(sport=547, dport=547)
    forward = DHCP6_RelayForward(linkaddr="2001:db8:1::fffe", peeraddr=client.link_local)
    return frame / forward / DHCP6OptIfaceId(ifaceid=b"port 7") / DHCP6OptRelayMsg(message=solicit)


def test_a_relay_agent_is_answered_where_the_port_is_trusted(serve):
    network = _network(ports=3)
    network.port_of("vm3")["port_security_enabled"] = False
    flow6, (vm1, vm2, vm3) = serve(network)
    with vm2.capture("udp") as capture:
        seen = vm3.ask(_relayed(vm3, vm1), lambda packet: DHCP6_RelayReply in packet)
        assert seen.packet[UDP].dport == 547
        assert seen.packet[DHCP6OptIfaceId].ifaceid == b"port 7"
        assert seen.packet[DHCP6OptIAAddress].addr == "2001:db8:1::1"
        vm2.send(_relayed(vm2, vm1))
        until(lambda: flow6.dropped("dhcpv6-relay-untrusted") == 1, "it is not believed")
        assert all(frame.outgoing for frame in capture.received())


# Others.


def test_dhcpcd_gets_an_address_and_a_prefix(serve):
    flow6, (vm1, _) = serve(_network())
    conf = vm1.folder / "dhcpcd.conf"
    conf.write_text("ipv6only\nnoipv6rs\nduid ll\noption domain_name_servers\ninterface eth0\niaid 0\nia_na 0\nia_pd 1/::/56 -\n")
    client = secluded(vm1, ("/var/lib/dhcpcd", "/run/dhcpcd"), "dhcpcd", "-6", "-B", "-d", "-f", conf, "-c", "/bin/true", "eth0")
    client.wait_for_output("delegated prefix", 20)
    until(lambda: "2001:db8:1::1" in vm1.addresses(), "dhcpcd: the address", 20)


def test_wide_dhcp6c_gets_an_address_and_a_prefix(serve):
    flow6, (vm1, _) = serve(_network())
    conf = vm1.folder / "dhcp6c.conf"
    conf.write_text("interface eth0 { send ia-na 0; send ia-pd 0; send rapid-commit; request domain-name-servers; };\nid-assoc na 0 { };\nid-assoc pd 0 { };\n")
    client = secluded(vm1, ("/var/lib/dhcpv6",), "dhcp6c", "-f", "-D", "-c", conf, "-p", vm1.folder / "dhcp6c.pid", "eth0")
    client.wait_for_output("create a prefix 2001:db8:f0", 20)
    until(lambda: "2001:db8:1::1" in vm1.addresses(), "dhcp6c: the address", 20)


# Restarts.


def test_a_killed_controller_knows_server_addresses_and_prefixes_again(serve):
    flow6, (vm1, vm2, vm3) = serve(_network(ports=3))
    server = _server_of(vm1)
    got = {host: _ask(host, DHCP6_Request, DHCP6OptIA_PD(iaid=0), server=server)[DHCP6OptIAPrefix].prefix for host in (vm1, vm2)}
    flow6.kill9()
    flow6.start()
    assert bytes(_server_of(vm1)) == bytes(server)
    for host, prefix in got.items():
        assert _ask(host, DHCP6_Request, DHCP6OptIA_PD(iaid=0), server=server)[DHCP6OptIAPrefix].prefix == prefix
    # vm3 wants the one that vm1 has.
    wish = DHCP6OptIA_PD(iaid=0, iapdopt=[DHCP6OptIAPrefix(prefix=got[vm1], plen=56)])
    assert _ask(vm3, DHCP6_Request, wish, server=server)[DHCP6OptIAPrefix].prefix not in got.values()
    own = _ask(vm1, DHCP6_Request, DHCP6OptIA_NA(iaid=0), server=server)
    assert own[DHCP6OptIAAddress].addr == "2001:db8:1::1"


def test_a_declined_address_stays_declined_over_a_restart(serve):
    flow6, (vm1, vm2) = serve(_network())
    server = _server_of(vm1)
    declined = DHCP6OptIA_NA(iaid=1, ianaopts=[DHCP6OptIAAddress(addr="2001:db8:1::1")])
    assert _statuses(_ask(vm1, DHCP6_Decline, declined, server=server)) == [0]
    for _ in range(2):
        offer = _ask(vm1, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1), answer=DHCP6_Advertise)
        assert _statuses(offer) == [2] and DHCP6OptIAAddress not in offer
        flow6.kill9()
        flow6.start()
    # The others' are as they were.
    assert _ask(vm2, DHCP6_Request, DHCP6OptIA_NA(iaid=1), server=server)[DHCP6OptIAAddress].addr == "2001:db8:1::2"


# What must not pass.


def test_bad_messages_are_counted_and_reach_nobody(serve):
    flow6, (vm1, vm2) = serve(_network())
    server = _server_of(vm1)
    solicit = message(vm1.mac, vm1.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1))
    cut = bytearray(bytes(solicit))
    cut[-20] ^= 1  # the checksum no longer holds
    with vm2.capture("udp port 547 or udp port 546") as capture:
        vm1.send(bytes(cut))
        vm1.send(message(vm1.mac, vm1.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1), server=server))
        vm1.send(message(vm1.mac, vm1.link_local, DHCP6_Advertise, DHCP6OptIA_NA(iaid=1), server=server))
        for reason in ("dhcpv6-malformed", "dhcpv6-server-id", "dhcpv6-message-type"):
            until(lambda: flow6.dropped(reason) == 1, f"{reason} is counted")
        assert capture.received() == []
    assert vm1.ask(solicit, lambda packet: DHCP6_Advertise in packet)


def test_a_message_in_fragments_is_answered_and_no_fragment_reaches_another(serve):
    flow6, (vm1, vm2) = serve(_network())
    frame = message(vm1.mac, vm1.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1), DHCP6OptUserClass(userclassdata=[USER_CLASS_DATA(data=b"x" * 3000)]))
    whole = IPv6(bytes(frame[IPv6]))  # with lengths and checksum
    parts = fragment6(IPv6(src=whole.src, dst=whole.dst, hlim=1) / IPv6ExtHdrFragment(id=7, nh=17) / Raw(bytes(whole.payload)), 1280)
    assert len(parts) == 3
    frames = [bytes(Ether(src=frame.src, dst=frame.dst) / part) for part in parts]
    with vm2.capture("ip6") as capture:
        vm1.send(*frames[:-1])
        assert vm1.ask(frames[-1], lambda packet: DHCP6_Advertise in packet)
        assert [seen for seen in capture.received() if seen.packet[IPv6].src == vm1.link_local] == []


def test_a_flood_is_limited_to_its_port(serve):
    flow6, (vm1, vm2) = serve(_network())
    flood = [bytes(message(vm1.mac, vm1.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1), xid=number)) for number in range(3000)]
    vm1.send(*flood)
    assert vm2.ask(message(vm2.mac, vm2.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1)), lambda packet: DHCP6_Advertise in packet)
    assert flow6.status()["punts"]["dhcpv6"] < 1000


def test_without_the_app_dhcpv6_is_bridged(serve):
    network = _network()
    network.add("security_group_rules", id="servers", security_group_id="default", direction="ingress", ethertype="IPv6",
                protocol="udp", port_range_min=547, port_range_max=547)
    flow6, (vm1, vm2) = serve(network)
    solicit = message(vm1.mac, vm1.link_local, DHCP6_Solicit, DHCP6OptIA_NA(iaid=1))
    flow6.put_app("dhcpv6", False)
    with vm2.capture("udp port 547") as capture:
        until(lambda: vm1.send(solicit) or capture.wait(lambda frame: DHCP6_Solicit in frame.packet, 0.2), "it reaches vm2")
    flow6.put_app("dhcpv6", True)
    assert until(lambda: vm1.ask(solicit, lambda packet: DHCP6_Advertise in packet, 0.5), "it is answered")
