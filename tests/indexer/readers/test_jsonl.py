"""JSONL: one article a line, every fault named by file and line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, derive_id
from tests.indexer.readers.reading import read as read_file


def read(text: str) -> tuple[list[str], list[str]]:
    """Titles read, and messages of what was rejected."""
    found = read_file("faq.jsonl", text.encode("utf-8", "surrogatepass"))
    return [article.title for article in found.articles], found.rejected


def read_one(line: str) -> Article:
    found = read_file("faq.jsonl", line)
    assert found.rejected == []
    [article] = found.articles
    return article


def test_all_fields_are_read() -> None:
    line = {
        "id": "early",
        "title": "能提前还款吗",
        "body": "能。\n1、先预约。\n2、再存钱。",
        "category": "房贷",
        "published": "2023-04-22",
        "url": "https://example.com/1",
        "tags": ["房贷", "提前还款"],
        "asked": ["想早点还，行不行", "能提前還款嗎？", "想早点还，行不行？", "罚钱不"],
    }
    article = read_one(json.dumps(line))
    assert (article.id, article.title, article.category) == ("early", "能提前还款吗", "房贷")
    assert (article.published, article.url) == (date(2023, 4, 22), "https://example.com/1")
    assert article.tags == ("房贷", "提前还款")
    # One says what the title says, one what another says.
    assert article.asked == ("想早点还，行不行", "罚钱不")
    assert [(b.kind, b.number, b.text) for b in article.sections[0].blocks] == [
        ("paragraph", None, "能。"),
        ("item", 1, "先预约。"),
        ("item", 2, "再存钱。"),
    ]


def test_an_id_derives_from_the_normalised_title() -> None:
    lines = '{"title": "花唄能提前還款嗎？", "body": "能。"}'
    article = read_one(lines)
    assert article.id == derive_id("花呗能提前还款吗")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"body": "能。"}', 'missing "title"'),
        ('{"title": "问", "body": " "}', 'missing "body"'),
        ('{"title": "问", "body": ["能"]}', '"body" must be text'),
        ('{"title": "问", "body": "答", "published": "去年"}', '"published" is no date'),
        ('{"title": "问", "body": "答", "published": "2023-02-30"}', '"published" is no date'),
        ('{"title": "问", "body": "答", "tags": {"a": 1}}', '"tags" must be a list of words'),
        ('{"title": "问", "body": "答", "asked": {"a": 1}}', '"asked" must be a list of questions'),
        ('{"title": "问", "body": "答", "asked": [true]}', '"asked" must be a list of questions'),
        ('{"title": "问", "body": "答", "asked": ["\\ud800"]}', '"asked" holds half a character'),
        (
            json.dumps({"title": "问", "body": "答", "asked": "问" * 201}),
            '"asked" holds a question of more than 200 characters',
        ),
        (
            json.dumps({"title": "问", "body": "答", "asked": "\n".join("问" * 201)}),
            '"asked" has more than 200 questions',
        ),
        ('{"title": "问", "body": "答", "id": "a/b"}', "\"id\" 'a/b' may hold letters"),
        ('{"title": "问", "body": "# 只有标题"}', "the article has no text"),
        ('["问", "答"]', "each line must be a JSON object"),
        ('{"title": "问"', "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_fault_names_its_file_and_line(line: str, problem: str) -> None:
    titles, rejected = read(f'{{"title": "好的", "body": "答"}}\n\n{line}\n')
    assert titles == ["好的"]
    assert len(rejected) == 1
    assert rejected[0].startswith(f"faq.jsonl:3: {problem}")


@given(st.text())
def test_any_lines_give_an_article_or_a_named_fault_each(text: str) -> None:
    # The first line shows that the file is JSONL whatever follows.
    titles, rejected = read('{"title": "问", "body": "答"}\n' + text.replace("\0", ""))
    lines = text.replace("\0", "").replace("\r", "\n").split("\n")
    filled = [line for line in lines if line.strip()]
    assert len(titles) + len(rejected) == 1 + len(filled)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text()))
            for name in (
                "id",
                "title",
                "body",
                "category",
                "published",
                "url",
                "tags",
                "as_of",
                "asked",
            )
        },
    )
)
def test_any_object_gives_an_article_or_one_named_fault(values: dict[str, object]) -> None:
    titles, rejected = read(json.dumps(values))
    assert len(titles) + len(rejected) == 1
