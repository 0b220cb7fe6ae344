"""Broken files by the hundred: every reader gives articles and named faults, nothing else.

`read` lets every exception but a SourceError through, so that one would fail a test.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import FAQ, PAGE_DUMP
from tests.indexer.readers.making import csv_text, post, with_part, workbook, wxr
from tests.indexer.readers.reading import read
from tests.indexer.readers.test_html_page import PAGE, PAIRS, QUESTION, with_json
from tests.indexer.readers.test_wordpress import BLOCKS, CLASSIC

EXAMPLES = 400

ROWS = [
    ["标题", "答案", "分类", "日期", "标签"],
    ["花呗怎么还", "<p>打开账单。</p><ol><li>点还款</li></ol>", "花呗", "2023-04-22", "还款,花呗"],
    ["借呗怎么还", "一、办法\n1、打开首页。\n2、点“还款”。", "借呗", "2023/5/1", ""],
]
MARKDOWN = "---\nid: a\ntags: [花呗]\n---\n# 花呗怎么还\n\n- 甲\n\n| 乙 |\n|---|\n| 丙 |\n"
WORKBOOK = workbook({"问答": ROWS, "说明": [["由客服维护"]]})
FILES: dict[str, bytes] = {
    "faq.csv": csv_text(ROWS).encode(),
    "gb.csv": csv_text(ROWS, ";").encode("gb18030"),
    "faq.tsv": csv_text(ROWS, "\t").encode("utf-8-sig"),
    "faq.jsonl": FAQ.read_bytes(),
    "faq.xlsx": WORKBOOK,
    "page.html": PAGE.encode(),
    "faq.html": with_json({"@type": "FAQPage", "mainEntity": [QUESTION]}, "").encode(),
    "pairs.htm": "".join(PAIRS.values()).encode("gb18030"),
    "export.xml": wxr(
        post("花呗", BLOCKS, categories=["花呗"], tags=["还款"]), post("借呗", CLASSIC)
    ).encode(),
    "a.md": MARKDOWN.encode(),
    "page.txt": PAGE_DUMP.read_bytes(),
}
# What each format's syntax is made of, and what goes wrong in files.
_TOKENS = [
    *(b'"', b",", b"\n", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc4\xe3", b"\x1b"),
    *(b"<", b">", b"</p>", b"<!--", b"]]>", b"<![CDATA[", b"&lt;", b"&#0;", b"&#x10FFFF;"),
    *(b"<table><tr><td rowspan=9 colspan=9>", b"<ol start=-9>", b"<li value=x>", b"<details>"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<?xml version='1.0' encoding='x'?>", b"</item>"),
    *(b"{", b"}", b"[" * 3000, b'{"a":' * 3000, b"\\ud800", b"1" * 5000, b"1e999", b"NaN"),
    *(b"---\n", b"&a *a", b"|", b"x" * 300_000, b"\n" * 5000, b"<div>" * 300, b"<b>" * 2000),
    *(b"<summary>" * 240, b"<ul><li>" * 120, b"<table><tr><td>" * 60, b"> " * 500),
    *(b"9999-99-99", b"#REF!", b"-", "十".encode(), "\u2028".encode(), "\U0001f600".encode()),
]
_PLACES = st.floats(0, 1, exclude_max=True)
_CUTS = st.tuples(st.just("cut"), _PLACES, _PLACES, st.just(b""))
_INSERTS = st.tuples(
    st.just("insert"), _PLACES, _PLACES, st.sampled_from(_TOKENS) | st.binary(max_size=30)
)
_FLIPS = st.tuples(st.just("flip"), _PLACES, _PLACES, st.binary(min_size=1, max_size=1))
_REPEATS = st.tuples(st.just("repeat"), _PLACES, _PLACES, st.just(b""))
_SPLICES = st.tuples(st.just("splice"), _PLACES, _PLACES, st.sampled_from([*FILES.values()]))
CHANGES = st.lists(st.one_of(_CUTS, _INSERTS, _FLIPS, _REPEATS, _SPLICES), min_size=1, max_size=6)


def broken(content: bytes, changes: list[tuple[str, float, float, bytes]]) -> bytes:
    """A file's content with some changes made one after the other."""
    for kind, first, second, given_bytes in changes:
        start, end = sorted((int(first * len(content)), int(second * len(content))))
        if kind == "cut":
            content = content[:start] + content[end:]
        elif kind == "insert":
            content = content[:start] + given_bytes + content[start:]
        elif kind == "flip" and content:
            content = content[:start] + given_bytes + content[start + 1 :]
        elif kind == "repeat":
            content = content[:end] + content[start:end] + content[end:]
        elif kind == "splice":
            content = content[:start] + given_bytes[len(given_bytes) // 2 :] + content[end:]
    return content


def check(name: str, content: bytes) -> None:
    """Reading gives articles that are whole and faults that are one line and name the file."""
    found = read(name, content)
    for article in found.articles:
        assert article.id
        assert article.title.strip()
        assert any(section.blocks for section in article.sections)
        assert article.source.startswith(name)
    for message in found.rejected:
        assert message.startswith(name)
        assert "\n" not in message
        assert len(message) < 400


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(changes=CHANGES)
def test_a_broken_file_gives_articles_and_named_faults(
    name: str, changes: list[tuple[str, float, float, bytes]]
) -> None:
    check(name, broken(FILES[name], changes))


def _parts(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


@settings(max_examples=EXAMPLES, deadline=None)
@given(part=st.sampled_from(_parts(WORKBOOK)), changes=CHANGES)
def test_a_workbook_with_a_broken_part_gives_articles_and_named_faults(
    part: str, changes: list[tuple[str, float, float, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        content = broken(archive.read(part), changes)
    check("faq.xlsx", with_part(WORKBOOK, part, content))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(content=st.binary(max_size=2000))
def test_random_bytes_give_articles_and_named_faults(name: str, content: bytes) -> None:
    check(name, content)
