"""What two indexes, or two ways of asking one, answer differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from indexer.errors import InputError, QueryError
from indexer.judgments import Judgment, read_judgments
from search.engine import SearchEngine
from search.query import Query
from search.response import Mode, Status

Verdict: TypeAlias = Literal["better", "worse", "neither", ""]


@dataclass(frozen=True, slots=True)
class First:
    """What stands first for a question.

    Attributes:
        id: of the article; empty where nothing was found.
        title: of the article.
        status: what the response claims of it.
    """

    id: str
    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose first article is another one now.

    Attributes:
        verdict: what its judgment says of the change; empty where it has none.
    """

    query: str
    old: First
    new: First
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed.

    Attributes:
        questions: how many were asked.
        changes: in the order of the questions.
        statuses: of the questions with the same first article, how many changed their
            status, by old and new status.
    """

    questions: int
    changes: Sequence[Change]
    statuses: Counter[tuple[Status, Status]]

    def count(self, verdict: Verdict) -> int:
        """How many changes have that verdict."""
        return sum(change.verdict == verdict for change in self.changes)

    def to_json(self) -> dict[str, object]:
        """The object that ``--json`` gives."""
        return {
            "questions": self.questions,
            "changed": len(self.changes),
            "better": self.count("better"),
            "worse": self.count("worse"),
            "statuses": [
                {"old": old, "new": new, "count": count}
                for (old, new), count in self.statuses.most_common()
            ],
            "changes": [
                {
                    "query": change.query,
                    "old": _first_to_json(change.old),
                    "new": _first_to_json(change.new),
                    "verdict": change.verdict or None,
                }
                for change in self.changes
            ],
        }


def read_questions(path: Path) -> list[Judgment]:
    """Questions to compare by: judged ones (``.jsonl``), else a question a line.

    Raises:
        InputError: the file cannot be read, or holds no question.
    """
    if path.suffix == ".jsonl":
        return list(read_judgments(path))
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read as UTF-8 text ({reason})") from error
    questions = [Judgment(line.strip(), {}) for line in lines if line.strip()]
    if not questions:
        raise InputError(f"{path}: no question in the file; write one a line")
    return questions


def compare(
    old: tuple[SearchEngine, Mode],
    new: tuple[SearchEngine, Mode],
    questions: Sequence[Judgment],
    advance: Callable[[int], None],
) -> Difference:
    """Ask two engines, each in a mode, the same questions.

    Raises:
        InputError: a question is empty or too long.
    """
    changes: list[Change] = []
    statuses: Counter[tuple[Status, Status]] = Counter()
    for question in questions:
        before, after = _first(*old, question), _first(*new, question)
        if before.id != after.id:
            changes.append(Change(question.query, before, after, _verdict(question, before, after)))
        elif before.status != after.status:
            statuses[before.status, after.status] += 1
        advance(1)
    return Difference(len(questions), changes, statuses)


def format_difference(difference: Difference) -> str:
    """The difference as text, worse changes first."""
    return "\n".join(_lines(difference))


def _lines(difference: Difference) -> Iterator[str]:
    order: dict[Verdict, int] = {"worse": 0, "neither": 1, "": 1, "better": 2}
    for change in sorted(difference.changes, key=lambda each: order[each.verdict]):
        yield f"{change.verdict or 'changed'}: {change.query}"
        for sign, first in (("-", change.old), ("+", change.new)):
            yield f"  {sign} {first.title or '(nothing)'} ({first.id or '-'}, {first.status})"
    judged = any(change.verdict for change in difference.changes)
    counts = (
        f": {difference.count('better')} better, {difference.count('worse')} worse, "
        f"{difference.count('neither')} neither"
        if judged
        else ""
    )
    yield (
        f"{len(difference.changes)} of {difference.questions} questions have another first "
        f"article{counts}"
    )
    for (old, new), count in difference.statuses.most_common():
        yield f"{count} with the same first article went from {old} to {new}"


def _first(engine: SearchEngine, mode: Mode, question: Judgment) -> First:
    try:
        response = engine.search(Query.parse(question.query, mode=mode, limit=1))
    except QueryError as error:
        raise InputError(f"the question {question.query[:20]!r}…: {error}") from error
    if not response.hits:
        return First("", "", response.status)
    return First(response.hits[0].id, response.hits[0].title, response.status)


def _verdict(question: Judgment, old: First, new: First) -> Verdict:
    if not question.relevant:
        return ""
    before, after = (question.relevant.get(each.id, 0) for each in (old, new))
    if before == after:
        return "neither"
    return "better" if after > before else "worse"


def _first_to_json(first: First) -> dict[str, str]:
    return {"id": first.id, "title": first.title, "status": first.status}
