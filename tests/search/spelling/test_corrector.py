"""What was probably meant: words of the index that sound or look like what is written."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import data
from indexer.text.normalise import normalise
from search.engine import SearchEngine
from search.query import MAX_CHARACTERS


def corrected(engine: SearchEngine, text: str) -> str | None:
    found = engine.correct(text)
    return found.text if found else None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("网袋逾期了怎么办", "网贷逾期了怎么办"),
        ("还带", "还贷"),
        ("正信花了还能贷到款吗", "征信花了还能贷到款吗"),
        ("能申情展其吗", "能申请展期吗"),
        ("房子抵鸭没去登计，合同算数吗", "房子抵押没去登记，合同算数吗"),
    ],
)
def test_characters_of_the_same_sound(corpus: SearchEngine, written: str, meant: str) -> None:
    assert corrected(corpus, written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("zenme tiqian huanqing fangdai", "怎么提前还清房贷"),
        ("zenmetiqianhuanqingfangdai", "怎么提前还清房贷"),
        ("hua bei ti qian huan kuan", "花呗提前还款"),
        ("房子抵ya贷款要什么材料", "房子抵押贷款要什么材料"),
        ("ZHENGXIN zenme cha", "征信怎么查"),
    ],
)
def test_pinyin_whole_and_in_pieces(corpus: SearchEngine, written: str, meant: str) -> None:
    assert corrected(corpus, written) == meant


def test_initials_stand_for_products_alone(corpus: SearchEngine) -> None:
    assert corrected(corpus, "hb逾期三个月会怎么样") == "花呗逾期三个月会怎么样"
    assert corrected(corpus, "tqhk要手续费吗") is None


@pytest.mark.parametrize(
    ("written", "near"),
    [("身份镇丢了", "身份证"), ("不良镇信", "征信"), ("牛水不够能贷款吗", "流水")],
)
def test_near_sounds_cost_more_than_the_same_sound(
    corpus: SearchEngine, written: str, near: str
) -> None:
    found, same = corpus.correct(written), corpus.correct("利席怎么算")
    assert found is not None
    assert same is not None
    assert [(each.meant, each.kind) for each in found.edits] == [(near, "near_sound")]
    assert [(each.meant, each.kind) for each in same.edits] == [("利息", "same_sound")]
    assert found.edits[0].cost > same.edits[0].cost


def test_a_product_with_one_character_that_looks_alike(corpus: SearchEngine) -> None:
    found = corpus.correct("微粒货怎么开通")
    assert found is not None
    assert found.text == "微粒贷怎么开通"
    assert found.edits[0].kind == "one_off"


@pytest.mark.parametrize(
    "fine",
    [
        "花呗可以提前还款吗",
        "花被能提前还款吗",  # an alias: it is read as its name without being corrected
        "表哥借钱让我在保证人那栏签字，我要还吗",
        "LPR是什么意思",
        "装GPS的车能贷款吗",
        "贷款10万3年利息多少",
        "“网袋”是什么意思",
        "《正信》",
        "iphone15pro多少钱",
        "12123",
        "？？？",
        "",
    ],
)
def test_what_is_known_quoted_or_no_word_is_left_alone(corpus: SearchEngine, fine: str) -> None:
    assert corrected(corpus, fine) is None


def test_all_else_stands_as_it_was_written(corpus: SearchEngine) -> None:
    assert corrected(corpus, "花唄  ＡＰ 網袋逾期 10,000元!") == "花唄  ＡＰ 网贷逾期 10,000元!"


def test_an_edit_says_what_was_changed_and_what_it_costs(corpus: SearchEngine) -> None:
    found = corpus.correct("网袋逾期")
    assert found is not None
    assert [(each.written, each.meant) for each in found.edits] == [("网袋", "网贷")]
    assert found.edits[0].cost > 0
    assert found.gain > 0


def test_titles_of_the_index_are_never_corrected(corpus: SearchEngine) -> None:
    titles = [
        card.title
        for category, count in corpus.categories().items()
        for card in corpus.articles_in(category, limit=count)
    ]
    assert len(titles) > 400
    changed = {title: corrected(corpus, title) for title in titles}
    assert {title: other for title, other in changed.items() if other} == {}


# Slips over words of the field, letters, figures and anything else.
QUESTIONS = st.text(
    st.one_of(
        st.sampled_from("网袋贷代正征信鹅额度还款花呗被抵押鸭登计期其的了吗我 ,。“”12aehinguzx"),
        st.characters(),
    ),
    max_size=60,
)


@given(QUESTIONS)
@example("huabei huabei  hb")
@example("\uff28\uff22\u0301 zheng\u200bxin")
@example("ﬁﬂ 網袋㍿網袋")
def test_any_text_is_corrected_or_left_and_then_stays(corpus: SearchEngine, text: str) -> None:
    found = corpus.correct(text)
    if found is not None:
        assert found.edits
        assert normalise(found.text).text != normalise(text).text
        assert corpus.correct(found.text) is None


@given(st.text("abcdefghijklmnopqrstuvwxyz ", min_size=200, max_size=MAX_CHARACTERS))
def test_long_runs_of_letters_end(corpus: SearchEngine, text: str) -> None:
    found = corpus.correct(text)
    assert found is None or len(found.text) <= 2 * MAX_CHARACTERS


def test_judged_misspelt_questions_are_the_ones_corrected(corpus: SearchEngine) -> None:
    """The corrector alone, before the search has its say."""
    lines = (data.JUDGMENTS / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    judged = [json.loads(line) for line in lines]
    touched = {True: [0, 0], False: [0, 0]}
    for each in judged:
        count = touched[each["kind"] == "typo"]
        count[0] += corpus.correct(each["query"]) is not None
        count[1] += 1
    assert touched[True][0] >= 0.7 * touched[True][1]
    assert touched[False][0] <= 0.06 * touched[False][1]
