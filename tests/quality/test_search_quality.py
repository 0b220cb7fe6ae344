"""How well the shipped parts answer together, on the judged dev questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import data
from indexer.calibration import read_calibration
from indexer.encoders.protocol import Encoder
from indexer.judgments import read_judgments
from indexer.readers.markdown import read_markdown
from indexer.reading import DEFAULTS
from search.engine import SearchEngine
from search.evaluation.fit import fit_calibration
from search.evaluation.report import Report, evaluate
from search.query import Query
from tests.conftest import build

CORPUS_FILES = sorted(data.CORPUS.glob("*.md"))
DEV = read_judgments(data.JUDGMENTS / "dev.jsonl")
# The questions that the calibrations in data/model were fitted on.
FITTED_ON = DEV


@pytest.fixture(scope="module")
def report(corpus_index: Path) -> Report:
    """The evaluation on dev."""
    return evaluate(corpus_index, DEV, "dev", worst_count=0)


@pytest.fixture(scope="module")
def index_of_titles(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """The corpus as most sites have theirs: articles without other wordings of their titles."""
    folder = tmp_path_factory.mktemp("titles")
    build([data.CORPUS], folder, encoder, reading=replace(DEFAULTS, without_asked=True))
    return folder


def test_both_retrievers_together_beat_either_alone(report: Report) -> None:
    both = report.modes["hybrid"]
    for alone in (report.modes["keyword"], report.modes["semantic"]):
        assert both.mrr_at_10 > alone.mrr_at_10
        assert both.recall_at_10 > alone.recall_at_10


def test_so_they_do_where_titles_stand_alone(index_of_titles: Path) -> None:
    modes = evaluate(index_of_titles, DEV, "dev", worst_count=0).modes
    for alone in (modes["keyword"], modes["semantic"]):
        assert modes["hybrid"].mrr_at_10 > alone.mrr_at_10
        assert modes["hybrid"].recall_at_10 > alone.recall_at_10


def test_what_is_claimed_as_an_answer_is_mostly_right(report: Report) -> None:
    claimed = {name: counts["answered"] for name, counts in report.statuses.items()}
    assert claimed["right first"] >= 0.75 * sum(claimed.values())


def test_right_answers_are_rarely_hidden(report: Report) -> None:
    right = report.statuses["right first"]
    assert right["none"] <= 0.06 * sum(right.values())


@pytest.mark.parametrize(("name", "worded"), [("corpus_index", True), ("index_of_titles", False)])
def test_the_model_brings_the_calibration_that_its_questions_give(
    name: str, worded: bool, request: pytest.FixtureRequest
) -> None:
    engine = SearchEngine.open(request.getfixturevalue(name))
    shipped = read_calibration(data.MODEL, worded=worded)
    assert shipped == engine.manifest.calibration
    assert shipped is not None
    assert shipped.worded == worded
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
