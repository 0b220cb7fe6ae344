"""The cheapest reading of a question, by dynamic programming over its characters.

A. J. Viterbi, "Error bounds for convolutional codes", 1967.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.spelling.candidates import Candidate
from search.spelling.costs import UNKNOWN_LETTER, UNKNOWN_RUN, CharacterCosts
from search.spelling.text import OpenText, is_chinese

# Of the readings up to a place the cheapest of as many last characters are followed.
_FOLLOWED = 8


@dataclass(frozen=True, slots=True)
class _Reading:
    """A reading up to some place: its cost, last character, and how it came about."""

    cost: float
    last: str
    candidate: Candidate | None
    before: _Reading | None

    def candidates(self) -> tuple[Candidate, ...]:
        found = []
        reading: _Reading | None = self
        while reading is not None:
            if reading.candidate is not None:
                found.append(reading.candidate)
            reading = reading.before
        return tuple(reversed(found))


def cost_as_written(question: OpenText, costs: CharacterCosts) -> float:
    """What the question costs as it stands."""
    reading = _Reading(0.0, "", None, None)
    at = 0
    while at < len(question.text):
        at, reading = _as_written(question, at, reading, costs)
    return reading.cost


def cheapest(
    question: OpenText, candidates: Iterable[Candidate], costs: CharacterCosts
) -> tuple[float, tuple[Candidate, ...]]:
    """The cost of the cheapest reading, and the candidates that it takes."""
    starting: dict[int, list[Candidate]] = {}
    for each in candidates:
        starting.setdefault(each.start, []).append(each)
    size = len(question.text)
    places: list[dict[str, _Reading]] = [{} for _ in range(size + 1)]
    places[0][""] = _Reading(0.0, "", None, None)
    for at in range(size):
        followed = sorted(places[at].values(), key=lambda each: each.cost)[:_FOLLOWED]
        for reading in followed:
            if not question.inside_run(at):
                end, literal = _as_written(question, at, reading, costs)
                _offer(places[end], literal)
            for each in starting.get(at, ()):
                cost = reading.cost + each.cost + costs.run(reading.last, each.word)
                _offer(places[each.end], _Reading(cost, each.word[-1], each, reading))
    best = min(places[size].values(), key=lambda each: each.cost)
    return best.cost, best.candidates()


def _offer(place: dict[str, _Reading], reading: _Reading) -> None:
    known = place.get(reading.last)
    if known is None or reading.cost < known.cost:
        place[reading.last] = reading


def _as_written(
    question: OpenText, at: int, before: _Reading, costs: CharacterCosts
) -> tuple[int, _Reading]:
    """The next word or character left as it is, and where it ends."""
    if at in question.words:
        end, name = question.words[at]
        cost, last = before.cost, before.last
        for char in name:
            if is_chinese(char):
                cost += costs.after(last, char)
            last = char if is_chinese(char) else ""
        return end, _Reading(cost, last, None, before)
    if at in question.runs:
        end = question.runs[at]
        unknown = UNKNOWN_RUN + UNKNOWN_LETTER * (end - at)
        return end, _Reading(before.cost + unknown, "", None, before)
    char = question.text[at]
    if is_chinese(char):
        cost = before.cost + costs.after(before.last, char)
        return at + 1, _Reading(cost, char, None, before)
    # A space says nothing of what stands before it.
    last = before.last if char == " " else ""
    return at + 1, _Reading(before.cost, last, None, before)
