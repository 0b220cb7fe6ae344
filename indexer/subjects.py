"""What texts can be about, and the contrasts between them, as a lexicon lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from indexer.errors import SourceError


@dataclass(frozen=True, slots=True)
class Subject:
    """A product, a platform or a kind of loan that a text can be about.

    Attributes:
        names: the name it goes by, then the others.
        wider: what it belongs to, and what that belongs to.
    """

    names: tuple[str, ...]
    wider: frozenset[str]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Sides of which a text takes one.

    Attributes:
        axis: its name.
        sides: phrases of each side; ``…`` in one stands for a few characters.
    """

    axis: str
    sides: Mapping[str, tuple[str, ...]]


# Of a negated phrase of YES the text is on the side NO.
YES, NO = "是", "否"
# In a phrase: a few characters. Normalising makes three dots of ``…``.
GAP = "..."


def read_subjects(
    lines: Iterable[tuple[int, tuple[tuple[str, ...], ...]]],
    fault: Callable[[int, str], SourceError],
) -> tuple[Subject, ...]:
    """Subjects of numbered lines, each of its names and of what it belongs to.

    Raises:
        SourceError: made by `fault`, of a name that stands twice, or that belongs to what is
            not listed or to itself.
    """
    wider: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    line_of: dict[str, int] = {}
    for number, (own, belongs_to) in lines:
        if not own:
            raise fault(number, 'write "name = other names : what it belongs to"')
        for name in own:
            if name in line_of:
                raise fault(number, f'"{name}" already stands in line {line_of[name]}')
            line_of[name] = number
        names[own[0]], wider[own[0]] = own, belongs_to
    for name, belongs_to in wider.items():
        for each in belongs_to:
            if each not in names:
                raise fault(line_of[name], f'"{each}" has no line of its own')
    subjects = tuple(Subject(own, _closure(name, wider)) for name, own in names.items())
    for subject in subjects:
        if subject.names[0] in subject.wider:
            raise fault(line_of[subject.names[0]], f'"{subject.names[0]}" belongs to itself')
    return subjects


def _closure(name: str, wider: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """All that a name belongs to, however many steps away."""
    found: set[str] = set()
    waiting = list(wider[name])
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += wider[each]
    return frozenset(found)


def read_contrast(
    axis: str, sides: Mapping[str, tuple[str, ...]], fault: Callable[[str], SourceError]
) -> Contrast:
    """A contrast of at least two sides, each with a phrase; 是 alone has its negation.

    Raises:
        SourceError: made by `fault`, of a contrast that has not, or of a phrase that would be
            found everywhere.
    """
    for phrase in (each for phrases in sides.values() for each in phrases):
        if max(map(len, phrase.split(GAP))) < 2:
            raise fault(f'[{axis}] "{phrase}" needs two characters beside each other')
    if not all(sides.values()) or (len(sides) < 2 and YES not in sides):
        raise fault(f"[{axis}] needs two sides (or {YES} alone), each with a phrase")
    return Contrast(axis, sides)
