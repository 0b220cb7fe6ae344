"""Hiding words: what masked reading restores, and the noise that training adds.

Whole words are hidden (Cui et al., "Pre-Training with Whole Word Masking for Chinese
BERT", 2019, arXiv:1906.08101): a single character of a word is too easily guessed. Some
are not hidden but misspelt by characters that sound alike, which is how people mistype.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.vocabulary import MASKED, SPECIALS, Ids, Vocabulary
from indexer.text.normalise import normalise

if TYPE_CHECKING:
    import jieba

# Of hidden words, how many become the mask, are misspelt, or give way to chance; the rest
# stays as it is.
_MASK, _MISSPELL, _CHANCE = 0.80, 0.10, 0.05


@dataclass(frozen=True, slots=True)
class SoundAlikes:
    """Characters by sound.

    Attributes:
        sounds: ``(rows,)`` int64, a number for the sound of each row's character, 0 for none.
        alike: all of these rows, ordered by sound.
        starts: ``(sounds + 1,)`` int64, where in `alike` those of each sound begin.
    """

    sounds: NDArray[np.int64]
    alike: Ids
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> SoundAlikes:
        """Look up the usual sound of each Chinese character, without its tone."""
        from pypinyin import lazy_pinyin

        sounds = np.zeros(vocabulary.first_bigram, dtype=np.int64)
        numbers: dict[str, int] = {}
        for row, char in enumerate(vocabulary.characters, start=SPECIALS):
            if "\u4e00" <= char <= "\u9fff":
                sounds[row] = numbers.setdefault(lazy_pinyin(char)[0], len(numbers) + 1)
        alike = np.argsort(sounds, kind="stable")
        starts = np.searchsorted(sounds[alike], np.arange(len(numbers) + 2))
        return cls(sounds, alike, starts)

    def misspell(self, ids: Ids, rng: np.random.Generator) -> Ids:
        """For each row one that sounds like it, itself among them; as it is without a sound."""
        sounds = self.sounds[ids]
        starts = self.starts[sounds]
        spelt = self.alike[starts + rng.integers(self.starts[sounds + 1] - starts)]
        return np.where(sounds > 0, spelt, ids)


class WordCutter:
    """Numbers the words of texts, for hiding whole ones."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take jieba's dictionary and these words beside it."""
        import logging

        import jieba

        logging.getLogger("jieba").setLevel(logging.WARNING)
        self._tokenizer: jieba.Tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        for word in words:
            self._tokenizer.add_word(word)

    def words(self, text: str) -> NDArray[np.int64]:
        """For each character of the normalised text the number of its word."""
        cut = list(self._tokenizer.cut(normalise(text).text, HMM=False))
        return np.repeat(np.arange(len(cut)), [len(word) for word in cut])


def hide_words(
    ids: Ids,
    words: NDArray[np.int64],
    share: float,
    sounds: SoundAlikes,
    rng: np.random.Generator,
) -> tuple[Ids, NDArray[np.bool_]]:
    """Hide a share of the words of some texts.

    Args:
        ids: ``(n, length)`` rows of characters.
        words: ``(n, length)`` the number of each character's word.
        share: of the words to hide.
        sounds: for misspelling.
        rng: of all chance.

    Returns:
        The changed rows, and where a word was hidden, ``(n, length)`` bool.
    """
    hidden = np.take_along_axis(rng.random(ids.shape) < share, words, axis=1)
    how = np.take_along_axis(rng.random(ids.shape), words, axis=1)
    changed = ids.copy()
    changed[hidden & (how < _MASK)] = MASKED
    misspelt = hidden & (how >= _MASK) & (how < _MASK + _MISSPELL)
    changed[misspelt] = sounds.misspell(ids[misspelt], rng)
    chance = hidden & (how >= _MASK + _MISSPELL) & (how < _MASK + _MISSPELL + _CHANCE)
    changed[chance] = rng.integers(SPECIALS, len(sounds.sounds), int(chance.sum()))
    return changed, hidden


def add_noise(ids: Ids, share: float, sounds: SoundAlikes, rng: np.random.Generator) -> Ids:
    """Hide a share of single characters of a text, and misspell a third as many."""
    drawn = rng.random(ids.shape)
    changed = np.where(drawn < share, MASKED, ids)
    misspelt = drawn > 1 - share / 3
    changed[misspelt] = sounds.misspell(ids[misspelt], rng)
    return changed
