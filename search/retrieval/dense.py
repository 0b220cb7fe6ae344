"""Dense retrieval: the question's vector against every passage's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.protocol import Encoder
from indexer.store.vectors import VectorIndex, Vectors
from search.findings import Found
from search.reading import Question
from search.retrieval.depth import CANDIDATES


class DenseRetriever:
    """Passages by cosine to the question."""

    name = "vector"

    def __init__(self, encoder: Encoder, vectors: VectorIndex, depth: int = CANDIDATES) -> None:
        """Take the vectors, the encoder that made them, and how many of the nearest to take."""
        self._encoder = encoder
        self._vectors = vectors
        self._depth = depth

    def embed(self, question: Question) -> Vectors:
        """Vectors of the question and of each of its clauses, ``(1 + clauses, dim)``."""
        return self._encoder.encode_queries(
            [question.canonical, *(clause.text for clause in question.clauses)]
        )

    def retrieve(self, vector: Vectors, among: NDArray[np.int64]) -> Found:
        """The nearest passage rows, and those found already, with their cosines.

        What another retriever found gets its cosine too, near or not: only then can the
        two scores be weighed against each other. Cosines below zero count as none.

        Args:
            vector: the question's.
            among: rows found already.
        """
        nearest, near = self._vectors.nearest(vector, self._depth)
        others = np.setdiff1d(among, nearest, assume_unique=True)
        rows = np.concatenate([nearest, others])
        cosines = np.concatenate([near, self._vectors.similarities(vector, others)])
        above = cosines > 0
        return Found(rows[above], cosines[above].astype(np.float64))

    def cosines(self, vector: Vectors, rows: Sequence[int]) -> list[float]:
        """How near some passages are to the question of a vector, each in -1…1."""
        found: list[float] = self._vectors.similarities(vector, np.array(rows)).tolist()
        return found
