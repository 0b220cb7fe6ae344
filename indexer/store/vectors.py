"""Passage vectors in a FAISS index; row ``i`` belongs to passage ``i``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError
from indexer.store.manifest import REBUILD

if TYPE_CHECKING:
    import faiss

Vectors = NDArray[np.float32]

# Below this exact search takes a few milliseconds and misses nothing; beyond, the graph is
# ten times as fast and misses some: see tests/benchmarks/bench_vectors.py.
GRAPH_FROM_ROWS = 50_000
_NEIGHBOURS = 32
_CONSTRUCTION_BREADTH = 128
_SEARCH_BREADTH = 256


def write_vectors(vectors: Vectors, target: Path) -> None:
    """Write vectors for search by inner product.

    Exact below `GRAPH_FROM_ROWS` rows; from there on a graph over the same exact
    vectors (HNSW, Malkov and Yashunin, 2018), so that a later build can take them back.

    Args:
        vectors: ``(n, dim) float32, L2-normalised``.
        target: file to write.
    """
    import faiss

    dimension = vectors.shape[1]
    if len(vectors) < GRAPH_FROM_ROWS:
        index: faiss.Index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.IndexHNSWFlat(dimension, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = _CONSTRUCTION_BREADTH
        index.hnsw.efSearch = _SEARCH_BREADTH
    index.add(vectors)
    faiss.write_index(index, str(target))


class VectorIndex:
    """Vectors of a build, memory-mapped so that processes share their pages."""

    def __init__(self, index: faiss.Index) -> None:
        """Take an open FAISS index."""
        self._index = index
        self.rows: int = index.ntotal
        self.dimension: int = index.d

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Open what `write_vectors` wrote.

        Raises:
            IndexDamagedError: the file is missing or no vector index.
        """
        import faiss

        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
        except (RuntimeError, MemoryError) as error:
            raise IndexDamagedError(f"{path}: no vector index; {REBUILD}") from error

    def nearest(self, query: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """Rows and cosines of the `k` nearest passages, best first.

        Args:
            query: ``(dim,) float32, L2-normalised``.
            k: how many; fewer come back where there are fewer rows.
        """
        with _one_thread():
            similarities, rows = self._index.search(query[np.newaxis], min(k, self.rows))
        found = rows[0] >= 0
        return rows[0][found], _cosines(similarities[0][found])

    def similarities(self, query: Vectors, rows: NDArray[np.int64]) -> Vectors:
        """Cosines of some passages, ``(len(rows),) float32``.

        Args:
            query: ``(dim,) float32, L2-normalised``.
            rows: which passages.
        """
        cosines: Vectors = self.compare(query[np.newaxis], rows)[0]
        return cosines

    def compare(self, queries: Vectors, rows: NDArray[np.int64]) -> Vectors:
        """Cosines of some passages to each of several texts, ``(m, len(rows)) float32``.

        Args:
            queries: ``(m, dim) float32, L2-normalised``.
            rows: which passages.
        """
        if not len(rows):
            return np.zeros((len(queries), 0), dtype=np.float32)
        with _one_thread():
            vectors: Vectors = self._index.reconstruct_batch(rows)
            # Many rows times few columns: the other way round BLAS takes twice as long.
            products: Vectors = (vectors @ queries.T).T
        return _cosines(products)

    def all(self) -> Vectors:
        """Every vector, ``(n, dim) float32``."""
        vectors: Vectors = self._index.reconstruct_n(0, self.rows)
        return vectors


@contextmanager
def _one_thread() -> Iterator[None]:
    """What FAISS does here is done by the calling thread alone.

    One question takes well under a millisecond on one core. From some 10,000 rows on FAISS
    would share it out, and wait for every helper: 0.5 ms became 76 ms on a machine whose
    cores were busy. OpenMP keeps the number for each thread that asks, so it is set here.
    """
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


@cache
def one_thread_for_blas() -> None:
    """From here on BLAS multiplies in the calling thread alone, in the whole process.

    What a question multiplies takes a tenth of a millisecond; to wait for a helper took two.
    To set it anew for each product costs more than the product.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def _cosines(products: Vectors) -> Vectors:
    """Inner products kept between -1 and 1, whatever a damaged file may hold."""
    return np.clip(np.nan_to_num(products, nan=0.0), -1.0, 1.0)
