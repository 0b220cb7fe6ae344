"""Markup is made in one place, and nothing from an article gets into it as markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.markup import marked, safe_link


@st.composite
def highlighted(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(st.characters() | st.sampled_from("<>&\"'花呗"), max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(cuts[::2], cuts[1::2], strict=False))


@given(highlighted())
def test_without_its_marks_it_is_the_text(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, highlights = case
    markup = str(marked(text, highlights))

    assert html.unescape(re.sub("</?mark>", "", markup)) == html.unescape(html.escape(text))
    assert "<" not in re.sub("</?mark>", "", markup)
    assert [html.unescape(found) for found in re.findall("<mark>(.*?)</mark>", markup, re.S)] == [
        text[start:end] for start, end in highlights
    ]


def test_marks_stand_around_the_words() -> None:
    assert marked("花呗<b>突然</b>", [(0, 2), (5, 7)]) == (
        "<mark>花呗</mark>&lt;b&gt;<mark>突然</mark>&lt;/b&gt;"
    )


@pytest.mark.parametrize("url", ["https://example.com/a?b=1", "http://example.com"])
def test_web_addresses_may_be_linked(url: str) -> None:
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "data:text/html,x", "//example.com", "http://[", "a.txt"]
)
def test_nothing_else_may(url: str) -> None:
    assert safe_link(url) == ""
