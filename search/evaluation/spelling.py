"""What the correction of misspelt questions does to judged ones, for better and for worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from search.engine import SearchEngine
from search.evaluation.evaluate import Outcome
from search.evaluation.metrics import hit_at
from search.query import Query

# The kind of judged questions that are misspelt on purpose.
MISSPELT = "typo"


@dataclass(frozen=True, slots=True)
class SpellingOutcome:
    """A judged question that was answered as something else.

    Attributes:
        corrected: what was asked instead.
        right_before, right_after: whether the first hit is right as it is written, and as
            it was corrected.
    """

    query: str
    kind: str
    corrected: str
    right_before: bool
    right_after: bool

    @property
    def false(self) -> bool:
        """Whether the question had better been left alone.

        A question that was not misspelt on purpose may be changed only if that brings its
        right article first; a misspelt one only if that does not lose it.
        """
        if self.kind in (MISSPELT, ""):
            return self.right_before and not self.right_after
        return self.right_before or not self.right_after


@dataclass(frozen=True, slots=True)
class Spelling:
    """What correction did over some judged questions.

    Attributes:
        questions: how many were asked.
        outcomes: those that were answered as something else.
        hit_at_1: of answerable questions, as they are written.
        hit_at_1_corrected: of the same with corrections, which is what readers get.
    """

    questions: int
    outcomes: tuple[SpellingOutcome, ...]
    hit_at_1: float
    hit_at_1_corrected: float

    @property
    def false(self) -> tuple[SpellingOutcome, ...]:
        """False corrections."""
        return tuple(each for each in self.outcomes if each.false)

    @property
    def false_rate(self) -> float:
        """False corrections among all questions, in 0…1."""
        return len(self.false) / self.questions if self.questions else 0.0

    def to_json(self) -> dict[str, object]:
        """The figures, and every false correction."""
        return {
            "questions": self.questions,
            "corrected": len(self.outcomes),
            "false": len(self.false),
            "false_rate": round(self.false_rate, 4),
            "hit_at_1": round(self.hit_at_1, 4),
            "hit_at_1_corrected": round(self.hit_at_1_corrected, 4),
            "false_corrections": [asdict(each) for each in self.false],
        }


def measure_spelling(engine: SearchEngine, outcomes: Sequence[Outcome]) -> Spelling:
    """Ask judged questions again, as readers do.

    Args:
        engine: the engine that gave the outcomes.
        outcomes: of the questions as they are written, ranked by both retrievers.
    """
    found = []
    for each in outcomes:
        judgment = each.judgment
        response = engine.search(Query.parse(judgment.query, limit=1))
        if response.corrected_query is not None:
            found.append(
                SpellingOutcome(
                    judgment.query,
                    judgment.kind,
                    response.corrected_query,
                    right_before=each.rank == 1,
                    right_after=any(hit.id in judgment.best for hit in response.hits),
                )
            )
    answerable = [each for each in outcomes if each.judgment.answerable]
    right = sum(hit_at(each.ranking, each.judgment.best, 1) for each in answerable)
    gained = sum(each.right_after - each.right_before for each in found)
    count = max(1, len(answerable))
    return Spelling(len(outcomes), tuple(found), right / count, (right + gained) / count)


def format_spelling(spelling: Spelling) -> str:
    """One line for the report."""
    return (
        f"corrected {len(spelling.outcomes)} of {spelling.questions}, "
        f"false {len(spelling.false)} ({spelling.false_rate:.1%}); "
        f"Hit@1 {spelling.hit_at_1:.3f} as written, {spelling.hit_at_1_corrected:.3f} corrected"
    )
