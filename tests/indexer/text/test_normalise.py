"""One written form, with a map back to the original."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalise import _nfkc, normalise


def test_width_case_and_traditional_characters_are_folded() -> None:
    assert normalise("  花唄ＬＰＲ　 還款①  ").text == "花呗lpr 还款1"


def test_a_span_points_into_the_original() -> None:
    text = "①花唄　Ａ"
    normalised = normalise(text)
    start = normalised.text.index("花呗")
    assert text[slice(*normalised.span(start, start + 2))] == "花唄"


def test_control_and_invisible_characters_vanish() -> None:
    assert normalise("花\u200b呗\x00还\u00ad款").text == "花呗还款"


@given(st.text())
def test_the_map_covers_the_original_in_order(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.offsets) == len(normalised.text) + 1
    assert list(normalised.offsets) == sorted(normalised.offsets)
    assert all(0 <= offset <= len(text) for offset in normalised.offsets)


@given(st.text())
def test_every_character_came_from_somewhere(text: str) -> None:
    normalised = normalise(text)
    for at, char in enumerate(normalised.text):
        start, end = normalised.span(at, at + 1)
        assert start < end
        assert char == " " or not text[start:end].isspace()


@given(st.text())
def test_white_space_is_single_and_never_at_the_ends(text: str) -> None:
    normalised = normalise(text).text
    assert normalised == " ".join(normalised.split())


# Characters that the quick way takes, and some that it must leave to Python's own.
MIXED = st.text(
    st.characters(max_codepoint=0x7F)
    | st.characters(min_codepoint=0x2010, max_codepoint=0x2030)
    | st.characters(min_codepoint=0x2FF0, max_codepoint=0x3110)
    | st.characters(min_codepoint=0x4DF0, max_codepoint=0xA010)
    | st.characters(min_codepoint=0xFF00, max_codepoint=0xFF70)
    | st.sampled_from("\u0301\u1161\u11a8\uac00①ﬁ")
)


@given(MIXED | st.text())
def test_the_quick_way_gives_what_nfkc_gives(text: str) -> None:
    assert _nfkc(text) == unicodedata.normalize("NFKC", text)
