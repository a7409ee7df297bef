"""Fields of the well-formed frames, written by hand."""

A, B, GROUP = "02:00:00:00:00:0a", "02:00:00:00:00:0b", "33:33:ff:00:00:0b"
IP_A, IP_B, SOLICITED = "2001:db8::a", "2001:db8::b", "ff02::1:ff00:b"
NONCE = "a1b2c3d4e5f6"


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


def ra(flags, options, lifetime=1800):
    return fields({"type": 134, "hopLimit": 64, "flags": flags, "lifetime": lifetime, "reachableTime": 30000,
                   "retransTimer": 1000, "options": options}, mac=(TO_ALL["dst"], A), ip=("fe80::1", "ff02::1"))
