"""What the collection's writing looks and sounds like, as one memory-mapped trie.

Every key begins with one character that says what it is asked: how often a character, a
pair of characters or a word is written, how a character is read, which words sound so,
which words are one letter away, which product has these initials.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import marisa_trie

from indexer.errors import IndexDamagedError
from indexer.store.manifest import REBUILD

# Characters of the longest word that is corrected to.
LONGEST_WORD = 6

_COUNT = struct.Struct("<I")
_CHARACTER, _PAIR, _WORD, _READING, _SOUND, _NEAR, _INITIALS = "cpwrsdi"
_ALL = f"{_CHARACTER} all"
# Ends each syllable of a key, so that one syllable never begins another.
_END = "'"


@dataclass(frozen=True, slots=True)
class SoundedWord:
    """A word with the pinyin of each of its characters, without tones."""

    word: str
    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpellingTable:
    """What is written for a build.

    Attributes:
        characters: how often each is written.
        pairs: how often two characters stand side by side.
        words: how often each word is written: the words that are known.
        readings: pinyin of characters, the commonest first.
        sounds: words by the near sounds of their characters, the commonest first.
        neighbours: words of three characters and more by themselves and by what is left
            of them without one character.
        initials: product names by their pinyin initials, the commonest first.
    """

    characters: Mapping[str, int]
    pairs: Mapping[str, int]
    words: Mapping[str, int]
    readings: Mapping[str, Sequence[str]]
    sounds: Mapping[tuple[str, ...], Sequence[SoundedWord]]
    neighbours: Mapping[str, Sequence[str]]
    initials: Mapping[str, Sequence[str]]


def write_spelling(table: SpellingTable, target: Path) -> None:
    """Write the table into a file."""
    entries: list[tuple[str, bytes]] = [(_ALL, _packed(sum(table.characters.values())))]
    for kind, counts in (
        (_CHARACTER, table.characters),
        (_PAIR, table.pairs),
        (_WORD, table.words),
    ):
        entries += [(kind + key, _packed(count)) for key, count in counts.items()]
    for kind, texts in (
        (_READING, table.readings),
        (_NEAR, table.neighbours),
        (_INITIALS, table.initials),
    ):
        entries += [(kind + key, _joined(values)) for key, values in texts.items()]
    for heard, words in table.sounds.items():
        lines = (" ".join((each.word, *each.syllables)) for each in words)
        entries.append((_SOUND + sound_key(heard), _joined(lines)))
    entries += [(_SOUND + key, b"") for key in _beginnings(table.sounds)]
    marisa_trie.BytesTrie(entries).save(str(target))


def _beginnings(sounds: Iterable[tuple[str, ...]]) -> set[str]:
    """Keys that others begin with and that no word has itself."""
    known = set(sounds)
    begun = {heard[:end] for heard in known for end in range(1, len(heard))}
    return {sound_key(heard) for heard in begun - known}


def sound_key(heard: Iterable[str]) -> str:
    """The key of a sequence of near sounds; a longer sequence's key begins with it."""
    return "".join(sound + _END for sound in heard)


class SpellingStore:
    """The spelling of a build; safe to use from several threads."""

    def __init__(self, trie: marisa_trie.BytesTrie) -> None:
        """Take an open trie."""
        self._trie = trie
        self._readings: dict[str, tuple[str, ...]] = {}
        self.total = self._count(_ALL)

    @classmethod
    def open(cls, path: Path) -> SpellingStore:
        """Map what `write_spelling` wrote.

        Raises:
            IndexDamagedError: the file is missing or no such table.
        """
        try:
            return cls(marisa_trie.BytesTrie().mmap(str(path)))
        except (OSError, RuntimeError, struct.error) as error:
            raise IndexDamagedError(f"{path}: cannot be opened ({error}); {REBUILD}") from error

    def character(self, char: str) -> int:
        """How often a character is written."""
        return self._count(_CHARACTER + char)

    def pair(self, first: str, second: str) -> int:
        """How often one character stands right before another."""
        return self._count(_PAIR + first + second)

    def knows(self, word: str) -> bool:
        """Whether the collection or its lexicon has a word."""
        return (_WORD + word) in self._trie

    def readings(self, char: str) -> tuple[str, ...]:
        """Pinyin of a character, the commonest first; none for other writing."""
        found = self._readings.get(char)
        if found is None:
            found = self._readings[char] = tuple(self._lines(_READING + char))
        return found

    def sounds_begin(self, key: str) -> bool:
        """Whether a word's `sound_key` is this or begins so."""
        return (_SOUND + key) in self._trie

    def sounding(self, key: str) -> list[SoundedWord]:
        """Words with this `sound_key`, the commonest first."""
        lines = (line.split(" ") for line in self._lines(_SOUND + key))
        return [SoundedWord(word, tuple(syllables)) for word, *syllables in lines]

    def neighbours(self, text: str) -> list[str]:
        """Words that are this text, or this text with one character more."""
        return self._lines(_NEAR + text)

    def product(self, initials: str) -> list[str]:
        """Products with these pinyin initials, the commonest first."""
        return self._lines(_INITIALS + initials)

    def _count(self, key: str) -> int:
        found = self._trie.get(key)
        return int(_COUNT.unpack(found[0])[0]) if found else 0

    def _lines(self, key: str) -> list[str]:
        found = self._trie.get(key)
        return found[0].decode().split("\n") if found and found[0] else []


def _packed(count: int) -> bytes:
    return _COUNT.pack(min(count, 2**32 - 1))


def _joined(lines: Iterable[str]) -> bytes:
    return "\n".join(lines).encode()
