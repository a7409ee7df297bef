"""What the OpenFlow port may be sent: the peer gets closed with a message, the real switch is served all the while."""

import random
import struct
import threading

import pytest

from flow6lab import until
from flow6lab.openflow import Stream

VERSION = 4
HELLO, ERROR, ECHO_REQUEST, ECHO_REPLY, FEATURES_REQUEST, FEATURES_REPLY, SET_CONFIG = 0, 1, 2, 3, 5, 6, 9
MULTIPART_REQUEST, MULTIPART_REPLY, BARRIER_REQUEST, BARRIER_REPLY, ROLE_REQUEST, ROLE_REPLY = 18, 19, 20, 21, 24, 25
DESC = 0


def message(kind, body=b"", version=VERSION, xid=1, length=None):
    return struct.pack("!BBHI", version, kind, 8 + len(body) if length is None else length, xid) + body


def features(dpid):
    return struct.pack("!QIBB2xII", dpid, 0, 254, 0, 0x4F, 0)


HELLO_13 = message(HELLO, struct.pack("!HHI", 1, 8, 1 << VERSION))
HELLO_10_ONLY = message(HELLO, struct.pack("!HHI", 1, 8, 1 << 1), version=1)
HELLO_15_ONLY = message(HELLO, struct.pack("!HHI", 1, 8, 1 << 6), version=6)

FATAL = {
    "garbage": random.Random(6).randbytes(4096),
    "an HTTP request": b"GET / HTTP/1.1\r\nHost: flow6\r\n\r\n" * 20,
    "a TLS hello": bytes.fromhex("16030100c8010000c40303") + bytes(190),
    "only OpenFlow 1.0": HELLO_10_ONLY,
    "only OpenFlow 1.5": HELLO_15_ONLY,
    "a length below the header's": HELLO_13 + message(ECHO_REQUEST, length=4),
    "garbage after the hello": HELLO_13 + random.Random(7).randbytes(4096),
}

TOLERATED = {
    "an unknown type": HELLO_13 + message(99, b"\x00" * 16),
    "the longest frame": HELLO_13 + message(ECHO_REQUEST, bytes(65527)),
    "a truncated features reply": HELLO_13 + message(FEATURES_REPLY, b"\x00" * 5),
    "an experimenter message nobody knows": HELLO_13 + message(4, struct.pack("!II", 0xDEADBEEF, 7) + b"?" * 40),
    "a packet-in that ends early": HELLO_13 + message(FEATURES_REPLY, features(0xBAD)) + message(10, b"\xff" * 20),
    "a flow that ends early": HELLO_13 + message(FEATURES_REPLY, features(0xBAD)) + message(19, struct.pack("!HH4x", 1, 0) + struct.pack("!H", 500) + bytes(20)),
    "an error message": HELLO_13 + message(ERROR, struct.pack("!HH", 5, 7) + b"\x04\x0e\x00"),
}


@pytest.fixture
def served(pair):
    """Fails if the controller ended, lost its switch or stopped answering hosts."""
    pid = pair.flow6.pid
    ping = pair.vm1.start_ping("2001:db8:1::2", interval=0.005)
    yield pair
    assert pair.flow6.exit_code is None and pair.flow6.pid == pid
    pair.flow6.wait_settled(ports=2)
    ping.wait_answers(20)
    assert ping.stop().lost == ()
    pair.vm1.forget_neighbors()
    assert pair.vm1.ndisc6("2001:db8:1::2") == pair.vm2.mac


def _peer_name(connection):
    return f"127.0.0.1:{connection.getsockname()[1]}"


def _closed_by_controller(connection):
    """Reads until the controller closes; false when it does not within the socket's timeout."""
    try:
        while connection.recv(65536):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("what", FATAL)
def test_who_does_not_speak_openflow_1_3_is_closed_and_named(served, what):
    with served.flow6.namespace.connect(6653, within=15) as peer:
        peer.sendall(FATAL[what])
        assert _closed_by_controller(peer)
        served.flow6.wait_log(_peer_name(peer))


