"""A question as the corrector sees it: what of it may be changed at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.store.spelling import SpellingStore
from indexer.text.normalise import Normalised, normalise
from indexer.text.segment import Segmenter

# Words of general Chinese that are used less often are as likely a slip (jieba's counts).
_COMMON = 10
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|\"[^\"]*\"")
_LATIN = re.compile(r"[a-z]+")
# A single letter, and letters beside figures (12123, 1w, e贷), are no pinyin.
_SHORTEST_PINYIN = 2


def is_chinese(char: str) -> bool:
    """Whether a character has a pinyin."""
    return "\u4e00" <= char <= "\u9fff"


@dataclass(frozen=True, slots=True)
class OpenText:
    """A normalised question, and which of it is open to doubt.

    Attributes:
        normalised: the text with its map back.
        open: of each character, whether it may be changed.
        words: the words that stand as they are, by their start: (end, what they stand for).
        inside: places inside a word that is known, where no other word may begin or end.
        runs: ends of runs of Latin letters that may be pinyin, by their start.
    """

    normalised: Normalised
    open: tuple[bool, ...]
    words: dict[int, tuple[int, str]]
    inside: frozenset[int]
    runs: dict[int, int]

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normalised.text

    @property
    def in_letters(self) -> bool:
        """Whether most of the question is Latin letters."""
        return 2 * sum("a" <= char <= "z" for char in self.text) > len(self.text)

    @property
    def doubtful(self) -> bool:
        """Whether anything may be changed."""
        return any(self.open)

    def inside_run(self, at: int) -> bool:
        """Whether a place is in a run of letters, behind its first: no word ends there."""
        return self.open[at] and not is_chinese(self.text[at]) and at not in self.runs


def read_open(text: str, segmenter: Segmenter, store: SpellingStore) -> OpenText:
    """Find what of a question is known, and what may be a slip.

    Words of the collection, of the lexicon and common words of Chinese are known; so are
    numbers, Latin words that the collection has, and what stands in quotation marks.
    """
    normalised = normalise(text)
    written = normalised.text
    kept = bytearray(len(written))
    for quoted in _QUOTED.finditer(written):
        kept[quoted.start() : quoted.end()] = b"\1" * len(quoted[0])
    opened = [False] * len(written)
    words: dict[int, tuple[int, str]] = {}
    runs: dict[int, int] = {}
    inside: set[int] = set()
    at = 0
    for word in segmenter.words(written):
        end = at + len(word.text)
        if word.name != word.text:
            words[at] = (end, word.name)
        elif not any(kept[at:end]) and not _is_known(word.text, segmenter, store):
            if _LATIN.fullmatch(word.text):
                runs[at] = end
            opened[at:end] = [is_chinese(char) or at in runs for char in word.text]
        else:
            inside.update(range(at + 1, end))
        at = end
    return OpenText(normalised, tuple(opened), words, frozenset(inside), runs)


def _is_known(word: str, segmenter: Segmenter, store: SpellingStore) -> bool:
    if len(word) == 1 and is_chinese(word):
        return False
    if _LATIN.fullmatch(word):
        return len(word) < _SHORTEST_PINYIN or store.knows(word)
    return store.knows(word) or segmenter.frequency(word) >= _COMMON
