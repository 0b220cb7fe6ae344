"""Passages gathered into articles, by hand."""

from __future__ import annotations

from indexer.store.articles import PassagePlace
from search.candidates import Candidate, gather

PLACES = {
    0: PassagePlace(0, "title"),
    1: PassagePlace(0, "asked"),
    2: PassagePlace(0, "asked"),
    3: PassagePlace(0, "lead"),
    4: PassagePlace(0, "item"),
    5: PassagePlace(1, "title"),
}


def test_an_article_has_the_best_score_of_each_retriever_and_each_group() -> None:
    found = {"vector": {0: 0.5, 1: 0.7, 2: 0.6, 4: 0.25, 5: 0.1}, "keyword": {3: 0.2, 4: 0.5}}
    assert gather(found, PLACES) == {
        0: Candidate(
            article_row=0,
            scores={"vector": 0.7, "keyword": 0.5},
            by_group={
                "vector": {"title": 0.5, "asked": 0.7, "body": 0.25},
                "keyword": {"body": 0.5},
            },
            evidence={0: 0.5, 1: 0.7, 2: 0.6, 3: 0.2, 4: 0.75},
        ),
        1: Candidate(1, {"vector": 0.1}, {"vector": {"title": 0.1}}, {5: 0.1}),
    }


def test_nothing_found_gives_no_candidate() -> None:
    assert gather({"vector": {}, "keyword": {}}, {}) == {}
