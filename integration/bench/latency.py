"""From a packet to its answer, by the kernel's clock at the asking host's interface."""

import contextlib
import ipaddress
import random
import time

from bench.ovn import OvnLab, installed
from bench.rows import Row, median, percentile
from flow6lab import Controller, Lab, Network, until
from scapy.layers.inet6 import ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6NDOptSrcLLAddr, IPv6
from scapy.layers.l2 import Ether

ASKER, TARGET = "2001:db8:1::1", "2001:db8:1::2"


def ns(host, target, source=None):
    """A solicitation from a host for an address."""
    last = ipaddress.IPv6Address(target).packed[-3:]
    group = ipaddress.IPv6Address(ipaddress.IPv6Address("ff02::1:ff00:0").packed[:-3] + last)
    frame = Ether(src=host.mac, dst=f"33:33:ff:{last.hex(':')}") / IPv6(src=source or host.link_local, dst=str(group), hlim=255)
    return bytes(frame / ICMPv6ND_NS(tgt=target) / ICMPv6NDOptSrcLLAddr(lladdr=host.mac))


def _echo(host, mac):
    return bytes(Ether(src=host.mac, dst=mac) / IPv6(src=ASKER, dst=TARGET) / ICMPv6EchoRequest(id=6, data=b"x" * 24))


class Question:
    """A frame, sent again and again, and a pcap filter for it and its answer."""

    def __init__(self, host, frame, expression):
        self._host = host
        self._frame = frame
        self._capture = host.capture(expression)

    @staticmethod
    def icmpv6(host, frame, answer_type):
        """One of ICMPv6, answered by a type of message."""
        return Question(host, frame, f"icmp6 and (ip6[40] == {answer_type} or ip6[40] == {frame[54]})")

    def wait_answer(self, within=30, every=0.2):
        """Asks until there is an answer: whoever answers takes some time to start."""
        until(lambda: self._ask(every), "the first answer", within, every=0)

    def _ask(self, within):
        """The frame asked and the frame of its answer; None where none comes."""
        self._capture.drain()
        self._capture.frames.clear()
        self._host.send(self._frame)
        answer = self._capture.wait(lambda frame: not frame.outgoing, within=within)
        return answer and (self._capture.frames[0], answer)

    def times(self, count, chance, pause=0.001):
        """Seconds from question to answer, `count` times, about `pause` seconds apart; a question unanswered for a second raises."""
        times = []
        for _ in range(count):
            exchange = self._ask(within=1)
            if exchange is None:
                raise AssertionError(f"no answer to {self._frame.hex()}")
            times.append(exchange[1].time - exchange[0].time)
            time.sleep(chance.uniform(0, 2 * pause))  # so that rounds do not fall into step with timers
        return times


def measure(rounds=15, count=200):
    """Rows for NS→NA beside the echo and beside OVN; the rounds of all three are interleaved."""
    chance = random.Random(4861)
    with contextlib.ExitStack() as stack:
        lab = stack.enter_context(Lab())
        network = Network.simple(2)
        vm1, vm2 = lab.add_hosts(network, "vm1", "vm2")
        flow6 = stack.enter_context(Controller(lab, network))
        flow6.wait_settled(ports=2)
        questions = {
            "flow6": Question.icmpv6(vm1, ns(vm1, TARGET, ASKER), ICMPv6ND_NA().type),
            "an echo bridged between two ports": Question.icmpv6(vm1, _echo(vm1, vm2.mac), ICMPv6EchoReply().type),
        }
        if installed():
            ovn = stack.enter_context(OvnLab())
            asker = ovn.hosts["vm1"]
            questions["OVN"] = Question.icmpv6(asker, ns(asker, TARGET, ASKER), ICMPv6ND_NA().type)
        for question in questions.values():
            question.times(100, chance)
        rounds_of = {name: [] for name in questions}
        for _ in range(rounds):
            for name, question in chance.sample(list(questions.items()), len(questions)):
                rounds_of[name].append(question.times(count, chance))
        if flow6.punted():
            raise AssertionError("the controller was asked: this is not the flow's time")
    how = f"median of {rounds} interleaved rounds of {count}"
    return rows("NS → NA", rounds_of, {"an echo bridged between two ports": 1.3, "OVN": 0.6}, how)


def rows(what, rounds_of, references, how):
    """Rows for p50 and p99 of what took Flow6 so long (lists of seconds a round, by name), beside each reference with its budget."""
    result = []
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        value = {which: median([percentile(times, share) for times in taken]) * 1e3 for which, taken in rounds_of.items()}
        for reference, limit in references.items():
            missing = "" if reference in value else f"{reference} is not installed: integration/setup --bench"
            result.append(Row(f"{what}, {name}", "ms", value["flow6"], reference, value.get(reference), limit, relative=True, note=missing or how))
    return result
