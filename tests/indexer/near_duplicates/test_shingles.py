"""Shingles, by the formulas of Broder."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.near_duplicates.candidates import candidate_pairs, sample
from indexer.near_duplicates.shingles import containment, letters_of, resemblance, shingles_of

ONE = shingles_of("花呗提前还款")  # 花呗提前 呗提前还 提前还款
OTHER = shingles_of("借呗提前还款吗")  # 借呗提前 呗提前还 提前还款 前还款吗


def test_resemblance_is_what_is_shared_of_all() -> None:
    assert resemblance(ONE, OTHER) == 2 / (3 + 4 - 2)


def test_containment_is_what_is_shared_of_the_smaller() -> None:
    assert containment(ONE, OTHER) == 2 / 3


def test_only_letters_count() -> None:
    assert letters_of("（花呗）ＬＰＲ 還款？") == "花呗lpr还款"


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    assert len(shingles_of("花呗吗")) == 0
    assert resemblance(shingles_of(""), ONE) == containment(shingles_of(""), ONE) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_are_shares_and_the_same_either_way(one: str, other: str) -> None:
    left, right = shingles_of(letters_of(one)), shingles_of(letters_of(other))
    assert 0 <= resemblance(left, right) <= containment(left, right) <= 1
    assert resemblance(left, right) == resemblance(right, left)
    assert resemblance(left, left) == (1 if len(left) else 0)


@given(st.lists(st.text("花呗借还款提前", min_size=40, max_size=80), max_size=12))
def test_equal_texts_are_always_candidates(texts: list[str]) -> None:
    samples = [sample(shingles_of(text)) for text in (*texts, *texts)]
    pairs = {tuple(pair) for pair in candidate_pairs(samples).tolist()}
    assert all(one < other for one, other in pairs)
    groups: dict[bytes, list[int]] = {}
    for row, each in enumerate(samples):
        groups.setdefault(np.asarray(each).tobytes(), []).append(row)
    for rows in groups.values():
        if len(samples[rows[0]]) >= 2:
            assert (rows[0], rows[-1]) in pairs or len(rows) > 2
