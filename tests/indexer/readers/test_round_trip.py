"""An article written in any format comes back with its fields and its structure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.article import Article, Block, Section, derive_id, question_key
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
# What may stand in a question: its own marks, and those that part other lists.
_QUESTIONS = st.builds(
    "{}{}{}".format, _LETTER, st.text(f"{_LETTERS}，,；;？?：:#'", max_size=30), _LETTER
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
        asked=tuple(draw(st.lists(_QUESTIONS, max_size=4, unique_by=question_key))),
    )


Write = Callable[[list[Article]], bytes]
HEADERS = ["标题", "答案", "分类", "日期", "链接", "标签", "相似问法"]


def _rows(
    found: list[Article], body: Callable[..., str], between: str = "\n"
) -> list[list[object]]:
    return [
        [
            a.title,
            body(a.sections),
            a.category,
            str(a.published),
            a.url,
            ",".join(a.tags),
            between.join(a.asked),
        ]
        for a in found
    ]


def as_csv(found: list[Article]) -> bytes:
    return csv_text([HEADERS, *_rows(found, body_text, "|")]).encode("utf-8-sig")


def as_gb18030_csv(found: list[Article]) -> bytes:
    return csv_text([HEADERS, *_rows(found, body_text, " ｜ ")], ";").encode("gb18030")


def as_xlsx(found: list[Article]) -> bytes:
    rows = _rows(found, body_html)
    for row, article in zip(rows, found, strict=True):
        row[3] = article.published
    return workbook({"问答": [HEADERS, *rows]})


def as_jsonl(found: list[Article]) -> bytes:
    return "".join(
        json.dumps(
            {**dict(zip(HEADERS, row, strict=True)), "相似问法": a.asked}, ensure_ascii=False
        )
        + "\n"
        for a, row in zip(found, _rows(found, body_text), strict=True)
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


def as_markdown(a: Article) -> str:
    front_matter = yaml.safe_dump(
        {
            "title": a.title,
            "category": a.category,
            "published": str(a.published),
            "url": a.url,
            "tags": list(a.tags),
            "asked": list(a.asked),
        },
        allow_unicode=True,
    )
    return f"---\n{front_matter}---\n\n{a.text}\n"


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
    if form == "WordPress":  # it has no place for other wordings
        written = [replace(article, asked=()) for article in written]
    found = read(name, write(written))
    assert found.rejected == []
    assert [replace(article, source="") for article in found.articles] == written


@settings(max_examples=100)
@given(written=articles())
def test_fields_come_back_from_front_matter(written: Article) -> None:
    written = replace(written, sections=(Section("", (Block("paragraph", "能。"),)),))
    found = read("a.md", as_markdown(written))
    assert found.rejected == []
    assert [replace(article, source="") for article in found.articles] == [written]


@settings(max_examples=100)
@given(written=articles())
def test_an_article_comes_back_from_its_page(written: Article) -> None:
    written = replace(written, asked=())  # a page has no place for them
    found = read("1.html", page(written))
    assert found.rejected == []
    assert [replace(article, source="") for article in found.articles] == [written]


def test_ids_that_derive_from_titles_are_legal() -> None:
    assert is_legal_id(derive_id("花呗标题"))
