"""Profiles of an article's wordings, by hand."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import IndexDamagedError
from indexer.store.wordings import WordingIndex, write_wordings
from indexer.text.grams import grams


def written(folder: Path, wordings: list[list[str]]) -> WordingIndex:
    write_wordings(wordings, folder / "wordings")
    return WordingIndex.open(folder / "wordings", len(wordings))


def test_grams_are_characters_and_pairs_across_marks() -> None:
    assert grams("花呗，还") == ["花", "呗", "还", "花呗", "呗还"]


def test_a_score_is_the_share_of_what_all_grams_could_bring(tmp_path: Path) -> None:
    index = written(tmp_path, [["甲乙", "甲"], ["乙"]])
    # The first profile has 甲 twice, 乙 and 甲乙, the second 乙: 2.5 grams on average.
    once, both = log(1 + 1.5 / 1.5), log(1 + 0.5 / 2.5)
    first, second = 1.2 * (0.25 + 0.75 * 4 / 2.5), 1.2 * (0.25 + 0.75 * 1 / 2.5)
    sums = [
        once * 2 * 2.2 / (2 + first) + both * 2.2 / (1 + first) + once * 2.2 / (1 + first),
        both * 2.2 / (1 + second),
    ]
    expected = [each / ((once + both + once) * 2.2) for each in sums]
    assert index.scores("甲乙").tolist() == pytest.approx(expected)


def test_what_no_article_has_counts_against_all(tmp_path: Path) -> None:
    index = written(tmp_path, [["花呗"], ["借呗"]])
    assert index.scores("花呗X").max() < index.scores("花呗").max()
    assert index.scores("西红柿").tolist() == [0.0, 0.0]
    assert index.scores("？！").tolist() == [0.0, 0.0]


texts = st.text(alphabet="花呗借还款吗？a", max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.lists(texts, max_size=3), min_size=1, max_size=5), texts)
def test_scores_lie_between_0_and_1(
    tmp_path_factory: pytest.TempPathFactory, wordings: list[list[str]], asked: str
) -> None:
    scores = written(tmp_path_factory.mktemp("any"), wordings).scores(asked)
    assert scores.shape == (len(wordings),)
    assert np.all((scores >= 0) & (scores <= 1))


@pytest.mark.parametrize("name", ["grams.trie", "starts.npy", "articles.npy", "weights.npy"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    written(tmp_path, [["花呗"]])
    (tmp_path / "wordings" / name).unlink()
    with pytest.raises(IndexDamagedError, match="no profiles of wordings"):
        WordingIndex.open(tmp_path / "wordings", 1)
