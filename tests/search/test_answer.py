"""Which passage answers, and what is marked in it."""

from __future__ import annotations

from indexer.article import Passage, PassageKind
from search.answer import choose_passage, merge_spans


def passage(kind: PassageKind, text: str) -> Passage:
    return Passage(0, kind, "" if kind == "title" else text, "", text, 0, len(text))


PASSAGES = {
    4: passage("title", "title"),
    5: passage("lead", "lead"),
    6: passage("item", "first"),
    7: passage("item", "second"),
}


def test_the_best_passage_answers() -> None:
    assert choose_passage(PASSAGES, {4: 0.4, 6: 0.3, 7: 0.5}).text == "second"


def test_the_lead_answers_for_a_title() -> None:
    assert choose_passage(PASSAGES, {4: 0.6, 7: 0.5}).text == "lead"
    assert choose_passage(PASSAGES, {4: 0.6}).text == "lead"


def test_the_earlier_of_equal_passages_answers() -> None:
    assert choose_passage(PASSAGES, {6: 0.5, 7: 0.5}).text == "first"


def test_an_article_of_nothing_but_a_title_answers_with_it() -> None:
    assert choose_passage({4: PASSAGES[4]}, {4: 0.6}).text == "title"


def test_marks_that_touch_or_overlap_become_one() -> None:
    assert merge_spans([(4, 6), (0, 2), (2, 3), (5, 9), (0, 1)]) == ((0, 3), (4, 9))
