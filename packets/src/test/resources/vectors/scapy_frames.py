"""Frames made by scapy: with all their fields, or with the reason to discard them."""
import logging

logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.layers.inet6 import (  # noqa: E402
    ICMPv6DestUnreach, ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6MLDMultAddrRec, ICMPv6MLDone, ICMPv6MLQuery,
    ICMPv6MLQuery2, ICMPv6MLReport, ICMPv6MLReport2, ICMPv6NDOptDNSSL, ICMPv6NDOptDstLLAddr, ICMPv6NDOptMTU,
    ICMPv6NDOptPrefixInfo, ICMPv6NDOptRDNSS, ICMPv6NDOptRedirectedHdr, ICMPv6NDOptRouteInfo, ICMPv6NDOptSrcAddrList,
    ICMPv6NDOptSrcLLAddr, ICMPv6NDOptTgtAddrList, ICMPv6NDOptUnknown, ICMPv6ND_INDAdv, ICMPv6ND_INDSol, ICMPv6ND_NA,
    ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6ND_Redirect, ICMPv6PacketTooBig, ICMPv6ParamProblem,
    ICMPv6TimeExceeded, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting,
    IPv6ExtHdrSegmentRouting, PadN, RouterAlert)
from scapy.layers.l2 import Dot1AD, Dot1Q, Ether  # noqa: E402
from scapy.packet import Raw  # noqa: E402

from expected import (  # noqa: E402
    A, B, GROUP, IP_A, IP_B, SOLICITED, NONCE, SLLA, TLLA, PREFIX, PIO, TO_ALL, FROM_ROUTER, fields, tag, body,
    ns, na, ra)


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
