"""What hosts may send: malformed solicitations and floods, with another host served all the while."""

import random

import pytest

from flow6lab import Network, until
from solicitations import advertises, duplicate_check, solicitation

OWNED = "2001:db8:1::2"


@pytest.fixture
def served(lab, flow6_of):
    """vm1 and vm2 are served hosts, vm3 is a dumb one that sends what the test wants."""
    network = Network.simple(3)
    lab.add_hosts(network, "vm3", ipv6=False)
    lab.add_hosts(network, "vm1", "vm2")
    flow6 = flow6_of(network)
    flow6.wait_settled(ports=3)
    return lab, flow6, lab.hosts["vm1"], lab.hosts["vm2"], lab.hosts["vm3"]


def _damaged(chance, mac):
    """A solicitation with some octets changed, or cut, or grown: headers in front of ICMPv6 stay mostly whole."""
    frame = bytearray(bytes(chance.choice([solicitation, lambda m, _, t: duplicate_check(m, t)])(mac, "2001:db8:1::3", OWNED)))
    for _ in range(chance.randint(0, 4)):
        frame[chance.randrange(chance.choice([14, 18, 54]), len(frame))] = chance.randrange(256)
    if chance.random() < 0.3:
        del frame[chance.randrange(20, len(frame)):]
    if chance.random() < 0.2:
        frame += chance.randbytes(chance.randrange(1, 60))
    return bytes(frame)


def _is_solicitation(data):
    """What a receiver takes for one: whole IPv6 with ICMPv6 of that type in it. Open vSwitch sees no ICMPv6 in what is cut short."""
    packet = data[14:]
    return data[12:14] == b"\x86\xdd" and len(packet) > 40 and packet[0] >> 4 == 6 and packet[6] == 58 and \
        8 <= int.from_bytes(packet[4:6], "big") <= len(packet) - 40 and packet[40] == 135


def test_damaged_solicitations_crash_nothing_and_reach_nobody(served):
    lab, flow6, vm1, vm2, vm3 = served
    chance = random.Random(135)
    ping = vm1.start_ping(OWNED, interval=0.005)
    with vm2.capture("icmp6") as capture:
        for _ in range(5000):
            vm3.send(_damaged(chance, vm3.mac))
        ping.wait_answers(100)
        solicitations = [frame for frame in capture.received() if _is_solicitation(frame.data)]
    assert [frame.data.hex() for frame in solicitations] == []
    assert ping.stop().lost == ()
    assert flow6.exit_code is None and flow6.status()["healthy"]
    assert vm1.ask(duplicate_check(vm1.mac, OWNED), advertises(OWNED, vm2.mac))


def test_the_reason_of_a_drop_is_counted(served):
    _, flow6, _, _, vm3 = served
    wrong = solicitation(vm3.mac, "2001:db8:1::3", OWNED)
    wrong["IPv6"].hlim = 254
    before = flow6.dropped("nd-hop-limit")
    with flow6.without("source-guard"):  # which drops it first, for a reason of its own
        for _ in range(7):
            vm3.send(wrong)
        until(lambda: flow6.dropped("nd-hop-limit") == before + 7, "seven drops are counted", within=15)


@pytest.mark.parametrize("question", [solicitation, lambda mac, source, target: duplicate_check(mac, target)], ids=["by flow", "by controller"])
def test_a_flood_from_one_port_takes_nothing_from_another(served, question):
    """100,000 solicitations a second from vm3, while vm1 pings, resolves, and asks what only the controller answers."""
    _, flow6, vm1, vm2, vm3 = served
    seconds, rate = 8, 100_000
    flood = vm3.start_flood([bytes(question(vm3.mac, f"2001:db8:1::3:{number:x}", OWNED)) for number in range(500)], seconds, rate)
    ping = vm1.start_ping(OWNED, interval=0.01)
    ping.wait_answers(50)
    asked = answered = 0
    while asked < 40 and flood.exit_code is None:
        asked += 1
        vm1.forget_neighbors()
        assert vm1.ndisc6(OWNED, attempts=1) == vm2.mac
        answered += vm1.ask(duplicate_check(vm1.mac, OWNED), advertises(OWNED, vm2.mac), within=1) is not None
    assert asked >= 10, "the flood ended before the questions"
    assert answered == asked
    seen = ping.stop()
    flood.wait(seconds + 10)
    # The two processors are shared with whatever else runs: what is shown is that the others are served, not how fast.
    assert int(float(flood.output())) >= 0.5 * seconds * rate
    assert len(seen.lost) <= 0.01 * seen.sent
    assert flow6.exit_code is None
    until(lambda: flow6.status()["healthy"], "all is well after the flood")
