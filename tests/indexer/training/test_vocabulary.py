from __future__ import annotations

import math

import numpy as np

from indexer.encoders.vocabulary import NOTHING, SPECIALS
from indexer.training.vocabulary import build_vocabulary

TEXTS = ["ab", "ac", "ab", "dc"]


def test_the_frequent_come_first_and_ties_go_by_name() -> None:
    vocabulary = build_vocabulary(TEXTS, min_count=1, max_bigrams=99).vocabulary
    assert vocabulary.characters == ("a", "b", "c", "d")
    a, b, c, d = range(SPECIALS, SPECIALS + 4)
    # Three texts begin with a; two each end with b or c and hold ab.
    frequent = [[NOTHING, a], [a, b], [b, NOTHING], [c, NOTHING]]
    rare = [[NOTHING, d], [a, c], [d, c]]
    assert sorted(vocabulary.bigrams[:4].tolist()) == sorted(frequent)
    assert sorted(vocabulary.bigrams[4:].tolist()) == sorted(rare)
    assert vocabulary.bigrams[0].tolist() == [NOTHING, a]


def test_the_rare_and_the_surplus_are_left_out() -> None:
    some = build_vocabulary(TEXTS, min_count=2, max_bigrams=99).vocabulary
    assert some.characters == ("a", "b", "c")
    assert len(some.bigrams) == 4
    assert len(build_vocabulary(TEXTS, min_count=2, max_bigrams=1).vocabulary.bigrams) == 1
    assert build_vocabulary(TEXTS, min_count=5, max_bigrams=99).vocabulary.characters == ()


def test_the_rarer_a_row_the_more_it_tells() -> None:
    idf = build_vocabulary(TEXTS, min_count=2, max_bigrams=1).idf
    nothing = [0.0] * SPECIALS
    expected = [*nothing, *(math.log(1 + 4 / df) for df in (3, 2, 2)), math.log(1 + 4 / 3)]
    np.testing.assert_allclose(idf, expected, rtol=1e-6)
