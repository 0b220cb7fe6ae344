"""Whether two articles that read alike are about two things.

Sites write one text and put another product or another number into it: 花呗会上征信吗,
借呗会上征信吗; 逾期一天, 逾期三个月. Most of their shingles are the same, their answers are
not, and a reader needs both.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from indexer.aspects import Aspects
from indexer.near_duplicates.texts import ArticleText

# So often a text has a word that it is about, and not by chance.
_OFTEN = 2


def at_odds(one: Aspects, other: Aspects) -> bool:
    """Whether two titles name other products, other numbers or opposed sides of a contrast."""
    products, others = ({each.name for each in side.products} for side in (one, other))
    numbers, other_numbers = (
        {(each.kind, each.value) for each in side.quantities} for side in (one, other)
    )
    return (
        _both_and_other(products, others)
        or _both_and_other(numbers, other_numbers)
        or any(
            not sides & other.contrasts.get(axis, sides) for axis, sides in one.contrasts.items()
        )
    )


def has_subject_of_its_own(one: ArticleText, other: ArticleText) -> bool:
    """Whether a word of one title alone is found in its text often and in the other never."""
    return any(
        word not in other.body and one.body.count(word) >= _OFTEN
        for word in one.title_words
        if word not in other.title
    )


def _both_and_other(one: AbstractSet[object], other: AbstractSet[object]) -> bool:
    return bool(one and other) and one != other
