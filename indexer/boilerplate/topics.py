"""Whether what some articles share depends on what they are asked.

An answer (「会上征信」) follows from the question, so its articles' titles have words in
common that other titles lack. A greeting is the same whatever is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.text.normalise import fold

# A piece of most titles, by so much more frequent than elsewhere, less likely by chance.
_MOST = 0.5
_LIFT = 1.5
_CHANCE = 1e-3


class Titles:
    """The titles of a collection as pieces of two characters."""

    def __init__(self, titles: Sequence[str]) -> None:
        """Count the pieces of all titles."""
        self._titles = titles
        self._frequency: Counter[str] = Counter()
        for title in titles:
            self._frequency.update(_pieces(title))

    def share_a_topic(self, rows: Iterable[int]) -> bool:
        """Whether the titles of some rows hold one piece far more often than all titles do."""
        chosen = [_pieces(self._titles[row]) for row in rows]
        counts = Counter(piece for pieces in chosen for piece in pieces)
        return any(
            self._is_tied(piece, count, len(chosen))
            for piece, count in counts.items()
            if count >= _MOST * len(chosen)
        )

    def _is_tied(self, piece: str, count: int, articles: int) -> bool:
        everywhere = self._frequency[piece] / len(self._titles)
        if count < _LIFT * everywhere * articles:
            return False
        from scipy.special import bdtrc

        # The likelihood of so many among as many articles drawn blindly.
        return float(bdtrc(count - 1, articles, everywhere)) < _CHANCE


def _pieces(title: str) -> set[str]:
    text = fold(title)
    return {text[at : at + 2] for at in range(len(text) - 1)}
