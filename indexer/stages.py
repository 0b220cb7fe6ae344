"""Stages of a loan, as a lexicon lists them, and the one that a title is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.errors import SourceError
from indexer.subjects import GAP

_ALIKE = "yes"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that a borrower comes to.

    Attributes:
        name: its name.
        terms: what titles of its questions say; `GAP` in one stands for a few characters.
        following: names of stages that may follow.
        alike: ``yes`` where all its questions are of a kind, else empty.
    """

    name: str
    terms: tuple[str, ...]
    following: frozenset[str]
    alike: str


def check_stages(stages: Sequence[Stage], fault: Callable[[str], SourceError]) -> None:
    """Check that each stage has terms of its own, and leads to others that are listed.

    Raises:
        SourceError: made by `fault`, of a stage that has not.
    """
    names = {stage.name for stage in stages}
    stage_of: dict[str, str] = {}
    for stage in stages:
        if not stage.terms:
            raise fault(f"[{stage.name}] needs terms")
        if strange := sorted(stage.following - (names - {stage.name})):
            raise fault(f'[{stage.name}] cannot be followed by "{strange[0]}"')
        if stage.alike not in ("", _ALIKE):
            raise fault(f"[{stage.name}] write alike = {_ALIKE}, or leave it out")
        for term in stage.terms:
            if not all(term.split(GAP)):
                raise fault(f'[{stage.name}] "{term}" needs characters around …')
            if stage_of.setdefault(term, stage.name) != stage.name:
                raise fault(f'"{term}" stands in [{stage_of[term]}] and [{stage.name}]')


class StageFinder:
    """Finds the stage that a title is about."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        """Take the stages in order."""
        self._stages = stages
        by_length = sorted(
            ((term, number) for number, stage in enumerate(stages) for term in stage.terms),
            key=lambda pair: -len(pair[0]),
        )
        self._numbers = [number for _, number in by_length]
        self._pattern = re.compile(
            "|".join(f"({_written(term)})" for term, _ in by_length) or "(?!)"
        )

    def find(self, title: str) -> Stage | None:
        """The last stage that a normalised title names, or None."""
        found = (
            self._numbers[match.lastindex - 1]
            for match in self._pattern.finditer(title)
            if match.lastindex
        )
        last = max(found, default=None)
        return None if last is None else self._stages[last]


def _written(term: str) -> str:
    return ".{0,8}?".join(map(re.escape, term.split(GAP)))
