"""Characters and pairs of neighbouring characters: what Chinese questions share.

Words would have to be cut alike in both; characters are found whatever a misspelling or an
unknown word did to the cut.
"""

from __future__ import annotations

from itertools import pairwise


def grams(text: str) -> list[str]:
    """Every letter, digit and character of a canonical text, then every neighbouring pair."""
    letters = [char for char in text if char.isalnum()]
    return letters + [one + other for one, other in pairwise(letters)]
