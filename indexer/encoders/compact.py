"""The bundled kind of encoder, without torch: NumPy for the bag, onnxruntime for the rest.

Opening takes a fraction of a second, a question a millisecond or two.
`indexer.encoders.compact_module` is the computation in float32, as a sentence-transformers module.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.batches import batches
from indexer.encoders.compact_files import ONNX, CompactFiles, open_compact
from indexer.encoders.protocol import Vectors
from indexer.encoders.vocabulary import Ids, TextRows
from indexer.encoders.windows import windows_of
from indexer.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats: TypeAlias = NDArray[np.float32]

# How many texts a thread takes at a time: handing over each would take a twentieth of its time.
_BATCH: Final = 8


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
        self._shares: Final = (1.0, *files.config.shares)
        self._projections: Final = _distinct(files.projections)
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
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for text, vector in zip(texts, vectors, strict=True):
            self._encode(text, vector)
        return vectors

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode titles and passages: ``(len(texts), dimension)`` float32, L2-normalised.

        Passages come by the hundred: all processors for them.
        """
        with ThreadPoolExecutor(_processors()) as pool:
            found = pool.map(self.encode_queries, batches(texts, _BATCH))
            return np.concatenate([self.encode_queries([]), *found])

    def _encode(self, text: str, vector: Floats) -> None:
        """Write a text's vector, ``(dimension,)``, over zeros.

        Texts are computed one by one: among others, and filled up to their length, its last
        digits would be other ones, and a text's vector would rest on its company.
        """
        rows = self._files.vocabulary.read(text)
        bag = rows.distinct()
        if len(bag):
            parts = self._parts(rows, bag)
            if len(self._projections) == 1:
                parts = parts.sum(axis=0)
            np.dot(parts.ravel(), self._projections.reshape(-1, self.dimension), out=vector)
            vector /= _length(vector) or 1.0

    def _parts(self, rows: TextRows, bag: Ids) -> Floats:
        """The bag's vector and, behind it, each transformer's: ``(1 + transformers, dimension)``.

        Each is of the length that is its share.
        """
        parts = np.zeros((len(self._shares), self.dimension), dtype=np.float32)
        np.dot(self._files.scales[1][bag], self._files.embeddings[1][bag], out=parts[0])
        for window in windows_of([rows], self._files.config.shape.window):
            parts[1:] += self._pooled(window.rows) * len(window.rows.ids)
        for part, share in zip(parts, self._shares, strict=True):
            part *= share / (_length(part) or 1.0)
        return parts

    def _pooled(self, rows: TextRows) -> Floats:
        """Mean state of a window by each transformer, ``(transformers, dimension)``."""
        read = np.concatenate([rows.ids, rows.left, rows.right])
        table, scales = self._files.embeddings[0], self._files.scales[0]
        embedded = (table[read] * scales[read, None]).reshape(3, 1, -1, self.dimension).sum(0)
        (pooled,) = self._session.run(["pooled"], {"embedded": embedded})
        state: Floats = pooled[0]
        return state


def _distinct(projections: Floats) -> Floats:
    """All of them, or the one that they all are: half of the numbers to multiply by."""
    return projections[:1] if (projections == projections[0]).all() else projections


def _length(vector: Floats) -> float:
    return math.sqrt(np.dot(vector, vector))


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
