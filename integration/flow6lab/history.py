"""Whether what several clients were told of a pool of addresses can be true: a check of linearizability.

Each call took effect at one moment between its start and its end, and the moments' order explains all answers: Herlihy and
Wing's definition. Addresses are looked at one by one, as what holds of each object holds of all.
"""

import dataclasses
import math

NEVER = math.inf
"""The end of a call whose answer has not come: it may take effect at any time."""


@dataclasses.dataclass(frozen=True)
class Call:
    """A call and its answer.

    `kind` is take, if `owner` got `address`; give, if it gave it back; taken, if it did not get it as another has it; absent,
    if it was said not to have it; full, if all addresses of the pool were said to be held. Times are one clock's seconds.
    """

    kind: str
    owner: str
    address: str | None
    begin: float
    end: float
    host: str = ""

    def __post_init__(self):
        if self.kind not in ("take", "give", "taken", "absent", "full", "held"):
            raise ValueError(f"no kind of call: {self.kind}")
        if not self.begin <= self.end:
            raise ValueError(f"it ends before it begins: {self}")


def _after(holder, call):
    """Who has an address after a call on it, "" for nobody; None if the call cannot have had its answer."""
    if call.kind == "take":
        return call.owner if not holder else None
    if call.kind == "give":
        return "" if holder == call.owner else None
    if call.kind == "absent":
        return holder if holder != call.owner else None
    return holder if holder and holder != call.owner else None


def _next(calls, done):
    """The numbers of the calls that may be next of those that are not done: none of the others ended before they began."""
    first_end = NEVER
    found = []
    # All before the first zero of `done` are done.
    for number in range((~done & done + 1).bit_length() - 1, len(calls)):
        if calls[number].begin > first_end:
            break
        if not done >> number & 1:
            found.append(number)
            first_end = min(first_end, calls[number].end)
    return [number for number in found if calls[number].begin <= first_end]


def _is_linearizable(calls):
    """Wing and Gong's search, which goes nowhere twice: calls on one address, held by nobody at first."""
    calls = sorted(calls, key=lambda call: call.begin)
    everything = (1 << len(calls)) - 1
    seen = set()
    ahead = [(0, "")]
    while ahead:
        done, holder = ahead.pop()
        if done == everything:
            return True
        if (done, holder) in seen:
            continue
        seen.add((done, holder))
        for number in reversed(_next(calls, done)):
            after = _after(holder, calls[number])
            if after is not None:
                ahead.append((done | 1 << number, after))
    return False


def _spans(calls, pool):
    """When each address of the pool may have been held: address → (begin, end) of each owner's time."""
    ends = {(call.owner, call.address): call.end for call in calls if call.kind == "give"}
    spans = {address: [] for address in pool}
    for call in calls:
        if call.kind == "take" and call.address in spans:
            spans[call.address].append((call.begin, ends.get((call.owner, call.address), NEVER)))
    return spans


def _was_ever_full(full, spans):
    """Whether there was a moment at which each address of the pool may have been held."""
    near = [[span for span in some if span[0] <= full.end and span[1] >= full.begin] for some in spans.values()]
    moments = {max(full.begin, begin) for some in near for begin, _ in some}
    return any(all(any(begin <= moment <= end for begin, end in some) for some in near) for moment in moments)


def faults(calls, pool):
    """What cannot be true of a history, as texts; none if all of it can. `pool` is all addresses that are given without being chosen."""
    found = []
    fulls = [call for call in calls if call.kind == "full"]
    spans = _spans(calls, pool)
    for full in fulls:
        if not _was_ever_full(full, spans):
            found.append(f"the pool was not full: {full}")
    for address in sorted({call.address for call in calls if call.address} | set(pool)):
        own = [call for call in calls if call.address == address]
        if address in pool:
            own += [dataclasses.replace(full, kind="held", address=address) for full in fulls]
        if not _is_linearizable(own):
            told = "\n".join(map(str, sorted(own, key=lambda call: call.begin)))
            found.append(f"{address}: no order explains these answers:\n{told}")
    return found
