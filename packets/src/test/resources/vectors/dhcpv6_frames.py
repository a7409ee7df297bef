"""DHCPv6 packets made by scapy and os-ken, with the fields that they have or the reason for which a receiver discards them."""
from os_ken.lib.packet import dhcp6, ipv6, packet, udp
from scapy.layers import dhcp6 as sc
from scapy.layers.inet import UDP
from scapy.layers.inet6 import IPv6
from scapy.packet import Raw

from dhcpv6_expected import (
    CLIENT, CLIENT_ID, GROUP, INFINITY, LL, MAC, RELAY, SERVER, SERVERS, SERVER_ID, TYPES, UUID, address, client,
    duid, fields, ia, labels, option, prefix, relay, status, sub)


def ip6(src=CLIENT, dst=GROUP):
    return IPv6(src=src, dst=dst, hlim=64)


def from_server():
    return ip6(SERVER, CLIENT) / UDP(sport=547, dport=546)


def sc_client_id(octets=LL):
    return sc.DHCP6OptClientId(duid=Raw(bytes.fromhex(octets)))


def sc_server_id():
    return sc.DHCP6OptServerId(duid=Raw(bytes.fromhex(UUID)))


def sc_raw(code, octets):
    return sc.DHCP6OptUnknown(optcode=code, data=bytes.fromhex(octets))


def sc_solicit():
    return sc.DHCP6_Solicit(trid=0xabcdef) / sc_client_id() / sc.DHCP6OptElapsedTime(elapsedtime=250)


SOLICIT = client("SOLICIT", 0xabcdef, CLIENT_ID, option("ElapsedTime", hundredths=250))


