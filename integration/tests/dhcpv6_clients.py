"""DHCPv6 clients that people use, run in hosts, and messages that none of them sends, made with scapy."""

import shlex

from scapy.layers.dhcp6 import DHCP6OptClientId, DHCP6OptServerId, DUID_LL
from scapy.layers.inet import UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether


def secluded(host, folders, *command):
    """Starts a client that keeps its files in folders that cannot be chosen: each is empty and its own."""
    mounts = " && ".join(f"mkdir -p {folder} && mount -t tmpfs none {folder}" for folder in folders)
    words = " ".join(shlex.quote(str(word)) for word in command)
    return host.spawn("unshare", "--mount", "sh", "-c", f"{mounts} && exec {words}", log=f"{host.name}-{command[0]}.log")


def message(mac, source, kind, *options, server=None, xid=0xABCDEF, to="ff02::1:2"):
    """A frame with a message, of a class of scapy's, from a client whose DUID is made of its MAC; for a server, if its DUID is given."""
    frame = Ether(src=mac, dst="33:33:00:01:00:02") / IPv6(src=source, dst=to, hlim=1) / UDP(sport=546, dport=547)
    built = frame / kind(trid=xid) / DHCP6OptClientId(duid=DUID_LL(lladdr=mac))
    if server is not None:
        built /= DHCP6OptServerId(duid=server)
    for option in options:
        built /= option
    return built
