"""Whether a likelihood means what it says: of what is given 0.8, eight in ten are right.

Expected calibration error over ten bins: Naeini, Cooper and Hauskrecht, "Obtaining Well
Calibrated Probabilities Using Bayesian Binning", AAAI 2015.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
_BAR = 20


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose first article has about the same likelihood.

    Attributes:
        low: the least likelihood of the bin.
        likely: mean likelihood of its questions; None where there are none.
        right: share of them whose first article is right; None where there are none.
    """

    low: float
    questions: int
    likely: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins of ascending likelihood.

    Attributes:
        error: mean distance of likelihood and share of right ones, by questions; 0 is best.
    """

    bins: tuple[Bin, ...]
    error: float

    def to_json(self) -> dict[str, object]:
        """Figures to four digits."""
        return {
            "expected_calibration_error": round(self.error, 4),
            "bins": [
                {
                    "from": each.low,
                    "questions": each.questions,
                    "likely": None if each.likely is None else round(each.likely, 4),
                    "right": None if each.right is None else round(each.right, 4),
                }
                for each in self.bins
            ],
        }


def reliability(likely: Sequence[float], right: Sequence[bool]) -> Reliability:
    """Likelihoods in 0…1 of the first articles, held against which of them are right."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for value, is_right in zip(likely, right, strict=True):
        members[min(int(value * BINS), BINS - 1)].append((value, is_right))
    bins = tuple(_bin(number / BINS, each) for number, each in enumerate(members))
    total = max(1, len(likely))
    apart = (
        each.questions * abs(each.likely - each.right) / total
        for each in bins
        if each.likely is not None and each.right is not None
    )
    return Reliability(bins, sum(apart))


def _bin(low: float, members: Sequence[tuple[float, bool]]) -> Bin:
    if not members:
        return Bin(low, 0, None, None)
    likely = statistics.fmean(value for value, _ in members)
    return Bin(low, len(members), likely, statistics.fmean(right for _, right in members))


def format_reliability(found: Reliability) -> str:
    """The bins that hold questions as a table, a bar of the share of right ones each."""
    lines = [f"{'how likely':<14}{'n':>7}{'mean':>8}{'right':>8}"]
    for each in found.bins:
        if each.likely is not None and each.right is not None:
            bar = "█" * round(each.right * _BAR)
            name = f"{each.low:.1f}–{each.low + 1 / BINS:.1f}"
            figures = f"{each.questions:>7}{each.likely:>8.3f}{each.right:>8.3f}"
            lines.append(f"{name:<14}{figures}  {bar}".rstrip())
    return "\n".join([*lines, f"expected calibration error {found.error:.3f}"])