def scapy_vectors():
    yield "solicit", ip6() / UDP() / sc_solicit(), fields(SOLICIT)
    yield ("solicit-everything",
           ip6() / UDP() / sc.DHCP6_Solicit(trid=1) / sc_client_id() / sc.DHCP6OptOptReq(reqopts=[23, 24, 82, 103])
           / sc.DHCP6OptIA_NA(iaid=0xdeadbeef, T1=0, T2=0) / sc.DHCP6OptIA_TA(iaid=7)
           / sc.DHCP6OptIA_PD(iaid=1, T1=0, T2=0, iapdopt=[sc.DHCP6OptIAPrefix(prefix="::", plen=56)])
           / sc.DHCP6OptRapidCommit() / sc.DHCP6OptReconfAccept()
           / sc.DHCP6OptUserClass(userclassdata=[sc.USER_CLASS_DATA(data=b"iPXE"), sc.USER_CLASS_DATA(data=b"")])
           / sc.DHCP6OptVendorClass(enterprisenum=343, vcdata=[sc.VENDOR_CLASS_DATA(data=b"PXEClient")])
           / sc.DHCP6OptClientArchType(archtypes=[7, 11]) / sc_raw(62, "010310")
           / sc.DHCP6OptClientFQDN(flags="S", fqdn=b"host.example."),
           fields(client("SOLICIT", 1, CLIENT_ID, option("OptionRequest", codes=[23, 24, 82, 103]),
                         ia("IaNa", 0xdeadbeef), option("IaTa", iaid=7, options=[]),
                         ia("IaPd", 1, prefix("::", 56, 0, 0)), option("RapidCommit"), option("ReconfigureAccept"),
                         option("UserClass", data=[b"iPXE".hex(), ""]),
                         option("VendorClass", enterprise=343, data=[b"PXEClient".hex()]),
                         option("ClientArchitectures", types=[7, 11]),
                         option("UnknownOption", code=62, body="010310"),
                         option("ClientFqdn", serverUpdates=True, overridden=False, noServerUpdates=False,
                                labels=labels("host", "example"), fullyQualified=True))))
    yield ("advertise",
           from_server() / sc.DHCP6_Advertise(trid=2) / sc_client_id() / sc_server_id() / sc.DHCP6OptPref(prefval=255)
           / sc.DHCP6OptStatusCode(statuscode=2, statusmsg="none left – sorry".encode()),
           fields(client("ADVERTISE", 2, CLIENT_ID, SERVER_ID, option("Preference", value=255),
                         status(2, "none left – sorry")), (SERVER, CLIENT), (547, 546)))
    yield ("reply",
           from_server() / sc.DHCP6_Reply(trid=3) / sc_client_id() / sc_server_id()
           / sc.DHCP6OptIA_NA(iaid=5, T1=1800, T2=2880, ianaopts=[
               sc.DHCP6OptIAAddress(addr="2001:db8::42", preflft=3600, validlft=7200,
                                    iaaddropts=[sc.DHCP6OptStatusCode(statuscode=0, statusmsg=b"ok")]),
               sc.DHCP6OptIAAddress(addr="2001:db8::43", preflft=INFINITY, validlft=INFINITY)])
           / sc.DHCP6OptIA_PD(iaid=6, T1=1, T2=2, iapdopt=[
               sc.DHCP6OptIAPrefix(prefix="2001:db8:100::", plen=56, preflft=3, validlft=4,
                                   iaprefopts=[sc_raw(67, "4001")])])
           / sc.DHCP6OptIA_TA(iaid=8, iataopts=[sc.DHCP6OptStatusCode(statuscode=2)])
           / sc.DHCP6OptDNSServers(dnsservers=["2001:db8::53", "2001:db8::54"])
           / sc.DHCP6OptDNSDomains(dnsdomains=["lab.example.org.", "example.org."])
           / sc.DHCP6OptSNTPServers(sntpservers=["2001:db8::123"])
           / sc_raw(56, "0001001020010db8000000000000000000000123")
           / sc.DHCP6OptBootFileUrl(optdata=b"tftp://[2001:db8::69]/boot.efi") / sc_raw(60, "000471756574" + "0000")
           / sc_raw(82, "00000e10") / sc_raw(83, "00000e11") / sc_raw(103, b"https://portal.example/".hex()),
           fields(client("REPLY", 3, CLIENT_ID, SERVER_ID,
                         ia("IaNa", 5, address("2001:db8::42", 3600, 7200, status(0, "ok")),
                            address("2001:db8::43", INFINITY, INFINITY), t1=1800, t2=2880),
                         ia("IaPd", 6, prefix("2001:db8:100::", 56, 3, 4,
                                              option("PdExclude", prefixLength=64, subnetId="01")), t1=1, t2=2),
                         option("IaTa", iaid=8, options=[status(2, "")]),
                         option("DnsServers", addresses=["2001:db8::53", "2001:db8::54"]),
                         option("DomainList", domains=["lab.example.org", "example.org"]),
                         option("SntpServers", addresses=["2001:db8::123"]),
                         option("NtpServer", sources=[{"source": "Server", "address": "2001:db8::123"}]),
                         option("BootfileUrl", text="tftp://[2001:db8::69]/boot.efi"),
                         option("BootfileParameters", parameters=["quet", ""]),
                         option("SolMaxRt", seconds=3600), option("InfMaxRt", seconds=3601),
                         option("CaptivePortal", text="https://portal.example/")), (SERVER, CLIENT), (547, 546)))
    yield ("information-request",
           ip6() / UDP() / sc.DHCP6_InfoRequest(trid=0xffffff) / sc_client_id("000100010000001b" + "02000000000a")
           / sc.DHCP6OptVendorSpecificInfo(enterprisenum=9, vso=[
               sc.VENDOR_SPECIFIC_OPTION(optcode=1, optdata=b"a"), sc.VENDOR_SPECIFIC_OPTION(optcode=65535, optdata=b"")]),
           fields(client("INFORMATION_REQUEST", 0xffffff,
                         option("ClientId", duid=duid("000100010000001b" + "02000000000a")),
                         option("VendorOptions", enterprise=9, options=[sub(1, "61"), sub(65535, "")]))))
    yield ("reconfigure",
           from_server() / sc.DHCP6_Reconf(trid=0) / sc_server_id() / sc.DHCP6OptReconfMsg(msgtype=5)
           / sc.DHCP6OptAuth(proto=3, alg=1, rdm=0, replay=b"\0" * 7 + b"\1", authinfo=b"\2" + b"\xaa" * 16)
           / sc.DHCP6OptServerUnicast(srvaddr="2001:db8::1") / sc.DHCP6OptInfoRefreshTime(reftime=86400),
           fields(client("RECONFIGURE", 0, SERVER_ID, option("ReconfigureMessage", messageType=5),
                         option("Authentication", protocol=3, algorithm=1, replayDetectionMethod=0,
                                replayDetection="0000000000000001", information="02" + "aa" * 16),
                         option("ServerUnicast", address="2001:db8::1"), option("InformationRefreshTime", seconds=86400)),
                  (SERVER, CLIENT), (547, 546)))
    yield ("relay-forward-twice",
           ip6(RELAY, SERVERS) / UDP(sport=547, dport=547)
           / sc.DHCP6_RelayForward(hopcount=1, linkaddr="::", peeraddr=RELAY) / sc.DHCP6OptRelayMsg(
               message=sc.DHCP6_RelayForward(hopcount=0, linkaddr="2001:db8:2::1", peeraddr=CLIENT)
               / sc.DHCP6OptIfaceId(ifaceid=b"port-7") / sc.DHCP6OptRemoteID(enterprisenum=9, remoteid=b"rack 3")
               / sc.DHCP6OptClientLinkLayerAddr(clladdr=MAC) / sc.DHCP6OptRelayMsg(message=sc_solicit())
               / sc_raw(53, LL)),
           fields(relay("RELAY_FORWARD", 1, "::", RELAY, option("RelayMessage", message=relay(
               "RELAY_FORWARD", 0, "2001:db8:2::1", CLIENT, option("InterfaceId", value=b"port-7".hex()),
               option("RemoteId", enterprise=9, value=b"rack 3".hex()),
               option("ClientLinkLayerAddress", hardwareType=1, address=MAC.replace(":", "")),
               option("RelayMessage", message=SOLICIT), option("RelayId", duid=duid(LL))))),
               (RELAY, SERVERS), (547, 547)))
    for number, kind in ((3, sc.DHCP6_Request), (4, sc.DHCP6_Confirm), (5, sc.DHCP6_Renew), (6, sc.DHCP6_Rebind),
                         (8, sc.DHCP6_Release), (9, sc.DHCP6_Decline)):
        yield (TYPES[number - 1].lower(), ip6() / UDP() / kind(trid=number) / sc_client_id(),
               fields(client(TYPES[number - 1], number, CLIENT_ID)))


