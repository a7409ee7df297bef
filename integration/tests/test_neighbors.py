"""Two real Linux hosts resolve and reach each other, the switch answering every solicitation, with and without a controller."""

from solicitations import solicits


def _resolve_each_other(pair):
    """Each host finds the other by ping and by ndisc6, and neither sees a solicitation."""
    first, second = pair.vm1, pair.vm2
    with first.capture("icmp6") as at_first, second.capture("icmp6") as at_second:
        for here, there, address in ((first, second, "2001:db8:1::2"), (second, first, "2001:db8:1::1")):
            here.forget_neighbors()
            assert here.ping(address).answered_all
            assert here.ping(there.link_local).answered_all
            assert here.ndisc6(address) == there.mac
            assert here.neighbors()[address]["lladdr"] == there.mac
            assert here.neighbors()[there.link_local]["lladdr"] == there.mac
        for capture, address in ((at_first, "2001:db8:1::1"), (at_second, "2001:db8:1::2")):
            assert not [frame for frame in capture.received() if solicits(address)(frame.packet)]


def test_the_switch_answers_and_the_controller_sees_no_packet(pair):
    before = pair.flow6.punted()
    _resolve_each_other(pair)
    assert pair.flow6.punted() == before == 0


def test_all_goes_on_when_the_controller_is_killed(pair):
    ping = pair.vm1.start_ping("2001:db8:1::2", interval=0.002)
    ping.wait_answers(100)
    pair.flow6.kill9()
    _resolve_each_other(pair)
    ping.wait_answers(100)
    assert ping.stop().lost == ()


def test_a_controller_that_starts_again_changes_nothing_for_the_hosts(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_keys()
    pair.flow6.kill9()
    pair.flow6.start()
    assert pair.lab.flow_keys() == before
    _resolve_each_other(pair)
