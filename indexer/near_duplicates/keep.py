"""Which article of several that say the same to keep."""

from __future__ import annotations

import math
from typing import Literal

from indexer.article import Article

Why = Literal["whole", "longer", "newer", "checked later", "first by id"]

# Lengths in one step of a fifth are the same: what was edited a little is no fuller article.
_LENGTH_STEP = math.log(1.2)
_CRITERIA: tuple[Why, ...] = ("whole", "longer", "newer", "checked later", "longer")


def preference(article: Article) -> tuple[object, ...]:
    """A key that sorts the article to keep first.

    Whole before excerpt, the clearly longer text, the newer, the one whose facts were checked
    later, the longer by whatever, then by id.
    """
    return (*_merits(article), article.id)


def why_kept(kept: Article, other: Article) -> Why:
    """By what an article is kept rather than another one."""
    merits = zip(_CRITERIA, _merits(kept), _merits(other), strict=True)
    return next((why for why, mine, its in merits if mine != its), "first by id")


def _merits(article: Article) -> tuple[float, ...]:
    """A number for each criterion, the smaller the better."""
    length = len(article.text)
    published = article.published.toordinal() if article.published else 0
    checked = int(article.as_of.replace("-", "")) if article.as_of else 0
    return (
        int(article.excerpt_only),
        -int(math.log(length) / _LENGTH_STEP) if length else 1,
        -published,
        -checked,
        -length,
    )
