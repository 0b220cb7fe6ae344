"""How well the shipped parts answer together, on the judged dev questions."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest

import data
from indexer.calibration import read_calibration
from indexer.judgments import read_judgments
from search.engine import SearchEngine
from search.evaluation.fit import fit_calibration
from search.evaluation.report import Report, evaluate

DEV = read_judgments(data.JUDGMENTS / "dev.jsonl")


@pytest.fixture(scope="module")
def report(corpus_index: Path) -> Report:
    """The evaluation on dev."""
    return evaluate(corpus_index, DEV, "dev", worst_count=0)


def test_both_retrievers_together_beat_either_alone(report: Report) -> None:
    both = report.modes["hybrid"]
    for alone in (report.modes["keyword"], report.modes["semantic"]):
        assert both.mrr_at_10 > alone.mrr_at_10
        assert both.recall_at_10 > alone.recall_at_10


def test_what_is_claimed_as_an_answer_is_mostly_right(report: Report) -> None:
    claimed = {name: counts["answered"] for name, counts in report.statuses.items()}
    assert claimed["right first"] >= 0.75 * sum(claimed.values())


def test_right_answers_are_rarely_hidden(report: Report) -> None:
    right = report.statuses["right first"]
    assert right["none"] <= 0.06 * sum(right.values())


def test_the_model_brings_the_calibration_that_dev_gives(corpus_index: Path) -> None:
    shipped = read_calibration(data.MODEL)
    assert shipped is not None
    engine = SearchEngine.open(corpus_index)
    fitted = fit_calibration(engine, DEV, lambda _: None)
    for ours, theirs in zip(astuple(fitted), astuple(shipped), strict=True):
        assert ours == pytest.approx(theirs, rel=1e-2)
