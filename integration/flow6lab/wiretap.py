"""Stands between a switch and its controller, passes every byte on, and counts and keeps what passes."""

import collections
import contextlib
import selectors
import socket
import struct
import threading

from flow6lab.openflow import Stream

_ONF = 0x4F4E4600
_BUNDLE_ADD = 2301
_NAMES = {0: "HELLO", 1: "ERROR", 2: "ECHO_REQUEST", 3: "ECHO_REPLY", 4: "EXPERIMENTER", 10: "PACKET_IN", 11: "FLOW_REMOVED", 13: "PACKET_OUT",
          14: "FLOW_MOD", 15: "GROUP_MOD", 16: "PORT_MOD", 18: "MULTIPART_REQUEST", 19: "MULTIPART_REPLY", 24: "ROLE_REQUEST", 29: "METER_MOD"}


def kind_of(message):
    """The name of a message's type; a flow-mod within a bundle is a FLOW_MOD."""
    kind = message[1]
    if kind == 4 and len(message) >= 32 and struct.unpack_from("!II", message, 8) == (_ONF, _BUNDLE_ADD):
        kind = message[25]  # the type of the message inside: header 8, experimenter 8, bundle id and flags 8
    return _NAMES.get(kind, str(kind))


class Wiretap:
    """A relay for OpenFlow sessions. `counts` is type → number since the last `reset`.

    `namespace` is where it listens, on loopback and `port`; `dial()` gives a connected socket to the controller.
    """

    def __init__(self, namespace, port, dial):
        self._dial = dial
        self._lock = threading.Lock()
        self._listener = namespace.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", port))
        self._listener.listen()
        self._open = True
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ, None)
        self.reset()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def reset(self):
        with self._lock:
            self.counts = collections.Counter()
            self._packet_ins = []

    def take_packet_ins(self):
        """The frames sent to the controller since the last call or reset."""
        with self._lock:
            taken, self._packet_ins = self._packet_ins, []
            return taken

    def close(self):
        self._open = False
        self._thread.join(2)
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()
        self._selector.close()

    def _work(self):
        while self._open:
            for key, _ in self._selector.select(0.2):
                if key.data is None:
                    self._accept()
                else:
                    self._pass_on(key.fileobj, *key.data)

    def _accept(self):
        switch, _ = self._listener.accept()
        try:
            controller = self._dial()
        except OSError:
            switch.close()
            return
        for source, sink in ((switch, controller), (controller, switch)):
            source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            source.settimeout(5)
            self._selector.register(source, selectors.EVENT_READ, (sink, Stream()))

    def _pass_on(self, source, sink, stream):
        try:
            data = source.recv(65536)
            if data:
                self._note(stream.feed(data))
                sink.sendall(data)
        except OSError:
            data = b""
        if not data:
            for side in (source, sink):
                with contextlib.suppress(KeyError, ValueError):
                    self._selector.unregister(side)
                side.close()

    def _note(self, messages):
        with self._lock:
            for message in messages:
                kind = kind_of(message)
                self.counts[kind] += 1
                if kind == "PACKET_IN":
                    self._packet_ins.append(packet_in_data(message))


def packet_in_data(message):
    """The frame in an OpenFlow 1.3 PACKET_IN: after 24 octets of header stands a match, padded to 8, and 2 octets of padding."""
    match_length = struct.unpack_from("!H", message, 26)[0]
    return message[24 + (match_length + 7) // 8 * 8 + 2:]
