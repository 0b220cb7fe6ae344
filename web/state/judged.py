"""Judged questions out of what readers did: votes on answers, and clicks that agree."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.judgments import Judgment
from indexer.text.normalise import normalise
from web.state.database import StateDatabase

# Grades of judged questions: answers, answers partly, does not answer.
_HELPED, _CLICKED, _DID_NOT_HELP = 2, 1, 0


@dataclass(frozen=True, slots=True)
class JudgedByReaders:
    """What readers say of the questions in the query log.

    Attributes:
        judgments: the questions, the first asked first.
        votes: articles graded by votes.
        clicks: articles graded by clicks alone.
        unknown_votes: votes on searches that the query log does not hold.
    """

    judgments: tuple[Judgment, ...]
    votes: int
    clicks: int
    unknown_votes: int


@dataclass(slots=True)
class _Asked:
    """A question over all the times it was asked, in whatever case and width."""

    query: str
    votes: Counter[str] = field(default_factory=Counter)
    clicks: Counter[str] = field(default_factory=Counter)

    def grades(self, least_clicks: int) -> dict[str, int]:
        """Votes decide where they do not cancel each other; clicks where enough agree."""
        clicked = {key: _CLICKED for key, n in self.clicks.items() if n >= least_clicks}
        voted = {
            key: _HELPED if balance > 0 else _DID_NOT_HELP
            for key, balance in self.votes.items()
            if balance
        }
        return dict(sorted((clicked | voted).items()))


def judged_by_readers(database: StateDatabase, least_clicks: int) -> JudgedByReaders:
    """Gather votes and clicks by question.

    Args:
        database: of the site.
        least_clicks: searches of a question that must have led to an article for it to count.

    Raises:
        StateError: it cannot be read.
    """
    with database.read() as connection:
        if connection is None:
            return JudgedByReaders((), 0, 0, 0)
        asked = _gather(connection)
        (unknown,) = connection.execute(
            "SELECT COUNT(*) FROM feedback WHERE query_id NOT IN (SELECT query_id FROM queries)"
        ).fetchone()
    graded = [(each.query, each.grades(least_clicks)) for each in asked]
    grades = [grade for _, found in graded for grade in found.values()]
    clicks = grades.count(_CLICKED)
    return JudgedByReaders(
        tuple(Judgment(query, found, "readers") for query, found in graded if found),
        len(grades) - clicks,
        clicks,
        unknown,
    )


def to_lines(judgments: Iterable[Judgment]) -> str:
    """Judged questions as ``read_judgments`` reads them, a JSON object a line."""
    values = ({"query": j.query, "relevant": dict(j.relevant), "kind": j.kind} for j in judgments)
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def _gather(connection: sqlite3.Connection) -> Iterable[_Asked]:
    by_search: dict[str, _Asked] = {}
    by_question: dict[str, _Asked] = {}
    rows = connection.execute("SELECT query_id, query FROM queries ORDER BY asked_at, query_id")
    for query_id, query in rows:
        by_search[query_id] = by_question.setdefault(_key(query), _Asked(query))
    for query_id, article_id, helpful in connection.execute(
        "SELECT query_id, article_id, helpful FROM feedback"
    ):
        if query_id in by_search:
            by_search[query_id].votes[article_id] += 1 if helpful else -1
    for query_id, article_id in _clicks(connection):
        if query_id in by_search:
            by_search[query_id].clicks[article_id] += 1
    return by_question.values()


def _clicks(connection: sqlite3.Connection) -> Iterable[tuple[str, str]]:
    """None from a database that an earlier version wrote and nobody may change."""
    there = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'clicks'").fetchone()
    return connection.execute("SELECT query_id, article_id FROM clicks") if there else ()


def _key(query: str) -> str:
    """What makes two questions the same: case, width, spaces and closing marks do not."""
    return "".join(normalise(query).text.split()).rstrip("?!。.")
