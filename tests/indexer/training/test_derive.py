"""Pairs derived from articles and judged questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.article import Article, Block, Section
from indexer.errors import InputError
from indexer.judgments import Judgment
from indexer.training.derive import (
    pairs_from_articles,
    pairs_from_judgments,
    pairs_from_wordings,
)
from indexer.training.pairs import Pair, read_pairs, write_pairs
from indexer.training.pairs_command import pairs
from tests.conftest import FAQ


def article(key: str, title: str, lead: str) -> Article:
    sections = (
        Section("", (Block("paragraph", lead),)),
        Section("原因", (Block("item", "资料过期。", 1),)),
    )
    return Article(key, title, sections, tags=("花呗",), family="花呗")


ARTICLES = {
    "use": article("use", "花呗用不了", "先看提示。"),
    "close": article("close", "花呗怎么关", "还清再关。"),
    "early": article("early", "花呗能早还吗", "能。"),
}


def test_a_title_stands_beside_each_passage() -> None:
    assert list(pairs_from_articles([ARTICLES["use"]])) == [
        Pair("花呗用不了", "先看提示。", True),
        Pair("花呗用不了", "原因 资料过期。", True),
    ]


def test_a_wording_stands_beside_what_answers_it_and_beside_its_neighbours() -> None:
    asked = replace(ARTICLES["use"], asked=("付不了款", "刷不出来"))
    alone = replace(ARTICLES["early"], family="", asked=("早还",))
    derived = list(pairs_from_wordings([asked, ARTICLES["close"], alone]))
    assert [pair for pair in derived if pair.first in {"付不了款", "早还"}] == [
        Pair("付不了款", "花呗用不了 花呗", True),
        Pair("付不了款", "先看提示。", True),
        Pair("付不了款", "花呗用不了 花呗 先看提示。", True),
        Pair("付不了款", "花呗怎么关 花呗", False),
        Pair("早还", "花呗能早还吗 花呗", True),
        Pair("早还", "能。", True),
        Pair("早还", "花呗能早还吗 花呗 能。", True),
    ]
    assert [pair.second for pair in derived if pair.first == "刷不出来"] == [
        pair.second for pair in derived if pair.first == "付不了款"
    ]


def test_no_wording_is_taken_from_families_that_held_out_questions_ask_for() -> None:
    asked = [
        replace(ARTICLES["use"], asked=("付不了款",)),
        replace(ARTICLES["close"], asked=("关掉",)),
        replace(ARTICLES["early"], family="还款", asked=("早还",)),
        replace(ARTICLES["early"], id="alone", family="", asked=("提前",)),
        replace(ARTICLES["early"], id="apart", family="", asked=("还早",)),
    ]
    held_out = [
        Judgment("刷不出来", {"use": 2, "early": 1}),
        Judgment("早点", {"apart": 2, "gone": 2}),
    ]
    derived = pairs_from_wordings(asked, held_out)
    assert {pair.first for pair in derived} == {"早还", "提前"}


def test_a_question_stands_beside_what_answers_it_and_beside_ungraded_neighbours() -> None:
    judged = [Judgment("付不了款", {"use": 2, "early": 1}), Judgment("天气", {})]
    derived = list(pairs_from_judgments(judged, ARTICLES))
    assert [pair for pair in derived if pair.same] == [
        Pair("付不了款", "花呗用不了 花呗", True),
        Pair("付不了款", "先看提示。", True),
        Pair("付不了款", "花呗用不了 花呗 先看提示。", True),
    ]
    assert [pair for pair in derived if not pair.same] == [
        Pair("付不了款", "花呗怎么关 花呗", False)
    ]


def test_an_article_graded_0_is_parted_from_the_question() -> None:
    judged = [Judgment("付不了款", {"early": 0}), Judgment("关掉", {"close": 2, "use": 0})]
    derived = pairs_from_judgments(judged, ARTICLES)
    assert [pair for pair in derived if not pair.same] == [
        Pair("付不了款", "花呗能早还吗 花呗", False),
        Pair("关掉", "花呗能早还吗 花呗", False),
        Pair("关掉", "花呗用不了 花呗", False),
    ]


def test_an_article_that_is_not_there_is_left_out() -> None:
    assert list(pairs_from_judgments([Judgment("问", {"gone": 2})], ARTICLES)) == []


def test_pairs_survive_the_round_trip(tmp_path: Path) -> None:
    written = [Pair("甲", "乙", True), Pair("甲", "丙 丁", False)]
    assert write_pairs(written, tmp_path / "pairs.tsv") == 2
    assert read_pairs([tmp_path / "pairs.tsv"]) == written


def test_pairs_go_into_a_folder(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="taken cannot be a folder for them"):
        CliRunner().invoke(pairs, [str(FAQ), "--out", str(taken)], catch_exceptions=False)


def test_the_command_writes_a_file_of_each_kind(tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text(
        '{"query": "早点还房贷", "relevant": {"mortgage-early": 2}}\n', encoding="utf-8"
    )
    arguments = [str(FAQ), "--judgments", str(judged), "--out", str(tmp_path / "pairs")]
    done = CliRunner().invoke(pairs, [*arguments, "--held-out", str(judged)])
    assert done.exit_code == 0, done.output
    assert [line.split("/")[-1] for line in done.output.splitlines()] == [
        "articles.tsv",
        "asked.tsv",
        "judged.tsv",
    ]
    assert all(pair.same for pair in read_pairs([tmp_path / "pairs" / "articles.tsv"]))
    assert {pair.first for pair in read_pairs([tmp_path / "pairs" / "judged.tsv"])} == {
        "早点还房贷"
    }
