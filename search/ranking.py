"""A question in, articles in order out: retrieve, gather, fuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.store.articles import ArticleCard, ArticleStore
from search.candidates import Candidate, gather
from search.fusion.rrf import reciprocal_rank_fusion
from search.response import Mode
from search.retrieval.protocol import Retriever

_RETRIEVERS_OF: dict[Mode, tuple[str, ...]] = {
    "hybrid": ("vector", "keyword"),
    "semantic": ("vector",),
    "keyword": ("keyword",),
}


@dataclass(frozen=True, slots=True)
class RankedArticle:
    """An article in its place.

    Attributes:
        score: what it is ranked by, in 0…1.
        scores: the scores of the retrievers that the mode ranks by.
        candidate: all that retrievers found of it, whatever the mode.
    """

    card: ArticleCard
    score: float
    scores: Mapping[str, float]
    candidate: Candidate


class Ranker:
    """Ranks articles by retrievers' findings."""

    def __init__(self, retrievers: Sequence[Retriever], articles: ArticleStore) -> None:
        """Take the retrievers to ask and the articles they find."""
        self._retrievers = retrievers
        self._articles = articles

    def rank(self, question: str, mode: Mode = "hybrid") -> list[RankedArticle]:
        """Candidate articles, best first, ties by article id.

        Every retriever is asked in every mode: how likely the first article answers
        rests on all of them. The mode says whose order counts.
        """
        found = {each.name: each.retrieve(question) for each in self._retrievers}
        passages = self._articles.passages({row for rows in found.values() for row in rows})
        candidates = gather(found, passages)
        cards = self._articles.cards(candidates)
        rankings = [
            {
                cards[row].id: candidate.scores[name]
                for row, candidate in candidates.items()
                if name in candidate.scores
            }
            for name in _RETRIEVERS_OF[mode]
        ]
        # A single ranking keeps its retriever's own scores.
        fused = reciprocal_rank_fusion(rankings) if len(rankings) > 1 else rankings[0]
        ranked = [
            RankedArticle(card, fused[card.id], _shown(candidates[row], mode), candidates[row])
            for row, card in cards.items()
            if card.id in fused
        ]
        return sorted(ranked, key=lambda each: (-each.score, each.card.id))


def _shown(candidate: Candidate, mode: Mode) -> dict[str, float]:
    return {
        name: candidate.scores[name] for name in _RETRIEVERS_OF[mode] if name in candidate.scores
    }
