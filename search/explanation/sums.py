"""A score as the sum that it comes of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from indexer.store.calibration import Linear
from search.confidence import logistic, weighted

Method = Literal["logistic", "relative", "exact", "reciprocal_rank", "retriever"]


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a score: ``weight * score``, a bias, or what a rank gives."""

    name: str
    value: float
    weight: float | None = None
    score: float | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class FirstSum:
    """The highest sum of all candidates, and how likely that candidate is right."""

    sum: float
    likelihood: float


@dataclass(frozen=True, slots=True)
class Sum:
    """A score with what it is made of.

    Attributes:
        method: how the score comes of the sum: ``logistic`` is ``1 / (1 + exp(-sum))``,
            ``relative`` is ``first.likelihood * exp(sum - first.sum)``; ``reciprocal_rank``,
            ``retriever`` and ``exact`` (the article asks just that) are the sum itself.
        terms: summands; their values add up to `sum`.
        first: the candidate with the highest sum, where the score is relative to it.
    """

    method: Method
    terms: tuple[Term, ...]
    sum: float
    score: float
    first: FirstSum | None = None

    @property
    def formula(self) -> str:
        """The score as arithmetic, with rounded numbers."""
        added = " + ".join(_arithmetic(term) for term in self.terms)
        if self.method == "logistic":
            added = f"1 / (1 + exp(-({added})))"
        elif self.first:
            added = f"{self.first.likelihood:.4f} * exp({added} - {self.first.sum:.4f})"
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
            **({"first": asdict(self.first)} if self.first else {}),
            "score": self.score,
            "formula": self.formula,
        }


def logistic_sum(values: Mapping[str, float], linear: Linear) -> Sum:
    """A likelihood with its terms."""
    terms = (Term("bias", linear.bias), *linear_terms(values, linear))
    total = sum(term.value for term in terms)
    return Sum("logistic", terms, total, logistic(total))


def linear_terms(values: Mapping[str, float], linear: Linear) -> tuple[Term, ...]:
    """What each feature that has a weight adds."""
    return tuple(
        Term(name, value, linear.weights[name], values[name])
        for name, value in weighted(values, linear).items()
        if linear.weights[name]
    )


def _arithmetic(term: Term) -> str:
    if term.rank is not None:
        return f"{term.value:.4f}[{term.name} {term.rank}]"
    if term.weight is not None:
        return f"{term.weight:.4f} * {term.score:.4f}[{term.name}]"
    return f"{term.value:.4f}[{term.name}]"
