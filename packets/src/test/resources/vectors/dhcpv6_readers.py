"""What scapy and os-ken read in DHCPv6 packets."""
import socket

from os_ken.lib.packet import dhcp6, ipv6, packet, udp
from scapy.layers import dhcp6 as sc
from scapy.layers.inet import UDP
from scapy.layers.inet6 import IPv6
from scapy.packet import NoPayload, Raw

from dhcpv6_expected import TYPES, address, client, duid, fields, labels, option, prefix, relay, status, sub


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
