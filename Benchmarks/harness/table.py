"""The one table of ratios."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    bound: float
    is_floor: bool

    def holds(self, value: float) -> bool:
        return value >= self.bound if self.is_floor else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.is_floor else '≤'} {self.bound:g}"


def at_least(bound: float) -> Goal:
    return Goal(bound, is_floor=True)


def at_most(bound: float) -> Goal:
    return Goal(bound, is_floor=False)


@dataclass(frozen=True)
class Line:
    """One line: a ratio measured several times.

    `ours` and `theirs` are what the two sides came to (the medians, as people read them); without a `goal` the line is
    for the reader's information.
    """

    what: str
    against: str
    ratios: list[float]
    goal: Goal | None = None
    ours: str = ""
    theirs: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "holds" if self.goal.holds(self.median) else "MISSED"

    def cells(self) -> list[str]:
        return [
            self.what, self.against, figure(self.median), f"{figure(min(self.ratios))} … {figure(max(self.ratios))}",
            str(len(self.ratios)), str(self.goal or "–"), self.verdict, self.ours, self.theirs,
        ]


HEADER = ["what", "against", "median", "min … max", "n", "goal", "", "payout", "the other"]


def figure(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def median_of(values) -> float:
    return statistics.median(list(values))


def render(lines: list[Line]) -> str:
    """Markdown, with its columns in line."""
    rows = [HEADER] + [line.cells() for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    text = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)
