"""Feedback: whether an article helped with a question; nothing of who said so."""

from __future__ import annotations

from dataclasses import dataclass

from web.state.database import StateDatabase


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether an article helped.

    Attributes:
        query_id: of the search that found it.
    """

    query_id: str
    article_id: str
    helpful: bool


class FeedbackStore:
    """Feedback, one for each search and article."""

    def __init__(self, database: StateDatabase) -> None:
        """Take the database that it is in."""
        self._database = database

    def give(self, feedback: Feedback) -> None:
        """Keep feedback; a later one on the same search and article takes its place.

        Raises:
            StateError: it cannot be written.
        """
        with self._database.write() as database:
            database.execute(
                "INSERT INTO feedback (query_id, article_id, helpful) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET helpful = excluded.helpful, given_on = CURRENT_DATE",
                (feedback.query_id, feedback.article_id, int(feedback.helpful)),
            )
