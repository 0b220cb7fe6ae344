"""The seam between loanfaq and whatever turns text into vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
Progress: TypeAlias = Callable[[int], None]


class Encoder(Protocol):
    """Turns questions and passages into vectors whose inner product is their likeness.

    Vectors are L2-normalised, so that an inner product is a cosine; a text in which the
    model knows nothing gets the zero vector, which is like no other.
    """

    @property
    def name(self) -> str:
        """What people call the model: its name or folder."""
        ...

    @property
    def fingerprint(self) -> str:
        """Equal for two encoders exactly when they give the same text the same vector."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    @property
    def truncated(self) -> int:
        """How many texts so far were longer than the model reads, and were cut."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions.

        Returns:
            ``(len(texts), dimension)`` float32, L2-normalised.
        """
        ...

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode titles and passages.

        Args:
            texts: what to encode, in any order and of any length.
            progress: called with how many texts were encoded since its last call.

        Returns:
            ``(len(texts), dimension)`` float32, L2-normalised.
        """
        ...
