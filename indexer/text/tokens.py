"""The content words of a text with their places in it, and whether they are denied.

What an answer tells of a question, and what is marked in it, is found by whole words: 一天
is not in 统一天数, and 起诉 is not told by 不起诉.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.text.normalise import normalise
from indexer.text.segment import Segmenter, Word

# Words that deny the word right behind them.
NEGATORS = frozenset(
    (
        *("不", "没", "未", "无", "非", "别", "没有", "不是", "不会", "不能", "不用", "不可"),
        *("不得", "不必", "不要", "不再", "不准", "并不", "并非", "并未", "从未", "从不", "还没"),
        *("还没有", "尚未", "未能", "没能", "未经", "无法", "禁止"),
    )
)
# With these a word begins that denies what stands behind them in it.
_NEGATING = frozenset("不没未无非别")


@dataclass(frozen=True, slots=True)
class Token:
    """A content word of a text, or a shorter word inside one.

    Attributes:
        word: normalised; an alias as the name it stands for.
        start: first character in the text as it was given (Unicode code points).
        end: one past the last character.
        negated: the text denies it: 逾期 in 没有逾期, 起诉 in 不起诉.
        inner: it stands inside a longer word, which is a token too and comes before it.
    """

    word: str
    start: int
    end: int
    negated: bool = False
    inner: bool = False


def tokens(segmenter: Segmenter, text: str, words: Iterable[Word] | None = None) -> Iterator[Token]:
    """The content words of a text in order, each followed by the shorter words inside it.

    Words of one character are left out: they are in every text by chance.

    Args:
        segmenter: cuts the text.
        text: as it was given.
        words: the text as `Segmenter.words` cuts it, where that is known already.
    """
    normalised = normalise(text)
    at = 0
    negated = False
    for word in segmenter.words(text) if words is None else words:
        begin, at = at, at + len(word.text)
        if not word.stop and len(word.name) > 1:
            yield Token(word.name, *normalised.span(begin, at), negated)
            if word.name == word.text:
                for offset, part in segmenter.inner_words(word.text):
                    yield Token(
                        part,
                        *normalised.span(begin + offset, begin + offset + len(part)),
                        (offset == 1 and word.text[0] in _NEGATING) != negated,
                        inner=True,
                    )
        negated = word.text in NEGATORS
