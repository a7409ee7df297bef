"""The result of a benchmark: what was measured, what it was measured beside, and how they compare with the budget."""

import dataclasses
import statistics


def percentile(samples, share):
    """The sample below which that share (0 to 1) of them lies."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(samples):
    return statistics.median(samples)


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table. `flow6` and `reference` are in `unit`.

    `limit` is the budget: the most that flow6 may be, or with `at_least` the least; with `relative`, as a multiple of the
    reference. `note` says how it was measured, or why it was not.
    """

    name: str
    unit: str
    flow6: float | None
    beside: str = ""
    reference: float | None = None
    limit: float | None = None
    relative: bool = False
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self):
        return None if self.flow6 is None or not self.reference else self.flow6 / self.reference

    @property
    def within_budget(self):
        """True, False, or None when there is no budget or nothing to compare."""
        value = self.ratio if self.relative else self.flow6
        if self.limit is None or value is None:
            return None
        return value >= self.limit if self.at_least else value <= self.limit

    def as_json(self):
        return {**dataclasses.asdict(self), "ratio": self.ratio, "within_budget": self.within_budget}

    def cells(self):
        """The texts of the table's columns."""
        sign = "≥" if self.at_least else "≤"
        budget = "" if self.limit is None else f"{sign} {self.limit:g} {'×' if self.relative else self.unit}"
        verdict = {True: "kept", False: "MISSED", None: ""}[self.within_budget]
        return (self.name, _number(self.flow6), self.unit, _number(self.reference), self.beside, "" if self.ratio is None else f"{self.ratio:.2f} ×", budget,
                verdict, self.note)


HEADINGS = ("what", "Flow6", "unit", "beside", "which is", "ratio", "budget", "", "how")


def _number(value):
    if value is None:
        return "—"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def table(rows):
    """The rows as an aligned text."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)
