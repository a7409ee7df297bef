"""Where packet cases are played: a lab with dumb hosts, one for each port of the case's network."""

import contextlib
import json
import socket

from os_ken.ofproto import ofproto_parser

from flow6lab.cases import network_of
from flow6lab.controller import Controller
from flow6lab.expressions import decoded, difference
from flow6lab.frames import wait_quiet
from flow6lab.lab import Lab
from flow6lab.network import mac_of
from flow6lab.openflow import Channel, Refused
from flow6lab.waiting import NeverTrue, until
from flow6lab.wiretap import Wiretap

_ANSWER_WITHIN = 4.0  # seconds for what must come: Router Advertisements are 3 s apart, and 0.5 s late (RFC 4861 §6.2.6)
_NOTHING_FOR = 0.25  # seconds in which nothing else may come
_TAP_PORT = 6600
_PLAIN_PORTS = 4  # ports of the switch when the prerequisite is Ryu's own


class Stage:
    """One network on a lab, for all cases that have it. `controller` is HOST:PORT of a running one; None starts Flow6."""

    def __init__(self, case, controller=None, dpid=None, packets_only=False):
        self._exit = contextlib.ExitStack()
        self._packets_only = packets_only
        self._lab = self._exit.enter_context(Lab(dpid=dpid))
        self._tap = None
        self._installed = ()
        self._packet_ins = []
        try:
            self._captures, self._unasked = {}, {}
            ports = self._set_up_network(case, controller) if case.network else self._set_up_plain()
            self._numbers = {str(number): name for number, name in enumerate(ports, 1)}
            if case.network:
                wait_quiet(self._captures.values(), 1.2)  # advertisements that announce a new port are a second apart (RFC 4861 §7.2.6)
                self._unasked = self._receivers()
        except BaseException:
            self._exit.close()
            raise

    def close(self):
        self._exit.close()

    def _listen(self, ports):
        self._captures = {name: self._exit.enter_context(self._lab.hosts[name].capture()) for name in ports}

    def _receivers(self):
        """Every frame that came out, and of which ports."""
        receivers = {}
        for name, capture in self._captures.items():
            for frame in capture.received():
                receivers.setdefault(frame.data, set()).add(name)
        return receivers

    def _set_up_plain(self):
        for number in range(1, _PLAIN_PORTS + 1):
            self._lab.add_host(f"p{number}", mac_of(number), port=number, ipv6=False)
        self._channel = self._exit.enter_context(Channel(self._lab.ovs.folder / f"{self._lab.bridge}.mgmt"))
        self._channel.listen()
        self._listen(self._lab.hosts)
        return list(self._lab.hosts)

    def _set_up_network(self, case, controller):
        network = network_of(case)
        inside = self._lab.ovs.namespace
        ports = [port["id"] for port in network.content["ports"] if not port.get("device_owner", "").startswith("network:")]
        for number, name in enumerate(ports, 1):
            self._lab.add_host(name, network.mac_of(name), iface_id=name, port=number, ipv6=False)
        self._listen(ports)
        if controller:
            host, _, port = controller.rpartition(":")
            dial = lambda: socket.create_connection((host.strip("[]"), int(port)))
        else:
            flow6 = Controller(self._lab, network, without=case.without)
            dial = lambda: inside.connect(flow6.port)
        self._tap = Wiretap(inside, _TAP_PORT, dial)
        self._exit.callback(self._tap.close)
        self._lab.ovs.set_controller(self._lab.bridge, f"tcp:127.0.0.1:{_TAP_PORT}")
        if controller:
            self._wait_connected()
        else:
            flow6.start()
            flow6.wait_settled(ports=len(ports))
        return ports

    def _wait_connected(self):
        until(lambda: self._lab.ovs.vsctl("get", "controller", self._lab.bridge, "is_connected") == "true", "the controller is connected")
        until(lambda: self._lab.flow_count(), "the controller has sent a flow")

    def play(self, case):
        """Plays the steps; the problems found, as texts."""
        if case.messages != self._installed:
            self._installed = None
            try:
                self._install(case.messages)
            except Refused as problem:
                return [str(problem)]
            self._installed = case.messages
        return [f"test {number}: {problem}" for number, step in enumerate(case.steps, 1) for problem in self._play(step)]

    def _install(self, messages):
        channel = self._channel
        parser, numbers = channel.ofproto_parser, channel.ofproto
        channel.change(parser.OFPFlowMod(channel, table_id=numbers.OFPTT_ALL, command=numbers.OFPFC_DELETE,
                                         out_port=numbers.OFPP_ANY, out_group=numbers.OFPG_ANY))
        channel.change(parser.OFPMeterMod(channel, command=numbers.OFPMC_DELETE, meter_id=numbers.OFPM_ALL))
        channel.change(parser.OFPGroupMod(channel, command=numbers.OFPGC_DELETE, group_id=numbers.OFPG_ALL))
        for text in messages:
            channel.change(ofproto_parser.ofp_msg_from_jsondict(channel, json.loads(text)))
        self._lab.ovs.appctl("revalidator/purge")  # else packets still meet the datapath flows of the case before

    def _play(self, step):
        for capture in self._captures.values():
            capture.drain()
            capture.frames.clear()
        self._packet_ins.clear()
        self._new_packet_ins()
        missed = self._missed(step.table_miss)
        ingress = self._name(step.ingress_port)
        self._lab.hosts[ingress].send(step.ingress)
        problems = []
        for port in step.egress_ports:
            name = self._name(port)
            if not self._captures[name].wait(lambda frame: not frame.outgoing and not difference(step.egress, frame.data), _ANSWER_WITHIN):
                problems.append(f"did not come out of {name}: {decoded(step.egress)}")
        if step.packet_in is not None and not self._packets_only:
            problems += self._awaited_packet_in(step.packet_in)
        self._captures[ingress].watch(_NOTHING_FOR)
        if step.looks_at_egress:
            problems += self._surplus(step)
        if step.looks_at_packet_in and step.packet_in is None and not self._packets_only:
            problems += [f"came to the controller: {decoded(data)}" for data in self._new_packet_ins()]
        if step.table_miss:
            problems += self._awaited_misses(step.table_miss, missed)
        return problems

    def _name(self, port):
        name = self._numbers.get(port, port)
        if name not in self._captures:
            raise ValueError(f"no port {port}: there are {', '.join(self._captures)}")
        return name

    def _new_packet_ins(self):
        """What came to the controller since the step began."""
        self._packet_ins += self._tap.take_packet_ins() if self._tap else self._channel.packet_ins()
        return self._packet_ins

    def _awaited_packet_in(self, expected):
        try:
            until(lambda: [data for data in self._new_packet_ins() if not difference(expected, data)], "PACKET_IN", _ANSWER_WITHIN)
            return []
        except NeverTrue:
            return [f"did not come to the controller: {decoded(expected)}"]

    def _awaited_misses(self, tables, before):
        """Tables' counters follow the packets only after a while."""
        try:
            until(lambda: all(now > then for now, then in zip(self._missed(tables), before)), "misses", _ANSWER_WITHIN)
            return []
        except NeverTrue:
            return [f"the packet found a flow in one of the tables {tables}"]

    def _surplus(self, step):
        """What came out and was not expected, or came out twice; but what comes to all unasked, again and again, may."""
        expected = {self._name(port) for port in step.egress_ports}
        receivers = self._receivers()
        periodic = {data for data, ports in self._unasked.items() if len(ports) > 1 and receivers.get(data) == ports}
        problems = []
        for name, capture in self._captures.items():
            due = name in expected
            for frame in capture.received():
                if frame.data in periodic:
                    continue
                if due and not difference(step.egress, frame.data):
                    due = False
                    continue
                detail = f"\n{difference(step.egress, frame.data)}" if name in expected else ""
                problems.append(f"came out of {name}: {decoded(frame.data)}{detail}")
        return problems

    def _missed(self, tables):
        """How many packets found no flow in each of these tables."""
        if not tables:
            return []
        with Channel(self._lab.ovs.folder / f"{self._lab.bridge}.mgmt") as channel:
            request = channel.ofproto_parser.OFPTableStatsRequest(channel, 0)
            rows = {row.table_id: row.lookup_count - row.matched_count for answer in channel.ask(request) for row in answer.body}
        return [rows[table] for table in tables]


class Stages:
    """Stages by network, so that the cases of one network share one. A context manager."""

    def __init__(self, controller=None, dpid=None, packets_only=False):
        self._options = (controller, dpid, packets_only)
        self._network = None
        self._stage = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self._stage is not None:
            self._stage.close()
            self._stage = None

    def play(self, case):
        """Plays a case; the problems found, as texts."""
        if self._stage is None or self._network != (case.network, case.without):
            self.close()
            self._stage = Stage(case, *self._options)
            self._network = (case.network, case.without)
        return self._stage.play(case)
