"""What all retrievers found for one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.protocol import Vectors
from indexer.store.questions import Exact
from search.clauses import Clause


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, or articles, that a retriever found.

    Attributes:
        rows: ``(n,)`` int64, distinct.
        scores: ``(n,)`` float64, of each row, in 0…1.
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]

    def by_row(self) -> dict[int, float]:
        """The scores by row."""
        return dict(zip(self.rows.tolist(), self.scores.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Findings:
    """Passages and articles that came near a question.

    Attributes:
        passages: what each retriever found.
        characters: of the question, in its canonical form.
        wordings: each article's score by its wordings, ``(articles,)`` in 0…1.
        exact: article rows whose title or other wording is the question itself.
        vectors: of the question, then of each of its clauses, ``(1 + clauses, dim)``.
        clauses: of a long question.
    """

    passages: Mapping[str, Found]
    characters: int
    wordings: NDArray[np.float64]
    exact: Mapping[int, Exact]
    vectors: Vectors
    clauses: tuple[Clause, ...]
