"""The fields of DHCPv6 packets, written by hand and named as the Java records name them."""
CLIENT, SERVER, RELAY = "fe80::a", "fe80::1", "2001:db8:1::1"
GROUP, SERVERS = "ff02::1:2", "ff05::1:3"
MAC = "02:00:00:00:00:0a"
LL = "00030001" + MAC.replace(":", "")
UUID = "0004" + "00112233445566778899aabbccddeeff"
INFINITY = 0xffffffff
TYPES = ["SOLICIT", "ADVERTISE", "REQUEST", "CONFIRM", "RENEW", "REBIND", "REPLY", "RELEASE", "DECLINE", "RECONFIGURE",
         "INFORMATION_REQUEST", "RELAY_FORWARD", "RELAY_REPLY"]


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
