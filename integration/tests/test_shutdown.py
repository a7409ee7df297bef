"""The end of the process: SIGTERM is quick and clean and leaves the flows, and kill -9 leaves them too."""

import time

from solicitations import advertises, duplicate_check


def test_sigterm_ends_it_cleanly_and_leaves_the_flows(pair):
    pair.lab.wait_asked()
    before = pair.lab.flow_keys()
    begin = time.monotonic()
    assert pair.flow6.sigterm() in (0, 143)
    assert time.monotonic() - begin < 3
    assert "Exception" not in pair.flow6.log()
    assert pair.lab.flow_keys() == before
    pair.vm1.forget_neighbors()
    assert pair.vm1.ping("2001:db8:1::2").answered_all
    assert pair.vm1.ndisc6("2001:db8:1::2") == pair.vm2.mac


def test_what_the_controller_answers_waits_for_the_next_one(pair):
    """A duplicate check has no answer while no controller runs, and one again after."""
    question = duplicate_check(pair.vm1.mac, "2001:db8:1::2")
    assert pair.vm1.ask(question, advertises("2001:db8:1::2"))
    pair.flow6.sigterm()
    assert pair.vm1.ask(question, advertises("2001:db8:1::2"), within=0.3) is None
    pair.flow6.start()
    assert pair.vm1.ask(question, advertises("2001:db8:1::2"))
