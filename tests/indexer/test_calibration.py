"""Which calibration a new build takes from its model's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.calibration import read_calibration, write_calibration
from indexer.errors import EncoderError
from indexer.store.calibration import Calibration, Linear
from indexer.store.entries import Counts


def calibration(*, worded: bool) -> Calibration:
    return Calibration(
        Linear({"body": 2.0}), Linear({"body": 1.0}, -0.5), 0.3, 0.7, questions=9, worded=worded
    )


def counts(articles: int, asked: int) -> Counts:
    return Counts(articles, 0, 10, asked, 0, 0, 10, 0)


def test_each_kind_of_collection_has_its_own(tmp_path: Path) -> None:
    for worded in (True, False):
        write_calibration(calibration(worded=worded), tmp_path)
    for worded in (True, False):
        assert read_calibration(tmp_path, worded=worded) == calibration(worded=worded)


@pytest.mark.parametrize("worded", [True, False])
def test_that_of_the_other_kind_is_better_than_none(tmp_path: Path, worded: bool) -> None:
    write_calibration(calibration(worded=worded), tmp_path)
    assert read_calibration(tmp_path, worded=not worded) == calibration(worded=worded)


def test_a_model_may_bring_none(tmp_path: Path) -> None:
    assert read_calibration(tmp_path, worded=True) is None


def test_a_broken_one_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "calibration-titles.json").write_text("{}")
    with pytest.raises(EncoderError, match=r"calibration-titles\.json: .*loanfaq calibrate"):
        read_calibration(tmp_path, worded=False)


def test_a_collection_has_wordings_where_there_is_one_for_each_article() -> None:
    assert counts(articles=4, asked=4).worded
    assert not counts(articles=4, asked=3).worded
    assert not counts(articles=0, asked=0).worded
