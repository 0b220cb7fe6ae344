"""Whether two articles say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from indexer.article import Article
from indexer.aspects import Aspects
from indexer.near_duplicates.shingles import containment, resemblance
from indexer.near_duplicates.subject import at_odds, has_subject_of_its_own
from indexer.near_duplicates.texts import ArticleText

# Two articles of the bundled corpus, on whatever near questions, resemble each other by at
# most 0.08, and at most 0.15 of one is in another: half is far from anything but a copy.
MIN_RESEMBLANCE = 0.5
# From here on it is the same text, whatever its title.
_SAME_TEXT = 0.8
_CONTAINED = 0.8
# Dice coefficient of character pairs: 花呗能提前还吗 and 花呗可以提前还款吗 have 0.46.
_TITLES_ALIKE = 0.3
# A shorter text (可以，没有手续费) is the same by chance.
_LEAST_SHINGLES = 20
_OPENING = 20


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two articles are the same text; both in 0…1.

    Attributes:
        resemblance: shared shingles among all of both.
        containment: how much of the shorter one is in the longer.
    """

    resemblance: float
    containment: float


class Comparer:
    """Compares articles by row; what it reads of one it keeps."""

    def __init__(
        self,
        articles: Sequence[Article],
        aspects: Sequence[Aspects],
        cut: Callable[[str], Iterable[str]],
    ) -> None:
        """Take articles and their aspects by row, and what cuts a text into words."""
        self._aspects = aspects
        self._text: Callable[[int], ArticleText] = cache(
            lambda row: ArticleText.of(articles[row], cut)
        )

    def at_odds(self, one: int, other: int) -> bool:
        """Whether the titles of two rows ask of two things."""
        return at_odds(self._aspects[one], self._aspects[other])

    def likeness(self, one: int, other: int) -> Likeness | None:
        """How far the articles of two rows are the same, or None where they are not."""
        if self.at_odds(one, other):
            return None
        longer, shorter = sorted(
            (self._text(one), self._text(other)), key=lambda each: -len(each.shingles)
        )
        if len(shorter.shingles) < _LEAST_SHINGLES and longer.title != shorter.title:
            return None
        found = Likeness(
            resemblance(longer.shingles, shorter.shingles),
            containment(longer.shingles, shorter.shingles),
        )
        same = _are_one_text(longer, shorter, found) or _is_part(longer, shorter, found)
        return found if same else None


def _are_one_text(longer: ArticleText, shorter: ArticleText, found: Likeness) -> bool:
    return (
        found.resemblance >= MIN_RESEMBLANCE
        and (found.resemblance >= _SAME_TEXT or _titles_alike(longer, shorter))
        and not has_subject_of_its_own(longer, shorter)
        and not has_subject_of_its_own(shorter, longer)
    )


def _is_part(longer: ArticleText, shorter: ArticleText, found: Likeness) -> bool:
    """Whether the shorter is an excerpt: a part that asks the same, or the beginning."""
    begins = shorter.body[:_OPENING] == longer.body[:_OPENING]
    return (
        found.containment >= _CONTAINED
        and (begins or _titles_alike(longer, shorter))
        and not has_subject_of_its_own(shorter, longer)
    )


def _titles_alike(one: ArticleText, other: ArticleText) -> bool:
    pairs, others = ({a + b for a, b in pairwise(each.title)} for each in (one, other))
    shared = len(pairs & others)
    return one.title == other.title or 2 * shared >= _TITLES_ALIKE * (len(pairs) + len(others))
