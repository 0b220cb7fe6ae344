"""What each mode asks of retrievers, and what articles rank by where no calibration weighs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.candidates import Candidate
from search.features import COLUMN, Values, nearness
from search.findings import Findings
from search.fusion.rrf import reciprocal_rank_fusion
from search.objections import objected
from search.response import Mode

RETRIEVERS_OF: dict[Mode, tuple[str, ...]] = {
    "hybrid": ("vector", "keyword", "wording"),
    "semantic": ("vector",),
    "keyword": ("keyword",),
}


def shown(candidate: Candidate, mode: Mode) -> dict[str, float]:
    """The scores of a candidate by the retrievers of a mode that found it."""
    return {
        name: candidate.scores[name] for name in RETRIEVERS_OF[mode] if name in candidate.scores
    }


def alone(candidates: Sequence[Candidate], mode: Mode, features: Values) -> Mapping[int, float]:
    """How near the vectors find articles, or the words' best passage of each, by row."""
    (name,) = RETRIEVERS_OF[mode]
    if mode == "keyword":
        return {each.article_row: each.scores[name] for each in candidates if name in each.scores}
    near = zip(candidates, nearness(features).tolist(), strict=True)
    return {each.article_row: score for each, score in near if name in each.scores}


def fused(
    candidates: Sequence[Candidate], findings: Findings, features: Values
) -> Mapping[int, float]:
    """Reciprocal ranks of all retrievers together, less what speaks against an article, by row."""
    summed = reciprocal_rank_fusion(
        [
            {each.article_row: each.scores[name] for each in candidates if name in each.scores}
            for name in RETRIEVERS_OF["hybrid"]
        ]
    )
    against = features[:, COLUMN["against"]].tolist()
    left = {
        each.article_row: objected(summed[each.article_row], objections)
        for each, objections in zip(candidates, against, strict=True)
        if each.article_row in summed
    }
    return {**left, **dict.fromkeys(findings.exact, 1.0)}
