"""A plain word of warning for questions that touch fraud or unlawful practice."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.lexicon import Risk
from search.reading import Question
from search.response import Notice

_AT_MOST = 2


def notices(question: Question, risks: Sequence[Risk]) -> tuple[Notice, ...]:
    """Notices on the risks that a question touches, in the lexicon's order, two at most."""
    text = question.canonical.replace(" ", "")
    touched = (risk for risk in risks if any(term in text for term in risk.terms))
    return tuple(Notice("risk", risk.notice) for risk in touched)[:_AT_MOST]
