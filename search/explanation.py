"""How each hit came to its place; worked out only for who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from indexer.article import Passage, PassageKind
from indexer.store.manifest import Calibration, Logistic
from indexer.store.words import SYNONYM_WEIGHT
from indexer.text.segment import Word
from search.answer import ArticleAnswer
from search.confidence import likelihood, logit
from search.fusion.rrf import K, ranks
from search.passage.shown import Shown, explain_choice
from search.ranking import RETRIEVERS_OF, Found, RankedArticle
from search.reading import Question
from search.response import Mode, Status

Method = Literal["logistic", "reciprocal_rank", "retriever"]


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a score: ``weight * score``, a bias, or what a rank gives."""

    name: str
    value: float
    weight: float | None = None
    score: float | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A score with what it is made of.

    Attributes:
        method: how the score comes of the sum: ``logistic`` is ``1 / (1 + exp(-sum))``,
            ``reciprocal_rank`` and ``retriever`` are the sum itself.
        terms: summands; their values add up to `sum`.
    """

    method: Method
    terms: tuple[Term, ...]
    sum: float
    score: float

    @property
    def formula(self) -> str:
        """The score as arithmetic, with rounded numbers."""
        added = " + ".join(_arithmetic(term) for term in self.terms)
        if self.method == "logistic":
            added = f"1 / (1 + exp(-({added})))"
        return f"{added} = {self.score:.4f}"

    def to_json(self) -> dict[str, object]:
        """All numbers unrounded, and the formula to read."""
        terms = [
            {name: value for name, value in asdict(term).items() if value is not None}
            for term in self.terms
        ]
        return {
            "method": self.method,
            "terms": terms,
            "sum": self.sum,
            "score": self.score,
            "formula": self.formula,
        }


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
class QueryExplanation:
    """How the question was read, and what the response may claim.

    Attributes:
        canonical: normalised, aliases replaced: what the encoder reads.
        tokens: content words that are looked for, shorter ones inside longer ones too.
        stop_words: words left out.
        expansions: synonyms by token, for tokens that have any.
        confidence: how likely the first hit is right; None without a hit or a calibration.
        suggest: from this confidence on hits are suggested.
        answer: from this confidence on the first hit answers.
    """

    canonical: str
    tokens: tuple[str, ...]
    stop_words: tuple[str, ...]
    aliases: tuple[Alias, ...]
    expansions: Mapping[str, tuple[Expansion, ...]]
    status: Status
    confidence: Sum | None
    suggest: float | None
    answer: float | None

    def to_json(self) -> dict[str, object]:
        """The object beside the hits of a response."""
        return {
            "canonical": self.canonical,
            "tokens": list(self.tokens),
            "stop_words": list(self.stop_words),
            "aliases": [asdict(each) for each in self.aliases],
            "expansions": {
                token: [asdict(each) for each in others]
                for token, others in self.expansions.items()
            },
            "status": self.status,
            "confidence": self.confidence.to_json() if self.confidence else None,
            "suggest_from": self.suggest,
            "answer_from": self.answer,
        }


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What one retriever found of an article.

    Attributes:
        score: its best passage's.
        rank: among the articles that the retriever found, before filters; ties share one.
        anchor, kind, text: that passage; a title has no anchor.
    """

    retriever: str
    score: float
    rank: int
    anchor: str
    kind: PassageKind
    text: str


@dataclass(frozen=True, slots=True)
class HitExplanation:
    """How one hit came to its place."""

    retrieved: tuple[Retrieved, ...]
    fusion: Sum
    passage: Shown

    def to_json(self) -> dict[str, object]:
        """The object inside a hit."""
        return {
            "retrieved": [asdict(each) for each in self.retrieved],
            "fusion": self.fusion.to_json(),
            "passage": self.passage.to_json(),
        }


