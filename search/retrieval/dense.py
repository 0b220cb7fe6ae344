"""Dense retrieval: the question's vector against every passage's."""

from __future__ import annotations

from indexer.encoders.protocol import Encoder
from indexer.store.vectors import VectorIndex
from search.retrieval.protocol import CANDIDATES


class DenseRetriever:
    """Passages by cosine to the question."""

    name = "vector"

    def __init__(self, encoder: Encoder, vectors: VectorIndex) -> None:
        """Take the encoder that made the vectors."""
        self._encoder = encoder
        self._vectors = vectors

    def retrieve(self, question: str, k: int = CANDIDATES) -> dict[int, float]:
        """The `k` nearest passage rows with their cosines, those above zero, best first."""
        query = self._encoder.encode_queries([question])[0]
        rows, cosines = self._vectors.nearest(query, k)
        pairs = zip(map(int, rows), map(float, cosines.clip(max=1.0)), strict=True)
        found = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
        return {row: cosine for row, cosine in found if cosine > 0}
