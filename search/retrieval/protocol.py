"""What every retriever does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

# Passages taken from each retriever before articles are formed.
CANDIDATES = 100


class Retriever(Protocol):
    """Finds passages for a question."""

    name: str

    def retrieve(self, question: str, k: int = CANDIDATES) -> Mapping[int, float]:
        """The `k` best passage rows with their scores in 0…1, best first."""
        ...
