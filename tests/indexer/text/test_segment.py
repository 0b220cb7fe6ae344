"""Words: the dictionary's stay whole, and the mapped table cuts as jieba does."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import IndexDamagedError
from indexer.lexicon import bundled_lexicon
from indexer.text.segment import Segmenter, write_segmentation_table

LEXICON = bundled_lexicon()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("segmentation") / "table"
    write_segmentation_table(LEXICON.whole_words(), target)
    return target


@pytest.fixture(scope="module")
def segmenter(table: Path) -> Segmenter:
    return Segmenter.open(table, LEXICON.stopwords(), LEXICON.aliases())


@pytest.fixture(scope="module")
def plain_jieba() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, frequency in LEXICON.whole_words().items():
        tokenizer.add_word(word, max(frequency, tokenizer.FREQ.get(word, 0)))
    return tokenizer


def words(segmenter: Segmenter, text: str) -> list[str]:
    return segmenter.content_words(text)


def test_every_word_of_the_dictionary_is_kept_whole(segmenter: Segmenter) -> None:
    whole = Segmenter(segmenter._tokenizer, frozenset(), {})
    cut = {word: words(whole, word) for word in LEXICON.dictionary()}
    assert {word: found for word, found in cut.items() if word not in found} == {}


def test_a_longer_word_brings_the_words_inside_it(segmenter: Segmenter) -> None:
    assert words(segmenter, "提前还款")[0] == "提前还款"
    assert {"提前", "还款"} <= set(words(segmenter, "提前还款"))


def test_a_very_long_number_is_one_word(segmenter: Segmenter) -> None:
    """Looked at from each of its figures on, it would take minutes."""
    number = "1" * 200_000
    assert segmenter.content_words(f"{number}.5%") == [f"{number}.5%"]
    assert segmenter.canonical(number) == number


def test_a_question_form_leaves_no_negation_behind(segmenter: Segmenter) -> None:
    assert "不能" not in segmenter.content_words("花呗能不能还")
    assert "不能" in segmenter.content_words("花呗不能还")


def test_a_number_keeps_its_decimals_and_percent_sign(segmenter: Segmenter) -> None:
    assert words(segmenter, "利率3.45%，12期") == ["利率", "3.45%", "12", "期"]


@settings(max_examples=200)
@given(
    st.text(
        alphabet=st.sampled_from(
            "花呗借微粒贷信用卡逾期提前还款能不会上征有没银行月息厘的了吗abc1 ，"
        ),
        max_size=30,
    )
)
def test_the_mapped_table_cuts_as_jieba_with_its_dictionary(
    segmenter: Segmenter, plain_jieba: jieba.Tokenizer, text: str
) -> None:
    mapped = segmenter._tokenizer
    assert list(mapped.cut(text, HMM=False)) == list(plain_jieba.cut(text, HMM=False))


def test_an_alias_is_given_as_the_name_it_stands_for(table: Path) -> None:
    segmenter = Segmenter.open(table, frozenset(), {"huabei": "花呗", "提前还": "提前还款"})
    assert segmenter.content_words("HuaBei能还吗")[0] == "花呗"
    assert segmenter.canonical("HuaBei能提前还吗") == "花呗能提前还款吗"


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="segmentation"):
        Segmenter.open(tmp_path / "segmentation", frozenset(), {})
