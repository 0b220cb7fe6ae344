"""How often the right passage of an article is shown, measured on judged passages."""

from __future__ import annotations

from collections import Counter
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
        unknown: how many more were not asked, as their article is not in the index.
    """

    questions: int
    best: int
    acceptable: int
    unknown: int = 0

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
            "unknown": self.unknown,
        }


def measure_passages(
    engine: SearchEngine, judgments: Sequence[PassageJudgment], advance: Callable[[int], None]
) -> dict[Part, PassagesShown]:
    """What is shown of the article that answers, wherever it is ranked, by part.

    Raises:
        InputError: the index has none of the articles, an article has no such passage, or a
            question is empty.
    """
    grades: dict[Part, list[int]] = {}
    unknown: Counter[Part] = Counter()
    for judgment in judgments:
        of_part = grades.setdefault(judgment.part, [])
        if engine.has(judgment.article):
            of_part.append(_grade(engine, judgment))
        else:
            unknown[judgment.part] += 1
        advance(1)
    if judgments and not any(grades.values()):
        raise InputError(
            "none of the articles of the judged passages is in this index: they were judged on "
            "another collection"
        )
    return {
        part: PassagesShown(len(found), found.count(BEST), found.count(ACCEPTABLE), unknown[part])
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
    """Check that the article has the passages that were judged.

    Raises:
        ArticleNotFoundError: there is no such article.
        InputError: it has not.
    """
    anchors = {placed.anchor for placed in engine.article(judgment.article).placed_blocks()}
    if missing := set(judgment.passages) - anchors:
        raise InputError(
            f'the judged passages of "{judgment.article}": the article has no passage '
            f"{', '.join(sorted(missing))}; judge it again"
        )


def format_passages(shown: Mapping[Part, PassagesShown]) -> list[str]:
    """A line for each part."""
    return [
        f"passage shown, {part}: right {each.right} of {each.questions} "
        f"(best {each.best}, acceptable {each.acceptable})"
        + (f"; {each.unknown} on articles that are not in this index" if each.unknown else "")
        for part, each in shown.items()
    ]
