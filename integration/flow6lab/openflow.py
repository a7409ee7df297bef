"""A plain OpenFlow 1.3 client on a bridge's management socket, with os-ken's messages."""

import itertools
import socket
import struct

from os_ken.ofproto import ofproto_parser, ofproto_protocol, ofproto_v1_3

HEADER = 8


class Refused(Exception):
    """The switch answered with an error message."""


class Stream:
    """Cuts a stream of bytes into OpenFlow messages."""

    def __init__(self):
        self._rest = b""

    def feed(self, data):
        """The whole messages that these bytes complete."""
        self._rest += data
        messages = []
        while len(self._rest) >= HEADER:
            length = struct.unpack_from("!H", self._rest, 2)[0]
            if length < HEADER or len(self._rest) < length:
                break
            messages.append(self._rest[:length])
            self._rest = self._rest[length:]
        return messages


def _refusal(message, error):
    return f"the switch refused {type(message).__name__}: error type {error.type} code {error.code}"


class Channel(ofproto_protocol.ProtocolDesc):
    """A connection to a switch, in the place of os-ken's Datapath: whatever takes one of these builds and reads messages."""

    def __init__(self, path):
        super().__init__(version=ofproto_v1_3.OFP_VERSION)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(10)
        self._socket.connect(str(path))
        self._stream = Stream()
        self._waiting = []
        self._packet_ins = []
        self._xids = itertools.count(1)
        self._send(self.ofproto_parser.OFPHello(self))
        self.features = self.ask(self.ofproto_parser.OFPFeaturesRequest(self))[0]
        self.id = self.features.datapath_id

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def set_xid(self, message):
        message.set_xid(next(self._xids))
        return message.xid

    def _send(self, message):
        if message.xid is None:
            self.set_xid(message)
        message.serialize()
        self._socket.sendall(message.buf)

    def listen(self):
        """Asks the switch for its asynchronous messages, which a management connection does not get by itself."""
        self._send(self.ofproto_parser.OFPSetConfig(self, self.ofproto.OFPC_FRAG_NORMAL, self.ofproto.OFPCML_NO_BUFFER))

    def _keep(self, message):
        if isinstance(message, self.ofproto_parser.OFPPacketIn):
            self._packet_ins.append(bytes(message.data))

    def packet_ins(self):
        """The frames that the switch has sent here since the last call."""
        self.ask(self.ofproto_parser.OFPBarrierRequest(self))
        fresh, self._packet_ins = self._packet_ins, []
        return fresh

    def _next(self):
        while not self._waiting:
            data = self._socket.recv(65536)
            if not data:
                raise ConnectionError("the switch closed the connection")
            self._waiting += self._stream.feed(data)
        data = self._waiting.pop(0)
        version, kind, length, xid = ofproto_parser.header(data)
        if kind == self.ofproto.OFPT_HELLO:
            return None
        return ofproto_parser.msg(self, version, kind, length, xid, data)

    def ask(self, request):
        """Sends a request and returns its answers (several for a multipart one); raises Refused on an error message."""
        self._send(request)
        answers = []
        while True:
            answer = self._next()
            if answer is None or answer.xid != request.xid:
                self._keep(answer)
                continue
            if isinstance(answer, self.ofproto_parser.OFPErrorMsg):
                raise Refused(_refusal(request, answer))
            answers.append(answer)
            if not getattr(answer, "flags", 0) & self.ofproto.OFPMPF_REPLY_MORE:
                return answers

    def change(self, message):
        """Sends a modification, such as a flow-mod; raises Refused."""
        if message.xid is None:
            self.set_xid(message)
        self._send(message)
        barrier = self.ofproto_parser.OFPBarrierRequest(self)
        self._send(barrier)
        while (answer := self._next()) is None or answer.xid != barrier.xid:
            if answer is not None and isinstance(answer, self.ofproto_parser.OFPErrorMsg):
                raise Refused(_refusal(message, answer))
            self._keep(answer)
