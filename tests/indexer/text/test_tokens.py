"""Words with their places: whole, in the text as it was given, and whether it denies them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.builds import read_current
from indexer.store.segmentation import open_segmenter
from indexer.text.normalise import normalise
from indexer.text.segment import Segmenter
from indexer.text.tokens import Token, tokens

# HuaBei in full width.
WIDE = "".join(chr(ord(char) + 0xFEE0) for char in "HuaBei")


@pytest.fixture(scope="module")
def segmenter(index_folder: Path) -> Segmenter:
    return open_segmenter(read_current(index_folder)[0])


def found(segmenter: Segmenter, text: str) -> dict[str, Token]:
    return {each.word: each for each in tokens(segmenter, text)}


def test_a_word_across_a_border_is_none(segmenter: Segmenter) -> None:
    assert "一天" not in found(segmenter, "没有统一天数")
    assert "一天" in found(segmenter, "晚还一天")


def test_the_words_inside_a_longer_one_come_behind_it(segmenter: Segmenter) -> None:
    whole, *inner = tokens(segmenter, "提前还款")
    assert whole == Token("提前还款", 0, 4)
    assert {(each.word, each.start, each.end, each.inner) for each in inner} >= {
        ("提前", 0, 2, True),
        ("还款", 2, 4, True),
    }


def test_an_alias_is_the_name_it_stands_for_where_it_stands(segmenter: Segmenter) -> None:
    assert list(tokens(segmenter, f"我的{WIDE}")) == [Token("花呗", 2, 8)]


def test_single_characters_punctuation_and_stop_words_are_left_out(segmenter: Segmenter) -> None:
    assert list(tokens(segmenter, "我，怎么办 的 a！")) == []


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("逾期了", "逾期", False),
        ("没有逾期", "逾期", True),
        ("没逾期", "逾期", True),
        ("没有，逾期", "逾期", False),
        ("没还清", "还清", True),
        ("没还清", "没还清", False),
        ("会不会起诉", "起诉", False),
        ("银行不起诉", "起诉", True),
    ],
)
def test_what_is_denied_is_told_from_what_is_said(
    segmenter: Segmenter, text: str, word: str, negated: bool
) -> None:
    assert found(segmenter, text)[word].negated is negated


PIECES = st.sampled_from(
    [
        "花呗",
        "蚂蚁花呗",
        "提前還款",
        "逾期",
        "不",
        "没有",
        "㍿",
        "ﬁ",
        "é",
        "\u200b",
        WIDE,
        "😀",
        " ",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_token_is_found_where_it_says(segmenter: Segmenter, text: str) -> None:
    names = {normalise(alias).text for alias in segmenter._aliases}
    for each in tokens(segmenter, text):
        assert 0 <= each.start < each.end <= len(text)
        written = normalise(text[each.start : each.end]).text
        # A ligature cut in two gives the whole of it.
        assert each.word in written or written in names
