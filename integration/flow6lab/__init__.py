"""A laboratory for Flow6: private Open vSwitch, real Linux hosts and the controller, in network namespaces.

Run it as root with Debian's own /usr/bin/python3.
"""

from flow6lab.controller import Controller
from flow6lab.lab import BRIDGE, Lab
from flow6lab.network import Network
from flow6lab.waiting import NeverTrue, until

__all__ = ["BRIDGE", "Controller", "Lab", "Network", "NeverTrue", "until"]
