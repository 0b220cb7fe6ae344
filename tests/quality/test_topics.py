"""The form of the topics that the encoder learns from beside the corpus."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import data
from indexer.article import question_key
from indexer.judgments import read_judgments
from indexer.readers import read_sources

TOPICS = read_sources((str(Path(data.__file__).parent / "training" / "topics.jsonl"),)).articles
FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万]+(元|天|日|%|个月|折)")
QUESTIONS = Counter(
    question_key(question) for topic in TOPICS for question in (topic.title, *topic.asked)
)


def test_every_topic_is_asked_in_six_ways() -> None:
    assert len(TOPICS) > 800
    assert {len(topic.asked) for topic in TOPICS} == {6}


def test_no_question_stands_for_two_topics() -> None:
    assert [question for question, times in QUESTIONS.items() if times > 1] == []


def test_every_topic_has_neighbours() -> None:
    families = Counter(topic.family for topic in TOPICS)
    assert all(2 <= count <= 4 for count in families.values())


def test_answers_claim_no_figures() -> None:
    """They rest on no sheet of facts: what changes is left to contracts and pages."""
    for topic in TOPICS:
        answer = " ".join(placed.block.text for placed in topic.placed_blocks())
        assert not FIGURE.search(answer), topic.id


def test_no_judged_question_and_no_title_of_the_corpus_is_among_them() -> None:
    judged = {
        question_key(each.query)
        for name in ("train", "dev", "test")
        for each in read_judgments(data.JUDGMENTS / f"{name}.jsonl")
    }
    titles = {question_key(article.title) for article in read_sources((str(data.CORPUS),)).articles}
    assert not QUESTIONS.keys() & (judged | titles)


def test_none_is_nearly_a_question_that_is_held_out() -> None:
    """Half of the pairs of characters in common would be: the figures would be flattered."""
    held_out = [
        _pairs(question_key(each.query))
        for name in ("dev", "test")
        for each in read_judgments(data.JUDGMENTS / f"{name}.jsonl")
    ]
    for question in QUESTIONS:
        own = _pairs(question)
        assert all(2 * len(own & other) < len(own | other) for other in held_out), question


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
