"""Links that more than two ends share, and that can be watched: a Linux bridge in a namespace of its own."""

import contextlib

from flow6lab.frames import Capture, Sender
from flow6lab.namespace import Namespace

_BRIDGE = "wire"


class Wire(Namespace):
    """A link. What passes an end of it is seen at the wire's side of that end: outgoing is what leaves the wire there."""

    def __init__(self, name, owner, folder):
        super().__init__(name, owner, folder)
        self.sysctl("ipv6/conf/default/disable_ipv6", 1)
        self.run("ip", "link", "add", "name", _BRIDGE, "type", "bridge", "mcast_snooping", 0, "stp_state", 0)
        self.run("ip", "link", "set", _BRIDGE, "up")

    def attach(self, namespace, interface, end, mtu=1500, up=True):
        """Makes `interface` in a namespace, as one end of the wire; `end` is its name on the wire's side.

        What the wire's bridge forwards must have its checksums: nobody completes them later.
        """
        self.run("ip", "link", "add", "name", end, "type", "veth", "peer", "name", interface, "netns", namespace.path)
        self.run("ethtool", "-K", end, "tx", "off")
        namespace.run("ethtool", "-K", interface, "tx", "off")
        self.run("ip", "link", "set", end, "mtu", mtu, "master", _BRIDGE)
        namespace.run("ip", "link", "set", interface, "mtu", mtu)
        if up:
            self.run("ip", "link", "set", end, "up")

    def swap(self, before, after):
        """Takes one end down and another one up, at once."""
        self.run("ip", "-batch", "-", text_in=f"link set {before} down\nlink set {after} up\n")

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
