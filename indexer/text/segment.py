"""Chinese word segmentation by jieba, with our dictionary and a table that opens at once.

jieba parses its dictionary for about a second and keeps half a million entries in
every process. The entries are parsed once, at indexing, into a memory-mapped trie that
stands in for jieba's dictionary: the same cuts, open in a millisecond, shared between
processes.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import marisa_trie

from indexer.errors import IndexDamagedError, SourceError
from indexer.text.normalise import normalise

if TYPE_CHECKING:
    import jieba


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text.

    Attributes:
        text: the word, normalised.
        start: where it begins in the original text (Unicode code points).
        end: one past where it ends.
    """

    text: str
    start: int
    end: int


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


def dictionary_fingerprint(dictionary: Path) -> str:
    """Hash of all that decides a cut: jieba's version and our dictionary."""
    digest = hashlib.sha256(version("jieba").encode())
    digest.update(dictionary.read_bytes())
    return digest.hexdigest()


def read_dictionary(path: Path) -> Iterator[tuple[str, int]]:
    """Words and frequencies of a dictionary file: ``word frequency``, ``#`` for comments.

    Raises:
        SourceError: a line is not of that form, or the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path, f"cannot be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, frequency = line.strip().rpartition(" ")
        if not word or not frequency.isdecimal():
            raise SourceError(path, 'write "word frequency" on each line', number)
        yield normalise(word).text, int(frequency)


def write_segmentation_table(dictionary: Path, target: Path) -> None:
    """Write jieba's dictionary with ours added as a trie that `Segmenter.open` maps.

    Args:
        dictionary: our words, see `read_dictionary`.
        target: file to write.
    """
    import jieba

    _quiet_jieba()
    tokenizer = jieba.Tokenizer()
    frequencies, _ = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    for word, frequency in read_dictionary(dictionary):
        frequencies[word] = frequency
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    trie = marisa_trie.RecordTrie("<I", ((word, (n,)) for word, n in frequencies.items()))
    trie.save(str(target))


# The sum of all frequencies in jieba's dictionary scales every probability alike, so
# the exact total matters little; jieba's own value keeps the cuts jieba's.
_JIEBA_TOTAL = 60_101_967


class Segmenter:
    """Cuts text into words, longer words also into the words inside them."""

    def __init__(self, tokenizer: jieba.Tokenizer, stopwords: frozenset[str]) -> None:
        """Take a tokenizer that has its dictionary, and the stop words."""
        self._tokenizer = tokenizer
        self.stopwords = stopwords

    @classmethod
    def open(cls, table: Path, stopwords: Path) -> Segmenter:
        """Open a table that `write_segmentation_table` wrote, and a list of stop words.

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
        tokenizer.total = _JIEBA_TOTAL
        tokenizer.initialized = True
        return cls(tokenizer, read_stopwords(stopwords))

    def segment(self, text: str) -> list[Token]:
        """Words of a text in order, each followed by the shorter words inside it.

        Punctuation and white space are left out; a number keeps its decimals and its
        percent sign. Words that the dictionary does not know are cut into single
        characters: a misspelt word then still shares characters with the right one.
        """
        return self._tokens(text, frozenset())

    def content_words(self, text: str) -> list[Token]:
        """As `segment`, without stop words and what is inside them (不能 in 能不能)."""
        return self._tokens(text, self.stopwords)

    def _tokens(self, text: str, without: frozenset[str]) -> list[Token]:
        normalised = normalise(text)
        tokens = []
        for word, start in self._words(normalised.text):
            if word in without or not any(char.isalnum() for char in word):
                continue
            for part, offset in [(word, 0), *self._inner_words(word)]:
                if part not in without:
                    at = start + offset
                    tokens.append(Token(part, *normalised.span(at, at + len(part))))
        return tokens

    def _words(self, text: str) -> Iterator[tuple[str, int]]:
        """Words of normalised text and where they begin."""
        at = 0
        for number in re.finditer(r"\d+\.\d+%?|\d+%", text):
            yield from self._cut(text[at : number.start()], at)
            yield number[0], number.start()
            at = number.end()
        yield from self._cut(text[at:], at)

    def _cut(self, text: str, at: int) -> Iterator[tuple[str, int]]:
        for word in self._tokenizer.cut(text, HMM=False):
            yield word, at
            at += len(word)

    def _inner_words(self, word: str) -> Iterator[tuple[str, int]]:
        """Words of two and three characters inside a longer one, as jieba's search mode."""
        for size in (2, 3):
            if len(word) > size:
                for offset in range(len(word) - size + 1):
                    if self._tokenizer.FREQ.get(word[offset : offset + size]):
                        yield word[offset : offset + size], offset


def read_stopwords(path: Path) -> frozenset[str]:
    """Stop words, one a line, normalised; ``#`` begins a comment line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(
        normalise(line).text for line in lines if line.strip() and not line.startswith("#")
    )
