"""Frames made by os-ken, with all their fields."""
from os_ken.lib.packet import ethernet, icmpv6, ipv6, packet, vlan

from expected import A, B, GROUP, IP_A, IP_B, SOLICITED, SLLA, TLLA, PREFIX, PIO, TO_ALL, fields, tag, ns, na, ra


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
