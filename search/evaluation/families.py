"""Near neighbours: articles of one family, whose questions differ in one word that matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.judgments import Judgment


@dataclass(frozen=True, slots=True)
class FamilyOrder:
    """Questions about an article that has wrong neighbours of its family.

    Attributes:
        questions: how many there are.
        in_order: how many of them have a right article above all wrong ones of its family.
    """

    questions: int
    in_order: int

    def to_json(self) -> dict[str, float | int]:
        """Figures by name."""
        share = self.in_order / self.questions if self.questions else 0.0
        return {"questions": self.questions, "right_above_wrong": round(share, 4)}


def family_order(
    judgments: Sequence[Judgment],
    rankings: Sequence[Sequence[str]],
    families: Mapping[str, str],
) -> FamilyOrder:
    """How often the right article of a family stands above the wrong ones.

    An article that answers partly is neither; one that was not found stands below all.

    Args:
        judgments: as they were asked.
        rankings: every article id found for each of them, best first.
        families: family by article id, of those that have one.
    """
    members: dict[str, set[str]] = defaultdict(set)
    for key, family in families.items():
        members[family].add(key)
    orders = [
        _is_in_order(ranking, judgment.best, wrong)
        for judgment, ranking in zip(judgments, rankings, strict=True)
        if (wrong := _wrong_siblings(judgment, families, members))
    ]
    return FamilyOrder(len(orders), sum(orders))


def _wrong_siblings(
    judgment: Judgment, families: Mapping[str, str], members: Mapping[str, set[str]]
) -> set[str]:
    graded = {key for key, grade in judgment.relevant.items() if grade}
    of_right = {families[key] for key in judgment.best if key in families}
    return {key for family in of_right for key in members[family]} - graded


def _is_in_order(ranking: Sequence[str], right: frozenset[str], wrong: set[str]) -> bool:
    return next((key in right for key in ranking if key in right or key in wrong), False)
