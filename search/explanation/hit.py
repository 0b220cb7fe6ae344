"""How each hit came to its place; worked out only for who asks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from indexer.article import Passage, PassageKind
from indexer.store.calibration import Calibration
from indexer.store.questions import Exact
from search.answer import ArticleAnswer
from search.confidence import likelihood
from search.explanation.sums import FirstSum, Sum, Term, linear_terms, logistic_sum
from search.features import NEARNESS, named
from search.fusion.rrf import K, ranks
from search.modes import RETRIEVERS_OF
from search.objections import objected, objection_weight
from search.passage.shown import Shown, explain_choice
from search.ranking import RankedArticle, Ranking
from search.response import Mode
from search.retrieval.dense import DenseRetriever
from search.retrieval.words import WordRetriever
from search.understanding import Compared

_AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What one retriever found of an article.

    Attributes:
        score: its best passage's.
        rank: among the articles that the retriever found, before filters; ties share one.
        anchor, kind, text: that passage; a title or another wording of it has no anchor. To
            the words all other wordings are one text.
    """

    retriever: str
    score: float
    rank: int
    anchor: str
    kind: PassageKind
    text: str


@dataclass(frozen=True, slots=True)
class HitExplanation:
    """How one hit came to its place.

    Attributes:
        agreement: how far the article agrees with what the question is about.
    """

    retrieved: tuple[Retrieved, ...]
    fusion: Sum
    passage: Shown
    agreement: Compared

    def to_json(self) -> dict[str, object]:
        """The object inside a hit."""
        return {
            "retrieved": [asdict(each) for each in self.retrieved],
            "fusion": self.fusion.to_json(),
            "passage": self.passage.to_json(),
            "agreement": self.agreement.to_json(),
        }


class Explainer:
    """Explains the hits of one question.

    Args:
        ranking: every candidate in order, before filters.
        mode: whose order counts.
        calibration: what candidates were weighed by.
        compared: how far the articles to explain agree with the question, by row.
        passages: every passage of these articles, by the article's row.
    """

    def __init__(
        self,
        ranking: Ranking,
        mode: Mode,
        calibration: Calibration | None,
        compared: Mapping[int, Compared],
        passages: Mapping[int, Mapping[int, Passage]],
    ) -> None:
        """Count the ranks of all candidates."""
        self._ranking = ranking
        self._names = RETRIEVERS_OF[mode]
        self._calibration = calibration
        self._compared = compared
        self._passages = passages
        self._found = {name: found.by_row() for name, found in ranking.findings.passages.items()}
        self._ranks = {
            name: ranks(
                {
                    each.card.id: each.scores[name]
                    for each in ranking.articles
                    if name in each.scores
                }
            )
            for name in self._names
        }

    def hit(self, ranked: RankedArticle, answered: ArticleAnswer) -> HitExplanation:
        """How a hit came to its place.

        Args:
            ranked: the hit's article.
            answered: what it answers, and why with this passage.
        """
        passages = self._passages[ranked.card.row]
        retrieved = tuple(
            self._retrieved(name, ranked, passages)
            for name in self._names
            if name in self._found and name in ranked.scores
        )
        return HitExplanation(
            retrieved,
            self._fusion(ranked),
            explain_choice(answered.choice),
            self._compared[ranked.card.row],
        )

    def confidence(self, first: RankedArticle | None) -> Sum | None:
        """How likely the first hit is right; None without one or a calibration."""
        if first is None or self._calibration is None:
            return None
        if first.exact:
            return _exact(first.exact)
        best = logistic_sum(self._ranking.first, self._calibration.confidence)
        if first.likelihood is not None and math.isclose(first.likelihood, best.score):
            return best
        return self._relative(first, self._calibration)

    def _retrieved(
        self, name: str, ranked: RankedArticle, passages: Mapping[int, Passage]
    ) -> Retrieved:
        found = self._found[name]
        row = max((row for row in passages if row in found), key=lambda row: (found[row], -row))
        best = passages[row]
        rank = self._ranks[name][ranked.card.id]
        text = best.text
        if name == WordRetriever.name and best.kind == "asked":
            text = "\n".join(each.text for each in passages.values() if each.kind == "asked")
        return Retrieved(name, found[row], rank, best.anchor, best.kind, text)

    def _fusion(self, ranked: RankedArticle) -> Sum:
        if len(self._names) == 1:
            return Sum("retriever", self._alone(ranked), ranked.score, ranked.score)
        if ranked.exact:
            return _exact(ranked.exact)
        if self._calibration:
            return self._relative(ranked, self._calibration)
        best = len(self._names) / (K + 1)
        terms = tuple(
            Term(name, 1 / (K + rank) / best, rank=rank)
            for name in self._names
            if (rank := self._ranks[name].get(ranked.card.id))
        )
        fused = sum(term.value for term in terms)
        taken = objected(fused, _against(ranked)) - fused
        terms += (Term(_AGAINST, taken),) if taken else ()
        return Sum("reciprocal_rank", terms, fused + taken, ranked.score)

    def _alone(self, ranked: RankedArticle) -> tuple[Term, ...]:
        (name,) = self._names
        if name != DenseRetriever.name:
            return (Term(name, ranked.score, score=ranked.score),)
        values = named(ranked.features)
        return tuple(
            Term(part, weight * values[part], weight, values[part])
            for part, weight in NEARNESS.items()
        )

    def _relative(self, ranked: RankedArticle, calibration: Calibration) -> Sum:
        terms = linear_terms(named(ranked.relative), calibration.ranking)
        if against := _against(ranked):
            weight = objection_weight(calibration.ranking)
            terms += (Term(_AGAINST, weight * against, weight, against),)
        likely = likelihood(self._ranking.first, calibration.confidence)
        best = self._ranking.first_sum
        total = sum(term.value for term in terms)
        score = likely * math.exp(total - best)
        return Sum("relative", terms, total, score, FirstSum(best, likely))


def _against(ranked: RankedArticle) -> float:
    return named(ranked.features)[_AGAINST]


def _exact(kind: Exact) -> Sum:
    return Sum("exact", (Term(kind, 1.0),), 1.0, 1.0)
