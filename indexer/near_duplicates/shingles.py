"""Texts as sets of character shingles, and how far two such sets overlap.

Broder, On the resemblance and containment of documents (SEQUENCES 1997).
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from indexer.text.normalise import fold

Shingles = NDArray[np.uint64]

# Four characters are about two words: a changed word costs the four or five shingles over it.
LENGTH = 4
_NO_LETTERS = re.compile(r"[\W_]+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def letters_of(text: str) -> str:
    """Letters and digits of a text: width, case, Traditional characters and all else go."""
    return _NO_LETTERS.sub("", fold(text))


def shingles_of(letters: str) -> Shingles:
    """Hashes of the shingles of a run of letters, ascending, each once; none if it is short."""
    points = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    count = len(points) - LENGTH + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(LENGTH):
        hashes = hashes * _BASE + points[offset : offset + count]
    # Mixed, so that any few of the bits sample shingles evenly.
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _MIX
    return np.unique(hashes ^ (hashes >> np.uint64(29)))


def resemblance(one: Shingles, other: Shingles) -> float:
    """Shared shingles among all of the two, in 0…1: ``|A ∩ B| / (|A| + |B| - |A ∩ B|)``."""
    shared = _shared(one, other)
    return shared / max(1, len(one) + len(other) - shared)


def containment(one: Shingles, other: Shingles) -> float:
    """How much of the smaller set is in the larger, in 0…1: ``|A ∩ B| / min(|A|, |B|)``."""
    return _shared(one, other) / max(1, min(len(one), len(other)))


def _shared(one: Shingles, other: Shingles) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))
