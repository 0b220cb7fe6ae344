"""Passages found by each retriever become candidate articles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Passage
from indexer.store.places import PlaceIndex, write_places
from search.candidates import Candidate, best_rows, gather
from search.findings import Findings, Found
from search.retrieval.depth import ARTICLES_EACH


def found(scores: Mapping[int, float]) -> Found:
    return Found(
        np.array(list(scores), dtype=np.int64), np.array(list(scores.values()), dtype=np.float64)
    )


def places(folder: Path, articles: int) -> PlaceIndex:
    """Two passages of each article: those of article ``i`` are ``2 i`` and ``2 i + 1``."""
    passages = [Passage(row // 2, "lead", "", "", "", 0, 0) for row in range(2 * articles)]
    write_places(passages, folder / "places.npy")
    return PlaceIndex.open(folder / "places.npy")


def findings(
    vector: Mapping[int, float],
    keyword: Mapping[int, float],
    wordings: list[float],
    exact: tuple[int, ...] = (),
) -> Findings:
    return Findings(
        {"vector": found(vector), "keyword": found(keyword)},
        4,
        np.array(wordings),
        dict.fromkeys(exact, "title"),
        np.zeros((1, 2), dtype=np.float32),
        (),
    )


def test_an_article_is_as_good_as_its_best_passage_for_each_retriever(tmp_path: Path) -> None:
    candidates = gather(
        findings({5: 0.9, 0: 0.4, 1: 0.6}, {1: 0.2, 0: 0.3}, [0.0, 0.5, 0.1]),
        places(tmp_path, 3),
    )
    assert candidates == [
        Candidate(0, {"vector": 0.6, "keyword": 0.3}),
        Candidate(1, {"wording": 0.5}),
        Candidate(2, {"vector": 0.9, "wording": 0.1}),
    ]


def test_an_article_that_asks_the_question_itself_is_one_whatever_was_found(tmp_path: Path) -> None:
    candidates = gather(findings({}, {}, [0.0, 0.0], exact=(1,)), places(tmp_path, 2))
    assert candidates == [Candidate(1, {})]


def test_of_each_retriever_so_many_are_taken(tmp_path: Path) -> None:
    many = ARTICLES_EACH + 5
    falling = {2 * row: 1 - row / 100 for row in range(many)}
    candidates = gather(findings(falling, {}, [0.1] * (many - 1) + [0.9]), places(tmp_path, many))
    # Of equal wordings those of the first rows, which the vectors have found as well.
    assert [each.article_row for each in candidates] == [*range(ARTICLES_EACH), many - 1]
    assert candidates[-1].scores == {"vector": falling[2 * (many - 1)], "wording": 0.9}


@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4]), max_size=60), st.integers(1, 40))
def test_the_best_rows_are_those_that_sorting_all_gives(scores: list[float], k: int) -> None:
    rows = np.arange(len(scores), dtype=np.int64) * 3
    expected = sorted(range(len(scores)), key=lambda at: (-scores[at], at))[:k]
    assert best_rows(Found(rows, np.array(scores)), k).tolist() == [3 * at for at in expected]
