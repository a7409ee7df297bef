#!/usr/bin/python3
"""Frames made and read by scapy and os-ken, to hold the Java records against two other implementations.

    vectors.py                 writes vectors.json, and each frame as a seed of the fuzz test, beside this script
    vectors.py --check FILE    reads FILE (what VectorsTest leaves in target/vectors.json) with scapy and os-ken,
                               and compares every field; exit 1 if any differs

Needs Debian's python3-scapy and python3-os-ken. A vector is a frame in hexadecimal and either all its fields or the
reason for which a receiver discards it.
"""
import json
import logging
import pathlib
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)
from os_ken.lib.packet import ethernet, icmpv6, ipv6, packet, vlan  # noqa: E402
from scapy.layers.inet6 import (  # noqa: E402
    ICMPv6DestUnreach, ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6MLDMultAddrRec, ICMPv6MLDone, ICMPv6MLQuery,
    ICMPv6MLQuery2, ICMPv6MLReport, ICMPv6MLReport2, ICMPv6ND_INDAdv, ICMPv6ND_INDSol, ICMPv6ND_NA, ICMPv6ND_NS,
    ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6ND_Redirect, ICMPv6NDOptDNSSL, ICMPv6NDOptDstLLAddr, ICMPv6NDOptMTU,
    ICMPv6NDOptPrefixInfo, ICMPv6NDOptRDNSS, ICMPv6NDOptRedirectedHdr, ICMPv6NDOptRouteInfo, ICMPv6NDOptSrcAddrList,
    ICMPv6NDOptSrcLLAddr, ICMPv6NDOptTgtAddrList, ICMPv6NDOptUnknown, ICMPv6PacketTooBig, ICMPv6ParamProblem,
    ICMPv6TimeExceeded, ICMPv6Unknown, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop,
    IPv6ExtHdrRouting, IPv6ExtHdrSegmentRouting, PadN, RouterAlert)
from scapy.layers.l2 import Dot1AD, Dot1Q, Ether  # noqa: E402
from scapy.packet import Raw  # noqa: E402

from readers import osken_message, osken_reads, scapy_message  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE.parent / "org/flow6/packets/EthernetFuzzTestInputs/decodesAnything"
A, B, GROUP = "02:00:00:00:00:0a", "02:00:00:00:00:0b", "33:33:ff:00:00:0b"
IP_A, IP_B, SOLICITED = "2001:db8::a", "2001:db8::b", "ff02::1:ff00:b"
NONCE = "a1b2c3d4e5f6"


# Fields of the well-formed frames, written by hand.

def fields(icmp, mac=(GROUP, A), ip=(IP_A, SOLICITED), hops=255, tags=(), extensions=(), tc=0, label=0):
    return {"destination": mac[0], "source": mac[1], "tags": list(tags),
            "ipv6": {"trafficClass": tc, "flowLabel": label, "hopLimit": hops, "source": ip[0], "destination": ip[1],
                     "extensions": list(extensions)},
            "icmpv6": icmp}


def tag(protocol, priority, eligible, ident):
    return {"protocol": protocol, "priority": priority, "dropEligible": eligible, "id": ident}


def body(kind, octets):
    return {"type": kind, "body": octets}


SLLA, TLLA = body(1, A.replace(":", "")), body(2, B.replace(":", ""))


PREFIX = "2001:db8:1::"
PIO = {"prefix": PREFIX, "prefixLength": 64, "flags": 0xc0, "validLifetime": 86400, "preferredLifetime": 14400}
TO_ALL, FROM_ROUTER = {"dst": "33:33:00:00:00:01"}, {"src": "fe80::1", "dst": "ff02::1"}


def ns(*options):
    return {"type": 135, "target": IP_B, "options": list(options)}


def na(flags, *options):
    return {"type": 136, "flags": flags, "target": IP_B, "options": list(options)}


# The frames, by scapy.

def eth(dst=GROUP, src=A):
    return Ether(dst=dst, src=src)


def ip6(src=IP_A, dst=SOLICITED, hlim=255, **more):
    return IPv6(src=src, dst=dst, hlim=hlim, **more)


def scapy_slla():
    return ICMPv6NDOptSrcLLAddr(lladdr=A)


