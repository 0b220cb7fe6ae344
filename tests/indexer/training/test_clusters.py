from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.training.clusters import clusters_of


def edges(*pairs: tuple[int, int]) -> np.ndarray:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def test_what_matches_a_third_is_one_cluster() -> None:
    assert clusters_of(6, edges((4, 2), (2, 5), (1, 3))).tolist() == [0, 1, 2, 1, 2, 2]


def test_without_pairs_each_text_is_alone() -> None:
    assert clusters_of(3, edges()).tolist() == [0, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_clusters_are_the_connected_components(pairs: list[tuple[int, int]]) -> None:
    reach = np.eye(12, dtype=bool)
    for a, b in pairs:
        reach[a, b] = reach[b, a] = True
    for middle in range(12):
        reach |= reach[:, [middle]] & reach[[middle], :]
    clusters = clusters_of(12, edges(*pairs))
    np.testing.assert_array_equal(clusters[:, None] == clusters[None, :], reach)
    np.testing.assert_array_equal(clusters, reach.argmax(axis=1))
