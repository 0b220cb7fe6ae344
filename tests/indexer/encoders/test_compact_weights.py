"""Weights as they are stored: matrices in whole numbers, all else in half precision."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexer.encoders.compact_weights import SCALES_OF, pack_weights, unpack_weights

NUMBERS = st.floats(-4, 4, width=32, allow_subnormal=False)


@given(arrays(np.float32, (3, 5), elements=NUMBERS))
def test_a_matrix_comes_back_to_half_a_step(matrix: np.ndarray) -> None:
    packed = pack_weights({"wide.weight": matrix, "wide.bias": matrix[0]})
    rows, scales = packed["wide.weight"], packed["wide.weight" + SCALES_OF]
    assert rows.dtype == np.int8
    assert np.abs(rows).max() <= 63, "two of them times an unsigned 8-bit number fit 16 bits"
    back = unpack_weights(packed)
    assert set(back) == {"wide.weight", "wide.bias"}
    assert (np.abs(back["wide.weight"] - matrix) <= scales[:, None] * 0.501).all()
    np.testing.assert_array_equal(back["wide.bias"], matrix[0].astype(np.float16))


def test_only_matrices_become_whole_numbers() -> None:
    packed = pack_weights({"norm.weight": np.ones(4), "positions": np.ones((2, 4))})
    assert {each.dtype for each in packed.values()} == {np.dtype(np.float16)}


def test_what_was_packed_is_packed_as_it_was() -> None:
    first = pack_weights({"wide.weight": np.array([[1.0, -0.3], [0.0, 0.0]], dtype=np.float32)})
    again = pack_weights(unpack_weights(first))
    for name, weight in first.items():
        np.testing.assert_array_equal(again[name], weight)