def scapy_malformed():
    def solicit(*options):
        made = ip6() / UDP() / sc.DHCP6_Solicit(trid=1)
        for each in options:
            made = made / each
        return made

    def relayed(levels):
        made = sc_solicit()
        for hops in range(levels):
            made = sc.DHCP6_RelayForward(hopcount=min(hops, 8)) / sc.DHCP6OptRelayMsg(message=made)
        return ip6(RELAY, SERVERS) / UDP(sport=547, dport=547) / made

    yield "DHCPV6_TRUNCATED", ip6() / UDP(sport=546, dport=547) / Raw(b"\1\0\0")
    yield "DHCPV6_MESSAGE_TYPE", ip6() / UDP(sport=546, dport=547) / Raw(b"\x0e\0\0\0")
    yield "DHCPV6_HOP_COUNT", ip6(RELAY, SERVERS) / UDP(sport=547, dport=547) / sc.DHCP6_RelayForward(hopcount=9)
    yield "DHCPV6_RELAY_NESTING", relayed(10)
    yield "DHCPV6_OPTION_TRUNCATED", solicit(sc.DHCP6OptUnknown(optcode=200, optlen=9, data=b"12345678"))
    yield "DHCPV6_OPTION_LENGTH", solicit(sc_raw(8, "0000fa"))
    yield "DHCPV6_OPTION_NESTING", solicit(sc.DHCP6OptIA_NA(iaid=1, T1=0, T2=0, ianaopts=[
        sc.DHCP6OptIA_TA(iaid=1, iataopts=[sc.DHCP6OptIA_TA(iaid=1)])]))
    yield "DHCPV6_DUID_LENGTH", solicit(sc_client_id("0003" + "00" * 129))
    yield "DHCPV6_PREFIX_LENGTH", solicit(sc.DHCP6OptIA_PD(iaid=1, T1=0, T2=0, iapdopt=[sc.DHCP6OptIAPrefix(plen=129)]))
    yield "DHCPV6_ITEM_TRUNCATED", solicit(sc.DHCP6OptUserClass(userclassdata=[sc.USER_CLASS_DATA(len=5, data=b"iPXE")]))
    yield "DHCPV6_TEXT", solicit(sc.DHCP6OptStatusCode(statuscode=1, statusmsg=b"\xff"))
    yield "DHCPV6_CLIENT_FQDN", solicit(sc_raw(39, "0105686f7374"))
    yield "DOMAIN_NAME_TRUNCATED", solicit(sc_raw(24, "03666f6f"))


def osken_packet(message, ip=(CLIENT, GROUP), ports=(546, 547)):
    made = packet.Packet()
    made.add_protocol(ipv6.ipv6(src=ip[0], dst=ip[1], nxt=17, hop_limit=64))
    made.add_protocol(udp.udp(*ports))
    made.add_protocol(message)
    made.serialize()
    return bytes(made.data)


def osken_options(*options):
    return dhcp6.options(option_list=[dhcp6.option(code, bytes.fromhex(data), len(data) // 2) for code, data in options])


def osken_vectors():
    yield ("solicit", osken_packet(dhcp6.dhcp6(1, osken_options((1, LL), (8, "00fa")), transaction_id=0xabcdef)),
           fields(SOLICIT))
    inner = dhcp6.dhcp6(1, osken_options((1, LL), (8, "00fa")), transaction_id=0xabcdef).serialize().hex()
    yield ("relay-forward",
           osken_packet(dhcp6.dhcp6(12, osken_options((18, b"port-7".hex()), (9, inner)), hop_count=0,
                                    link_address="2001:db8:2::1", peer_address=CLIENT), (RELAY, SERVERS), (547, 547)),
           fields(relay("RELAY_FORWARD", 0, "2001:db8:2::1", CLIENT, option("InterfaceId", value=b"port-7".hex()),
                        option("RelayMessage", message=SOLICIT)), (RELAY, SERVERS), (547, 547)))
    yield ("reply",
           osken_packet(dhcp6.dhcp6(7, osken_options((2, UUID), (13, "0004" + b"elsewhere".hex()), (14, "")),
                                    transaction_id=9), (SERVER, CLIENT), (547, 546)),
           fields(client("REPLY", 9, SERVER_ID, status(4, "elsewhere"), option("RapidCommit")),
                  (SERVER, CLIENT), (547, 546)))
