"""The check of histories, by histories that are true and histories that are not. No Flow6 is needed."""

import random

import pytest

from flow6lab.history import NEVER, Call, faults
from flow6lab.record import Made, Record


def take(owner, begin, end, address="a"):
    return Call("take", owner, address, begin, end)


def give(owner, begin, end, address="a"):
    return Call("give", owner, address, begin, end)


def taken(owner, begin, end, address="a"):
    return Call("taken", owner, address, begin, end)


def absent(owner, begin, end, address="a"):
    return Call("absent", owner, address, begin, end)


def full(begin, end):
    return Call("full", "late", None, begin, end)


@pytest.mark.parametrize("calls", [
    [],
    [take("x", 0, 1), give("x", 2, 3), take("y", 4, 5)],
    [take("x", 0, 1), give("x", 2, 5), take("y", 3, 4)],
    [take("x", 0, NEVER), take("y", 1, 2), give("y", 3, 4)],
    [take("x", 0, 1), give("x", 2, NEVER), taken("y", 3, 4), take("z", 5, 6)],
    [take("x", 0, 3), taken("y", 1, 2)],
    [take("x", 0, 1), give("x", 2, 5), taken("y", 3, 4), absent("x", 3, 4)],
    [take("x", 0, 1), take("y", 0, 1, "b"), full(2, 3)],
    [take("x", 0, 3), take("y", 1, 4, "b"), full(2, 5)],
    [take("x", 0, 1), take("y", 0, 1, "b"), give("x", 2, 5), full(3, 4)],
    [take("x", 0, 1), take("y", 0, 1, "b"), give("x", 2, 5), take("z", 2, 5), full(6, 7)],
], ids=lambda calls: f"{len(calls)} calls")
def test_what_can_be_true_is_found_to_be(calls):
    assert faults(calls, {"a", "b"}) == []


@pytest.mark.parametrize("calls, part", [
    ([take("x", 0, 1), take("y", 2, 3)], "a: no order"),
    ([take("x", 0, 2), take("y", 1, 3)], "a: no order"),
    ([take("x", 0, NEVER), take("y", 1, 2)], "a: no order"),
    ([take("x", 0, 1), take("y", 2, 3), give("x", 4, 5)], "a: no order"),
    ([give("x", 0, 1)], "a: no order"),
    ([take("x", 2, 3), give("x", 0, 1)], "a: no order"),
    ([take("x", 0, 1), give("x", 2, 3), give("x", 4, 5)], "a: no order"),
    ([taken("y", 0, 1)], "a: no order"),
    ([taken("y", 0, 1), take("x", 2, 3)], "a: no order"),
    ([take("x", 0, 1), give("x", 2, 3), taken("y", 4, 5)], "a: no order"),
    ([take("x", 0, 1), taken("x", 2, 3)], "a: no order"),
    ([take("x", 0, 1), absent("x", 2, 3)], "a: no order"),
    ([full(0, 1)], "not full"),
    ([take("x", 0, 1), full(2, 3)], "not full"),
    ([take("x", 0, 1), take("y", 3, 4, "b"), full(1, 2)], "not full"),
    ([take("x", 0, 1), take("y", 0, 1, "b"), give("x", 2, 3), full(4, 5)], "not full"),
    # Both addresses were held while it was asked for, but never at once.
    ([take("x", 0, 1), give("x", 3, 4), take("y", 5, 6, "b"), full(2, 7)], "not full"),
    # All may have been held, but only by one who got it after it was found free.
    ([take("x", 0, 1), take("y", 2, 9, "b"), full(3, 4), give("z", 3, 4, "b")], "b: no order"),
], ids=lambda value: value if isinstance(value, str) else f"{len(value)} calls")
def test_what_cannot_be_true_is_found(calls, part):
    found = faults(calls, {"a", "b"})
    assert any(part in one for one in found), found


def test_calls_are_what_they_must_be():
    with pytest.raises(ValueError, match="no kind"):
        Call("keep", "x", "a", 0, 1)
    with pytest.raises(ValueError, match="ends before"):
        take("x", 1, 0)


