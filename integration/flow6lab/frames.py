"""Sending and capturing Ethernet frames inside a namespace, timed by the kernel."""

import dataclasses
import functools
import select
import socket
import struct
import subprocess
import time

_ETH_P_ALL = 3
_SO_TIMESTAMPNS = 35
_SO_RCVBUFFORCE = 33
_SO_ATTACH_FILTER = 26
_PACKET_OUTGOING = 4
_SOL_PACKET = 263
_PACKET_AUXDATA = 8
_VLAN_VALID = 0x10


@dataclasses.dataclass(frozen=True)
class Frame:
    """A frame that passed an interface.

    `time` is the kernel's clock in seconds, `outgoing` tells whether the host sent it.
    """

    time: float
    data: bytes
    outgoing: bool

    @functools.cached_property
    def packet(self):
        """The frame decoded by scapy."""
        from scapy.layers.l2 import Ether

        return Ether(self.data)

    def __str__(self):
        return f"{'>' if self.outgoing else '<'} {self.packet.summary()}"


@functools.lru_cache(maxsize=None)
def compiled_filter(expression):
    """A pcap filter as the kernel's classic BPF, compiled by tcpdump."""
    listing = subprocess.run(["tcpdump", "-y", "EN10MB", "-ddd", expression], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listing.splitlines()[1:]]
    return b"".join(struct.pack("HBBI", *row) for row in rows), len(rows)


class Capture:
    """Every frame that passes an interface from its opening on, in both directions. A context manager.

    `expression` is a pcap filter. Frames wait in the kernel (up to `room` bytes) until they are asked for, so nothing is
    lost while the test does something else.
    """

    def __init__(self, namespace, interface, expression=None, room=32 << 20):
        self._socket = namespace.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, room)
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self._socket.setsockopt(_SOL_PACKET, _PACKET_AUXDATA, 1)
        if expression:
            self._attach(expression)
        self._socket.bind((interface, _ETH_P_ALL))
        self._socket.setblocking(False)
        self.frames = []

    def _attach(self, expression):
        import ctypes

        program, count = compiled_filter(expression)
        buffer = ctypes.create_string_buffer(program)
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HL", count, ctypes.addressof(buffer)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._socket.close()

    def _next(self):
        try:
            data, notes, _, sender = self._socket.recvmsg(65536, 256)
        except BlockingIOError:
            return None
        at = time.time()
        for level, kind, value in notes:
            if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPNS:
                seconds, nanoseconds = struct.unpack("qq", value[:16])
                at = seconds + nanoseconds / 1e9
            elif level == _SOL_PACKET and kind == _PACKET_AUXDATA:
                data = _with_vlan(data, value)
        return Frame(at, data, sender[2] == _PACKET_OUTGOING)

    def drain(self):
        """The frames that came since the last look. All of them so far are in `frames`."""
        fresh = []
        while (frame := self._next()) is not None:
            fresh.append(frame)
        self.frames += fresh
        return fresh

    def received(self):
        """All frames that came in so far (not those the host sent)."""
        self.drain()
        return [frame for frame in self.frames if not frame.outgoing]

    def wait(self, wanted, within=2.0):
        """The first frame, from the capture's beginning, for which `wanted(frame)` is true; None when none comes within that time."""
        seen = 0
        deadline = time.monotonic() + within
        while True:
            self.drain()
            for frame in self.frames[seen:]:
                if wanted(frame):
                    return frame
            seen = len(self.frames)
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            select.select([self._socket], [], [], left)

    def watch(self, seconds):
        """Everything that came in during that time: for showing that something does not come."""
        before = len(self.frames)
        self.wait(lambda _: False, seconds)
        return [frame for frame in self.frames[before:] if not frame.outgoing]

    def wait_quiet(self, seconds, within=30.0):
        """Waits until nothing has come in for that time."""
        wait_quiet([self], seconds, within)


def wait_quiet(captures, seconds, within=30.0):
    """Waits until nothing has come in by any of the captures for that time."""
    end = time.monotonic() + within
    since = time.monotonic()
    while time.monotonic() < since + seconds:
        time.sleep(min(0.05, seconds / 10))
        fresh = [frame for capture in captures for frame in capture.drain() if not frame.outgoing]
        if fresh:
            since = time.monotonic()
            if since > end:
                raise AssertionError(f"still not quiet after {within:g} s: {fresh[-1]}")


def _with_vlan(data, auxiliary):
    """Puts the VLAN tag back, which the kernel takes out of a frame and tells beside it (struct tpacket_auxdata)."""
    status, tag, protocol = struct.unpack("I12xHH", auxiliary[:20])
    return data[:12] + struct.pack("!HH", protocol, tag) + data[12:] if status & _VLAN_VALID else data


class Sender:
    """Sends frames out of an interface."""

    def __init__(self, namespace, interface):
        self._socket = namespace.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self._socket.bind((interface, 0))

    def send(self, frame):
        """Sends bytes, or a scapy packet."""
        self._socket.send(bytes(frame))

    def close(self):
        self._socket.close()
