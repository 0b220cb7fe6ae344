"""Chinese word segmentation by jieba, with our dictionary and a table that opens at once.

jieba parses its dictionary for about a second and keeps half a million entries in
every process. The entries are parsed once, at indexing, into a memory-mapped trie that
stands in for jieba's dictionary: the same cuts, open in a millisecond, shared between
processes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import marisa_trie

from indexer.errors import IndexDamagedError
from indexer.text.normalise import normalise

if TYPE_CHECKING:
    import jieba


class _FrequencyTable:
    """The part of a dict that jieba uses of ``Tokenizer.FREQ``, over a mapped trie."""

    def __init__(self, trie: marisa_trie.RecordTrie) -> None:
        self._trie = trie

    def __contains__(self, word: str) -> bool:
        return word in self._trie

    def __getitem__(self, word: str) -> int:
        return int(self._trie[word][0][0])

    def get(self, word: str, default: int | None = None) -> int | None:
        found = self._trie.get(word)
        return int(found[0][0]) if found else default


def _quiet_jieba() -> None:
    """Jieba logs its loading to stderr through a handler of its own."""
    logging.getLogger("jieba").setLevel(logging.WARNING)


def write_segmentation_table(words: Mapping[str, int], target: Path) -> None:
    """Write jieba's dictionary with ours added as a trie that `Segmenter.open` maps.

    Args:
        words: our words with their frequencies, normalised.
        target: file to write.
    """
    import jieba

    _quiet_jieba()
    tokenizer = jieba.Tokenizer()
    frequencies, _ = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    for word, frequency in words.items():
        # A word that jieba knows well must not become rarer for being listed.
        frequencies[word] = max(frequency, frequencies.get(word, 0))
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    trie = marisa_trie.RecordTrie("<I", ((word, (n,)) for word, n in frequencies.items()))
    trie.save(str(target))


# The sum of all frequencies in jieba's dictionary scales every probability alike, so
# the exact total matters little; jieba's own value keeps the cuts jieba's.
DICTIONARY_TOTAL = 60_101_967


# Looked for from its first figure only: a very long number is gone through once.
_NUMBER = re.compile(r"(?<!\d)\d+(?:\.\d+%?|%)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as it is cut.

    Attributes:
        text: as it is written, normalised.
        name: what it stands for, where it is an alias; else the same.
        stop: it says nothing of what a question is about.
    """

    text: str
    name: str
    stop: bool


class Segmenter:
    """Cuts text into words, longer words also into the words inside them.

    An alias (蚂蚁花呗, huabei, 花被) is given as the name it stands for.
    """

    def __init__(
        self, tokenizer: jieba.Tokenizer, stopwords: frozenset[str], aliases: Mapping[str, str]
    ) -> None:
        """Take a tokenizer that has its dictionary, stop words and aliases."""
        self._tokenizer = tokenizer
        self._aliases = aliases
        self.stopwords = stopwords

    @classmethod
    def open(cls, table: Path, stopwords: frozenset[str], aliases: Mapping[str, str]) -> Segmenter:
        """Open a table that `write_segmentation_table` wrote.

        Raises:
            IndexDamagedError: the table is missing or no table.
        """
        import jieba

        _quiet_jieba()
        try:
            trie = marisa_trie.RecordTrie("<I").mmap(str(table))
        except (OSError, RuntimeError) as error:
            raise IndexDamagedError(
                f"{table}: cannot be opened ({error}); build the index again with 'loanfaq index'"
            ) from error
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ = _FrequencyTable(trie)
        tokenizer.total = DICTIONARY_TOTAL
        tokenizer.initialized = True
        return cls(tokenizer, stopwords, aliases)

    def content_words(self, text: str) -> list[str]:
        """Words of a text in order, each followed by the shorter words inside it.

        Stop words, and what is inside them (不能 in 能不能), are left out, and so are
        punctuation and white space; a number keeps its decimals and its percent sign. Words
        that the dictionary does not know are cut into single characters: a misspelt word then
        still shares characters with the right one.
        """
        return self.content_of(self.words(text))

    def content_of(self, words: Iterable[Word]) -> list[str]:
        """The content words of a text that was cut before, see `content_words`."""
        content = []
        for word in words:
            if not word.stop:
                content += [word.name, *(part for _, part in self.inner_words(word.name))]
        return content

    def words(self, text: str) -> list[Word]:
        """The words of a text, punctuation and white space among them as words that stop."""
        return [
            Word(
                word,
                self._aliases.get(word, word),
                word in self.stopwords or not any(char.isalnum() for char in word),
            )
            for word in self._words(normalise(text).text)
        ]

    def frequency(self, word: str) -> int:
        """How often general Chinese uses a normalised word, as the dictionary has it."""
        return self._tokenizer.FREQ.get(word) or 0

    def canonical(self, text: str) -> str:
        """The normalised text with every alias replaced by the name it stands for."""
        words = self._words(normalise(text).text)
        return "".join(self._aliases.get(word, word) for word in words)

    def _words(self, text: str) -> Iterator[str]:
        """Words of normalised text; nothing of it is left out."""
        at = 0
        for number in _NUMBER.finditer(text):
            yield from self._tokenizer.cut(text[at : number.start()], HMM=False)
            yield number[0]
            at = number.end()
        yield from self._tokenizer.cut(text[at:], HMM=False)

    def inner_words(self, word: str) -> Iterator[tuple[int, str]]:
        """Content words of two and three characters inside a longer one, with their offsets.

        As jieba's search mode finds them, the shorter ones first.
        """
        for size in (2, 3):
            if len(word) > size:
                for offset in range(len(word) - size + 1):
                    part = word[offset : offset + size]
                    if self._tokenizer.FREQ.get(part) and part not in self.stopwords:
                        yield offset, part
