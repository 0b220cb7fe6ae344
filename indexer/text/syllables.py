"""Pinyin syllables as they are heard: which of them readers take for one another."""

from __future__ import annotations

from functools import cache

_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_FINALS = {"ang": "an", "eng": "en", "ing": "in"}
# ü is typed as v, as u, or as yu.
_ROUNDED = {"v": "u", "ü": "u"}
LONGEST_SYLLABLE = 6


@cache
def near_sound(syllable: str) -> str:
    """The one name of all syllables that sound nearly so, without tones.

    zh/z, ch/c, sh/s and n/l begin alike; ang/an, eng/en and ing/in end alike.
    """
    heard = "".join(_ROUNDED.get(letter, letter) for letter in syllable)
    for initial, plain in _INITIALS.items():
        if heard.startswith(initial):
            heard = plain + heard.removeprefix(initial)
            break
    for final, plain in _FINALS.items():
        if heard.endswith(final):
            return heard.removesuffix(final) + plain
    return heard
