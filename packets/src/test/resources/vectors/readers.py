"""The ICMPv6 messages that scapy and os-ken read, as the fields that the Java side names."""
import ipaddress
import logging

logging.getLogger("scapy").setLevel(logging.ERROR)
from os_ken.lib.packet import icmpv6  # noqa: E402
from scapy.layers.inet6 import (  # noqa: E402
    ICMPv6MLQuery2, ICMPv6NDOptDNSSL, ICMPv6NDOptMTU, ICMPv6NDOptPrefixInfo, ICMPv6NDOptRDNSS,
    ICMPv6NDOptRouteInfo, ICMPv6NDOptSrcAddrList, ICMPv6NDOptSrcLLAddr, ICMPv6NDOptTgtAddrList, ICMPv6NDOptDstLLAddr)

PREFERENCES = {0: "medium", 1: "high", 3: "low"}
PREFIX_LENGTHS = (96, 64, 56, 48, 40, 32)
# Octets before the options.
ND_FIXED = {133: 8, 134: 16, 135: 24, 136: 24, 137: 40, 141: 8, 142: 8}


def scapy_message(layer, octets):
    """The message that scapy read, from its octets."""
    kind = octets[0]
    if kind in ND_FIXED:
        return {"type": kind, **scapy_nd(layer), "options": list(scapy_options(octets[ND_FIXED[kind]:]))}
    if kind in (1, 2, 3, 4):
        detail = {1: lambda: layer.length << 24 | layer.unused, 2: lambda: layer.mtu,
                  3: lambda: layer.length << 24 | layer.unused, 4: lambda: layer.ptr}[kind]()
        return {"type": kind, "code": layer.code, "detail": detail, "invoking": octets[8:].hex()}
    if kind in (128, 129):
        return {"type": kind, "identifier": layer.id, "sequence": layer.seq, "data": bytes(layer.data).hex()}
    if isinstance(layer, ICMPv6MLQuery2):
        return {"type": kind, "maximumResponse": layer.mrd, "group": layer.mladdr, "suppress": bool(layer.S),
                "robustness": layer.QRV, "interval": layer.QQIC, "sources": list(layer.sources)}
    if kind in (130, 131, 132):
        response = {"maximumResponse": layer.mrd} if kind == 130 else {}
        return {"type": kind, **response, "group": layer.mladdr}
    if kind == 143:
        return {"type": kind, "records": list(scapy_records(layer.records))}
    if kind == 151:
        return {"type": kind, "interval": layer.advinter, "queryInterval": layer.queryint, "robustness": layer.robustness}
    if kind in (152, 153):  # of which scapy asks for a body's eight octets before it reads more than the type
        return {"type": kind}
    return {"type": kind, "code": octets[1], "body": octets[4:].hex()}


def scapy_records(records):
    """Of which scapy makes each the payload of the one before."""
    record = records[0] if records else None
    while record:
        yield {"type": record.rtype, "group": record.dst, "sources": list(record.sources)}
        record = record.payload


def scapy_nd(layer):
    if layer.type == 134:
        flags = layer.M << 7 | layer.O << 6 | layer.H << 5 | layer.prf << 3 | layer.P << 2
        return {"hopLimit": layer.chlim, "flags": flags, "lifetime": layer.routerlifetime,
                "reachableTime": layer.reachabletime, "retransTimer": layer.retranstimer}
    if layer.type == 135:
        return {"target": layer.tgt}
    if layer.type == 136:
        return {"flags": layer.R << 31 | layer.S << 30 | layer.O << 29, "target": layer.tgt}
    return {"target": layer.tgt, "destination": layer.dst} if layer.type == 137 else {}


def scapy_options(octets):
    while octets:
        length = 8 * octets[1]
        yield {"type": octets[0], **scapy_option(octets[0], octets[:length])}
        octets = octets[length:]


