"""Links that more than two ends share, and that can be watched: a Linux bridge in a namespace of its own."""

import contextlib
import fcntl
import socket
import struct

from flow6lab.frames import Capture, Sender
from flow6lab.namespace import Namespace

_BRIDGE = "wire"
_JOIN, _LEAVE = 0x89A2, 0x89A3  # SIOCBRADDIF and SIOCBRDELIF


class Wire(Namespace):
    """A link. What passes an end of it is seen at the wire's side of that end: outgoing is what leaves the wire there.

    It learns who is where, as a switch does, unless it is to show everything to all ends.
    """

    def __init__(self, name, owner, folder, learns=True):
        super().__init__(name, owner, folder)
        self.sysctl("ipv6/conf/default/disable_ipv6", 1)
        self.run("ip", "link", "add", "name", _BRIDGE, "type", "bridge", "mcast_snooping", 0, "stp_state", 0,
                 *([] if learns else ["ageing_time", 0]))
        self.run("ip", "link", "set", _BRIDGE, "up")
        self._control = self.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._indices = {}

    def attach(self, namespace, interface, end, mtu=1500, joined=True):
        """Makes `interface` in a namespace; `end` is its name on the wire's side, to which it is joined unless told not to.

        What the wire's bridge forwards must have its checksums: nobody completes them later.
        """
        self.run("ip", "link", "add", "name", end, "type", "veth", "peer", "name", interface, "netns", namespace.path)
        self.run("ethtool", "-K", end, "tx", "off")
        namespace.run("ethtool", "-K", interface, "tx", "off")
        self.run("ip", "link", "set", end, "mtu", mtu, "up", *(["master", _BRIDGE] if joined else []))
        namespace.run("ip", "link", "set", interface, "mtu", mtu)
        self._indices[end] = self.enter(lambda: socket.if_nametoindex(end))

    def swap(self, before, after):
        """Joins another end in the place of one, at once. Both stay up: Linux takes up to a second to notice a carrier."""
        for request, end in ((_LEAVE, before), (_JOIN, after)):
            fcntl.ioctl(self._control, request, struct.pack("16si20x", _BRIDGE.encode(), self._indices[end]))

    def close(self):
        self._control.close()
        super().close()

    def capture(self, end, expression=None):
        """Everything that passes an end; see `frames.Capture`."""
        return Capture(self, end, expression)

    @contextlib.contextmanager
    def sender(self, end):
        """Sends frames out of the wire at an end, as if they had come from another."""
        sender = Sender(self, end)
        try:
            yield sender
        finally:
            sender.close()
