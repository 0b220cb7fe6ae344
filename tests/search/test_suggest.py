"""Completions: titles, categories and products, typed in characters, pinyin or both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from indexer.article import Article
from indexer.encoders.protocol import Encoder
from indexer.errors import IndexDamagedError, QueryError
from indexer.lexicon import bundled_lexicon
from indexer.store import suggestions
from indexer.store.builds import IndexFolder
from indexer.store.manifest import SUGGESTIONS
from indexer.store.segmentation import open_segmenter
from indexer.store.suggestions import (
    StoredSuggestion,
    SuggestionEntry,
    SuggestionStore,
    write_suggestions,
)
from indexer.suggest import suggestion_entries
from search.engine import SearchEngine
from tests.conftest import build

ARTICLES: list[dict[str, Any]] = [
    {"id": "early", "title": "花呗可以提前还款吗", "category": "消费贷", "published": "2026-01-01"},
    {"id": "late", "title": "花呗逾期一天会怎样", "category": "消费贷", "published": "2026-01-01"},
    {"id": "newer", "title": "花呗怎么关闭", "category": "消费贷", "published": "2026-02-01"},
    {"id": "older", "title": "花呗怎么开通", "category": "消费贷", "published": "2025-02-01"},
    {"id": "b-same-day", "title": "借呗怎么关闭", "published": "2026-02-01"},
    {"id": "a-same-day", "title": "借呗怎么开通", "published": "2026-02-01"},
    {"id": "bank", "title": "银行流水怎么打", "category": "材料"},
    {"id": "rate", "title": "LPR降了房贷会少还吗", "tags": ["工商银行"]},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("suggest")
    lines = (json.dumps(each | {"body": f"{each['title']}，看合同。"}) for each in ARTICLES)
    (folder / "faq.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([folder / "faq.jsonl"], folder / "index", encoder)
    return folder / "index"


@pytest.fixture(scope="module")
def engine(folder: Path) -> SearchEngine:
    return SearchEngine.open(folder)


def texts(engine: SearchEngine, typed: str, limit: int = 20) -> list[str]:
    return [each.text for each in engine.suggest(typed, limit)]


@pytest.mark.parametrize(
    "typed",
    [
        "花呗可",
        "花呗提前",  # without its stop words
        "提前还款",  # from a word on
        "花 呗，可以",
        "花唄可以",
        "花贝提前",  # misspelt
        "huabeikeyitiqian",
        "huabei ti",
        "HuaBeiTiQianHuanKuan",  # 还 is huan in 还款
        "hbkytq",
        "hbtq",
        "tqhk",
        "花呗tq",
        "花呗tiqian",
    ],
)
def test_a_question_is_completed_however_it_is_typed(engine: SearchEngine, typed: str) -> None:
    assert "花呗可以提前还款吗" in texts(engine, typed)


@pytest.mark.parametrize("typed", ["呗可", "eti", "款提", "西红柿", "bh"])
def test_the_middle_of_a_word_completes_to_nothing(engine: SearchEngine, typed: str) -> None:
    assert texts(engine, typed) == []


def test_a_word_is_read_as_it_is_read_there(engine: SearchEngine) -> None:
    assert texts(engine, "yinhangliu") == ["银行流水怎么打"]
    assert texts(engine, "yinxing") == []


def test_shorter_titles_the_newest_then_by_id(engine: SearchEngine) -> None:
    assert texts(engine, "花呗") == [
        "花呗",
        "花呗怎么关闭",
        "花呗怎么开通",
        "花呗可以提前还款吗",
        "花呗逾期一天会怎样",
    ]
    assert [each.url for each in engine.suggest("借呗怎么")] == [
        "/articles/a-same-day",
        "/articles/b-same-day",
    ]


def test_whole_articles_stand_before_excerpts(folder: Path) -> None:
    whole, excerpt = Article("z", "花呗怎么开通", ()), Article("a", "花呗", (), excerpt_only=True)
    segmenter = open_segmenter(IndexFolder(folder).current())
    entries = suggestion_entries([excerpt, whole], bundled_lexicon(), segmenter)

    assert [(each.suggestion.kind, each.suggestion.target) for each in entries] == [
        ("product", "花呗"),
        ("article", "z"),
        ("article", "a"),
    ]


def test_titles_that_begin_so_stand_before_titles_that_hold_it(engine: SearchEngine) -> None:
    titles = ["借呗怎么开通", "借呗怎么关闭", "花呗怎么关闭", "花呗怎么开通"]
    assert texts(engine, "怎么") == [*titles, "银行流水怎么打"]
    assert texts(engine, "yh")[:1] == ["银行流水怎么打"]


@pytest.mark.parametrize("typed", ["花呗", "花", "花贝", "huabei", "hb", "蚂蚁花", "hua"])
def test_a_product_comes_first_by_each_of_its_names(engine: SearchEngine, typed: str) -> None:
    first = engine.suggest(typed)[0]

    assert (first.kind, first.text) == ("product", "花呗")
    assert first.url == "/search?q=%E8%8A%B1%E5%91%97"


def test_a_category_leads_to_its_page(engine: SearchEngine) -> None:
    assert [each.to_json() for each in engine.suggest("xiaof")] == [
        {"kind": "category", "text": "消费贷", "url": "/categories/%E6%B6%88%E8%B4%B9%E8%B4%B7"}
    ]


def test_a_product_is_offered_only_where_articles_are_about_it(engine: SearchEngine) -> None:
    assert texts(engine, "微粒") == []
    assert texts(engine, "工商") == ["工商银行"]


def test_the_limit_holds(engine: SearchEngine) -> None:
    assert texts(engine, "花呗", 2) == ["花呗", "花呗怎么关闭"]
    assert texts(engine, "花呗", 1) == ["花呗"]


@pytest.mark.parametrize(
    ("typed", "limit", "code"),
    [
        ("", 8, "query_empty"),
        ("\x00\u200b", 8, "query_empty"),
        ("？！", 8, "query_without_words"),
        ("花" * 251, 8, "query_too_long"),
        ("花", 0, "limit_out_of_range"),
        ("花", 21, "limit_out_of_range"),
    ],
)
def test_what_is_no_question_yet_is_refused(
    engine: SearchEngine, typed: str, limit: int, code: str
) -> None:
    with pytest.raises(QueryError) as refused:
        engine.suggest(typed, limit)
    assert refused.value.code == code


def test_what_very_many_titles_share_gives_what_looking_through_them_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored() -> SuggestionStore:
        entries = (
            SuggestionEntry(
                StoredSuggestion("article", f"{n}", f"{n}"),
                [("start", f"{n % 7}{n % 3}{n}"), ("inside", f"{n % 5}{n}")],
            )
            for n in range(600)
        )
        path = tmp_path / f"{suggestions._MANY_KEYS}.sqlite"
        write_suggestions(entries, path)
        return SuggestionStore.open(path)

    kept = stored()
    monkeypatch.setattr(suggestions, "_MANY_KEYS", 10_000)
    looked_through = stored()
    for typed in ("0", "1", "01", "012", "4", "44", "9"):
        for place in get_args(suggestions.Place):
            assert kept.beginning(typed, place) == looked_through.beginning(typed, place)
    assert looked_through.beginning("4", "inside")[:3] == [4, 9, 14]


def test_a_file_of_completions_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(b"no database" * 1000)
    for name in ("broken", "missing"):
        with pytest.raises(IndexDamagedError, match="build the index again"):
            SuggestionStore.open(tmp_path / name)


def test_the_manifest_lists_the_file(folder: Path, engine: SearchEngine) -> None:
    size = (IndexFolder(folder).current() / SUGGESTIONS).stat().st_size
    assert engine.manifest.files[SUGGESTIONS].size == size


def test_a_collection_without_titles_in_letters_has_no_completions(
    tmp_path: Path, encoder: Encoder
) -> None:
    line = json.dumps({"id": "a", "title": "？？", "body": "什么也没有问。"})
    (tmp_path / "faq.jsonl").write_text(line, encoding="utf-8")
    build([tmp_path / "faq.jsonl"], tmp_path / "index", encoder)

    assert texts(SearchEngine.open(tmp_path / "index"), "什么") == []
