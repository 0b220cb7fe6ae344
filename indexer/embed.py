"""Vectors of passages, taken from the build before where text and encoder are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.batches import batches
from indexer.errors import IndexFolderError
from indexer.split import PassageText
from indexer.store.articles import ArticleStore
from indexer.store.builds import read_current
from indexer.store.manifest import ARTICLES, VECTORS
from indexer.store.vectors import VectorIndex

if TYPE_CHECKING:
    from indexer.encoders.protocol import Encoder

_BATCH = 512


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors in row order, ``(n, dim) float32, L2-normalised``, and how many were new."""

    vectors: NDArray[np.float32]
    embedded: int
    reused: int


class VectorCache:
    """Vectors of an earlier build by the text that they stand for."""

    def __init__(self, rows: dict[bytes, int], vectors: NDArray[np.float32]) -> None:
        """Take rows by text and the vectors they point into."""
        self._rows = rows
        self._vectors = vectors

    @classmethod
    def open(cls, folder: Path, encoder_fingerprint: str) -> VectorCache:
        """Vectors of the published build if the same encoder made them, else none.

        A build that cannot be read gives none: the new build replaces it.
        """
        try:
            build, manifest = read_current(folder)
            if manifest.encoder.fingerprint != encoder_fingerprint:
                return cls.empty()
            # What was altered there must not live on in the new build.
            manifest.check_sizes(build)
            manifest.check_hashes_under(build, VECTORS, ARTICLES)
            vectors = VectorIndex.open(build / VECTORS).all()
            store = ArticleStore.open(build / ARTICLES)
        except IndexFolderError:
            return cls.empty()
        rows = store.text_digests()
        store.close()
        return cls(rows, vectors)

    @classmethod
    def empty(cls) -> VectorCache:
        """A cache that knows nothing."""
        return cls({}, np.zeros((0, 0), dtype=np.float32))

    def get(self, text: PassageText) -> NDArray[np.float32] | None:
        """The vector of a text, or None."""
        row = self._rows.get(text.digest)
        return None if row is None else self._vectors[row]


def embed(
    texts: Sequence[PassageText],
    encoder: Encoder,
    cache: VectorCache,
    progress: Callable[[int], None],
) -> Embedded:
    """Embed passages; a text that the cache has, or that comes twice, is encoded once.

    Args:
        texts: of the passages in row order.
        encoder: encodes what is new.
        cache: vectors known already.
        progress: called with the number of passages done since the last call.
    """
    cached = {text: vector for text in texts if (vector := cache.get(text)) is not None}
    progress(sum(text in cached for text in texts))
    new = list(dict.fromkeys(text for text in texts if text not in cached))
    known: dict[PassageText, NDArray[np.float32]] = dict(cached)
    for batch in batches(new, _BATCH):
        vectors = encoder.encode_documents([text.whole for text in batch])
        known.update(zip(batch, vectors, strict=True))
        progress(len(batch))
    in_rows = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for row, text in enumerate(texts):
        in_rows[row] = known[text]
    return Embedded(in_rows, len(new), sum(text in cached for text in texts))
