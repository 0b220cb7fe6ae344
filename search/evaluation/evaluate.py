"""Judged questions asked of an engine in each mode, and the metrics of its rankings."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import get_args

from indexer.errors import InputError, QueryError
from indexer.judgments import Judgment
from search.engine import SearchEngine
from search.evaluation.metrics import hit_at, ndcg_at, recall_at, reciprocal_rank_at
from search.query import Query
from search.response import Mode, Status

DEPTH = 10
# The kind of questions about money that nothing answers.
NEAR = "none-near"
MODES: dict[Mode, str] = {
    "keyword": "words only",
    "semantic": "vectors only",
    "hybrid": "both",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one judged question came out.

    Attributes:
        ranking: ids of all articles found, the best first.
        confidence: what tells answerable questions from others; higher is surer.
        rank: of the first right article, None where it is not among the ten first.
        status: what the response would claim.
    """

    judgment: Judgment
    ranking: tuple[str, ...]
    confidence: float
    rank: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class Metrics:
    """Means over answerable questions, and how well the others are told from them.

    Attributes:
        no_answer_auroc: likelihood that an answerable question is surer than one that
            nothing answers; None where one of the two is missing.
        near_miss_auroc: the same against the near misses alone.
    """

    questions: int
    hit_at_1: float
    mrr_at_10: float
    recall_at_10: float
    ndcg_at_10: float
    no_answer_auroc: float | None
    near_miss_auroc: float | None

    def to_json(self) -> dict[str, float | int | None]:
        """The figures by name, to four digits."""
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def ask(
    engine: SearchEngine,
    judgments: Sequence[Judgment],
    mode: Mode,
    advance: Callable[[int], None],
) -> list[Outcome]:
    """Ask every judged question in one mode.

    Raises:
        InputError: a question is empty or too long.
    """
    outcomes = []
    for judgment in judgments:
        query = _query(judgment, mode)
        ranked = engine.rank(query)
        ids = tuple(each.card.id for each in ranked)
        ranks = (rank for rank, each in enumerate(ids[:DEPTH], start=1) if each in judgment.best)
        confidence = ranked[0].score if ranked else 0.0
        status = engine.status(query, ranked[0] if ranked else None)
        outcomes.append(Outcome(judgment, ids, confidence, next(ranks, None), status))
        advance(1)
    return outcomes


def _query(judgment: Judgment, mode: Mode) -> Query:
    try:
        return Query.parse(judgment.query, mode=mode)
    except QueryError as error:
        raise InputError(f"the judged question {judgment.query[:20]!r}…: {error}") from error


def check_known(engine: SearchEngine, judgments: Sequence[Judgment]) -> int:
    """How many judged articles the index does not have.

    Raises:
        InputError: it has none of them: the questions were judged on another index.
    """
    judged = {key for judgment in judgments for key in judgment.best}
    unknown = {key for key in judged if not engine.has(key)}
    if judged and unknown == judged:
        raise InputError(
            "none of the judged articles is in this index: the questions were judged on another "
            "collection; name your own file of judged questions"
        )
    return len(unknown)


def measure(outcomes: Sequence[Outcome]) -> Metrics:
    """Metrics over outcomes."""
    answerable = [each for each in outcomes if each.judgment.answerable]

    def mean(metric: Callable[[Outcome], float]) -> float:
        return statistics.fmean(map(metric, answerable)) if answerable else 0.0

    return Metrics(
        questions=len(answerable),
        hit_at_1=mean(lambda each: hit_at(each.ranking, each.judgment.best, 1)),
        mrr_at_10=mean(lambda each: reciprocal_rank_at(each.ranking, each.judgment.best, DEPTH)),
        recall_at_10=mean(lambda each: recall_at(each.ranking, each.judgment.best, DEPTH)),
        ndcg_at_10=mean(lambda each: ndcg_at(each.ranking, each.judgment.relevant, DEPTH)),
        no_answer_auroc=_auroc(outcomes),
        near_miss_auroc=_auroc(
            [each for each in outcomes if each.judgment.answerable or each.judgment.kind == NEAR]
        ),
    )


def _auroc(outcomes: Sequence[Outcome]) -> float | None:
    answerable = [each.judgment.answerable for each in outcomes]
    if len(set(answerable)) < 2:
        return None
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(answerable, [each.confidence for each in outcomes]))


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Metrics]:
    """Metrics of each kind of answerable question, in the order in which kinds appear."""
    kinds = dict.fromkeys(
        each.judgment.kind for each in outcomes if each.judgment.kind and each.judgment.answerable
    )
    return {
        kind: measure([each for each in outcomes if each.judgment.kind == kind]) for kind in kinds
    }


def status_counts(outcomes: Sequence[Outcome]) -> dict[str, dict[Status, int]]:
    """How often each status was given: right and wrong first articles, no answer."""
    groups = {
        "right first": [each for each in outcomes if each.rank == 1],
        "wrong first": [each for each in outcomes if each.judgment.answerable and each.rank != 1],
        "nothing answers": [each for each in outcomes if not each.judgment.answerable],
    }
    statuses: tuple[Status, ...] = get_args(Status)
    return {
        name: {status: sum(each.status == status for each in group) for status in statuses}
        for name, group in groups.items()
    }


def worst(outcomes: Sequence[Outcome], count: int) -> list[Outcome]:
    """The worst outcomes.

    First answerable questions whose right article came last or not at all, then questions
    that nothing answers but that look surest.
    """
    missed = sorted(
        (each for each in outcomes if each.judgment.answerable and each.rank != 1),
        key=lambda each: -(each.rank or DEPTH + 1),
    )
    fooled = sorted(
        (each for each in outcomes if not each.judgment.answerable),
        key=lambda each: -each.confidence,
    )
    return missed[:count] + fooled[: max(0, count - len(missed))]