def _history(seed, count=300, clients=8):
    """What clients of a pool that works would see: calls around moments that are in order."""
    chance = random.Random(seed)
    pool = ["a", "b", "c", "d"]
    free_at = [0.0] * clients
    held = {}
    calls = []
    for number in range(count):
        client = chance.randrange(clients)
        moment = max(free_at[client], number) + chance.random()
        begin, end = moment - chance.random() * (moment - free_at[client]), moment + chance.random() * 20
        # The order of moments is that of numbers, as long as no client is late.
        if moment > number + 1:
            continue
        free_at[client] = end
        address = chance.choice(pool)
        owner = held.get(address)
        if chance.random() < 0.1 and len(held) == len(pool):
            calls.append(Call("full", f"p{number}", None, begin, end))
        elif owner and chance.random() < 0.6:
            calls.append(Call("give", owner, address, begin, end if chance.random() < 0.9 else NEVER))
            del held[address]
        elif owner:
            calls.append(Call("taken", f"p{number}", address, begin, end))
        else:
            held[address] = f"p{number}"
            calls.append(Call("take", held[address], address, begin, end if chance.random() < 0.9 else NEVER))
    return calls, pool


@pytest.mark.parametrize("seed", range(20))
def test_histories_of_a_pool_that_works_are_true(seed):
    calls, pool = _history(seed)
    assert len(calls) > 60
    assert faults(calls, pool) == []


@pytest.mark.parametrize("seed", range(20))
def test_an_address_that_was_given_twice_is_found_in_a_long_history(seed):
    calls, pool = _history(seed)
    chance = random.Random(seed)
    # Somebody else gets what one has from the end of its call to the begin of the call that gives it back.
    spans = [(call, [give.begin for give in calls if give.kind == "give" and give.owner == call.owner]) for call in calls if call.kind == "take"]
    first, gives = chance.choice([(call, gives) for call, gives in spans if call.end < min(gives, default=NEVER)])
    begin, end = first.end, min(gives, default=first.end + 1)
    assert faults([*calls, Call("take", "thief", first.address, begin, end)], pool)


def made(name, address="a", **changes):
    return Made(name, "net", 0, 1, name, address, "done", **changes)


def shown(name, address="a"):
    return {"name": name, "network_id": "net", "fixed_ips": [{"ip_address": address}]}


@pytest.mark.parametrize("port, listed", [
    (made("x"), [shown("x")]),
    (made("x", removed="done", remove_begin=2, remove_end=3), []),
    (made("x", removed="open", remove_begin=2), []),
    (made("x", removed="open", remove_begin=2), [shown("x")]),
    (Made("x", "net", 0), []),
    (Made("x", "net", 0), [shown("x")]),
    (Made("x", "net", 0, 1, state="refused"), []),
], ids=lambda value: str(len(value)) if isinstance(value, list) else None)
def test_what_is_there_in_the_end_may_be_what_was_told(port, listed):
    assert recorded(port).faults(listed) == []


@pytest.mark.parametrize("port, listed, part", [
    (made("x"), [], "lost"),
    (made("x"), [shown("x", "b")], "now b"),
    (made("x"), [shown("x"), shown("y")], "given twice"),
    (made("x", removed="done", remove_begin=2, remove_end=3), [shown("x")], "still there"),
    (Made("x", "net", 0, 1, state="refused"), [shown("x")], "after all"),
], ids=["lost", "changed", "twice", "not removed", "not refused"])
def test_what_is_there_in_the_end_may_not_be_what_was_told(port, listed, part):
    found = recorded(port).faults(listed)
    assert any(part in one for one in found), found


def test_answers_that_nobody_expects_are_faults():
    record = recorded(made("x"))
    record.unexpected.append("500")
    record.calls.append(taken("y", 0, 1, "b"))
    assert len(record.faults([shown("x")])) == 2


def recorded(port):
    record = Record("net", ["a"])
    record.made[port.name] = port
    return record
