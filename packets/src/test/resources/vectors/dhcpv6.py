#!/usr/bin/python3
"""DHCPv6 made and read by scapy and os-ken, to hold the Java records against two other implementations.

    dhcpv6.py                 writes dhcpv6.json, and each message as a seed of the fuzz test, beside this script
    dhcpv6.py --check FILE    reads FILE (what Dhcpv6VectorsTest leaves in target/dhcpv6.json) with scapy and os-ken,
                              and compares every field; exit 1 if any differs

Needs Debian's python3-scapy and python3-os-ken. A vector is an IPv6 packet in hexadecimal and either all its fields,
named as the Java records name them, or the reason for which a receiver discards it.
"""
import json
import logging
import pathlib
import socket
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)
from os_ken.lib.packet import dhcp6, ipv6, packet, udp  # noqa: E402
from scapy.layers import dhcp6 as sc  # noqa: E402
from scapy.layers.inet import UDP  # noqa: E402
from scapy.layers.inet6 import IPv6  # noqa: E402
from scapy.packet import NoPayload, Raw  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE.parent / "org/flow6/packets/dhcpv6/Dhcpv6FuzzTestInputs/decodesAnything"
CLIENT, SERVER, RELAY = "fe80::a", "fe80::1", "2001:db8:1::1"
GROUP, SERVERS = "ff02::1:2", "ff05::1:3"
MAC = "02:00:00:00:00:0a"
LL = "00030001" + MAC.replace(":", "")
UUID = "0004" + "00112233445566778899aabbccddeeff"
INFINITY = 0xffffffff
TYPES = ["SOLICIT", "ADVERTISE", "REQUEST", "CONFIRM", "RENEW", "REBIND", "REPLY", "RELEASE", "DECLINE", "RECONFIGURE",
         "INFORMATION_REQUEST", "RELAY_FORWARD", "RELAY_REPLY"]


# Fields of the well-formed packets, written by hand.

def fields(message, ip=(CLIENT, GROUP), ports=(546, 547)):
    return {"source": ip[0], "destination": ip[1], "sourcePort": ports[0], "destinationPort": ports[1],
            "message": message}


def client(kind, transaction, *options):
    return {"message": "ClientServerMessage", "type": kind, "transactionId": transaction, "options": list(options)}


def relay(kind, hops, link, peer, *options):
    return {"message": "RelayAgentMessage", "type": kind, "hopCount": hops, "linkAddress": link, "peerAddress": peer,
            "options": list(options)}


def option(name, **values):
    return {"option": name, **values}


def duid(octets):
    return {"octets": octets}


def ia(name, iaid, *options, t1=0, t2=0):
    return option(name, iaid=iaid, t1=t1, t2=t2, options=list(options))


def address(text, preferred, valid, *options):
    return option("IaAddress", address=text, preferredLifetime=preferred, validLifetime=valid, options=list(options))


def prefix(text, length, preferred, valid, *options):
    return option("IaPrefix", prefix=text, prefixLength=length, preferredLifetime=preferred, validLifetime=valid,
                  options=list(options))


def status(value, text):
    return option("StatusCode", status={"value": value}, message=text)


def sub(code, data):
    return {"code": code, "data": data}


def labels(*names):
    return [name.encode().hex() for name in names]


CLIENT_ID, SERVER_ID = option("ClientId", duid=duid(LL)), option("ServerId", duid=duid(UUID))


# The packets, by scapy.

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


# The packets, by os-ken.

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


def write():
    vectors = [{"name": name, "by": "scapy", "packet": bytes(made).hex(), "fields": expected}
               for name, made, expected in scapy_vectors()]
    vectors += [{"name": name, "by": "os-ken", "packet": made.hex(), "fields": expected}
                for name, made, expected in osken_vectors()]
    vectors += [{"name": "malformed", "by": "scapy", "packet": bytes(made).hex(), "malformed": reason}
                for reason, made in scapy_malformed()]
    (HERE / "dhcpv6.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in vectors) + "\n]\n")
    SEEDS.mkdir(parents=True, exist_ok=True)
    for each in vectors:
        if each["by"] == "scapy":
            name = each.get("malformed", each["name"])
            (SEEDS / f"{name}.bin").write_bytes(bytes.fromhex(each["packet"])[48:])
    return check(vectors)


# What they read.

def ll_octets(mac):
    return mac.replace(":", "")