def scapy_option(kind, octets):
    if kind == 1:
        return {"body": ICMPv6NDOptSrcLLAddr(octets).lladdr.replace(":", "")}
    if kind == 2:
        return {"body": ICMPv6NDOptDstLLAddr(octets).lladdr.replace(":", "")}
    if kind == 3:
        option = ICMPv6NDOptPrefixInfo(octets)
        return {"prefix": option.prefix, "prefixLength": option.prefixlen,
                "flags": option.L << 7 | option.A << 6 | option.R << 5,
                "validLifetime": option.validlifetime, "preferredLifetime": option.preferredlifetime}
    if kind == 5:
        return {"mtu": ICMPv6NDOptMTU(octets).mtu}
    if kind in (9, 10):
        option = (ICMPv6NDOptSrcAddrList if kind == 9 else ICMPv6NDOptTgtAddrList)(octets)
        return {"addresses": list(option.addrlist)}
    if kind == 24:
        option = ICMPv6NDOptRouteInfo(octets)
        return {"prefix": option.prefix, "prefixLength": option.plen, "preference": PREFERENCES[option.prf],
                "lifetime": option.rtlifetime}
    if kind == 25:
        option = ICMPv6NDOptRDNSS(octets)
        return {"lifetime": option.lifetime, "addresses": list(option.dns)}
    if kind == 31:
        option = ICMPv6NDOptDNSSL(octets)
        return {"lifetime": option.lifetime, "domains": [name.rstrip(".") for name in option.searchlist]}
    return unknown_to_scapy(kind, octets)


def unknown_to_scapy(kind, octets):
    """By the RFCs, for scapy 2.5 knows neither captive portals (RFC 8910 §2.3) nor PREF64 (RFC 8781 §4)."""
    if kind == 37:
        return {"uri": octets[2:].rstrip(b"\0").decode("ascii")}
    if kind == 38:
        scaled = int.from_bytes(octets[2:4], "big")
        return {"lifetime": (scaled >> 3) * 8, "prefix": str(ipaddress.IPv6Address(octets[4:16] + b"\0" * 4)),
                "prefixLength": PREFIX_LENGTHS[scaled & 7]}
    return {"body": octets[2:].hex()}


def osken_reads(message):
    """Whether os-ken knows all that the message has: no flags of later RFCs, and one option but for routers'.

    Of those it cannot read an MTU, nor what follows a link-layer address.
    """
    kind, kinds = message["type"], [each["type"] for each in message.get("options", [])]
    if kind == 134:
        return message["flags"] & 0x3f == 0 and all(each == 3 for each in kinds[:-1]) and kinds[-1:] in ([], [1], [3])
    if kind in (133, 135, 136):
        return len(kinds) <= 1 and all(each in ((1,) if kind == 133 else (1, 2)) for each in kinds)
    return kind in (1, 2, 3, 4, 128, 129, 130, 131, 132, 143)


def osken_message(message):
    kind, data = message.type_, message.data
    if kind in (1, 2, 3, 4):
        return {"type": kind, "code": message.code, "detail": int.from_bytes(data[:4], "big"), "invoking": data[4:].hex()}
    if kind in (128, 129):
        return {"type": kind, "identifier": data.id, "sequence": data.seq, "data": (data.data or b"").hex()}
    if kind == 143:
        return {"type": kind, "records": [{"type": each.type_, "group": each.address, "sources": list(each.srcs)}
                                          for each in data.records]}
    if isinstance(data, icmpv6.mldv2_query):
        return {"type": kind, "maximumResponse": data.maxresp, "group": data.address, "suppress": bool(data.s_flg),
                "robustness": data.qrv, "interval": data.qqic, "sources": list(data.srcs)}
    if isinstance(data, icmpv6.mld):
        response = {"maximumResponse": data.maxresp} if kind == 130 else {}
        return {"type": kind, **response, "group": data.address}
    return {"type": kind, **osken_nd(kind, data)}


def osken_nd(kind, data):
    if kind == 134:
        return {"hopLimit": data.ch_l, "flags": data.res << 6, "lifetime": data.rou_l, "reachableTime": data.rea_t,
                "retransTimer": data.ret_t, "options": [osken_option(each) for each in data.options]}
    options = [] if data.option is None else [osken_option(data.option)]
    if kind == 133:
        return {"options": options}
    return {**({"flags": data.res << 29} if kind == 136 else {}), "target": data.dst, "options": options}


def osken_option(option):
    kind = option.option_type()
    if kind == 3:
        return {"type": kind, "prefix": option.prefix, "prefixLength": option.pl, "flags": option.res1 << 5,
                "validLifetime": option.val_l, "preferredLifetime": option.pre_l}
    return {"type": kind, "body": option.hw_src.replace(":", "")}