@pytest.mark.parametrize("what", TOLERATED)
def test_a_strange_message_harms_nobody_else(served, what):
    with served.flow6.namespace.connect(6653) as peer:
        peer.sendall(TOLERATED[what])
        peer.settimeout(0.5)
        _closed_by_controller(peer)


def test_a_frame_cut_short_by_the_end_of_the_connection(served):
    with served.flow6.namespace.connect(6653) as peer:
        peer.sendall(HELLO_13 + message(FEATURES_REPLY, features(0xBAD))[:20])
    served.flow6.wait_settled(ports=2)


def test_half_open_connections_are_given_up(served):
    """Peers that connect and say nothing, or stop in a frame, are closed after a while."""
    peers = [served.flow6.namespace.connect(6653, within=60) for _ in range(50)]
    for number, peer in enumerate(peers):
        peer.sendall(HELLO_13[:number % len(HELLO_13)])
    assert all(_closed_by_controller(peer) for peer in peers)
    for peer in peers:
        peer.close()


def test_a_fuzzed_session_harms_nobody_else(served):
    """Sessions that begin well and go on with damaged messages."""
    chance = random.Random(6653)
    good = [HELLO_13, message(FEATURES_REPLY, features(0xBAD)), message(ECHO_REQUEST, b"hi"), message(10, bytes(60)), message(19, bytes(40)), message(11, bytes(64))]
    for _ in range(200):
        stream = bytearray(b"".join(chance.choices(good, k=6)))
        for _ in range(chance.randint(1, 8)):
            stream[chance.randrange(len(stream))] = chance.randrange(256)
        with served.flow6.namespace.connect(6653) as peer:
            try:
                peer.sendall(HELLO_13 + good[1] + stream)
            except ConnectionError:
                pass


class _RefusingSwitch(threading.Thread):
    """A switch that answers with an error: everything, or with `polite` everything but questions about itself."""

    def __init__(self, connection, dpid, polite):
        super().__init__(daemon=True)
        self._connection = connection
        self._dpid = dpid
        self._polite = polite
        self.refused = 0

    def run(self):
        stream = Stream()
        self._connection.sendall(HELLO_13)
        try:
            while data := self._connection.recv(65536):
                for request in stream.feed(data):
                    self._answer(request[1], struct.unpack_from("!I", request, 4)[0], request)
        except OSError:
            pass

    def _answer(self, kind, xid, request):
        answers = {
            FEATURES_REQUEST: (FEATURES_REPLY, features(self._dpid)),
            BARRIER_REQUEST: (BARRIER_REPLY, b""),
            ECHO_REQUEST: (ECHO_REPLY, request[8:]),
        }
        if self._polite:
            question = request[8:10]
            answers[ROLE_REQUEST] = (ROLE_REPLY, request[8:])
            answers[MULTIPART_REQUEST] = (MULTIPART_REPLY, question + bytes(6) + (bytes(1056) if question == struct.pack("!H", DESC) else b""))
        if kind in answers:
            self._connection.sendall(message(*answers[kind], xid=xid))
        elif kind not in (HELLO, ERROR, ECHO_REPLY) and not (self._polite and kind == SET_CONFIG):
            self.refused += 1
            self._connection.sendall(message(ERROR, struct.pack("!HH", 1, 1) + request[:64], xid=xid))


def test_a_switch_that_refuses_the_handshake_is_named_and_closed(served):
    with served.flow6.namespace.connect(6653, within=30) as connection:
        switch = _RefusingSwitch(connection, 0xE44, polite=False)
        switch.start()
        served.flow6.wait_log(_peer_name(connection))
        switch.join(30)
        assert not switch.is_alive(), "the controller goes on with a switch that refuses the handshake"


def test_a_switch_that_refuses_its_flows_is_reported(served):
    with served.flow6.namespace.connect(6653, within=30) as connection:
        switch = _RefusingSwitch(connection, 0xE44, polite=True)
        switch.start()
        until(lambda: switch.refused, "the controller sends the switch something to refuse")
        until(lambda: served.flow6.last_errors(), "the status tells of errors")
        assert served.flow6.status()["healthy"] is False
        assert "e44" in served.flow6.log().replace(":", "")
    until(lambda: served.flow6.status()["healthy"], "all is well without that switch", within=20)
