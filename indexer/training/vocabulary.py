"""Which characters and bigrams a new model knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.vocabulary import NOTHING, SPECIALS, Vocabulary
from indexer.text.normalise import normalise

# Stands for both ends of a text while bigrams are counted: no normalised text holds it.
_END = "\0"


@dataclass(frozen=True, slots=True)
class Counted:
    """A vocabulary with how telling its rows are.

    Attributes:
        vocabulary: of the rows.
        idf: ``(len(vocabulary),)`` float32, the inverse document frequency of each row,
            ``ln(1 + n / df)`` over the ``n`` texts; 0 for what stands for no character.
            Spärck Jones, "A statistical interpretation of term specificity", 1972.
    """

    vocabulary: Vocabulary
    idf: NDArray[np.float32]


def build_vocabulary(texts: Iterable[str], *, min_count: int, max_bigrams: int) -> Counted:
    """Keep what enough texts share.

    Args:
        texts: what the model will learn from.
        min_count: how many texts must have a character or a bigram for it to be known.
        max_bigrams: how many bigrams to keep at most; the most frequent stay.
    """
    characters: Counter[str] = Counter()
    bigrams: Counter[str] = Counter()
    n_texts = 0
    for text in texts:
        plain = normalise(text).text
        characters.update(set(plain))
        bigrams.update(set(map(str.__add__, _END + plain, plain + _END)) if plain else ())
        n_texts += 1
    kept = [(char, count) for char, count in _ranked(characters) if count >= min_count]
    ids = {char: SPECIALS + i for i, (char, _) in enumerate(kept)} | {_END: NOTHING}
    pairs = [
        ((ids[pair[0]], ids[pair[1]]), count)
        for pair, count in _ranked(bigrams)
        if count >= min_count and pair[0] in ids and pair[1] in ids
    ][:max_bigrams]
    rows = np.array([pair for pair, _ in pairs], dtype=np.int64).reshape(-1, 2)
    df = np.array([count for _, count in [*kept, *pairs]], dtype=np.float64)
    idf = np.concatenate([np.zeros(SPECIALS), np.log1p(n_texts / df)]).astype(np.float32)
    return Counted(Vocabulary([char for char, _ in kept], rows), idf)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first; ties go by the text, so that one set has one vocabulary."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
