"""Related articles: the nearest others, never the article itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexer.article import Passage
from indexer.relate import article_vectors, relate


def test_the_nearest_others_come_first() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    related = [[(row.row, round(row.score, 4)) for row in rows] for rows in relate(vectors)]
    assert related == [[(1, 0.8), (2, 0.0)], [(0, 0.8), (2, 0.6)], [(1, 0.6), (0, 0.0)]]


def test_an_article_is_its_title_and_the_mean_of_its_body_however_it_is_asked() -> None:
    passages = [
        Passage(0, "title", "", "", "", 0, 0),
        Passage(0, "asked", "", "", "", 0, 0),
        Passage(0, "lead", "s0-1", "", "", 0, 0),
        Passage(0, "item", "s0-2", "", "", 0, 0),
    ]
    vectors = np.array([[1, 0], [-1, 0], [0, 1], [0, 1]], dtype=np.float32)
    expected = np.array([[1, 1]]) / np.sqrt(2)
    np.testing.assert_allclose(article_vectors(vectors, passages, 1), expected, rtol=1e-6)


def test_one_article_has_no_related_ones() -> None:
    assert relate(np.ones((1, 4), dtype=np.float32)) == [[]]


@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 20), st.just(3)), elements=st.floats(-1, 1, width=32)
    )
)
def test_never_itself_never_twice_never_more_than_asked(vectors: np.ndarray) -> None:
    for row, others in enumerate(relate(vectors, k=5)):
        rows = [other.row for other in others]
        assert row not in rows
        assert len(rows) == len(set(rows)) == min(5, len(vectors) - 1)
        assert all(0 <= other.score <= 1 for other in others)
