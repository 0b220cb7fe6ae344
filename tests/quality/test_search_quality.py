"""How well the shipped parts answer together, on the judged dev questions."""

from __future__ import annotations

from pathlib import Path

import pytest

import data
from indexer.calibration import read_calibration
from indexer.judgments import read_judgments
from indexer.readers.markdown import read_markdown
from search.engine import SearchEngine
from search.evaluation.fit import fit_calibration
from search.evaluation.report import Report, evaluate
from search.query import Query

CORPUS_FILES = sorted(data.CORPUS.glob("*.md"))
DEV = read_judgments(data.JUDGMENTS / "dev.jsonl")
# The questions that data/model/calibration.json was fitted on.
FITTED_ON = DEV


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


def test_the_model_brings_the_calibration_that_its_questions_give(corpus_index: Path) -> None:
    shipped = read_calibration(data.MODEL)
    assert shipped is not None
    engine = SearchEngine.open(corpus_index)
    fitted = fit_calibration(engine, FITTED_ON, lambda _: None)
    for part in ("ranking", "confidence"):
        ours, theirs = getattr(fitted, part), getattr(shipped, part)
        assert ours.weights == pytest.approx(theirs.weights, rel=1e-2, abs=1e-2)
    assert (fitted.suggest, fitted.answer) == pytest.approx(
        (shipped.suggest, shipped.answer), abs=1e-2
    )


def test_an_article_comes_first_for_its_own_title(corpus_index: Path) -> None:
    engine = SearchEngine.open(corpus_index)
    articles = [read_markdown(path.read_text("utf-8"), path.name) for path in CORPUS_FILES]
    assert len(articles) > 400
    for article in articles:
        response = engine.search(Query.parse(article.title, limit=1))
        assert (response.hits[0].id, response.status) == (article.id, "answered")


def test_both_together_beat_either_alone_on_every_kind(report: Report) -> None:
    for kind, both in report.kinds["hybrid"].items():
        for alone in ("keyword", "semantic"):
            assert both.mrr_at_10 > report.kinds[alone][kind].mrr_at_10, (kind, alone)
