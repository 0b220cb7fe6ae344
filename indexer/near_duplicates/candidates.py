"""Pairs of articles that may be near-duplicates: those that share sampled shingles.

Broder's sketches by sampling: of each article the shingles whose hash is a multiple of
`_SAMPLING` are kept, the same ones of every article, so that an excerpt's sample is a part of
its article's. No article is compared with all others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.near_duplicates.shingles import Shingles

Pairs = NDArray[np.int64]

_SAMPLING = np.uint64(8)
# A pair must share this much of the smaller sample: half the text is the least that counts,
# and a sample errs.
_SHARED = 0.35
_LEAST_SHARED = 2
# What shares a shingle is paired with the next few of them, and where very many share it (a
# phrase of the field) with the next one only. They stand in the order of their least shingles,
# which copies have in common, so that copies stand together.
_NEXT = 16
_COMMON = 64
_LEAST_SHINGLES = 3


def sample(shingles: Shingles) -> Shingles:
    """The shingles that stand for a text when candidates are looked for."""
    sampled: Shingles = shingles[shingles % _SAMPLING == 0]
    return sampled


def candidate_pairs(samples: Sequence[Shingles]) -> Pairs:
    """Pairs ``(n, 2)`` of rows, the smaller row first, ascending, each once.

    Args:
        samples: of each article by row, as `sample` gives them.
    """
    order = sorted(range(len(samples)), key=lambda row: (_least(samples[row]), row))
    ordered = [samples[row] for row in order]
    sizes = np.array([len(each) for each in ordered], dtype=np.int64)
    if not sizes.sum():
        return np.zeros((0, 2), dtype=np.int64)
    pairs, shared = _counted(ordered, sizes)
    smaller = np.minimum(sizes[pairs[:, 0]], sizes[pairs[:, 1]])
    likely = pairs[shared >= np.maximum(_LEAST_SHARED, _SHARED * smaller)]
    return np.unique(np.sort(np.array(order, dtype=np.int64)[likely], axis=1), axis=0)


def _least(shingles: Shingles) -> tuple[int, ...]:
    return tuple(shingles[:_LEAST_SHINGLES].tolist())


def _counted(
    samples: Sequence[Shingles], sizes: NDArray[np.int64]
) -> tuple[Pairs, NDArray[np.int64]]:
    """Pairs that share a sampled shingle, and how many they share."""
    hashes = np.concatenate(list(samples))
    places = np.repeat(np.arange(len(samples), dtype=np.int64), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    _, group, group_sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    rare = group_sizes[group] <= _COMMON
    keys = []
    for step in range(1, _NEXT + 1):
        together = hashes[:-step] == hashes[step:]
        if step > 1:
            together &= rare[:-step]
        keys.append(places[:-step][together] * len(samples) + places[step:][together])
    unique, shared = np.unique(np.concatenate(keys), return_counts=True)
    return np.stack(np.divmod(unique, len(samples)), axis=1), shared
