"""A plain word of warning for questions that touch fraud or unlawful practice."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.lexicon import Risk
from indexer.text.segment import Segmenter
from search.response import Notice

_AT_MOST = 2


class RiskNotices:
    """Finds the risks that a question touches."""

    def __init__(self, segmenter: Segmenter, risks: Sequence[Risk]) -> None:
        """Take the index's segmenter and the lexicon's risks."""
        self._segmenter = segmenter
        self._risks = risks

    def about(self, question: str) -> tuple[Notice, ...]:
        """Notices for a question, in the lexicon's order, two at most."""
        text = self._segmenter.canonical(question).replace(" ", "")
        touched = (risk for risk in self._risks if any(term in text for term in risk.terms))
        return tuple(Notice("risk", risk.notice) for risk in touched)[:_AT_MOST]
