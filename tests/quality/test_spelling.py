"""Corrections help who misspells and spare everybody else, on judged questions."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import data
from indexer.judgments import read_judgments
from indexer.text.pinyin import full
from search.engine import SearchEngine
from search.evaluation.evaluate import ask
from search.evaluation.spelling import Spelling, measure_spelling
from search.query import Query

JUDGED = [
    *read_judgments(data.JUDGMENTS / "dev.jsonl"),
    *read_judgments(data.JUDGMENTS / "train.jsonl"),
]
TITLES = 60


@pytest.fixture(scope="module")
def corpus(corpus_index: Path) -> SearchEngine:
    return SearchEngine.open(corpus_index)


@pytest.fixture(scope="module")
def spelling(corpus: SearchEngine) -> Spelling:
    """Of the questions that the corrector would change: a search corrects no other."""
    doubtful = [each for each in JUDGED if corpus.correct(each.query)]
    return measure_spelling(corpus, ask(corpus, doubtful, "hybrid", lambda _: None))


def test_correct_questions_are_almost_never_corrected(spelling: Spelling) -> None:
    assert spelling.questions > 100
    assert len(spelling.false) <= 0.005 * len(JUDGED), spelling.false


def test_corrections_bring_more_right_articles_first(spelling: Spelling) -> None:
    assert spelling.outcomes
    assert spelling.hit_at_1_corrected > spelling.hit_at_1


def test_titles_in_pinyin_find_their_article(corpus: SearchEngine) -> None:
    cards = [
        card
        for category, count in corpus.categories().items()
        for card in corpus.articles_in(category, limit=count)
    ]
    found: dict[bool, int] = {True: 0, False: 0}
    for card in random.Random(7).sample(cards, TITLES):
        words = (each.text for each in corpus.responder.reader.read(card.title).words)
        typed = " ".join(full([word]) for word in words if word.isalnum())
        for literal in found:
            hits = corpus.search(Query.parse(typed, limit=1, literal=literal)).hits
            found[literal] += bool(hits) and hits[0].id == card.id
    assert found[False] >= 0.95 * TITLES
    assert found[True] < 0.6 * TITLES
