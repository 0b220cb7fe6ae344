"""When a question touches a topic of a lexicon's risks."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.lexicon import bundled_lexicon
from indexer.risks import Risk, RiskTerm, read_risks
from indexer.text.segment import Segmenter, write_segmentation_table
from search.notices import RiskNotices
from search.reading import QuestionReader

RISKS = """
[养卡]
terms = 养卡, 刷卡|刷pos + 现金|现钱
unless = 商场刷卡
notice = 一。

[催收]
terms = 催收 + 半夜 + 电话
notice = 二。

[口子]
terms = 口子
notice = 三。
"""


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    table = tmp_path_factory.mktemp("table") / "words"
    lexicon = bundled_lexicon()
    write_segmentation_table(lexicon.whole_words(), table)
    return Segmenter.open(table, lexicon.stopwords(), lexicon.aliases())


def topics(segmenter: Segmenter, folder: Path, question: str) -> list[str]:
    path = folder / "risk.ini"
    path.write_text(RISKS, encoding="utf-8")
    found = RiskNotices(read_risks(path))
    return [risk.topic for risk in found.touched(QuestionReader(segmenter, {}).read(question))]


@pytest.mark.parametrize(
    ("question", "touched"),
    [
        ("养卡安全吗", ["养卡"]),
        ("这张 养 卡 软件", ["养卡"]),
        ("汽车保养卡怎么买", []),  # another word
        ("在POS机旁刷卡拿现金", ["养卡"]),
        ("拿现金是刷卡来的", ["养卡"]),
        ("刷卡要手续费吗", []),  # a part is missing
        ("商场刷卡送现金券", []),
        ("商场刷卡拿现金", []),  # what looks alike and is lawful
        (f"刷卡{'买东西的时候' * 5}现金", []),  # too far apart
        ("半夜来的催收电话", ["催收"]),
        ("催收电话", []),
        ("养卡口子,半夜催收电话", ["养卡", "催收", "口子"]),
        ("", []),
    ],
)
def test_a_topic_is_touched_by_whole_words_near_one_another(
    segmenter: Segmenter, tmp_path: Path, question: str, touched: list[str]
) -> None:
    assert topics(segmenter, tmp_path, question) == touched


def test_two_notices_at_most_in_the_order_of_the_file(segmenter: Segmenter, tmp_path: Path) -> None:
    path = tmp_path / "risk.ini"
    path.write_text(RISKS, encoding="utf-8")
    question = QuestionReader(segmenter, {}).read("口子,半夜催收电话,养卡")
    notices = RiskNotices(read_risks(path)).on(question)
    assert [notice.text for notice in notices] == ["一。", "二。"]
    assert {notice.kind for notice in notices} == {"risk"}


def test_terms_are_read_in_any_width_and_case(tmp_path: Path) -> None:
    path = tmp_path / "risk.ini"
    path.write_text(
        "[甲]\nterms = AB贷，pos 机 | 刷卡機 + 現金\nunless = 银行\nnotice = 好。\n",
        encoding="utf-8",
    )
    assert read_risks(path) == (
        Risk(
            "甲",
            (RiskTerm((("ab贷",),)), RiskTerm((("pos机", "刷卡机"), ("现金",)))),
            "好。",
            (RiskTerm((("银行",),)),),
        ),
    )


@pytest.mark.parametrize("term", ["套 +", "+ 现金", "套||现金", "|套"])
def test_a_term_with_an_empty_part_is_named(tmp_path: Path, term: str) -> None:
    path = tmp_path / "risk.ini"
    path.write_text(f"[甲]\nterms = 好, {term}\nnotice = 好。\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"risk\.ini: \[甲\]: .* has an empty part"):
        read_risks(path)
