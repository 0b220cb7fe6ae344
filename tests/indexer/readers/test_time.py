"""A text that is made to be slow to read is read in time that grows with its length.

None of these would end where one part of it is looked at once for each other part.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from indexer.readers.body import plain_text
from indexer.readers.furniture import is_meta_line
from indexer.readers.html_blocks import parse_html
from indexer.readers.markdown import read_markdown
from indexer.readers.shortcodes import without_shortcodes
from indexer.readers.structure import parse_lines
from indexer.readers.structured_data import microdata_pairs
from tests.indexer.readers.reading import read

MANY = 200_000


@pytest.mark.parametrize(
    ("read_text", "text", "expected"),
    [
        (is_meta_line, f"2023-04-22 {'1' * 60}x", False),
        (is_meta_line, f"2023-04-22 {'10:00 ' * 10}x", False),
        (plain_text, f"<p>{'<!--' * MANY}", "<!--" * MANY),
        (plain_text, f"<p>花呗<!--{'<!--' * MANY}-->怎么关", "花呗怎么关"),
        (without_shortcodes, "[embed]" * MANY, ""),
        (without_shortcodes, "能还。[audio src=1]x[/audio]" + "[video]" * MANY, "能还。"),
    ],
)
def test_a_text_is_looked_through_once(
    read_text: Callable[[str], object], text: str, expected: object
) -> None:
    assert read_text(text) == expected


def test_marks_of_a_heading_that_go_on_and_on() -> None:
    (section,) = parse_lines([f"# {'#' * MANY}x"])
    assert section.heading == f"{'#' * MANY}x"


def test_comments_of_markdown_that_never_end() -> None:
    article = read_markdown(f"# 花呗怎么关\n\n能关。{'<!--' * 20_000}\n", "faq.md")
    assert article.sections[0].blocks[0].text.startswith("能关。")


def page_with(data: str) -> str:
    return (
        f'<html><head><script type="application/ld+json">{data}</script></head>'
        "<body><h1>花呗怎么关</h1><p>在设置里关，还清以后才能关。</p></body></html>"
    )


def test_white_space_in_structured_data() -> None:
    result = read("page.html", page_with(f"-->{' ' * MANY}x"))
    assert [article.title for article in result.articles] == ["花呗怎么关"]


def test_many_questions_that_refer_to_one_long_answer() -> None:
    long = {"@type": "Answer", "@id": "long", "text": "能还。" * 100_000}
    questions = [
        {"@type": "Question", "name": f"第{n}种贷款怎么还", "acceptedAnswer": {"@id": "long"}}
        for n in range(10_000)
    ]
    nodes = [{"@type": "FAQPage"}, long, *questions]
    data = json.dumps(nodes, ensure_ascii=False)
    assert read("page.html", page_with(data)).rejected == [
        "page.html: its JSON-LD gives one long answer to many questions"
    ]


def test_what_stands_in_a_marked_answer_is_a_part_of_it() -> None:
    question = "<div itemscope itemtype='https://schema.org/Question'><b itemprop='name'>能还吗</b>"
    nested = f"{question * 60}{'<div itemprop=acceptedAnswer>' * 60}{'<i itemprop=text>' * 60}能。"
    (pair,) = microdata_pairs(parse_html(nested))
    assert (pair.question, [line.text for line in pair.answer]) == ("能还吗", ["能。"])
