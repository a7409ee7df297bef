"""What Ryu's ofctl_rest would answer about a switch: os-ken's ofctl_v1_3 on a management connection."""

from os_ken.lib import ofctl_v1_3

from flow6lab.openflow import Channel


class RyuView(Channel):
    """A Channel in the form that ofctl_v1_3 expects of a datapath.

    ofctl_v1_3 breaks at actions of Nicira's. Flows that have some are left out and counted in `unreadable`.
    """

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
        self.unreadable = 0
        super().__init__(path)

    def view(self, name):
        """The answer to GET /stats/NAME/DPID."""
        return self._VIEWS[name](self, self._waiters)

    def send_msg(self, request):
        lock, answers = self._waiters[self.id].pop(request.xid)
        fresh = self.ask(request)
        if isinstance(request, self.ofproto_parser.OFPFlowStatsRequest):
            for answer in fresh:
                readable = [flow for flow in answer.body if not self._has_nicira_actions(flow)]
                self.unreadable += len(answer.body) - len(readable)
                answer.body = readable
        answers += fresh
        self._waiters[self.id][request.xid] = (lock, answers)
        lock.set()

    def _has_nicira_actions(self, flow):
        parser = self.ofproto_parser
        actions = [action for instruction in flow.instructions if isinstance(instruction, parser.OFPInstructionActions) for action in instruction.actions]
        return any(isinstance(action, parser.OFPActionExperimenter) for action in actions)
