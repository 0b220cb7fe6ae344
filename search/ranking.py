"""A question in, articles in order out: retrieve, gather, compare, weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.encoders.protocol import Vectors
from indexer.store.articles import ArticleCard, ArticleStore
from indexer.store.calibration import Calibration
from indexer.store.places import PlaceIndex
from indexer.store.questions import Exact, QuestionStore
from indexer.store.vectors import VectorIndex
from indexer.store.wordings import WordingIndex
from search.agreement import AgreementReader
from search.candidates import Candidate, gather
from search.confidence import first_features, likelihood, sums
from search.features import Values, read_features, relative
from search.findings import Findings
from search.modes import RETRIEVERS_OF, alone, fused, shown
from search.reading import Question
from search.response import Mode
from search.retrieval.dense import DenseRetriever
from search.retrieval.words import WordRetriever
from search.stages import StageClock

_EXACT: Mapping[Exact | None, int] = {"title": 0, "asked": 1, None: 2}


@dataclass(frozen=True, slots=True)
class RankingParts:
    """What candidates are compared by."""

    vectors: VectorIndex
    places: PlaceIndex
    wordings: WordingIndex
    questions: QuestionStore


@dataclass(frozen=True, slots=True)
class RankedArticle:
    """An article in its place.

    Attributes:
        score: what it is ranked by, in 0…1.
        scores: the scores of the retrievers that the mode ranks by.
        likelihood: how likely it answers, whatever the mode; None without a calibration.
        exact: how it asks the question itself, if it does.
        features: see `search.features`.
        relative: the same against the best candidates', what its sum is made of.
        candidate: all that retrievers found of it, whatever the mode.
    """

    card: ArticleCard
    score: float
    scores: Mapping[str, float]
    likelihood: float | None
    exact: Exact | None
    features: Values
    relative: Values
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a question in order.

    Attributes:
        articles: best first, ties by article id.
        findings: what the retrievers found.
        first: what confidence in the candidate with the highest sum rests on, by name;
            empty without a calibration or a candidate.
        first_sum: that highest sum.
    """

    articles: Sequence[RankedArticle]
    findings: Findings
    first: Mapping[str, float]
    first_sum: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Likelihood of each candidate, and what the first one's rests on."""

    likelihoods: Sequence[float | None]
    first: Mapping[str, float]
    first_sum: float


class Ranker:
    """Ranks articles by retrievers' findings.

    In ``hybrid`` mode the calibration weighs the features of each candidate; where the
    encoder has none, retrievers are fused by reciprocal rank. In both an article loses by
    what speaks against it, see `search.objections`. An article that asks the question itself
    comes first, one whose title does before all others. In ``semantic`` mode articles rank by
    `search.features.nearness`, in ``keyword`` mode by their best passage.
    """

    def __init__(
        self,
        dense: DenseRetriever,
        words: WordRetriever,
        articles: ArticleStore,
        agreements: AgreementReader,
        parts: RankingParts,
        calibration: Calibration | None,
    ) -> None:
        """Take the retrievers to ask, what to compare by, and how to weigh."""
        self._dense = dense
        self._words = words
        self._articles = articles
        self._agreements = agreements
        self._parts = parts
        self._calibration = calibration

    def rank(
        self,
        question: Question,
        vectors: Vectors,
        mode: Mode = "hybrid",
        clock: StageClock | None = None,
    ) -> Ranking:
        """Candidate articles, best first.

        Every retriever is asked in every mode: how likely the first article answers
        rests on all of them. The mode says whose order counts.

        Args:
            question: as it was read.
            vectors: its own and its clauses', see `DenseRetriever.embed`.
            mode: which retrievers rank.
            clock: times the stages.
        """
        clock = clock or StageClock()
        findings = self._find(question, vectors, clock)
        candidates = gather(findings, self._parts.places)
        if not candidates:
            clock.end("ranking")
            return Ranking((), findings, {}, 0.0)
        rows = [each.article_row for each in candidates]
        asked = self._agreements.asked(question.words)
        agreements = self._agreements.agreements(asked, rows)
        features = read_features(
            findings, candidates, agreements, self._parts.places, self._parts.vectors
        )
        shares = relative(features)
        weighed = self._weigh(candidates, features, shares, findings)
        scores = self._scores(candidates, weighed, findings, mode, features)
        cards = self._articles.cards(scores)
        ranked = [
            RankedArticle(
                cards[row],
                scores[row],
                shown(candidate, mode),
                likely,
                findings.exact.get(row),
                values,
                against_best,
                candidate,
            )
            for row, candidate, likely, values, against_best in zip(
                rows, candidates, weighed.likelihoods, features, shares, strict=True
            )
            if row in scores
        ]
        ranked.sort(key=lambda each: _order(each, mode))
        clock.end("ranking")
        return Ranking(ranked, findings, weighed.first, weighed.first_sum)

    def _find(self, question: Question, vectors: Vectors, clock: StageClock) -> Findings:
        by_words = self._words.retrieve(question)
        wordings = self._parts.wordings.scores(question.canonical)
        exact = self._parts.questions.asking(question.canonical)
        clock.end("word_search")
        by_vector = self._dense.retrieve(vectors[0], among=by_words.rows)
        clock.end("vector_search")
        passages = {self._words.name: by_words, self._dense.name: by_vector}
        characters = len(question.canonical)
        return Findings(passages, characters, wordings, exact, vectors, question.clauses)

    def _weigh(
        self,
        candidates: Sequence[Candidate],
        features: Values,
        shares: Values,
        findings: Findings,
    ) -> _Weighed:
        """How likely each candidate answers.

        The first by the fitted confidence, each other by how its sum stands to the first's.
        """
        if not self._calibration:
            return _Weighed([None] * len(candidates), {}, 0.0)
        ranked = sums(shares, self._calibration.ranking)
        first = first_features(features, ranked, findings.characters)
        best = likelihood(first, self._calibration.confidence)
        return _Weighed(
            [
                1.0 if each.article_row in findings.exact else best * math.exp(behind)
                for each, behind in zip(candidates, (ranked - ranked.max()).tolist(), strict=True)
            ],
            first,
            float(ranked.max()),
        )

    def _scores(
        self,
        candidates: Sequence[Candidate],
        weighed: _Weighed,
        findings: Findings,
        mode: Mode,
        features: Values,
    ) -> Mapping[int, float]:
        """What the mode ranks by, of the articles that its retrievers found, by row."""
        if mode != "hybrid":
            return alone(candidates, mode, features)
        if not self._calibration:
            return fused(candidates, findings, features)
        return {
            candidate.article_row: likely
            for candidate, likely in zip(candidates, weighed.likelihoods, strict=True)
            if likely is not None
        }


def _order(ranked: RankedArticle, mode: Mode) -> tuple[int, float, str]:
    # The order of a single retriever is its own.
    exact = _EXACT[ranked.exact] if len(RETRIEVERS_OF[mode]) > 1 else 0
    return exact, -ranked.score, ranked.card.id
