"""A Linux host in a namespace: the real IPv6 stack that Flow6 serves."""

import dataclasses
import ipaddress
import json
import pathlib
import re
import signal

from flow6lab.frames import Capture, Sender
from flow6lab.namespace import Namespace
from flow6lab.waiting import until

INTERFACE = "eth0"
_PACKAGES = pathlib.Path(__file__).parents[1]


@dataclasses.dataclass(frozen=True)
class Ping:
    """What a ping saw. Times in seconds; `lost` are the sequence numbers below the last answered one that were not answered."""

    sent: int
    received: int
    lost: tuple
    duplicates: int
    times: tuple
    output: str

    @property
    def answered_all(self):
        return self.received == self.sent > 0

    @staticmethod
    def read(output):
        """Reads iputils' output."""
        answers = re.findall(r"icmp_seq=(\d+) ttl=\d+ time=([\d.]+) ms( \(DUP!\))?", output)
        seen = [int(number) for number, _, duplicate in answers if not duplicate]
        summary = re.search(r"(\d+) packets transmitted, (\d+) received", output)
        sent, received = (int(word) for word in summary.groups()) if summary else (max(seen, default=0), len(seen))
        lost = sorted(set(range(1, max(seen, default=0) + 1)) - set(seen))
        return Ping(sent, received, tuple(lost), len(answers) - len(seen), tuple(float(t) / 1000 for _, t, _ in answers), output)


class BackgroundPing:
    """A ping that goes on until it is stopped."""

    def __init__(self, process):
        self._process = process

    def read(self):
        return Ping.read(self._process.output())

    def wait_answers(self, count, within=10.0):
        """Waits for that many more answers than there are now."""
        before = self.read().times
        until(lambda: len(self.read().times) >= len(before) + count, f"{count} more answers to the ping", within)

    def stop(self):
        self._process.stop(signal.SIGINT)
        return self.read()


