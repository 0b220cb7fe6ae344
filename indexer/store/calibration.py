"""What an encoder's scores mean: weights and thresholds that were fitted on judged questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What rankers are fitted on; goes up whenever a feature comes, goes or means something else.
FEATURES_VERSION = 3


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of features.

    Attributes:
        weights: by name of the feature.
        bias: added to the sum.
    """

    weights: Mapping[str, float]
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What an encoder's scores mean, fitted on judged questions.

    Attributes:
        ranking: sums by which candidates are ranked; of two, ``1 / (1 + exp(difference))`` is
            how likely the lower one is the right one.
        confidence: how likely the article that came first is right, as a logit.
        suggest: below this confidence nothing answers.
        answer: from this confidence on the first article answers.
        questions: how many judged questions it was fitted on.
        worded: fitted on a collection whose articles have other wordings.
        fitted_here: fitted on this index rather than brought by its model.
        features: the version of the features that have these weights.
    """

    ranking: Linear
    confidence: Linear
    suggest: float
    answer: float
    questions: int
    worded: bool
    fitted_here: bool = False
    features: int = FEATURES_VERSION

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Calibration:
        """A calibration as ``dataclasses.asdict`` gave it.

        Raises:
            ValueError: it was fitted on other features.
            TypeError, KeyError: a value is missing or unknown.
        """
        found = values.get("features")
        if found != FEATURES_VERSION:
            raise ValueError(
                f"fitted on ranking features {found or 0}, this loanfaq has {FEATURES_VERSION}"
            )
        fitted = {name: Linear(**values[name]) for name in ("ranking", "confidence")}
        return cls(**{**values, **fitted})
