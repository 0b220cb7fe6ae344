"""What can be, will be or is there, and what cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aspects import AspectReader, compare
from indexer.aspects.polarity import is_polarity


def polarity(reader: AspectReader, text: str) -> dict[str, set[str]]:
    found = reader.read(text).contrasts
    return {axis: set(sides) for axis, sides in found.items() if is_polarity(axis)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("还款日可以改的平台", {"能…改": {"是"}}),
        ("哪些平台还款日没法改", {"能…改": {"否"}}),
        ("还款日改不了怎么办", {"能…改": {"否"}}),
        ("为什么贷款不能提前还清", {"能…提前": {"否"}}),
        ("为啥不让提前还款", {"能…提前": {"否"}}),
        ("不可以再提额的信用卡", {"能…提额": {"否"}}),
        ("没有入口怎么办", {"有…入口": {"否"}}),
        ("逾期不会坐牢", {"会…坐牢": {"否"}}),
        # Asked, not denied.
        ("能不能提前还清", {"能…提前": {"是"}}),
        ("可不可以改还款日", {"能…改": {"是"}}),
        ("能否改还款日", {"能…改": {"是"}}),
        # Left open.
        ("不能提前还清吗", {}),
        ("是不是不能提前还清", {}),
        ("有没有入口", {}),
        ("金融服务费可以不交吗", {}),
        # No modals: they stand inside other words.
        ("会员费退不退", {}),
        ("机会多吗", {}),
    ],
)
def test_what_is_said_to_be(reader: AspectReader, text: str, said: dict[str, set[str]]) -> None:
    assert polarity(reader, text) == said


@given(
    st.sampled_from(["提前还款", "改还款日", "申请延期", "注销账户"]),
    st.sampled_from(["能{}吗", "能不能{}", "能否{}", "可以{}吗", "可不可以{}", "能{}不"]),
    st.sampled_from(["为什么不能{}", "怎么没法{}", "不让{}怎么办"]),
)
def test_asking_agrees_with_asking_and_not_with_denying(
    reader: AspectReader, what: str, asks: str, denies: str
) -> None:
    asked, plain = reader.read(asks.format(what)), reader.read(f"能{what}吗")
    assert compare(asked, plain).against == 0
    assert compare(asked, reader.read(denies.format(what))).against == 1


def test_that_both_say_it_can_be_is_no_agreement_on_anything(reader: AspectReader) -> None:
    asked, article = reader.read("没还清能办吗"), reader.read("还清了能办吗")
    assert compare(asked, article).contrasts == -1
    assert compare(reader.read("能办吗"), article).contrasts == 0
