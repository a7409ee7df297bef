"""DHCPv6 clients that people use, run in hosts, and messages that none of them sends, made with scapy."""

import ipaddress
import re
import shlex

from scapy.layers.dhcp6 import DHCP6OptClientId, DHCP6OptServerId, DUID_LL
from scapy.layers.inet import UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether

_PREFIX = "new_dhcp6_ia_pd1_prefix"


def secluded(host, folders, *command):
    """Starts a client that keeps its files in folders that cannot be chosen: each is empty and its own."""
    mounts = " && ".join(f"mkdir -p {folder} && mount -t tmpfs none {folder}" for folder in folders)
    words = " ".join(shlex.quote(str(word)) for word in command)
    return host.spawn("unshare", "--mount", "sh", "-c", f"{mounts} && exec {words}", log=f"{host.name}-{command[0]}.log")


class PrefixClient:
    """dhcpcd in a host, which wants a prefix, this one if it can, and nothing else."""

    _SCRIPT = """#!/bin/sh
{ echo "reason=$reason"; env | grep '^new_' ; echo end; } >> {events}
"""

    def __init__(self, host, wish):
        self._events, script, conf = (host.folder / f"{host.name}-dhcpcd.{kind}" for kind in ("events", "script", "conf"))
        self._events.touch()
        script.write_text(self._SCRIPT.replace("{events}", shlex.quote(str(self._events))))
        script.chmod(0o755)
        conf.write_text(f"ipv6only\nnoipv6rs\nduid ll\ninterface eth0\niaid 1\nia_pd 1/{wish} -\n")
        self.process = secluded(host, ("/var/lib/dhcpcd", "/run/dhcpcd"), "dhcpcd", "-6", "-B", "-d", "-f", conf, "-c", script, "eth0")

    def _answers(self):
        """The variables of each answer that had a prefix, in order."""
        blocks = [block.splitlines() for block in self._events.read_text().split("\nend\n")[:-1]]
        news = [dict(line.split("=", 1) for line in block if "=" in line) for block in blocks]
        return [event for event in news if f"{_PREFIX}1" in event]

    def answers(self):
        """How many answers with a prefix there were."""
        return len(self._answers())

    def prefixes(self):
        """What it may use by the newest answer."""
        for event in self._answers()[-1:]:
            names = [name for name in event if re.fullmatch(rf"{_PREFIX}\d+", name)]
            return [ipaddress.ip_network(f"{event[name]}/{event[f'{name}_length']}") for name in names if event[f"{name}_vltime"] != "0"]
        return []


def message(mac, source, kind, *options, server=None, xid=0xABCDEF, to="ff02::1:2"):
    """A frame with a message, of a class of scapy's, from a client whose DUID is made of its MAC; for a server, if its DUID is given."""
    frame = Ether(src=mac, dst="33:33:00:01:00:02") / IPv6(src=source, dst=to, hlim=1) / UDP(sport=546, dport=547)
    built = frame / kind(trid=xid) / DHCP6OptClientId(duid=DUID_LL(lladdr=mac))
    if server is not None:
        built /= DHCP6OptServerId(duid=server)
    for option in options:
        built /= option
    return built
