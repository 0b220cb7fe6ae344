"""How likely an article answers, and what the response may claim."""

from __future__ import annotations

import math
from collections.abc import Mapping

from indexer.store.manifest import Calibration, Logistic
from search.response import Status


def logit(scores: Mapping[str, float], logistic: Logistic) -> float:
    """What the likelihood of these retriever scores rests on: a weighted sum."""
    return (
        logistic.bias
        + logistic.vector * scores.get("vector", 0.0)
        + logistic.keyword * scores.get("keyword", 0.0)
    )


def likelihood(scores: Mapping[str, float], logistic: Logistic) -> float:
    """Likelihood in 0…1 for an article with these retriever scores."""
    return 1 / (1 + math.exp(-logit(scores, logistic)))


def confidence(best: Mapping[str, float] | None, calibration: Calibration | None) -> float:
    """How sure the best article is, in 0…1, to compare one wording of a question with another.

    Without a calibration its vector score says which wording the collection is nearer to.
    """
    if best is None:
        return 0.0
    if calibration is None:
        return best.get("vector", 0.0)
    return likelihood(best, calibration.confidence)


def judge(best: Mapping[str, float] | None, calibration: Calibration | None) -> Status:
    """What may be claimed of the best article.

    Without a calibration nothing is known of this encoder's scores: what was found is
    suggested, never claimed.
    """
    if best is None:
        return "none"
    if calibration is None:
        return "suggested"
    likely = likelihood(best, calibration.confidence)
    if likely < calibration.suggest:
        return "none"
    return "answered" if likely >= calibration.answer else "suggested"
