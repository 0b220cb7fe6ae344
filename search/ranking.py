"""A question in, articles in order out: retrieve, gather, fuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from indexer.store.articles import ArticleCard, ArticleStore
from indexer.store.manifest import Calibration
from indexer.store.vectors import Vectors
from search.candidates import Candidate, gather
from search.confidence import likelihood
from search.fusion.rrf import reciprocal_rank_fusion
from search.reading import Question
from search.response import Mode
from search.retrieval.dense import DenseRetriever
from search.retrieval.words import WordRetriever
from search.stages import StageClock

# Scores of passage rows, by retriever.
Found: TypeAlias = Mapping[str, Mapping[int, float]]

RETRIEVERS_OF: dict[Mode, tuple[str, ...]] = {
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
    """Ranks articles by retrievers' findings.

    Both retrievers' scores are fused by the calibration, as the likelihood that the
    article answers; where the encoder has none, by reciprocal rank.
    """

    def __init__(
        self,
        dense: DenseRetriever,
        words: WordRetriever,
        articles: ArticleStore,
        calibration: Calibration | None,
    ) -> None:
        """Take the retrievers to ask, the articles they find, and how to fuse."""
        self._dense = dense
        self._words = words
        self._articles = articles
        self._calibration = calibration

    def find(self, question: Question, vector: Vectors, clock: StageClock | None = None) -> Found:
        """What each retriever finds, whatever the mode.

        Every retriever is asked in every mode: how likely the first article answers
        rests on all of them. The mode says whose order counts.

        Args:
            question: as it was read.
            vector: the question's, see `DenseRetriever.embed`.
            clock: times the stages.
        """
        clock = clock or StageClock()
        by_words = self._words.retrieve(question)
        clock.end("word_search")
        by_vector = self._dense.retrieve(vector, among=by_words)
        clock.end("vector_search")
        return {self._words.name: by_words, self._dense.name: by_vector}

    def rank(
        self, found: Found, mode: Mode = "hybrid", clock: StageClock | None = None
    ) -> list[RankedArticle]:
        """Candidate articles of what was found, best first, ties by article id."""
        articles = self._articles.article_rows({row for rows in found.values() for row in rows})
        candidates = gather(found, articles)
        cards = self._articles.cards(candidates)
        fused = self._fuse({cards[row].id: each for row, each in candidates.items()}, mode)
        ranked = [
            RankedArticle(card, fused[card.id], _shown(candidates[row], mode), candidates[row])
            for row, card in cards.items()
            if card.id in fused
        ]
        ranked.sort(key=lambda each: (-each.score, each.card.id))
        if clock is not None:
            clock.end("ranking")
        return ranked

    def _fuse(self, candidates: Mapping[str, Candidate], mode: Mode) -> Mapping[str, float]:
        """Scores by article id, of the articles that the mode's retrievers found."""
        names = RETRIEVERS_OF[mode]
        if len(names) > 1 and self._calibration:
            return {
                key: likelihood(each.scores, self._calibration.fusion)
                for key, each in candidates.items()
            }
        rankings = [
            {key: each.scores[name] for key, each in candidates.items() if name in each.scores}
            for name in names
        ]
        # A single ranking keeps its retriever's own scores.
        return reciprocal_rank_fusion(rankings) if len(rankings) > 1 else rankings[0]


def _shown(candidate: Candidate, mode: Mode) -> dict[str, float]:
    return {
        name: candidate.scores[name] for name in RETRIEVERS_OF[mode] if name in candidate.scores
    }
