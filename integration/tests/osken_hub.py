"""A hub as an os-ken app: the other controller that packet cases are run against."""

from os_ken.base import app_manager
from os_ken.controller import ofp_event
from os_ken.controller.handler import CONFIG_DISPATCHER, set_ev_cls
from os_ken.ofproto import ofproto_v1_3


class Hub(app_manager.OSKenApp):
    """Sends every packet out of every other port."""

    OFP_VERSIONS = [ofproto_v1_3.OFP_VERSION]

    @set_ev_cls(ofp_event.EventOFPSwitchFeatures, CONFIG_DISPATCHER)
    def flood_everything(self, event):
        switch = event.msg.datapath
        parser, numbers = switch.ofproto_parser, switch.ofproto
        flood = [parser.OFPInstructionActions(numbers.OFPIT_APPLY_ACTIONS, [parser.OFPActionOutput(numbers.OFPP_FLOOD)])]
        switch.send_msg(parser.OFPFlowMod(datapath=switch, priority=1, match=parser.OFPMatch(), instructions=flood))
