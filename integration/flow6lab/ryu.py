"""What Ryu's ofctl_rest would answer about a switch: os-ken's ofctl_v1_3 on a management connection."""

from os_ken.lib import ofctl_v1_3

from flow6lab.openflow import Channel


class RyuView(Channel):
    """A Channel in the form that ofctl_v1_3 expects of a datapath; `views(path)` gives what GET `path` would."""

    _VIEWS = {
        "desc": ofctl_v1_3.get_desc_stats,
        "flow": ofctl_v1_3.get_flow_stats,
        "aggregateflow": ofctl_v1_3.get_aggregate_flow_stats,
        "port": ofctl_v1_3.get_port_stats,
        "portdesc": ofctl_v1_3.get_port_desc,
        "meter": ofctl_v1_3.get_meter_stats,
    }

    def __init__(self, path):
        self._waiters = {}
        super().__init__(path)

    def view(self, name):
        """The answer to GET /stats/NAME/DPID."""
        return self._VIEWS[name](self, self._waiters)

    def send_msg(self, request):
        lock, answers = self._waiters[self.id].pop(request.xid)
        answers += self.ask(request)
        self._waiters[self.id][request.xid] = (lock, answers)
        lock.set()
