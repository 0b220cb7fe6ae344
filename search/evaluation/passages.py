"""How often the right passage of an article is shown, measured on judged passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from indexer.errors import InputError, QueryError
from indexer.passage_judgments import Part, PassageJudgment
from search.engine import SearchEngine
from search.query import Query

BEST, ACCEPTABLE = 2, 1


@dataclass(frozen=True, slots=True)
class PassagesShown:
    """How many questions of a part were shown a right passage.

    Attributes:
        questions: how many were asked.
        best: how many were shown a passage of the highest grade.
        acceptable: how many one of the lower grade.
    """

    questions: int
    best: int
    acceptable: int

    @property
    def right(self) -> int:
        """How many were shown either."""
        return self.best + self.acceptable

    def to_json(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "questions": self.questions,
            "right": self.right,
            "best": self.best,
            "acceptable": self.acceptable,
        }


def measure_passages(
    engine: SearchEngine, judgments: Sequence[PassageJudgment], advance: Callable[[int], None]
) -> dict[Part, PassagesShown]:
    """What is shown of the article that answers, wherever it is ranked, by part.

    Raises:
        InputError: an article or a passage is not in the index, or a question is empty.
    """
    grades: dict[Part, list[int]] = {}
    for judgment in judgments:
        grades.setdefault(judgment.part, []).append(_grade(engine, judgment))
        advance(1)
    return {
        part: PassagesShown(len(found), found.count(BEST), found.count(ACCEPTABLE))
        for part, found in grades.items()
    }


def _grade(engine: SearchEngine, judgment: PassageJudgment) -> int:
    check_passages(engine, judgment)
    try:
        query = Query.parse(judgment.query)
    except QueryError as error:
        raise InputError(f"the judged question {judgment.query[:20]!r}…: {error}") from error
    return judgment.passages.get(engine.answer(query, judgment.article).anchor, 0)


def check_passages(engine: SearchEngine, judgment: PassageJudgment) -> None:
    """Check that what was judged is in the index.

    Raises:
        InputError: the article is not, or has no such passage.
    """
    where = f'the judged passages of "{judgment.article}"'
    if not engine.has(judgment.article):
        raise InputError(f"{where}: no such article is in this index; name the file for it")
    anchors = {placed.anchor for placed in engine.article(judgment.article).placed_blocks()}
    if unknown := set(judgment.passages) - anchors:
        raise InputError(f"{where}: the article has no passage {', '.join(sorted(unknown))}")


def format_passages(shown: Mapping[Part, PassagesShown]) -> list[str]:
    """A line for each part."""
    return [
        f"passage shown, {part}: right {each.right} of {each.questions} "
        f"(best {each.best}, acceptable {each.acceptable})"
        for part, each in shown.items()
    ]
