"""The title is masked, and every place leads back to the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.boilerplate.masking import PART_MARK, TITLE_MARK, TitleMask
from indexer.boilerplate.sentences import sentences

TITLE = "花呗可以提前还款吗？"
TEXT = st.text(alphabet="花呗可以提前还款吗？?，。“”：1a … \ufffc\n", max_size=60)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("关于花呗可以提前还款吗？的问题", f"关于{TITLE_MARK}的问题"),
        ("关于花呗可以提前还款吗的问题", f"关于{TITLE_MARK}的问题"),
        ("关于“花呗可以提前还款吗”的问题", f"关于“{TITLE_MARK}”的问题"),
        ("聊聊「提前还款」", f"聊聊「{PART_MARK}」"),
        ("花呗可以提前还款。", f"{PART_MARK}。"),
        ("花呗能分期。", "花呗能分期。"),
    ],
)
def test_the_title_and_its_parts_are_told_apart(text: str, masked: str) -> None:
    assert TitleMask(TITLE).mask(text).text == masked


@given(TEXT, st.text(alphabet="花呗可以提前还款吗？?，。", max_size=12))
def test_every_place_leads_back(text: str, title: str) -> None:
    masked = TitleMask(title).mask(text)
    pieces = [text[masked.offset(at) : masked.offset(at + 1)] for at in range(len(masked.text))]
    assert "".join(pieces) == text
    marks = {text[start:end] for start, end in masked.marks}
    for mark, piece in zip(masked.text, pieces, strict=True):
        assert piece == mark or piece in marks


@given(TEXT)
def test_sentences_and_their_clauses_are_the_text(text: str) -> None:
    found = [*sentences(text, TitleMask(TITLE))]
    assert [*sentences(text, TitleMask(TITLE), backwards=True)] == found[::-1]
    assert "".join(text[each.start : each.end] for each in found) == text
    for sentence in found:
        ends = [clause.end for clause in sentence.clauses]
        assert ends == sorted(ends)
        assert all(sentence.start < end <= sentence.end for end in ends)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("还款要3~5天。利率3.5%。", 2),
        ("还款要3天～5天。利率3.5%。", 2),
        ("一起看看吧~能还。", 2),
        ("一起看看吧～18%是年利率。", 2),
        ("他说：“能。”还要看合同", 2),
        ("真的吗？！能……", 2),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    assert len([*sentences(text, TitleMask(TITLE))]) == count