class Explainer:
    """Explains the hits of one question.

    Args:
        found: what the retrievers found.
        ranked: every candidate in order, before filters.
        mode: whose order counts.
        calibration: what scores were fused by.
    """

    def __init__(
        self,
        found: Found,
        ranked: Sequence[RankedArticle],
        mode: Mode,
        calibration: Calibration | None,
    ) -> None:
        """Count the ranks of all candidates."""
        self._found = found
        self._names = RETRIEVERS_OF[mode]
        self._calibration = calibration
        self._ranks = {
            name: ranks({each.card.id: each.scores[name] for each in ranked if name in each.scores})
            for name in self._names
        }

    def hit(self, ranked: RankedArticle, answered: ArticleAnswer) -> HitExplanation:
        """How a hit came to its place.

        Args:
            ranked: the hit's article.
            answered: what it answers, and why with this passage.
        """
        retrieved = tuple(
            self._retrieved(name, ranked, answered.passages)
            for name in self._names
            if name in ranked.scores
        )
        return HitExplanation(retrieved, self._fusion(ranked), explain_choice(answered.choice))

    def _retrieved(
        self, name: str, ranked: RankedArticle, passages: Mapping[int, Passage]
    ) -> Retrieved:
        found = self._found[name]
        row = max((row for row in passages if row in found), key=lambda row: (found[row], -row))
        best = passages[row]
        rank = self._ranks[name][ranked.card.id]
        return Retrieved(name, found[row], rank, best.anchor, best.kind, best.text)

    def _fusion(self, ranked: RankedArticle) -> Sum:
        if len(self._names) == 1:
            name = self._names[0]
            score = ranked.scores[name]
            return Sum("retriever", (Term(name, score, score=score),), score, score)
        if self._calibration:
            return logistic_sum(ranked.candidate.scores, self._calibration.fusion)
        best = len(self._names) / (K + 1)
        terms = tuple(
            Term(name, 1 / (K + rank) / best, rank=rank)
            for name in self._names
            if (rank := self._ranks[name].get(ranked.card.id))
        )
        return Sum("reciprocal_rank", terms, sum(term.value for term in terms), ranked.score)


def explain_question(
    words: Sequence[Word],
    question: Question,
    status: Status,
    best: Mapping[str, float] | None,
    calibration: Calibration | None,
) -> QueryExplanation:
    """How a question was read, and what its first hit's scores may claim.

    Args:
        words: the question's words as they are cut.
        question: as the retrievers see it.
        status: what the response claims.
        best: retrievers' scores of the first hit.
        calibration: what the status rests on.
    """
    return QueryExplanation(
        canonical=question.canonical,
        tokens=tuple(question.expansions),
        stop_words=tuple(dict.fromkeys(w.text for w in words if w.stop and w.text.isalnum())),
        aliases=tuple(Alias(w.text, w.name) for w in words if w.name != w.text),
        expansions={
            token: tuple(Expansion(other, SYNONYM_WEIGHT) for other in others)
            for token, others in question.expansions.items()
            if others
        },
        status=status,
        confidence=logistic_sum(best, calibration.confidence) if best and calibration else None,
        suggest=calibration.suggest if calibration else None,
        answer=calibration.answer if calibration else None,
    )


def logistic_sum(scores: Mapping[str, float], logistic: Logistic) -> Sum:
    """A likelihood with its terms."""
    weighed = (("vector", logistic.vector), ("keyword", logistic.keyword))
    terms = (
        Term("bias", logistic.bias),
        *(
            Term(name, weight * scores.get(name, 0.0), weight, scores.get(name, 0.0))
            for name, weight in weighed
        ),
    )
    return Sum("logistic", terms, logit(scores, logistic), likelihood(scores, logistic))


def _arithmetic(term: Term) -> str:
    if term.rank is not None:
        return f"{term.value:.4f}[{term.name} {term.rank}]"
    if term.weight is not None:
        return f"{term.weight:.4f} * {term.score:.4f}[{term.name}]"
    return f"{term.value:.4f}[{term.name}]"
