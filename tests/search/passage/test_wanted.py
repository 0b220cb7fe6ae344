"""Which words of a question a passage should tell of, and which are marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.article import Passage
from indexer.store.builds import read_current
from indexer.store.passage_words import PassageWords, cut_passages
from indexer.store.segmentation import open_segmenter
from search.passage.wanted import Wanted
from search.reading import QuestionReader

SYNONYMS = {"还不上": ("逾期",), "结清": ("还清",)}


class Reading:
    """Reads questions and passages with the words of a real build."""

    def __init__(self, index_folder: Path) -> None:
        """Take the index to cut as."""
        self._segmenter = open_segmenter(read_current(index_folder)[0])
        self._reader = QuestionReader(self._segmenter, SYNONYMS)

    def wanted(self, question: str) -> Wanted:
        return self._reader.read(question).wanted

    def passage(self, text: str) -> PassageWords:
        passage = Passage(0, "paragraph", "s1-1", "", text, 0, len(text))
        return next(cut_passages([passage], self._segmenter))

    def told(self, question: str, text: str) -> dict[str, tuple[float, str]]:
        passage = self.passage(text)
        return {word.forms[0]: word.told_by(passage) for word in self.wanted(question).words}


@pytest.fixture(scope="module")
def reading(index_folder: Path) -> Reading:
    return Reading(index_folder)


def test_a_synonym_tells_as_much_as_the_word(reading: Reading) -> None:
    assert reading.told("还不上", "逾期以后")["还不上"] == (1.0, "逾期")


def test_a_synonym_goes_one_way(reading: Reading) -> None:
    assert reading.told("还清", "已经结清")["还清"] == (0.0, "")


def test_the_words_inside_a_word_tell_half_of_it_between_them(reading: Reading) -> None:
    """提前还款 has 提前, 还款 and 提前还 inside; a passage with 还款 has one of the three."""
    assert reading.told("提前还款", "正常还款")["提前还款"] == (1 / 2 * 1 / 3, "还款")


def test_a_word_and_the_words_inside_it_are_one(reading: Reading) -> None:
    """没钱还 has 没钱 inside, which is no second word that a passage could tell."""
    assert len(reading.wanted("没钱还").words) == 1


def test_who_denies_asks_for_what_is_denied(reading: Reading) -> None:
    assert reading.told("没逾期为什么降额", "有逾期的")["逾期"][0] == 0
    assert reading.told("没逾期为什么降额", "没有逾期的")["逾期"][0] == 1
    assert reading.told("逾期了为什么降额", "没有逾期的")["逾期"][0] == 0


def test_who_asks_whether_is_answered_by_a_no_too(reading: Reading) -> None:
    assert reading.told("会起诉吗", "一般不起诉")["起诉"][0] == 1


def test_words_that_ask_or_deny_are_not_looked_for(reading: Reading) -> None:
    words = reading.wanted("没有抵押能贷多少，几天放款，怎么办").words
    assert {word.forms[0] for word in words} == {"抵押", "放款"}


def test_what_is_marked_is_the_word_its_parts_and_the_synonyms_of_both(reading: Reading) -> None:
    marked = reading.wanted("结清提前还款").marked()
    assert {word for word, _ in marked} >= {"结清", "还清", "提前还款", "提前", "还款"}
    assert all(len(word) > 1 for word, _ in marked)
    assert not any(denied for _, denied in marked)
