"""Dense retrieval: the question's vector against every passage's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from indexer.encoders.protocol import Encoder
from indexer.store.vectors import VectorIndex, Vectors
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

    def retrieve(self, vector: Vectors, among: Iterable[int] = ()) -> Mapping[int, float]:
        """The nearest passage rows, and those found already, with their cosines.

        What another retriever found gets its cosine too, near or not: only then can the
        two scores be weighed against each other. Cosines below zero count as none.

        Args:
            vector: the question's.
            among: rows found already.
        """
        rows, cosines = self._vectors.nearest(vector, self._depth)
        scores = dict(zip(map(int, rows), map(float, cosines), strict=True))
        others = [row for row in among if row not in scores]
        scores.update(zip(others, self.cosines(vector, others), strict=True))
        return {row: min(score, 1.0) for row, score in scores.items() if score > 0}

    def cosines(self, vector: Vectors, rows: Sequence[int]) -> list[float]:
        """How near some passages are to the question of a vector, each in -1…1."""
        return [float(each) for each in self._vectors.similarities(vector, rows)]
