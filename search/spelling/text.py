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
_LETTERS_AND_FIGURES = re.compile(r"[a-z0-9]+")
# A single letter (1w, e贷) is no pinyin.
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
            inside.update(range(at + 1, end))
        elif any(kept[at:end]) or _is_known(word.text, segmenter, store):
            inside.update(range(at + 1, end))
        else:
            runs |= _runs(word.text, at, store)
            opened[at:end] = map(is_chinese, word.text)
        at = end
    for start, end in runs.items():
        opened[start:end] = [True] * (end - start)
    return OpenText(normalised, tuple(opened), words, frozenset(inside), runs)


def _runs(word: str, at: int, store: SpellingStore) -> dict[int, int]:
    """Runs of letters in a word that stands at a place; figures stand between them."""
    if not _LETTERS_AND_FIGURES.fullmatch(word):
        return {}
    return {
        at + run.start(): at + run.end()
        for run in _LATIN.finditer(word)
        if len(run[0]) >= _SHORTEST_PINYIN and not store.knows(run[0])
    }


def _is_known(word: str, segmenter: Segmenter, store: SpellingStore) -> bool:
    if len(word) == 1 and is_chinese(word):
        return False
    return store.knows(word) or segmenter.frequency(word) >= _COMMON
