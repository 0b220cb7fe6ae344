"""How often the shipped parts show the right passage of the article that answers."""

from __future__ import annotations

from pathlib import Path

import pytest

import data
from indexer.passage_judgments import DETAIL, PassageJudgment, read_passage_judgments
from search.engine import SearchEngine
from search.evaluation.fit_passages import examples, shown_by
from search.evaluation.passages import measure_passages

DEV = [
    each for each in read_passage_judgments(data.JUDGMENTS / "passages.jsonl") if each.part == "dev"
]


@pytest.fixture(scope="module")
def engine(corpus_index: Path) -> SearchEngine:
    """The engine over the bundled corpus."""
    return SearchEngine.open(corpus_index)


def right(engine: SearchEngine, judged: list[PassageJudgment]) -> float:
    return measure_passages(engine, judged, lambda _: None)["dev"].right / len(judged)


def test_what_is_shown_beats_always_the_lead(engine: SearchEngine) -> None:
    shown = measure_passages(engine, DEV, lambda _: None)["dev"]
    always_the_lead = shown_by({"lead": 1.0}, examples(engine, DEV))
    assert shown.best > always_the_lead.best + 5
    assert shown.right > always_the_lead.right + 5


def test_what_a_title_asks_is_nearly_always_answered(engine: SearchEngine) -> None:
    assert right(engine, [each for each in DEV if each.kind != DETAIL]) >= 0.9


def test_a_detail_is_mostly_answered_by_the_passage_on_it(engine: SearchEngine) -> None:
    assert right(engine, [each for each in DEV if each.kind == DETAIL]) >= 0.5