class Host(Namespace):
    """A host with one interface, eth0. Nothing is configured by itself but the link-local address of its MAC."""

    def __init__(self, name, owner, folder, mac):
        super().__init__(name, owner, folder)
        self.mac = mac
        self._sender = None
        self._floods = 0

    def configure(self, *, mtu, ipv6, dad_transmits, accept_ra, router_solicitations, generate_link_local):
        """Brings eth0 up. Called once the link is there."""
        self.run("ethtool", "-K", INTERFACE, "tx", "off", "rx", "off", "tso", "off", "gso", "off", "gro", "off")
        self.run("ip", "link", "set", INTERFACE, "address", self.mac, "mtu", mtu)
        folder = f"ipv6/conf/{INTERFACE}"
        self.sysctl(f"{folder}/disable_ipv6", 0 if ipv6 else 1)
        if ipv6:
            self.sysctl(f"{folder}/accept_ra", 1 if accept_ra else 0)
            self.sysctl(f"{folder}/autoconf", 1 if accept_ra else 0)
            self.sysctl(f"{folder}/accept_dad", 1 if dad_transmits else 0)
            self.sysctl(f"{folder}/dad_transmits", dad_transmits)
            self.sysctl(f"{folder}/router_solicitations", router_solicitations)
            self.sysctl(f"{folder}/addr_gen_mode", 0 if generate_link_local else 1)
        self.run("ip", "link", "set", INTERFACE, "up")

    @property
    def link_local(self):
        """The link-local address that the MAC gives (RFC 4291 appendix A)."""
        return link_local(self.mac)

    def add_address(self, address, dad=False):
        """Adds an address such as 2001:db8:1::1/64; with `dad` the kernel checks for duplicates first. Or one of IPv4."""
        self.run("ip", "address", "add", address, "dev", INTERFACE, *([] if dad or ":" not in address else ["nodad"]))

    def remove_address(self, address):
        self.run("ip", "-6", "address", "del", address, "dev", INTERFACE)

    def addresses(self):
        """The addresses of eth0: address → set of flags, such as tentative or dadfailed."""
        listing = json.loads(self.run("ip", "-j", "-6", "address", "show", "dev", INTERFACE).stdout or "[]")
        return {info["local"]: {flag for flag, value in info.items() if value is True}
                for entry in listing for info in entry.get("addr_info", [])}

    def wait_address(self, address, within=10.0):
        """Waits until duplicate address detection of an address is over; its flags are the answer."""
        wanted = str(ipaddress.ip_address(address))

        def settled():
            flags = self.addresses().get(wanted)
            return None if flags is None or ("tentative" in flags and "dadfailed" not in flags) else [flags]

        return until(settled, f"{self.name}: {address} is settled", within)[0]

    def default_routers(self):
        """The gateways of its default routes."""
        routes = json.loads(self.run("ip", "-j", "-6", "route", "show", "default").stdout or "[]")
        return {hop["gateway"] for route in routes for hop in route.get("nexthops", [route]) if "gateway" in hop}

    def mtu(self):
        """The MTU that IPv6 has on eth0: the link's, or a router's word."""
        return int(self.read_sysctl(f"ipv6/conf/{INTERFACE}/mtu"))

    def neighbors(self):
        """The neighbor table: address → {"lladdr": …, "state": […], "router": …}."""
        listing = json.loads(self.run("ip", "-j", "-6", "neighbor", "show", "dev", INTERFACE).stdout or "[]")
        return {entry["dst"]: entry for entry in listing}

    def forget_neighbors(self):
        """Empties the neighbor table, so that the next packet solicits."""
        self.run("ip", "-6", "neighbor", "flush", "dev", INTERFACE)

    def ping(self, target, count=3, interval=0.1, wait=2, size=None):
        """Pings an address; see Ping."""
        size_words = [] if size is None else ["-s", size]
        done = self.run("ping", "-6", "-n", "-c", count, "-i", interval, "-W", wait, *size_words, self._scoped(target),
                        check=False, within=count * interval + wait + 30)
        return Ping.read(done.stdout + done.stderr)

    def start_ping(self, target, interval=0.01):
        """Starts a ping in the background, one packet each `interval` seconds."""
        return BackgroundPing(self.spawn("stdbuf", "-oL", "ping", "-6", "-n", "-i", interval, self._scoped(target)))

    def _scoped(self, target):
        return f"{target}%{INTERFACE}" if ipaddress.ip_address(target).is_link_local else target

    def ndisc6(self, target, attempts=3, wait_ms=1000):
        """The MAC that ndisc6 resolves an address to, or None."""
        done = self.run("ndisc6", "-1", "-r", attempts, "-w", wait_ms, target, INTERFACE, check=False)
        found = re.search(r"Target link-layer address: ([0-9A-Fa-f:]{17})", done.stdout)
        return found.group(1).lower() if found else None

    def capture(self, expression=None):
        """Opens a Capture on eth0; `expression` is a pcap filter."""
        return Capture(self, INTERFACE, expression)

    def send(self, *frames):
        """Sends frames: bytes or scapy packets."""
        if self._sender is None:
            self._sender = Sender(self, INTERFACE)
        for frame in frames:
            self._sender.send(frame)

    def ask(self, frame, wanted, within=2.0):
        """Sends a frame and waits for the first incoming one for which `wanted(scapy packet)` is true; None when none comes."""
        with self.capture() as capture:
            self.send(frame)
            return capture.wait(lambda seen: not seen.outgoing and wanted(seen.packet), within)

    def start_flood(self, frames, seconds, rate=0):
        """Starts sending `frames` (bytes) in turn, `rate` a second or as fast as can be; the process's output is how many went out."""
        self._floods += 1
        file = self.folder / f"{self.name}-flood-{self._floods}"
        file.write_text("\n".join(frame.hex() for frame in frames))
        return self.spawn("sh", "-c", f"exec /usr/bin/python3 -m flow6lab.flood {INTERFACE} {seconds} {rate} < {file}", env={"PYTHONPATH": str(_PACKAGES)})

    def frames_sent(self):
        """How many frames have left by eth0 so far."""
        return self._frames("tx")

    def frames_received(self):
        """How many frames have come by eth0 so far."""
        return self._frames("rx")

    def _frames(self, direction):
        return json.loads(self.run("ip", "-j", "-s", "link", "show", "dev", INTERFACE).stdout)[0]["stats64"][direction]["packets"]

    def record(self, path):
        """Starts tcpdump into a pcap file; stop the process it returns."""
        process = self.spawn("tcpdump", "-U", "-i", INTERFACE, "-w", path)
        process.wait_for_output("listening on")
        return process

    def close(self):
        if self._sender is not None:
            self._sender.close()
        super().close()


def link_local(mac):
    """The EUI-64 link-local address of a MAC."""
    octets = bytes.fromhex(mac.replace(":", ""))
    interface_id = bytes([octets[0] ^ 2]) + octets[1:3] + b"\xff\xfe" + octets[3:]
    return str(ipaddress.IPv6Address(b"\xfe\x80" + bytes(6) + interface_id))


def slaac_address(mac, prefix):
    """The address that a host makes of its MAC in a prefix of 64 bits."""
    identifier = int(ipaddress.ip_address(link_local(mac))) & (1 << 64) - 1
    return str(ipaddress.ip_network(prefix)[identifier])
