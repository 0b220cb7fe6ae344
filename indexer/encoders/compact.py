"""The bundled kind of encoder, without torch: NumPy for the bag, onnxruntime for the rest.

Opening takes a fraction of a second and a question well under two milliseconds.
`indexer.encoders.compact_module` is the computation in float32, as a sentence-transformers module.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.compact_files import ONNX, CompactFiles, open_compact
from indexer.encoders.protocol import Vectors
from indexer.encoders.vocabulary import Ids
from indexer.encoders.windows import Window, windows_of
from indexer.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats: TypeAlias = NDArray[np.float32]
_Pooling: TypeAlias = Callable[[Window], Floats]


class CompactEncoder:
    """Encodes with an opened compact model; questions and documents alike.

    A text longer than the transformers' window is read window by window, never cut. One in
    which no character is known, an empty one among them, gives a zero vector.

    Args:
        files: the opened folder.

    Attributes:
        name: what people call the model.
        fingerprint: of its files.
        dimension: how many numbers a vector has.
        truncated: how many texts were cut so far: none ever are.
    """

    def __init__(self, files: CompactFiles) -> None:
        """Open the transformers."""
        self.name: Final = files.config.name
        self.fingerprint: Final = files.config.fingerprint
        self.dimension: Final = files.config.shape.dimension
        self.truncated: Final = 0
        self._files: Final = files
        self._session = _open_session(files.folder)

    @classmethod
    def open(cls, folder: Path) -> CompactEncoder:
        """Open a folder that ``loanfaq train`` wrote.

        Raises:
            EncoderError: a file is missing, damaged or of another version.
        """
        return cls(open_compact(folder))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(len(texts), dimension)`` float32, L2-normalised."""
        return self._encode(texts, map)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode titles and passages: ``(len(texts), dimension)`` float32, L2-normalised.

        Passages come by the hundred: all processors for them.
        """
        with ThreadPoolExecutor(_processors()) as pool:
            return self._encode(texts, pool.map)

    def _encode(
        self, texts: Sequence[str], each: Callable[[_Pooling, Sequence[Window]], Iterable[Floats]]
    ) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        read = [self._files.vocabulary.read(text) for text in texts]
        bags = [text.distinct() for text in read]
        shares = np.array(self._files.config.shares, dtype=np.float32)
        states = np.zeros((len(texts), len(shares), self.dimension), dtype=np.float32)
        windows = list(windows_of(read, self._files.config.shape.window))
        for window, state in zip(windows, each(self._pooled, windows), strict=True):
            states[window.owner] += state * len(window.rows.ids)
        summed = _normalised(self._summed(bags))
        parts = np.concatenate([summed[:, None], shares[:, None] * _normalised(states)], axis=1)
        joined = self._projected(parts)
        known = np.array([len(rows) > 0 for rows in bags], dtype=np.bool_)
        vectors[known] = _normalised(joined[known])
        return vectors

    def _projected(self, parts: Floats) -> Floats:
        """Parts ``(n, parts, dimension)`` added in the space that they share.

        One by one: in a product of matrices last digits would rest on how many texts there are.
        """
        joined = np.zeros((len(parts), self.dimension), dtype=np.float32)
        projections = self._files.projections.reshape(-1, self.dimension)
        for total, each in zip(joined, parts, strict=True):
            np.dot(each.ravel(), projections, out=total)
        return joined

    def _summed(self, bags: Sequence[Ids]) -> Floats:
        sums = np.zeros((len(bags), self.dimension), dtype=np.float32)
        table, scales = self._files.embeddings[1], self._files.scales[1]
        for total, rows in zip(sums, bags, strict=True):
            np.dot(scales[rows], table[rows], out=total)
        return sums

    def _pooled(self, window: Window) -> Floats:
        """Mean state of a window by each transformer, ``(transformers, dimension)``.

        Each is computed by itself: among others, and filled up to their length, its last
        digits would be other ones, and a text's vector would rest on its company.
        """
        rows = window.rows
        embedded = self._inputs(rows.ids) + self._inputs(rows.left) + self._inputs(rows.right)
        real = np.ones((1, len(rows.ids)), dtype=np.float32)
        (pooled,) = self._session.run(["pooled"], {"embedded": embedded[np.newaxis], "real": real})
        state: Floats = np.asarray(pooled, dtype=np.float32)[0]
        return state

    def _inputs(self, rows: Ids) -> Floats:
        found: Floats = self._files.embeddings[0][rows] * self._files.scales[0][rows][..., None]
        return found


def _normalised(vectors: Floats) -> Floats:
    lengths = np.sqrt(np.einsum("...d,...d->...", vectors, vectors))[..., None]
    unit: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _processors() -> int:
    """How many this process may use: a container's share, not the whole machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open_session(folder: Path) -> InferenceSession:
    # onnxruntime's wheels report to their maker once imported; loanfaq talks to nobody.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Threads that wait must not keep a processor from the web server beside them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return InferenceSession(str(folder / ONNX), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises types of its own, without a common base
        reason = " ".join(str(error).split())[:200]
        raise EncoderError(
            f"{folder}: {ONNX} cannot be opened ({reason}); train or copy it anew"
        ) from error