def chain(layer):
    """The options from a layer on: scapy has each as the payload of the one before."""
    while not isinstance(layer, NoPayload):
        if isinstance(layer, Raw):  # an option within another one that scapy does not know, and all after it
            octets = layer.load
            end = 4 + int.from_bytes(octets[2:4], "big")
            kind = sc._DHCP6OptGuessPayload._just_guess_payload_class(sc.DHCP6OptUnknown, octets)
            yield kind(octets[:end])
            layer = Raw(octets[end:]) if octets[end:] else NoPayload()
        else:
            yield layer
            layer = layer.payload


def nested(options):
    return [scapy_option(each) for first in options for each in chain(first)]


def domain_labels(octets):
    found, at = [], 0
    while at < len(octets) and octets[at]:
        found.append(octets[at + 1:at + 1 + octets[at]].hex())
        at += 1 + octets[at]
    return found, at < len(octets)


def suboptions(octets):
    return [(each.code, each.data) for each in dhcp6.options.parser(octets).option_list]


def ntp_source(code, data):
    if code in (1, 2):
        return {"source": ["Server", "Multicast"][code - 1], "address": socket.inet_ntop(socket.AF_INET6, data)}
    if code == 3:
        return {"source": "Name", "name": ".".join(bytes.fromhex(each).decode() for each in domain_labels(data)[0])}
    return {"source": "Other", "suboption": sub(code, data.hex())}


def items(octets):
    at = 0
    while at < len(octets):
        length = int.from_bytes(octets[at:at + 2], "big")
        yield octets[at + 2:at + 2 + length]
        at += 2 + length


def fqdn(layer):
    # scapy takes a name without the root for one with it, and octets for text.
    found, root = domain_labels(layer.original[5:4 + layer.optlen])
    flags = int(layer.flags)
    return option("ClientFqdn", serverUpdates=bool(flags & 1), overridden=bool(flags & 2),
                  noServerUpdates=bool(flags & 4), labels=found, fullyQualified=root)


KNOWN = {
    1: lambda o: option("ClientId", duid=duid(o.duid.original.hex())),
    2: lambda o: option("ServerId", duid=duid(o.duid.original.hex())),
    3: lambda o: option("IaNa", iaid=o.iaid, t1=o.T1, t2=o.T2, options=nested(o.ianaopts)),
    4: lambda o: option("IaTa", iaid=o.iaid, options=nested(o.iataopts)),
    5: lambda o: address(o.addr, o.preflft, o.validlft, *nested(o.iaaddropts)),
    6: lambda o: option("OptionRequest", codes=list(o.reqopts) if o.optlen else []),  # scapy's default: 23 and 24
    7: lambda o: option("Preference", value=o.prefval),
    8: lambda o: option("ElapsedTime", hundredths=o.elapsedtime),
    9: lambda o: option("RelayMessage", message=scapy_message(o.message)),
    11: lambda o: option("Authentication", protocol=o.proto, algorithm=o.alg, replayDetectionMethod=o.rdm,
                         replayDetection=o.replay.hex(), information=o.authinfo.hex()),
    12: lambda o: option("ServerUnicast", address=o.srvaddr),
    13: lambda o: status(o.statuscode, o.statusmsg.decode()),
    14: lambda o: option("RapidCommit"),
    15: lambda o: option("UserClass", data=[each.data.hex() for each in o.userclassdata]),
    16: lambda o: option("VendorClass", enterprise=o.enterprisenum, data=[each.data.hex() for each in o.vcdata]),
    17: lambda o: option("VendorOptions", enterprise=o.enterprisenum,
                         options=[sub(each.optcode, each.optdata.hex()) for each in o.vso]),
    18: lambda o: option("InterfaceId", value=o.ifaceid.hex()),
    19: lambda o: option("ReconfigureMessage", messageType=o.msgtype),
    20: lambda o: option("ReconfigureAccept"),
    23: lambda o: option("DnsServers", addresses=list(o.dnsservers)),
    24: lambda o: option("DomainList", domains=[each.rstrip(".") for each in o.dnsdomains]),
    25: lambda o: option("IaPd", iaid=o.iaid, t1=o.T1, t2=o.T2, options=nested(o.iapdopt)),
    26: lambda o: prefix(o.prefix, o.plen, o.preflft, o.validlft, *nested(o.iaprefopts)),
    31: lambda o: option("SntpServers", addresses=list(o.sntpservers)),
    32: lambda o: option("InformationRefreshTime", seconds=o.reftime),
    37: lambda o: option("RemoteId", enterprise=o.enterprisenum, value=o.remoteid.hex()),
    39: fqdn,
    59: lambda o: option("BootfileUrl", text=o.optdata.decode()),
    61: lambda o: option("ClientArchitectures", types=list(o.archtypes)),
    79: lambda o: option("ClientLinkLayerAddress", hardwareType=o.lltype, address=ll_octets(o.clladdr)),
}

