"""The seam between loanfaq and whatever turns text into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]


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

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode titles and passages, of any length.

        Returns:
            ``(len(texts), dimension)`` float32, L2-normalised.
        """
        ...
