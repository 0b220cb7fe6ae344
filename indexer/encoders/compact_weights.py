"""The transformers' weights as a compact model's folder stores them.

Matrices are int8 with a scale for each row, all else is float16.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Weights: TypeAlias = Mapping[str, NDArray[Any]]

# Sums of two products with an unsigned 8-bit number stay below 2^15 then: where a processor
# adds them in 16 bits (without VNNI), nothing overflows. Last digits of float parts may differ.
_MOST = 63
# Behind the name of a matrix: the scales of its rows.
SCALES_OF = ".scales"
_MATRIX = ".weight"


def quantise(
    table: NDArray[np.floating[Any]], most: int = 127
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as int8, `most` at the most, and the scale that brings it back.

    A zero row stays zero.
    """
    scales = (np.abs(table).max(axis=1) / most).astype(np.float32)
    divisors = np.where(scales > 0, scales, 1)[:, None]
    return np.rint(table / divisors).astype(np.int8), scales


def pack_weights(weights: Weights) -> dict[str, NDArray[Any]]:
    """Weights by name as they are stored."""
    packed: dict[str, NDArray[Any]] = {}
    for name, weight in weights.items():
        if name.endswith(_MATRIX) and weight.ndim == 2:
            packed[name], packed[name + SCALES_OF] = quantise(weight, _MOST)
        else:
            packed[name] = weight.astype(np.float16)
    return packed


def unpack_weights(packed: Weights) -> dict[str, NDArray[np.float32]]:
    """Stored weights by name in float32."""
    scales = {name.removesuffix(SCALES_OF) for name in packed if name.endswith(SCALES_OF)}
    return {
        name: (weight * packed[name + SCALES_OF][:, None] if name in scales else weight).astype(
            np.float32
        )
        for name, weight in packed.items()
        if not name.endswith(SCALES_OF)
    }
