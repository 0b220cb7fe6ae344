"""How likely an article answers, and what the response may claim."""

from __future__ import annotations

import math
from collections.abc import Mapping

from indexer.store.manifest import Calibration
from search.response import Status


def likelihood(scores: Mapping[str, float], calibration: Calibration) -> float:
    """Likelihood in 0…1 that the article with these retriever scores answers."""
    logit = (
        calibration.bias
        + calibration.vector * scores.get("vector", 0.0)
        + calibration.keyword * scores.get("keyword", 0.0)
    )
    return 1 / (1 + math.exp(-logit))


def judge(best: Mapping[str, float] | None, calibration: Calibration | None) -> Status:
    """What may be claimed of the best article.

    Without a calibration nothing is known of this encoder's scores: what was found is
    suggested, never claimed.
    """
    if best is None:
        return "none"
    if calibration is None:
        return "suggested"
    likely = likelihood(best, calibration)
    if likely < calibration.suggest:
        return "none"
    return "answered" if likely >= calibration.answer else "suggested"
