"""What visitors left, gathered for who runs the site."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from web.state.database import StateDatabase


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """What was said of an article."""

    article_id: str
    likes: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """How a question of the query log was answered, over all the times it was asked.

    Attributes:
        asked: how often.
        unanswered: how often nothing was found.
        unhelpful: votes that an answer did not help.
    """

    query: str
    asked: int
    unanswered: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class StateReport:
    """Articles by what was said of them, the most first; questions, the worst first."""

    articles: tuple[ArticleReport, ...]
    questions: tuple[QuestionReport, ...]


def report(database: StateDatabase, most: int) -> StateReport:
    """What visitors left, at most so many articles and so many questions.

    Raises:
        StateError: it cannot be read.
    """
    with database.read() as connection:
        if connection is None:
            return StateReport((), ())
        return StateReport(_articles(connection, most), _questions(connection, most))


def _articles(connection: sqlite3.Connection, most: int) -> tuple[ArticleReport, ...]:
    rows = connection.execute(
        "SELECT article_id, SUM(likes), SUM(helpful), SUM(unhelpful) FROM ("
        "  SELECT article_id, 1 AS likes, 0 AS helpful, 0 AS unhelpful FROM likes"
        "  UNION ALL SELECT article_id, 0, helpful, 1 - helpful FROM feedback"
        ") GROUP BY article_id"
        " ORDER BY SUM(likes + helpful + unhelpful) DESC, SUM(unhelpful) DESC, article_id LIMIT ?",
        (most,),
    )
    return tuple(ArticleReport(*row) for row in rows)


def _questions(connection: sqlite3.Connection, most: int) -> tuple[QuestionReport, ...]:
    rows = connection.execute(
        "SELECT query, COUNT(*) AS asked, SUM(status = 'none') AS unanswered,"
        " SUM((SELECT COUNT(*) FROM feedback"
        "      WHERE feedback.query_id = queries.query_id AND NOT helpful)) AS unhelpful"
        " FROM queries GROUP BY query HAVING unanswered + unhelpful > 0"
        " ORDER BY unanswered + unhelpful DESC, asked DESC, query LIMIT ?",
        (most,),
    )
    return tuple(QuestionReport(*row) for row in rows)
