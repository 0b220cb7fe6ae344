"""Where to go on where nothing answers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from indexer.store.articles import ArticleCard
from indexer.store.builds import hold_current
from indexer.store.calibration import Calibration, Linear
from search.candidates import Candidate
from search.engine import SearchEngine
from search.features import NAMES
from search.nearby import nearest_categories
from search.query import Query
from search.ranking import RankedArticle
from search.terminal import format_response

# Near from a likelihood of 0.1 on.
CALIBRATION = Calibration(
    Linear({}), Linear({}), suggest=0.25, answer=0.7, questions=100, worded=True
)


def ranked(*found: tuple[str, float]) -> list[RankedArticle]:
    """Articles of these categories with these cosines and likelihoods."""
    return [
        RankedArticle(
            ArticleCard(row, f"a{row}", "题", category, None, False, "", ""),
            cosine,
            {"vector": cosine},
            cosine,
            None,
            np.zeros(len(NAMES)),
            np.zeros(len(NAMES)),
            Candidate(row, {"vector": cosine}),
        )
        for row, (category, cosine) in enumerate(found)
    ]


def test_categories_of_which_several_articles_are_near_are_named_the_most_first() -> None:
    near = ranked(("房贷", 0.5), ("征信", 0.45), ("征信", 0.4), ("房贷", 0.35), ("征信", 0.3))
    assert nearest_categories(near, CALIBRATION) == ("征信", "房贷")


def test_one_article_of_a_category_is_not_enough() -> None:
    assert nearest_categories(ranked(("房贷", 0.5), ("征信", 0.5)), CALIBRATION) == ()


def test_what_is_far_names_nothing() -> None:
    assert nearest_categories(ranked(("房贷", 0.09), ("房贷", 0.09)), CALIBRATION) == ()
    assert nearest_categories(ranked(("房贷", 0.1), ("房贷", 0.1)), CALIBRATION) == ("房贷",)
    assert nearest_categories([], CALIBRATION) == ()


def test_three_at_most_and_no_nameless_ones() -> None:
    names = ["房贷", "征信", "花呗", "借呗", ""]
    near = ranked(*((name, 0.5) for name in names for _ in range(2)))
    assert nearest_categories(near, CALIBRATION) == ("房贷", "征信", "花呗")


def test_only_the_ten_nearest_tell() -> None:
    near = ranked(*[("房贷", 0.6)] * 9, ("征信", 0.5), ("征信", 0.4))
    assert nearest_categories(near, CALIBRATION) == ("房贷",)


def test_without_a_calibration_nothing_is_known() -> None:
    assert nearest_categories(ranked(("房贷", 0.9), ("房贷", 0.9)), None) == ()


def test_nothing_found_names_nothing() -> None:
    assert nearest_categories([], CALIBRATION) == ()


@pytest.fixture
def doubting(index_folder: Path) -> SearchEngine:
    """An engine with thresholds that no article reaches."""
    held = hold_current(index_folder)
    assert held.manifest.calibration
    strict = dataclasses.replace(held.manifest.calibration, suggest=0.9999, answer=0.99999)
    manifest = dataclasses.replace(held.manifest, calibration=strict)
    return SearchEngine.over(dataclasses.replace(held, manifest=manifest))


def test_only_what_nothing_answers_gets_ways_on(doubting: SearchEngine) -> None:
    response = doubting.search(Query.parse("房贷提前还款要违约金吗"))
    assert response.status == "none"
    assert response.suggestions
    assert response.suggestions.questions == doubting.popular(5)
    assert response.hits, "they stay as they were found, and claim nothing"


def test_an_answered_question_gets_none(engine: SearchEngine) -> None:
    response = engine.search(Query.parse("房贷提前还款划算吗"))
    assert response.status != "none"
    assert response.suggestions is None
    assert response.to_json()["suggestions"] is None


def test_the_terminal_tells_what_to_try(doubting: SearchEngine) -> None:
    response = doubting.search(Query.parse("房贷提前还款要违约金吗"))
    lines = format_response(response).splitlines()
    assert lines[0] == "没有找到能回答这个问题的内容。"
    assert lines[1] == "可以换个说法再问，急事请直接问贷款机构的官方客服。"
    for card in doubting.popular(5):
        assert f"    {card.title}" in lines
    assert response.hits[0].answer.text[:20] not in "".join(lines)
