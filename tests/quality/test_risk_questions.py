"""Which questions carry a notice on fraud, measured on labelled questions.

A line of ``risk_questions.jsonl`` is a question with the topics it touches (any of them is a
right notice; none: no notice is right) and its part: ``train`` and ``dev`` are judged
questions, written by others than the terms; ``learn`` was looked at while the terms were
written, ``held`` was not corrected for.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import data
from indexer.lexicon import bundled_lexicon
from search.engine import SearchEngine

LABELLED = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("risk_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
TOPICS = {risk.topic for risk in bundled_lexicon().risks()}


@pytest.fixture(scope="module")
def engine(corpus_index: Path) -> SearchEngine:
    """The engine over the bundled corpus."""
    return SearchEngine.open(corpus_index)


def shown(engine: SearchEngine, question: str) -> set[str]:
    """Topics of the notices that a question carries."""
    read = engine.responder.reader.read(question)
    texts = {notice.text for notice in engine.responder.risks.on(read)}
    return {risk.topic for risk in engine.responder.risks.touched(read) if risk.notice in texts}


def test_labels_name_topics_and_touch_each_of_them() -> None:
    assert {topic for line in LABELLED for topic in line["topics"]} == TOPICS
    assert len({line["query"] for line in LABELLED}) == len(LABELLED) > 300


@pytest.mark.parametrize(
    ("part", "precision", "recall"),
    [("train", 0.97, 0.9), ("dev", 0.97, 0.9), ("learn", 0.97, 0.97), ("held", 0.97, 0.9)],
)
def test_notices_are_right_and_seldom_missing(
    engine: SearchEngine, part: str, precision: float, recall: float
) -> None:
    lines = [line for line in LABELLED if line["part"] == part]
    given = [(shown(engine, line["query"]), set(line["topics"])) for line in lines]
    all_shown = sum(len(topics) for topics, _ in given)
    right = sum(len(topics & wanted) for topics, wanted in given)
    touching = [topics & wanted for topics, wanted in given if wanted]
    assert right / all_shown >= precision
    assert sum(map(bool, touching)) / len(touching) >= recall


@pytest.mark.parametrize("part", ["train", "dev"])
def test_no_judged_question_carries_a_notice_that_nobody_labelled(
    engine: SearchEngine, part: str
) -> None:
    labelled = {line["query"] for line in LABELLED}
    path = data.JUDGMENTS / f"{part}.jsonl"
    judged = [json.loads(line)["query"] for line in path.read_text(encoding="utf-8").splitlines()]
    carrying = {question for question in judged if shown(engine, question)}
    assert carrying
    assert carrying - labelled == set()
