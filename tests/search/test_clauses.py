"""Long questions cut into clauses, of which what asks counts most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.clauses import LONG, MOST_CLAUSES, asking, clauses

STORY = "你好，我去年在花呗借了三万，后来公司倒闭一直没还上，现在想问会不会被起诉"


def test_a_story_is_cut_and_its_greeting_left_out() -> None:
    assert [each.text for each in clauses(STORY)] == [
        "我去年在花呗借了三万",
        "后来公司倒闭一直没还上",
        "现在想问会不会被起诉",
    ]


def test_what_asks_counts_more_than_its_length() -> None:
    first, _, last = clauses(STORY)
    assert len(first.text) == len(last.text)
    # 想问 and 会不会 are two signs of three.
    assert last.weight / first.weight == pytest.approx(1 + 2 / 3)


@pytest.mark.parametrize("text", ["花呗逾期一天会怎么样", "学生证 身份证 替代", "花" * LONG])
def test_a_short_question_and_one_of_a_single_clause_have_none(text: str) -> None:
    assert clauses(text) == ()


@pytest.mark.parametrize(
    ("clause", "signs"),
    [
        ("上个月我换了工作", 0),
        ("会影响买房吗", 1),
        ("怎么办", 1),
        ("能不能先还一部分", 1),
        ("请问要多久", 2),
        ("想知道咋回事呢", 3),
    ],
)
def test_signs_of_asking(clause: str, signs: int) -> None:
    assert asking(clause) == pytest.approx(signs / 3)


def test_a_question_mark_is_a_sign() -> None:
    assert asking("银行同意", marked=True) > asking("银行同意")


@given(st.text(alphabet="我借了三万 ，。？！吗怎么你好谢a1\n", max_size=250))
def test_weights_add_up_and_clauses_come_out_of_the_text(text: str) -> None:
    found = clauses(text)
    assert len(found) <= MOST_CLAUSES
    if found:
        assert sum(each.weight for each in found) == pytest.approx(1)
        for each in found:
            assert all(part in text for part in each.text.split("，"))
