"""An article written in any format comes back with its fields and its structure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.article import Article, Block, Section, derive_id
from indexer.readers.fields import is_legal_id
from tests.indexer.readers.making import (
    body_html,
    body_text,
    csv_text,
    page,
    post,
    workbook,
    wxr,
)
from tests.indexer.readers.reading import read

_LETTERS = "花呗借钱还款利率额度银行卡账单逾期征信abcXYZ"
_LETTER = st.sampled_from(_LETTERS)
_WORDS = st.builds(
    "{}{}{}".format,
    st.text(alphabet=_LETTERS, min_size=3, max_size=9),
    st.text(alphabet=f"{_LETTERS}·，。；（）《》&<\"'%-", max_size=60),
    _LETTER,
)
_NAMES = st.text(alphabet="花呗借钱还款利率额度abc", min_size=1, max_size=8)


@st.composite
def sections(draw: st.DrawFn) -> tuple[Section, ...]:
    """A lead, then headings with paragraphs and numbered items under each."""
    found = []
    for at in range(draw(st.integers(1, 3))):
        blocks: list[Block] = []
        for _ in range(draw(st.integers(1, 3))):
            blocks.append(Block("paragraph", draw(_WORDS)))
            start = draw(st.integers(1, 9))
            blocks += [
                Block("item", draw(_WORDS), start + n) for n in range(draw(st.integers(0, 3)))
            ]
        found.append(Section(draw(_NAMES) if at else "", tuple(blocks)))
    return tuple(found)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article as a reader gives it, but for its place."""
    title = draw(_NAMES) + "标题"
    return Article(
        id=derive_id(title),
        title=title,
        sections=draw(sections()),
        category=draw(_NAMES),
        published=draw(st.dates(date(2000, 1, 1), date(2030, 12, 31))),
        url=f"https://example.com/{draw(st.integers(1, 99))}?a=1&b=2",
        tags=tuple(draw(st.lists(_NAMES, max_size=3, unique=True))),
    )


Write = Callable[[list[Article]], bytes]
HEADERS = ["标题", "答案", "分类", "日期", "链接", "标签"]


def _rows(found: list[Article], body: Callable[..., str]) -> list[list[object]]:
    return [
        [a.title, body(a.sections), a.category, str(a.published), a.url, ",".join(a.tags)]
        for a in found
    ]


def as_csv(found: list[Article]) -> bytes:
    return csv_text([HEADERS, *_rows(found, body_text)]).encode("utf-8-sig")


def as_gb18030_csv(found: list[Article]) -> bytes:
    return csv_text([HEADERS, *_rows(found, body_text)], ";").encode("gb18030")


def as_xlsx(found: list[Article]) -> bytes:
    rows = _rows(found, body_html)
    for row, article in zip(rows, found, strict=True):
        row[3] = article.published
    return workbook({"问答": [HEADERS, *rows]})


def as_jsonl(found: list[Article]) -> bytes:
    return "".join(
        json.dumps(dict(zip(HEADERS, row, strict=True)), ensure_ascii=False) + "\n"
        for row in _rows(found, body_text)
    ).encode()


def as_wxr(found: list[Article]) -> bytes:
    return wxr(
        *(
            post(
                a.title,
                body_html(a.sections),
                slug=a.id,
                date=f"{a.published} 08:00:00",
                link=a.url,
                categories=[a.category],
                tags=a.tags,
            )
            for a in found
        )
    ).encode()


TABLES: dict[str, tuple[str, Write]] = {
    "csv": ("faq.csv", as_csv),
    "csv in GB18030": ("faq.csv", as_gb18030_csv),
    "xlsx": ("faq.xlsx", as_xlsx),
    "jsonl": ("faq.jsonl", as_jsonl),
    "WordPress": ("export.xml", as_wxr),
}


@pytest.mark.parametrize("form", TABLES)
@settings(max_examples=60)
@given(written=st.lists(articles(), min_size=1, max_size=4))
def test_articles_come_back_equal(form: str, written: list[Article]) -> None:
    name, write = TABLES[form]
    found = read(name, write(written))
    assert found.rejected == []
    assert [replace(article, source="") for article in found.articles] == written


@settings(max_examples=100)
@given(written=articles())
def test_an_article_comes_back_from_its_page(written: Article) -> None:
    found = read("1.html", page(written))
    assert found.rejected == []
    assert [replace(article, source="") for article in found.articles] == [written]


def test_ids_that_derive_from_titles_are_legal() -> None:
    assert is_legal_id(derive_id("花呗标题"))