# Options that scapy frames only.
FRAMED = {
    53: lambda data: option("RelayId", duid=duid(data.hex())),
    56: lambda data: option("NtpServer", sources=[ntp_source(*each) for each in suboptions(data)]),
    60: lambda data: option("BootfileParameters", parameters=[each.decode() for each in items(data)]),
    67: lambda data: option("PdExclude", prefixLength=data[0], subnetId=data[1:].hex()),
    82: lambda data: option("SolMaxRt", seconds=int.from_bytes(data, "big")),
    83: lambda data: option("InfMaxRt", seconds=int.from_bytes(data, "big")),
    103: lambda data: option("CaptivePortal", text=data.decode()),
}


def scapy_option(layer):
    if layer.optcode in KNOWN:
        return KNOWN[layer.optcode](layer)
    data = layer.original[4:4 + layer.optlen]
    if layer.optcode in FRAMED:
        return FRAMED[layer.optcode](data)
    return option("UnknownOption", code=layer.optcode, body=data.hex())


def scapy_message(layer):
    options = [scapy_option(each) for each in chain(layer.payload)]
    if layer.msgtype in (12, 13):
        return relay(TYPES[layer.msgtype - 1], layer.hopcount, layer.linkaddr, layer.peeraddr, *options)
    return client(TYPES[layer.msgtype - 1], layer.trid, *options)


def scapy_fields(octets):
    read = IPv6(octets)
    datagram = read[UDP]
    message = sc._dhcp6_dispatcher(bytes(datagram.payload))
    again = IPv6(octets)
    del again[UDP].chksum
    found = fields(scapy_message(message), (read.src, read.dst), (datagram.sport, datagram.dport))
    if bytes(again) != octets:
        found["checksum"] = "differs"
    return found


def osken_differences(octets, expected):
    """What os-ken reads: addresses, ports, the message's own fields, the codes of its options."""
    parsed = packet.Packet(octets, parse_cls=ipv6.ipv6)
    ip, datagram = parsed.get_protocol(ipv6.ipv6), parsed.get_protocol(udp.udp)
    message = dhcp6.dhcp6.parser(octets[48:])[0]
    want = expected["message"]
    found = [ip.src, ip.dst, datagram.src_port, datagram.dst_port, TYPES[message.msg_type - 1]]
    wanted = [expected["source"], expected["destination"], expected["sourcePort"], expected["destinationPort"],
              want["type"]]
    if "hopCount" in want:
        found += [message.hop_count, message.link_address, message.peer_address]
        wanted += [want["hopCount"], want["linkAddress"], want["peerAddress"]]
    else:
        found.append(message.transaction_id)
        wanted.append(want["transactionId"])
    found.append(len(message.options.option_list))
    wanted.append(len(want["options"]))
    if message.serialize() != octets[48:]:
        found.append("written differently")
    return [] if found == wanted else [wanted, found]


def check(vectors):
    compared = {"scapy": 0, "os-ken": 0}
    different = []
    for each in (each for each in vectors if "fields" in each):
        expected, octets = each["fields"], bytes.fromhex(each["packet"])
        compared["scapy"] += 1
        read = scapy_fields(octets)
        if read != expected:
            different.append(f"{each['name']} by {each['by']}, read by scapy:\n  {expected}\n  {read}")
        if expected["message"]["options"]:  # os-ken reads no message without
            compared["os-ken"] += 1
            differences = osken_differences(octets, expected)
            if differences:
                different.append(f"{each['name']} by {each['by']}, read by os-ken: {differences}")
    print("\n".join(different + [f"{len(vectors)} vectors, read and compared: {compared}, different: {len(different)}"]))
    return 1 if different or not all(compared.values()) else 0


def main(arguments):
    if arguments[:1] == ["--check"] and len(arguments) == 2:
        return check(json.loads(pathlib.Path(arguments[1]).read_text()))
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    return write()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
