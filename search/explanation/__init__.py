"""Explanations: of how a question was read, and of how each hit came to its place."""

from search.explanation.hit import Explainer, HitExplanation, Retrieved
from search.explanation.question import CorrectionExplanation, QueryExplanation, explain_question
from search.explanation.sums import Method

__all__ = [
    "CorrectionExplanation",
    "Explainer",
    "HitExplanation",
    "Method",
    "QueryExplanation",
    "Retrieved",
    "explain_question",
]
