"""What kind of answer a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.passage.question_type import QuestionType, question_type


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("花呗突然用不了了咋回事", "why"),
        ("为什么没有额度", "why"),
        ("额度降低 原因", "why"),
        ("怎么老是借不出来", "why"),
        ("网贷逾期了怎么办", "how"),
        ("信用卡销户流程", "how"),
        ("办抵押要什么材料", "how"),
        ("收不收手续费", "other"),
        ("等额本息和等额本金怎么选", "choose"),
        ("两种贷款哪个划算", "choose"),
        ("逾期一天会怎么样", "effect"),
        ("套现有什么后果", "effect"),
        ("最多能贷几年", "amount"),
        ("十几万的贷款", "other"),
        ("一万块一天利息多少", "amount"),
        ("综合评分不足是什么意思", "meaning"),
        ("白条和金条有什么区别", "meaning"),
        ("借呗会上征信吗", "whether"),
        ("会不会被起诉", "whether"),
        ("能提前还不", "whether"),
        ("花呗 逾期 征信", "other"),
    ],
)
def test_the_form_of_asking_tells(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


def test_the_last_form_counts_for_the_story_comes_first() -> None:
    assert question_type("不知道为什么逾期了，现在怎么办") == "how"
    assert question_type("听说要还多少利息，能不能不还") == "whether"


@given(st.text())
def test_any_text_has_a_kind(text: str) -> None:
    assert question_type(text) in QuestionType.__args__  # type: ignore[attr-defined]
