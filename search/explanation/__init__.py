"""Explanations: of how a question was read, and of how each hit came to its place."""

from search.explanation.hit import Explainer, HitExplanation, Reason, Retrieved
from search.explanation.question import QueryExplanation, explain_question
from search.explanation.sums import Method

__all__ = [
    "Explainer",
    "HitExplanation",
    "Method",
    "QueryExplanation",
    "Reason",
    "Retrieved",
    "explain_question",
]
