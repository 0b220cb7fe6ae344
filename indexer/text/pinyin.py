"""How words are typed in pinyin, for completions and spelling; imported only while indexing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

# One Chinese character, or a run of anything else.
_PIECES = re.compile(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+")
# 还 is repaying in 还款, 提前还 and alone, whatever is commoner in other texts; words that
# begin like these say "still".
_REPAY = "还"
_STILL = ("还是", "还有", "还能", "还会", "还要", "还没", "还在", "还可")

# Further readings of a character are rarities.
_MOST_READINGS = 3


def full(words: Iterable[str]) -> str:
    """The words in pinyin without tones: 花呗 is ``huabei``, other writing stays."""
    return "".join(sound for word in words for _, sound in _sounds(word))


def initials(words: Iterable[str]) -> str:
    """The first letter of each character: 花呗 is ``hb``, other writing stays."""
    return "".join(initial for word in words for initial, _ in _sounds(word))


def syllables(word: str) -> tuple[str, ...]:
    """The pinyin of each character, without tones; other writing stays whole."""
    return tuple(sound for _, sound in _sounds(word))


@cache
def readings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Common characters with all their pinyin, the most frequent first, without tones."""
    without_tone = cache(to_normal)
    return tuple(
        (chr(code), tuple(dict.fromkeys(map(without_tone, sounds.split(","))))[:_MOST_READINGS])
        for code, sounds in PINYIN_DICT.items()
        if _is_common(chr(code))
    )


def _is_common(char: str) -> bool:
    """Whether it is among the 6,763 characters of GB 2312."""
    try:
        return "\u4e00" <= char <= "\u9fff" and bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=65536)
def _sounds(word: str) -> tuple[tuple[str, str], ...]:
    """First letter and pinyin of each character of a word, read as this word is read."""
    pieces = _PIECES.findall(word)
    sounds = lazy_pinyin(word)
    if len(sounds) != len(pieces):  # a rare character that has no pinyin
        sounds = [lazy_pinyin(piece)[0] for piece in pieces]
    if word not in PHRASES_DICT and not word.startswith(_STILL):
        sounds = [
            "huan" if piece == _REPAY else sound
            for piece, sound in zip(pieces, sounds, strict=True)
        ]
    return tuple(
        (sound[0], sound) if "\u3400" <= piece[0] <= "\u9fff" else (sound, sound)
        for piece, sound in zip(pieces, sounds, strict=True)
    )
