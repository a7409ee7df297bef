"""Waiting for something to become true: the tests' only way to wait."""

import time


class NeverTrue(AssertionError):
    """What was waited for did not happen in time."""


def until(probe, what, within=10.0, every=0.02):
    """Calls `probe` until its answer is true, and returns that answer.

    `within` and `every` are seconds. An exception of the probe counts as "not yet"; the last one, or the last answer, is in
    the message of the NeverTrue that is raised when the time is over.
    """
    deadline = time.monotonic() + within
    last = None
    while True:
        try:
            last = probe()
            if last:
                return last
        except NeverTrue:
            raise
        except Exception as failure:  # a probe may fail until its subject is there
            last = failure
        if time.monotonic() >= deadline:
            raise NeverTrue(f"{what}: not within {within:g} s; last: {str(last)[:2000]!r}")
        time.sleep(every)
