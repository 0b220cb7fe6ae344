"""One written form for all text: NFKC, Simplified characters, lower case, single spaces.

Normalising changes lengths, so it keeps a map back: highlights and passages count
code points of the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text with its map back to the original.

    Attributes:
        text: the normalised text.
        offsets: ``len(text) + 1`` ascending offsets; character ``i`` of ``text`` came
            from ``original[offsets[i]:offsets[i + 1]]`` (an empty range where one
            original character gave several).
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that ``text[start:end]`` came from."""
        stop = self.offsets[end]
        # Several characters out of one original character share its range.
        last = end
        while stop <= self.offsets[start] and last < len(self.text):
            last += 1
            stop = self.offsets[last]
        return self.offsets[start], stop


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def _clusters(text: str) -> list[tuple[int, int]]:
    """Ranges of a character with the combining marks behind it."""
    if not any(map(unicodedata.combining, text)):
        return [(at, at + 1) for at in range(len(text))]
    starts = [i for i, char in enumerate(text) if i == 0 or not unicodedata.combining(char)]
    return list(pairwise([*starts, len(text)]))


_MOST_REMEMBERED = 2_000


@lru_cache(maxsize=65536)
def _fold_cluster(cluster: str) -> str:
    return "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFKC", cluster).lower()
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )


def _simplify(text: str) -> str:
    """Traditional characters to Simplified, one for one so that the map holds."""
    if text.isascii():
        return text
    simplified = str(_simplifier().convert(text))
    if len(simplified) == len(text):
        return simplified
    single = ((char, str(_simplifier().convert(char))) for char in text)
    return "".join(new if len(new) == 1 else char for char, new in single)


# What nearly all Chinese text consists of: characters that NFKC takes one by one, and
# those of them that it changes. Python's own takes five times as long over such a text.
_ONE_BY_ONE = re.compile(r"[\x00-\x7f\u2010-\u2027\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*")
_CHANGED = re.compile(r"[\u2011\u2017\u2024-\u2026\u3000\uff01-\uff5e]+")


def _nfkc(text: str) -> str:
    if not _ONE_BY_ONE.fullmatch(text):
        return unicodedata.normalize("NFKC", text)
    return _CHANGED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def fold(text: str) -> str:
    """The characters of normalised text, without the map and with all white space: quick."""
    return _simplify(_nfkc(text).lower())


def letters(text: str) -> str:
    """What completions compare of a text: its letters, characters and digits, normalised."""
    return "".join(char for char in normalise(text).text if char.isalnum())


def normalise(text: str) -> Normalised:
    """Normalise a text, keeping the map back to it.

    Control and format characters vanish; a run of white space becomes one space, at
    the ends none.
    """
    # Questions and passages come again; a text as long as a book need not stay in memory.
    return _remembered(text) if len(text) <= _MOST_REMEMBERED else _normalise(text)


def _normalise(text: str) -> Normalised:
    characters: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(text):
        for char in _fold_cluster(text[start:end]):
            if char == " " and (not characters or characters[-1] == " "):
                continue
            offsets.append(start)
            characters.append(char)
    end_of_text = len(text)
    while characters and characters[-1] == " ":
        characters.pop()
        end_of_text = offsets.pop()
    offsets.append(end_of_text)
    return Normalised(_simplify("".join(characters)), tuple(offsets))


_remembered = lru_cache(maxsize=4096)(_normalise)
