"""The words of passages, as they lie in the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.article import Passage
from indexer.store.articles import ArticleStore
from indexer.store.builds import read_current
from indexer.store.manifest import ARTICLES
from indexer.store.passage_words import PassageWords, cut_passages
from indexer.store.segmentation import open_segmenter
from indexer.text.segment import Segmenter


@pytest.fixture(scope="module")
def segmenter(index_folder: Path) -> Segmenter:
    return open_segmenter(read_current(index_folder)[0])


def cut(segmenter: Segmenter, text: str, heading: str = "") -> PassageWords:
    passage = Passage(0, "paragraph", "s1-1", heading, text, 0, len(text))
    return next(cut_passages([passage], segmenter))


def test_a_word_is_had_whole_or_not_at_all(segmenter: Segmenter) -> None:
    words = cut(segmenter, "没有统一天数，逾期要还清。")
    assert words.has("逾期")
    assert words.has("天数")
    assert not words.has("一天")
    assert not words.has("逾")


def test_a_word_that_is_denied_is_asked_for_apart(segmenter: Segmenter) -> None:
    words = cut(segmenter, "没有逾期")
    assert (words.has("逾期"), words.has("逾期", True), words.has("逾期", False)) == (
        True,
        True,
        False,
    )
    both = cut(segmenter, "没有逾期，后来逾期")
    assert both.has("逾期", True)
    assert both.has("逾期", False)


def test_places_count_in_the_passage_across_the_lines_of_a_list(segmenter: Segmenter) -> None:
    text = "先看逾期：\n没有逾期的。\n逾期了的，还款。"
    words = cut(segmenter, text)
    said = sorted(set(words.places([("逾期", False)])))
    assert [text[start:end] for start, end in said] == ["逾期", "逾期"]
    assert said == [(2, 4), (13, 15)]
    assert list(words.places([("逾期", True)])) == [(8, 10)]


def test_words_of_the_heading_are_had_and_have_no_place(segmenter: Segmenter) -> None:
    words = cut(segmenter, "可以申请。", "提前还款")
    assert words.has("提前还款")
    assert list(words.places([("提前还款", False)])) == []


def test_the_words_of_a_beginning(segmenter: Segmenter) -> None:
    words = cut(segmenter, "违约金。逾期要还款。", "提前还款").until(3)
    assert words.has("违约金")
    assert not words.has("逾期")
    assert not words.has("提前还款")
    assert list(words.places([("违约金", False)])) == [(0, 3)]


def test_a_text_without_a_word_has_none(segmenter: Segmenter) -> None:
    words = cut(segmenter, "。")
    assert not words.has("")
    assert list(words.places([("", False)])) == []


def test_the_index_gives_back_what_was_cut(index_folder: Path) -> None:
    build = read_current(index_folder)[0]
    store = ArticleStore.open(build / ARTICLES)
    row = store.row_of("mortgage-early")
    assert row is not None
    passages = store.passages_of([row])[row]
    anew = cut_passages(list(passages.values()), open_segmenter(build))
    kept = zip(passages.values(), anew, strict=True)
    assert store.told_of([row])[row] == dict(zip(passages, kept, strict=True))
    store.close()


def test_places_lie_within_every_passage_of_the_corpus(corpus_index: Path) -> None:
    build = read_current(corpus_index)[0]
    store = ArticleStore.open(build / ARTICLES)
    passages = store.passages_of(range(40))
    told = store.told_of(range(40))
    for article, of_article in passages.items():
        for row, passage in of_article.items():
            if passage.kind == "asked":
                assert row not in told[article], "another wording answers nothing, and is not cut"
                continue
            same, words = told[article][row]
            assert same == passage
            listed = words.listed.strip("\x1f").split("\x1f")
            wanted = [(word.lstrip("\x1e"), word.startswith("\x1e")) for word in listed]
            spans = list(words.places(wanted))
            assert all(0 <= start < end <= len(passage.text) for start, end in spans)
            assert spans or not any(map(str.isalpha, passage.text))
    store.close()
