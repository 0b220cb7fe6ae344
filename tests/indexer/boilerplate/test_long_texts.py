"""Long texts take time and memory that grow with their length, and no faster."""

from __future__ import annotations

from indexer.boilerplate.masking import TITLE_MARK, TitleMask
from indexer.boilerplate.sentences import sentences

TITLE = "花呗可以提前还款吗？"
MANY = 100_000


def test_a_sentence_of_very_many_clauses() -> None:
    (sentence,) = sentences("能，" * MANY, TitleMask(TITLE))
    assert [clause.end for clause in sentence.clauses] == [*range(2, 2 * MANY + 1, 2)]


def test_a_title_that_comes_again_and_again() -> None:
    text = f"{TITLE}，" * MANY
    masked = TitleMask(TITLE).mask(text)
    assert masked.text == f"{TITLE_MARK}，" * MANY
    assert [masked.offset(at) for at in (0, 2, 2 * MANY)] == [0, len(TITLE) + 1, len(text)]


def test_the_first_part_of_a_long_title_without_the_others() -> None:
    title = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    masked = TitleMask(title).mask(f"{title[:100]}，" * 10_000)
    assert len(masked.text) == 20_000


def test_a_long_word_without_a_figure() -> None:
    (sentence,) = sentences("a" * MANY, TitleMask(TITLE))
    assert len(sentence.clauses[0].words) == MANY
