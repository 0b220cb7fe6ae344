"""How a question was read, and what the response may claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from indexer.store.calibration import Calibration
from indexer.store.words import SYNONYM_WEIGHT
from indexer.text.segment import Word
from search.clauses import Clause
from search.explanation.sums import Sum
from search.reading import Question
from search.response import Status
from search.spelling.corrector import Correction
from search.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Alias:
    """A word as it is written and the name that it is read as."""

    written: str
    name: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """A word that answers one of the question's as well, and what it counts."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class CorrectionExplanation:
    """Why something else was asked than what was written.

    Attributes:
        correction: what was changed.
        confidence_as_written: how likely the first hit of the written question is right.
        confidence_corrected: the same of the corrected question.
    """

    correction: Correction
    confidence_as_written: float
    confidence_corrected: float

    def to_json(self) -> dict[str, object]:
        """The object inside the explanation of a question."""
        return {
            **self.correction.to_json(),
            "confidence_as_written": self.confidence_as_written,
            "confidence_corrected": self.confidence_corrected,
        }


@dataclass(frozen=True, slots=True)
class QueryExplanation:
    """How the question was read, and what the response may claim.

    Attributes:
        canonical: normalised, aliases replaced: what the encoder reads.
        tokens: content words that are looked for, shorter ones inside longer ones too.
        stop_words: words left out.
        clauses: of a long question, each with its weight.
        expansions: synonyms by token, for tokens that have any.
        about: products, numbers and contrasts that were understood.
        confidence: how likely the first hit is right; None without a hit or a calibration.
        suggest: from this confidence on hits are suggested.
        answer: from this confidence on the first hit answers.
        correction: what was asked instead of the question as it was written, and why.
    """

    canonical: str
    tokens: tuple[str, ...]
    stop_words: tuple[str, ...]
    aliases: tuple[Alias, ...]
    clauses: tuple[Clause, ...]
    expansions: Mapping[str, tuple[Expansion, ...]]
    about: Understanding
    status: Status
    confidence: Sum | None
    suggest: float | None
    answer: float | None
    correction: CorrectionExplanation | None = None

    def to_json(self) -> dict[str, object]:
        """The object beside the hits of a response."""
        return {
            "canonical": self.canonical,
            "tokens": list(self.tokens),
            "stop_words": list(self.stop_words),
            "aliases": [asdict(each) for each in self.aliases],
            "clauses": [asdict(each) for each in self.clauses],
            "expansions": {
                token: [asdict(each) for each in others]
                for token, others in self.expansions.items()
            },
            "about": self.about.to_json(),
            "status": self.status,
            "confidence": self.confidence.to_json() if self.confidence else None,
            "suggest_from": self.suggest,
            "answer_from": self.answer,
            "correction": self.correction.to_json() if self.correction else None,
        }


def explain_question(
    words: Sequence[Word],
    question: Question,
    about: Understanding,
    status: Status,
    confidence: Sum | None,
    calibration: Calibration | None,
) -> QueryExplanation:
    """How a question was read, and what its first hit's scores may claim.

    Args:
        words: the question's words as they are cut.
        question: as the retrievers see it.
        about: what was understood of it.
        status: what the response claims.
        confidence: how likely the first hit is right; None without one or a calibration.
        calibration: what the status rests on.
    """
    return QueryExplanation(
        canonical=question.canonical,
        tokens=tuple(question.expansions),
        stop_words=tuple(dict.fromkeys(w.text for w in words if w.stop and w.text.isalnum())),
        aliases=tuple(Alias(w.text, w.name) for w in words if w.name != w.text),
        clauses=question.clauses,
        expansions={
            token: tuple(Expansion(other, SYNONYM_WEIGHT) for other in others)
            for token, others in question.expansions.items()
            if others
        },
        about=about,
        status=status,
        confidence=confidence,
        suggest=calibration.suggest if calibration else None,
        answer=calibration.answer if calibration else None,
    )