def scapy_tlla():
    return ICMPv6NDOptDstLLAddr(lladdr=B)


def scapy_option(kind, octets):
    data = bytes.fromhex(octets)
    return ICMPv6NDOptUnknown(type=kind, len=(len(data) + 2) // 8, data=data)


def scapy_ns(**more):
    return ICMPv6ND_NS(**{"tgt": IP_B, **more})


def scapy_na(**more):
    return ICMPv6ND_NA(**{"tgt": IP_B, **more})


def scapy_vectors():
    yield "ns", eth() / ip6() / scapy_ns() / scapy_slla(), fields(ns(SLLA))
    yield "ns-without-option", eth() / ip6() / scapy_ns(), fields(ns())
    yield ("ns-nonce-first", eth() / ip6(tc=0xb8, fl=0xabcde) / scapy_ns() / scapy_option(14, NONCE) / scapy_slla(),
           fields(ns(body(14, NONCE), SLLA), tc=0xb8, label=0xabcde))
    yield ("ns-unknown-option", eth() / ip6() / scapy_ns() / scapy_slla() / scapy_option(200, "00" * 14),
           fields(ns(SLLA, body(200, "00" * 14))))
    yield ("dad", eth() / ip6(src="::") / scapy_ns() / scapy_option(14, NONCE),
           fields(ns(body(14, NONCE)), ip=("::", SOLICITED)))
    yield ("ns-vlan", eth() / Dot1Q(vlan=100, prio=5) / ip6() / scapy_ns() / scapy_slla(),
           fields(ns(SLLA), tags=[tag(0x8100, 5, False, 100)]))
    yield ("ns-two-vlans", eth() / Dot1AD(vlan=4095, id=1) / Dot1Q(vlan=1) / ip6() / scapy_ns() / scapy_slla(),
           fields(ns(SLLA), tags=[tag(0x88a8, 0, True, 4095), tag(0x8100, 0, False, 1)]))
    yield ("ns-extensions",
           eth() / ip6() / IPv6ExtHdrHopByHop(options=[RouterAlert()]) / IPv6ExtHdrDestOpt(options=[PadN(optdata="\0" * 4)])
           / scapy_ns() / scapy_slla(),
           fields(ns(SLLA), extensions=[{"protocol": 0, "body": "050200000100"}, {"protocol": 60, "body": "010400000000"}]))
    unicast = {"mac": (A, B), "ip": (IP_B, IP_A)}
    yield ("na-solicited", eth(A, B) / ip6(IP_B, IP_A) / scapy_na(R=0, S=1, O=1) / scapy_tlla(),
           fields(na(0x60000000, TLLA), **unicast))
    yield ("na-router", eth(A, B) / ip6(IP_B, IP_A) / scapy_na(R=1, S=1, O=1) / scapy_tlla(),
           fields(na(0xe0000000, TLLA), **unicast))
    yield ("na-to-all-nodes", eth("33:33:00:00:00:01", B) / ip6(IP_B, "ff02::1") / scapy_na(R=0, S=0, O=1) / scapy_tlla(),
           fields(na(0x20000000, TLLA), mac=("33:33:00:00:00:01", B), ip=(IP_B, "ff02::1")))
    echo = {"type": 128, "identifier": 42, "sequence": 1, "data": b"ping!".hex()}
    yield ("echo-odd-length", eth(B) / ip6(dst=IP_B, hlim=64) / ICMPv6EchoRequest(id=42, seq=1, data=b"ping!"),
           fields(echo, mac=(B, A), ip=(IP_A, IP_B), hops=64))
    yield ("echo-routing-0", eth(B) / ip6(dst=IP_B, hlim=64) / IPv6ExtHdrRouting(addresses=["2001:db8::c", "2001:db8::d"])
           / ICMPv6EchoRequest(id=42, seq=1, data=b"ping!"),
           fields(echo, mac=(B, A), ip=(IP_A, IP_B), hops=64, extensions=[
               {"protocol": 43, "body": "0002" + "00000000" + "20010db800000000000000000000000c" + "20010db800000000000000000000000d"}]))
    yield ("echo-segment-routing", eth(B) / ip6(dst=IP_B, hlim=64)
           / IPv6ExtHdrSegmentRouting(addresses=["2001:db8::d", "2001:db8::c"], segleft=1, lastentry=1)
           / ICMPv6EchoRequest(id=42, seq=1, data=b"ping!"),
           fields(echo, mac=(B, A), ip=(IP_A, IP_B), hops=64, extensions=[
               {"protocol": 43, "body": "0401" + "01000000" + "20010db800000000000000000000000d" + "20010db800000000000000000000000c"}]))
    yield ("echo-atomic-fragment", eth(B) / ip6(dst=IP_B, hlim=64) / IPv6ExtHdrFragment(offset=0, m=0, id=0xdeadbeef)
           / ICMPv6EchoRequest(id=42, seq=1, data=b"ping!"),
           fields(echo, mac=(B, A), ip=(IP_A, IP_B), hops=64, extensions=[{"protocol": 44, "body": "0000deadbeef"}]))


def router_vectors():
    """Router discovery and redirects, with every option."""
    options = ICMPv6NDOptSrcLLAddr(lladdr=A) / ICMPv6NDOptMTU(mtu=1450) \
        / ICMPv6NDOptPrefixInfo(prefixlen=64, L=1, A=1, R=0, validlifetime=86400, preferredlifetime=14400, prefix=PREFIX) \
        / ICMPv6NDOptRouteInfo(plen=48, len=2, prf=3, rtlifetime=1800, prefix=PREFIX) \
        / ICMPv6NDOptRDNSS(lifetime=600, dns=["2001:db8::53", "2001:db8::54"]) \
        / ICMPv6NDOptDNSSL(lifetime=0xffffffff, searchlist=["lab.example.org", "example"])
    expected = [SLLA, {"type": 5, "mtu": 1450}, {"type": 3, **PIO},
                {"type": 24, "prefix": PREFIX, "prefixLength": 48, "preference": "low", "lifetime": 1800},
                {"type": 25, "lifetime": 600, "addresses": ["2001:db8::53", "2001:db8::54"]},
                {"type": 31, "lifetime": 0xffffffff, "domains": ["lab.example.org", "example"]}]
    made = ICMPv6ND_RA(chlim=64, M=1, O=0, H=1, prf=1, P=1, routerlifetime=1800, reachabletime=30000, retranstimer=1000)
    yield "ra", eth(**TO_ALL) / ip6(**FROM_ROUTER) / made / options, ra(0xac, expected)
    later = scapy_option(38, "0708" + "0064ff9b" + "00" * 8) / scapy_option(37, b"https://a.example/api".hex() + "00")
    yield ("ra-pref64-portal", eth(**TO_ALL) / ip6(**FROM_ROUTER) / ICMPv6ND_RA(
        chlim=64, M=0, O=1, prf=0, routerlifetime=0, reachabletime=30000, retranstimer=1000) / later,
        ra(0x40, [{"type": 38, "lifetime": 1800, "prefix": "64:ff9b::", "prefixLength": 96},
                  {"type": 37, "uri": "https://a.example/api"}], lifetime=0))
    yield ("rs", eth("33:33:00:00:00:02") / ip6("fe80::a", "ff02::2") / ICMPv6ND_RS() / scapy_slla(),
           fields({"type": 133, "options": [SLLA]}, mac=("33:33:00:00:00:02", A), ip=("fe80::a", "ff02::2")))
    quoted = bytes(IPv6(src=IP_A, dst=IP_B) / ICMPv6EchoRequest(id=42, seq=1, data=b"8 octets"))
    yield ("redirect", eth() / ip6("fe80::1", IP_A) / ICMPv6ND_Redirect(tgt=IP_B, dst=IP_B) / scapy_tlla()
           / ICMPv6NDOptRedirectedHdr(pkt=quoted),
           fields({"type": 137, "target": IP_B, "destination": IP_B,
                   "options": [TLLA, body(4, "00" * 6 + quoted.hex())]}, ip=("fe80::1", IP_A)))
    sources = ICMPv6NDOptSrcAddrList(addrlist=[IP_A, "fe80::a"])
    yield ("inverse-solicitation", eth() / ip6(dst="ff02::1") / ICMPv6ND_INDSol() / scapy_slla() / scapy_tlla() / sources,
           fields({"type": 141, "options": [SLLA, TLLA, {"type": 9, "addresses": [IP_A, "fe80::a"]}]}, ip=(IP_A, "ff02::1")))
    yield ("inverse-advertisement", eth() / ip6(dst=IP_B) / ICMPv6ND_INDAdv() / scapy_slla() / scapy_tlla()
           / ICMPv6NDOptTgtAddrList(addrlist=[IP_B]),
           fields({"type": 142, "options": [SLLA, TLLA, {"type": 10, "addresses": [IP_B]}]}, ip=(IP_A, IP_B)))


def ra(flags, options, lifetime=1800):
    return fields({"type": 134, "hopLimit": 64, "flags": flags, "lifetime": lifetime, "reachableTime": 30000,
                   "retransTimer": 1000, "options": options}, mac=(TO_ALL["dst"], A), ip=("fe80::1", "ff02::1"))


def listener_vectors():
    """Multicast Listener Discovery of both versions, echo replies and errors."""
    def listener(name, message, expected):
        return (name, eth() / ip6("fe80::a", "ff02::16", 1) / IPv6ExtHdrHopByHop(options=[RouterAlert(), PadN()]) / message,
                fields(expected, ip=("fe80::a", "ff02::16"), hops=1, extensions=[{"protocol": 0, "body": "050200000100"}]))
    group = "ff05::1234"
    yield listener("mld-query", ICMPv6MLQuery(mrd=10000, mladdr="::"),
                   {"type": 130, "maximumResponse": 10000, "group": "::"})
    yield listener("mld-report", ICMPv6MLReport(mladdr=group), {"type": 131, "group": group})
    yield listener("mld-done", ICMPv6MLDone(mladdr=group), {"type": 132, "group": group})
    yield listener("mldv2-query", ICMPv6MLQuery2(mrd=0x8001, mladdr=group, S=1, QRV=2, QQIC=125, sources=[IP_A], sources_number=1),
                   {"type": 130, "maximumResponse": 0x8001, "group": group, "suppress": True, "robustness": 2,
                    "interval": 125, "sources": [IP_A]})
    records = [ICMPv6MLDMultAddrRec(rtype=4, dst=group), ICMPv6MLDMultAddrRec(rtype=5, dst=group, sources=[IP_A, IP_B])]
    yield listener("mldv2-report", ICMPv6MLReport2(records=records, records_number=2),
                   {"type": 143, "records": [{"type": 4, "group": group, "sources": []},
                                             {"type": 5, "group": group, "sources": [IP_A, IP_B]}]})
    yield ("echo-reply", eth() / ip6(dst=IP_B, hlim=64) / ICMPv6EchoReply(id=65535, seq=2, data=b""),
           fields({"type": 129, "identifier": 65535, "sequence": 2, "data": ""}, ip=(IP_A, IP_B), hops=64))
    quoted = IPv6(src=IP_A, dst=IP_B, nh=17) / Raw(b"1234")
    for name, message, detail in (("unreachable", ICMPv6DestUnreach(code=3), 0), ("too-big", ICMPv6PacketTooBig(mtu=1450), 1450),
                                  ("time-exceeded", ICMPv6TimeExceeded(code=1), 0), ("parameter", ICMPv6ParamProblem(code=1, ptr=6), 6)):
        yield (name, eth() / ip6(dst=IP_B, hlim=64) / message / quoted,
               fields({"type": message.type, "code": message.code, "detail": detail, "invoking": bytes(quoted).hex()},
                      ip=(IP_A, IP_B), hops=64))


def scapy_malformed():
    yield "ND_HOP_LIMIT", eth() / ip6(hlim=254) / scapy_ns() / scapy_slla()
    yield "ND_CODE", eth() / ip6() / scapy_ns(code=1) / scapy_slla()
    yield "ND_TRUNCATED", eth() / ip6(nh=58) / Raw(bytes(ip6() / scapy_ns())[40:62])
    yield "ND_TARGET_MULTICAST", eth() / ip6() / scapy_ns(tgt="ff02::1") / scapy_slla()
    yield "ND_OPTION_LENGTH_ZERO", eth() / ip6() / scapy_ns() / ICMPv6NDOptSrcLLAddr(lladdr=A, len=0)
    yield "ND_OPTION_TRUNCATED", eth() / ip6() / scapy_ns() / ICMPv6NDOptUnknown(type=14, len=2, data=b"\1" * 6)
    yield "ND_LINK_LAYER_ADDRESS_LENGTH", eth() / ip6() / scapy_ns() / scapy_option(1, "00" * 14)
    yield "ND_SOURCE_MULTICAST", eth() / ip6(src="ff02::1") / scapy_ns() / scapy_slla()
    yield "ND_FRAGMENTED", eth() / ip6() / IPv6ExtHdrFragment(id=7) / scapy_ns() / scapy_slla()
    yield "DAD_DESTINATION", eth() / ip6(src="::", dst=IP_B) / scapy_ns()
    yield "DAD_SOURCE_LINK_LAYER_ADDRESS", eth() / ip6(src="::") / scapy_ns() / scapy_slla()
    yield "ICMPV6_CHECKSUM", eth() / ip6() / scapy_ns(cksum=0x1234) / scapy_slla()
    yield "NOT_ICMPV6", eth() / ip6(nh=59)
    yield "IPV6_VERSION", eth() / ip6(version=4) / scapy_ns()
    yield "IPV6_TRUNCATED", eth() / ip6(plen=200) / scapy_ns()
    yield "NOT_IPV6", Ether(dst=GROUP, src=A, type=0x0806) / Raw(b"\0" * 46)
    yield "RS_SOURCE_LINK_LAYER_ADDRESS", eth() / ip6("::", "ff02::2") / ICMPv6ND_RS() / scapy_slla()
    yield "ND_SOURCE_NOT_LINK_LOCAL", eth() / ip6(IP_A, "ff02::1") / ICMPv6ND_RA() / scapy_slla()
    yield "REDIRECT_TARGET", eth() / ip6("fe80::1", IP_A) / ICMPv6ND_Redirect(tgt=IP_A, dst=IP_B)
    yield "REDIRECT_DESTINATION_MULTICAST", eth() / ip6("fe80::1", IP_A) / ICMPv6ND_Redirect(tgt="ff02::1", dst="ff02::1")
    yield "INVERSE_ND_OPTION_MISSING", eth() / ip6(dst=IP_B) / ICMPv6ND_INDSol() / scapy_slla()
    alert = IPv6ExtHdrHopByHop(options=[RouterAlert(), PadN()])
    yield "MLD_HOP_LIMIT", eth() / ip6("fe80::a", "ff02::16", 255) / alert / ICMPv6MLReport(mladdr="ff05::1")
    yield "MLD_SOURCE", eth() / ip6(IP_A, "ff02::1", 1) / alert / ICMPv6MLQuery()
    yield "MLD_ROUTER_ALERT", eth() / ip6("fe80::a", "ff02::16", 1) / ICMPv6MLReport(mladdr="ff05::1")
    yield "MLD_LENGTH", eth() / ip6("fe80::a", "ff02::1", 1) / alert / ICMPv6MLQuery() / Raw(b"\0" * 3)
    yield "ICMPV6_CODE", eth() / ip6(dst=IP_B) / ICMPv6EchoRequest(code=1)
    yield "NA_SOLICITED_MULTICAST", eth() / ip6(dst="ff02::1") / scapy_na(R=0, S=1, O=1) / scapy_tlla()


def with_checksum(name, frame):
    """The truncated message's checksum is made by hand, for scapy cannot make one that is too short."""
    frame = bytearray(bytes(frame))
    if name == "ND_TRUNCATED":
        message = frame[54:]
        message[2:4] = b"\0\0"
        words = frame[22:54] + len(message).to_bytes(4, "big") + b"\0\0\0\x3a" + message
        total = sum(int.from_bytes(words[i:i + 2], "big") for i in range(0, len(words), 2))
        total = (total & 0xffff) + (total >> 16)
        frame[56:58] = (~((total & 0xffff) + (total >> 16)) & 0xffff).to_bytes(2, "big")
    return bytes(frame)


# The frames, by os-ken.

def osken_frame(kind, data, mac=(GROUP, A), ip=(IP_A, SOLICITED), tags=()):
    made = packet.Packet()
    made.add_protocol(ethernet.ethernet(mac[0], mac[1], 0x8100 if tags else 0x86dd))
    for each in tags:
        made.add_protocol(vlan.vlan(pcp=each["priority"], cfi=0, vid=each["id"], ethertype=0x86dd))
    made.add_protocol(ipv6.ipv6(src=ip[0], dst=ip[1], nxt=58, hop_limit=255))
    made.add_protocol(icmpv6.icmpv6(type_=kind, data=data))
    made.serialize()
    return bytes(made.data)


def osken_vectors():
    slla, tlla = icmpv6.nd_option_sla(hw_src=A), icmpv6.nd_option_tla(hw_src=B)
    tags = [tag(0x8100, 3, False, 7)]
    yield "ns", osken_frame(135, icmpv6.nd_neighbor(dst=IP_B, option=slla)), fields(ns(SLLA))
    yield "ns-without-option", osken_frame(135, icmpv6.nd_neighbor(dst=IP_B)), fields(ns())
    yield "ns-vlan", osken_frame(135, icmpv6.nd_neighbor(dst=IP_B, option=slla), tags=tags), fields(ns(SLLA), tags=tags)
    yield ("dad", osken_frame(135, icmpv6.nd_neighbor(dst=IP_B), ip=("::", SOLICITED)),
           fields(ns(), ip=("::", SOLICITED)))
    unicast = {"mac": (A, B), "ip": (IP_B, IP_A)}
    yield ("na-router", osken_frame(136, icmpv6.nd_neighbor(res=7, dst=IP_B, option=tlla), **unicast),
           fields(na(0xe0000000, TLLA), **unicast))
    router = {"mac": (TO_ALL["dst"], A), "ip": ("fe80::1", "ff02::1")}
    # Not with an MTU option: os-ken 2.5 fails at the length of its own.
    options = [icmpv6.nd_option_pi(pl=64, res1=6, val_l=86400, pre_l=14400, prefix=PREFIX), slla]
    made = icmpv6.nd_router_advert(ch_l=64, res=2, rou_l=1800, rea_t=30000, ret_t=1000, options=options)
    yield "ra", osken_frame(134, made, **router), ra(0x80, [{"type": 3, **PIO}, SLLA])
    yield ("rs", osken_frame(133, icmpv6.nd_router_solicit(option=slla), ip=("fe80::a", "ff02::2")),
           fields({"type": 133, "options": [SLLA]}, ip=("fe80::a", "ff02::2")))
    report = icmpv6.mldv2_report(records=[icmpv6.mldv2_report_group(type_=5, num=1, address="ff05::1", srcs=[IP_A])])
    yield ("mldv2-report", osken_frame(143, report),
           fields({"type": 143, "records": [{"type": 5, "group": "ff05::1", "sources": [IP_A]}]}))
    query = icmpv6.mldv2_query(maxresp=1000, address="ff05::1", s_flg=1, qrv=2, qqic=125, num=1, srcs=[IP_A])
    yield ("mldv2-query", osken_frame(130, query),
           fields({"type": 130, "maximumResponse": 1000, "group": "ff05::1", "suppress": True, "robustness": 2,
                   "interval": 125, "sources": [IP_A]}))
    for kind, response in ((130, {"maximumResponse": 1000}), (131, {}), (132, {})):
        yield (f"mld-{kind}", osken_frame(kind, icmpv6.mld(maxresp=response.get("maximumResponse", 0), address="ff05::1")),
               fields({"type": kind, **response, "group": "ff05::1"}))
    yield ("echo", osken_frame(128, icmpv6.echo(id_=42, seq=1, data=b"ping!"), **unicast),
           fields({"type": 128, "identifier": 42, "sequence": 1, "data": b"ping!".hex()}, **unicast))


def write():
    vectors = [{"name": name, "by": "scapy", "frame": bytes(frame).hex(), "fields": expected}
               for vectors in (scapy_vectors, router_vectors, listener_vectors) for name, frame, expected in vectors()]
    vectors += [{"name": name, "by": "os-ken", "frame": frame.hex(), "fields": expected}
                for name, frame, expected in osken_vectors()]
    vectors += [{"name": "malformed", "by": "scapy", "frame": with_checksum(reason, frame).hex(), "malformed": reason}
                for reason, frame in scapy_malformed()]
    (HERE / "vectors.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in vectors) + "\n]\n")
    SEEDS.mkdir(parents=True, exist_ok=True)
    for each in vectors:
        if each["by"] == "scapy":
            name = each.get("malformed", each["name"])
            (SEEDS / f"{name}.bin").write_bytes(bytes.fromhex(each["frame"]))
    return check(vectors)


# What they read.

def scapy_fields(octets):
    frame = Ether(octets)
    layer, tags, extensions = frame.payload, [], []
    while isinstance(layer, (Dot1Q, Dot1AD)):
        # scapy calls the drop eligible bit id, and both protocols' layers descend from Dot1Q.
        tags.append(tag(0x88a8 if isinstance(layer, Dot1AD) else 0x8100, layer.prio, bool(layer.id), layer.vlan))
        layer = layer.payload
    ip, layer = layer, layer.payload
    while isinstance(layer, (IPv6ExtHdrHopByHop, IPv6ExtHdrDestOpt, IPv6ExtHdrRouting, IPv6ExtHdrSegmentRouting,
                             IPv6ExtHdrFragment)):
        following = layer.underlayer.nh
        length = 8 if isinstance(layer, IPv6ExtHdrFragment) else 8 * (layer.len + 1)
        extensions.append({"protocol": following, "body": layer.original[2:length].hex()})
        layer = layer.payload
    if isinstance(layer, Raw):  # of a type that scapy does not know
        before, layer = layer.underlayer, ICMPv6Unknown(layer.load)
        before.remove_payload()
        before.add_payload(layer)
        layer = before.payload
    start = len(octets) - ip.plen + sum(8 if each["protocol"] == 44 else len(each["body"]) // 2 + 2 for each in extensions)
    icmp = scapy_message(layer, octets[start:])
    del layer.cksum
    if bytes(frame) != octets:
        icmp["checksum"] = "differs"
    return fields(icmp, (frame.dst, frame.src), (ip.src, ip.dst), ip.hlim, tags, extensions, ip.tc, ip.fl)


def osken_fields(octets):
    """What os-ken reads of the frame: at most one tag, no extension headers."""
    read = packet.Packet(octets)
    link, ip, icmp = (read.get_protocol(kind) for kind in (ethernet.ethernet, ipv6.ipv6, icmpv6.icmpv6))
    tags = [tag(0x8100, each.pcp, bool(each.cfi), each.vid) for each in read.get_protocols(vlan.vlan)]
    return fields(osken_message(icmp), (link.dst, link.src), (ip.src, ip.dst), ip.hop_limit, tags, [], ip.traffic_class,
                  ip.flow_label)


def osken_reads_frame(expected):
    return (not expected["ipv6"]["extensions"] and osken_reads(expected["icmpv6"])
            and len(expected["tags"]) <= 1 and all(each["protocol"] == 0x8100 for each in expected["tags"]))


def check(vectors):
    compared = {"scapy": 0, "os-ken": 0}
    different = []
    for each in (each for each in vectors if "fields" in each):
        expected, octets = each["fields"], bytes.fromhex(each["frame"])
        readers = {"scapy": scapy_fields(octets)}
        if osken_reads_frame(expected):
            readers["os-ken"] = osken_fields(octets)
        for reader, read in readers.items():
            compared[reader] += 1
            if read != expected:
                different.append(f"{each['name']} by {each['by']}, read by {reader}:\n  {expected}\n  {read}")
    print("\n".join(different + [f"{len(vectors)} vectors, read and compared: {compared}, different: {len(different)}"]))
    return 1 if different or not compared["scapy"] else 0


def main(arguments):
    if arguments[:1] == ["--check"] and len(arguments) == 2:
        return check(json.loads(pathlib.Path(arguments[1]).read_text()))
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    return write()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
