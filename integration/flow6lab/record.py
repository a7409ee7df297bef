"""What clients were told of the ports that they made and removed, and whether it can be true."""

import collections
import dataclasses

from flow6lab.history import NEVER, Call, faults


@dataclasses.dataclass
class Made:
    """A port that a client asked for: its answer, and whether it was asked to be removed since.

    `id` and `address` are None until they are known. `state` is done, refused, or open where no answer came; so is `removed`,
    None where it was not tried.
    """

    name: str
    network: str
    begin: float
    end: float = NEVER
    id: str | None = None
    address: str | None = None
    state: str = "open"
    removed: str | None = None
    remove_begin: float = 0
    remove_end: float = NEVER


class Record:
    """Ports by their names, and calls that got no port. `network` is the one whose addresses come from a pool."""

    def __init__(self, network, pool):
        self._network = network
        self._pool = pool
        self.made = {}
        self.calls = []
        self.unexpected = []

    def faults(self, listed):
        """What is wrong with what was told, as texts; `listed` are all ports that there are in the end, as the API shows them."""
        there = {port["name"]: port for port in listed}
        found = [*self.unexpected, *(fault for port in self.made.values() if (fault := _fault(port, there.get(port.name))))]
        addresses = collections.Counter((port["network_id"], one["ip_address"]) for port in listed for one in port["fixed_ips"])
        found += [f"given twice: {address}" for address, count in addresses.items() if count > 1]
        return found + faults(self._history(there), self._pool)

    def _history(self, there):
        """All calls on the network of the pool; what no answer told is told by the ports that there are in the end."""
        calls = list(self.calls)
        for port in self.made.values():
            if port.network != self._network or port.state == "refused":
                continue
            shown = there.get(port.name)
            if port.state == "done" or shown:
                calls.append(Call("take", port.name, port.address or _address(shown), port.begin, port.end if port.state == "done" else NEVER))
            if port.removed and not shown:
                calls.append(Call("give", port.name, port.address, port.remove_begin, port.remove_end if port.removed == "done" else NEVER))
        return calls


def _address(shown):
    return shown["fixed_ips"][0]["ip_address"]


def _fault(port, shown):
    """What is wrong with a port, given how it is shown in the end; None if nothing is."""
    if shown and port.state == "refused":
        return f"made, after all: {port}"
    if shown and port.removed == "done":
        return f"removed, but still there: {port}"
    if not shown and port.state == "done" and port.removed is None:
        return f"lost: {port}"
    if shown and port.state == "done" and _address(shown) != port.address:
        return f"now {_address(shown)}: {port}"
    return None
