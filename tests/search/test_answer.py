"""Which passage answers, and what is marked in it."""

from __future__ import annotations

from indexer.article import Passage, PassageKind
from search.answer import Choice, choose_passage, merge_spans


def passage(kind: PassageKind, text: str) -> Passage:
    return Passage(0, kind, "" if kind in {"title", "asked"} else text, "", text, 0, len(text))


PASSAGES = {
    4: passage("title", "房贷提前还款"),
    5: passage("lead", "可以提前还，先预约。"),
    6: passage("item", "头几年可能收违约金。"),
    7: passage("item", "违约金以合同为准，手机银行也能查。"),
}


def chosen_passage(evidence: dict[int, float], *words: str) -> Passage:
    return PASSAGES[choose_passage(PASSAGES, evidence, dict.fromkeys(words, ())).row]


def test_the_lead_answers_what_the_title_asks() -> None:
    assert chosen_passage({7: 0.9}, "房贷", "提前").text.startswith("可以提前还")


def test_a_passage_with_more_of_the_question_than_the_lead_answers() -> None:
    chosen = chosen_passage({4: 0.9}, "提前", "违约金", "手机银行")
    assert chosen.text.startswith("违约金以合同为准")


def test_between_equals_the_better_match_answers_then_the_earlier() -> None:
    assert chosen_passage({6: 0.2, 7: 0.3}, "违约金") == PASSAGES[7]
    assert chosen_passage({}, "违约金") == PASSAGES[6]


def test_single_characters_decide_nothing() -> None:
    assert chosen_passage({7: 0.9}, "收") == PASSAGES[5]


def test_a_word_that_the_title_has_a_synonym_of_is_not_left_open() -> None:
    words = {"还清": ("违约金", "提前还款")}
    assert choose_passage(PASSAGES, {7: 0.9}, words).row == 5


def test_a_word_and_its_synonyms_count_as_one() -> None:
    choice = choose_passage(PASSAGES, {7: 0.9}, {"约好": ("先预约", "违约金", "手机银行")})
    assert choice == Choice(5, ("约好", "先预约", "违约金", "手机银行"), ("先预约",), ("先预约",))


def test_an_article_of_nothing_but_a_title_answers_with_it() -> None:
    assert choose_passage({4: PASSAGES[4]}, {4: 0.6}, {"违约金": ()}).row == 4


def test_another_wording_of_the_title_never_answers() -> None:
    asked = {
        3: passage("title", "房贷提前还款"),
        4: passage("asked", "早点还要不要违约金，手机银行能办吗"),
        **{row: each for row, each in PASSAGES.items() if row > 4},
    }
    words = {"违约金": (), "手机银行": ()}
    assert choose_passage(asked, {4: 0.99}, words).row == 7
    assert choose_passage({3: asked[3], 4: asked[4]}, {4: 0.99}, words).row == 3


def test_marks_that_touch_or_overlap_become_one() -> None:
    assert merge_spans([(4, 6), (0, 2), (2, 3), (5, 9), (0, 1)]) == ((0, 3), (4, 9))
