"""Of articles that are equal but for a number, a product or a side, the right one is first.

Asked of a real index by the whole engine, whether its encoder has a calibration or none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.encoders.protocol import Encoder
from search.engine import SearchEngine
from search.features import nearness
from search.query import Query
from tests.conftest import build
from tests.search.otherwise_equal import BODY, NUMBERS, SIDES, Asked


def collection(folder: Path, encoder: Encoder, titles: Sequence[str]) -> Path:
    source = folder / "faq.jsonl"
    rows = [{"title": title, "body": BODY} for title in titles]
    source.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
    )
    build([source], folder / "index", encoder)
    return folder / "index"


@pytest.fixture(scope="module", params=["numbers", "sides"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> tuple[Path, Mapping[str, Asked]]:
    """An index of equal articles, and what is asked of them."""
    asked = {"numbers": NUMBERS, "sides": SIDES}[request.param]
    titles = [title for titles in asked.values() for title in titles]
    return collection(tmp_path_factory.mktemp("equal"), encoder, titles), asked


@pytest.mark.parametrize("calibrated", [True, False])
def test_the_article_that_says_what_is_asked_is_first(
    made: tuple[Path, Mapping[str, Asked]], calibrated: bool
) -> None:
    folder, asked = made
    engine = SearchEngine.open(folder, calibrated=calibrated)
    wrong = {}
    for told_apart, titles in asked.items():
        for title, questions in titles.items():
            for question in questions:
                ranked = engine.rank(Query.parse(question))
                first, second = [each for each in ranked if each.card.title in titles][:2]
                if first.card.title != title or first.score == second.score:
                    wrong[question] = (told_apart, first.card.title)
    engine.close()
    assert wrong == {}


def test_every_rate_finds_its_article_however_it_is_counted(
    tmp_path: Path, encoder: Encoder
) -> None:
    """A year's simple interest: twelve months, 360 days."""
    yearly = ("3.6", "7.2", "10.8", "14.4", "18", "21.6")
    engine = SearchEngine.open(
        collection(tmp_path, encoder, [f"年化{each}%的网贷算高吗" for each in yearly])
    )
    for each in yearly:
        month, day = float(each) / 12, float(each) / 360
        for question in (
            f"网贷年利率{each}%高不高",
            f"网贷月息{month:.1f}%高不高",
            f"网贷月息{month * 10:.0f}厘算高吗",
            f"网贷日利率{day:.2f}%高不高",
            f"日息万分之{day * 100:.0f}的网贷高不高",
        ):
            first = engine.rank(Query.parse(question))[0]
            assert first.card.title == f"年化{each}%的网贷算高吗", question
    engine.close()


@pytest.mark.parametrize("calibrated", [True, False])
def test_a_general_article_outranks_one_about_another_product(
    tmp_path: Path, encoder: Encoder, calibrated: bool
) -> None:
    """Unless the other product's name is much like the one asked about, as 花呗 is like 借呗."""
    titles = ["花呗可以提前还款吗", "微粒贷可以提前还款吗", "贷款可以提前还款吗"]
    engine = SearchEngine.open(collection(tmp_path, encoder, titles), calibrated=calibrated)
    for product in ("京东白条", "放心借", "度小满"):
        ranked = engine.rank(Query.parse(f"{product}能不能提前还"))
        assert ranked[0].card.title == "贷款可以提前还款吗"
    engine.close()


def test_forms_that_ask_find_what_the_plain_question_finds(
    tmp_path: Path, encoder: Encoder
) -> None:
    titles = ["花呗会上征信吗", "花呗不上征信是真的吗", "借呗会上征信吗"]
    engine = SearchEngine.open(collection(tmp_path, encoder, titles))
    for question in ("花呗会不会上征信", "花呗上不上征信", "花呗是否上征信", "花呗上征信吗"):
        assert engine.rank(Query.parse(question))[0].card.title == "花呗会上征信吗"
    engine.close()


def test_one_retriever_alone_keeps_its_own_order(tmp_path: Path, encoder: Encoder) -> None:
    titles = ["年化7.2%的贷款贵吗", "年化6%的贷款贵吗"]
    engine = SearchEngine.open(collection(tmp_path, encoder, titles))
    for mode in ("semantic", "keyword"):
        ranked = engine.rank(Query.parse("月息6厘的贷款贵吗", mode=mode))
        near = nearness(np.array([each.features for each in ranked])).tolist()
        own = near if mode == "semantic" else [each.candidate.scores[mode] for each in ranked]
        assert own == sorted(own, reverse=True)
        assert [each.score for each in ranked] == own
    engine.close()
