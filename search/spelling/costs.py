"""What it costs to believe that a reader meant something else than what stands there.

A noisy channel (Shannon, 1948; Kernighan, Church and Gale, "A spelling correction program
based on a noisy channel model", 1990): the reading with the lowest sum of what its edits
and its characters cost, in nats, is what was meant.
"""

from __future__ import annotations

import math

from indexer.store.spelling import SpellingStore
from indexer.text.segment import DICTIONARY_TOTAL, Segmenter

# Edits, for each character.
SAME_SOUND = 2.5
NEAR_SOUND = 5.5
# More for a character that is mostly read otherwise.
RARE_READING = 2.5
ONE_OFF = 5.0
# Pinyin is written on purpose: it costs little, and more where the sound is only near.
PINYIN = 0.5
NEAR_PINYIN = 2.5
INITIALS = 1.0
# More for a single character that is no word by itself: "le" is 了 before it is 乐.
NO_WORD = 2.0
# A run of letters that is no known word, left as it is, and each letter of it.
UNKNOWN_RUN = 6.0
UNKNOWN_LETTER = 3.0
# So much cheaper than the text as it stands must a correction be, and more by the logarithm of
# how many words' lengths the question has: each is one more place where something likelier is
# found by chance. That halves the false ones of judged train and dev questions (6.8 % to 3.5 %).
_MARGIN = 1.5
_WORD_LENGTH = 4
# How far a character is believed to follow the one before it, to be the collection's, and
# to be just any Chinese.
_PAIR_WEIGHT, _COLLECTION_WEIGHT, _CHINESE_WEIGHT = 0.8, 0.1, 0.1
# Of a character that is not counted at all.
_RAREST = 1e-6


def margin(characters: int) -> float:
    """How much a correction of a question of so many characters must gain, in nats."""
    return _MARGIN + math.log(max(1.0, characters / _WORD_LENGTH))


class CharacterCosts:
    """What each character costs after the one before it: the rarer, the more."""

    def __init__(self, store: SpellingStore, segmenter: Segmenter) -> None:
        """Take the counts of a build, and the dictionary for what it does not have."""
        self._store = store
        self._segmenter = segmenter
        self._known: dict[tuple[str, str], float] = {}

    def after(self, before: str, char: str) -> float:
        """Negative logarithm of how likely a character follows another.

        Interpolated between the pair, the character in this collection, and in Chinese at
        large (Jelinek and Mercer, 1980).

        Args:
            before: the character before; empty where none or other writing stands there.
            char: a Chinese character.
        """
        key = before, char
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._cost(before, char)
        return found

    def run(self, before: str, text: str) -> float:
        """What some characters cost after another."""
        cost = 0.0
        for char in text:
            cost += self.after(before, char)
            before = char
        return cost

    def _cost(self, before: str, char: str) -> float:
        store = self._store
        preceding = store.character(before) if before else 0
        pair = store.pair(before, char) / preceding if preceding else 0.0
        here = store.character(char) / store.total if store.total else 0.0
        anywhere = self._segmenter.frequency(char) / DICTIONARY_TOTAL + _RAREST
        return -math.log(
            _PAIR_WEIGHT * pair + _COLLECTION_WEIGHT * here + _CHINESE_WEIGHT * anywhere
        )
