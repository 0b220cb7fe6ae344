"""How far what a question asks and what an article answers agree.

Each number is 0 where either side says nothing of the kind, so that a
general article is never held against a question, nor a short question against an article.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indexer.aspects.model import Aspects, Product, Quantity
from indexer.aspects.polarity import is_polarity

# A platform and its product (京东, 京东白条), or a kind and one of it (网贷, 花呗).
RELATED = 0.5
# 365 days are a year of 360: durations within this share of one another are the same.
_SAME_DURATION = Fraction(1, 50)
# A story names products and sides that it is not about; a number it asks about is exact.
_EXACT = 2
# How near the numbers, or the sides, of two texts are that have none in common.
_NOT_COMPARED = (0.0,)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far an article agrees with a question; each number lies in -1…1.

    Attributes:
        product: 1 the product asked about, 0.5 its platform or kind, or a product of the
            platform asked about, 0 a general article or no product asked about, -1 another
            product; in between where one of several agrees.
        numbers: 1 the same numbers, -1 other numbers of the same kind, 0 no number of the
            same kind; in between where one of several agrees, and for how long something is
            overdue: nearer is better.
        contrasts: 1 the same side of every contrast that both speak of, -1 the other side, 0
            none that both speak of; in between where one of several agrees.
        against: what speaks against the article, 0…4: 1 for another product, up to 2 for
            the number that is furthest from the one asked about, 1 for the other side of any
            contrast. What else agrees does not make up for it.
    """

    product: float = 0.0
    numbers: float = 0.0
    contrasts: float = 0.0
    against: float = 0.0


NO_AGREEMENT = Agreement()


def compare(asked: Aspects, article: Aspects) -> Agreement:
    """How far an article agrees with a question.

    Turned round, two texts without `Aspects.touched` agree as much.
    """
    return Comparison(asked).with_article(article)


class Comparison:
    """One question against many articles; what articles have in common is compared once."""

    def __init__(self, asked: Aspects) -> None:
        """Take what is asked."""
        self._asked = asked
        self._products: dict[tuple[tuple[Product, ...], tuple[Product, ...]], float] = {}

    def with_article(self, article: Aspects) -> Agreement:
        """How far an article agrees."""
        asked = self._asked
        product = 0.0
        numbers: Sequence[float] = _NOT_COMPARED
        contrasts: Sequence[float] = _NOT_COMPARED
        if asked.products and (article.products or article.touched):
            key = (article.products, article.touched)
            known = self._products.get(key)
            product = known if known is not None else self._compare_products(article)
            self._products[key] = product
        if asked.quantities and article.quantities:
            numbers = _compare_numbers(asked.quantities, article.quantities)
        if asked.contrasts and article.contrasts:
            contrasts = _compare_contrasts(asked.contrasts, article.contrasts)
        each = (product, _EXACT * min(numbers), min(contrasts))
        against = sum(max(0.0, -value) for value in each)
        return Agreement(product, _mean(numbers), _mean(contrasts), against)

    def _compare_products(self, article: Aspects) -> float:
        asked = self._asked.products
        if not article.products:
            # A tag says what an article touches, not that it is of nothing else.
            return RELATED if _overlap(asked, article.touched) > 0 else 0.0
        return _overlap(asked, article.products) or -1.0


def _overlap(one: Sequence[Product], other: Sequence[Product]) -> float:
    """Dice coefficient, in 0…1, where a platform and its product agree by half."""
    best = [max(_relation(a, b) for b in other) for a in one]
    best += [max(_relation(a, b) for a in one) for b in other]
    return sum(best) / len(best)


def _relation(one: Product, other: Product) -> float:
    if one.name == other.name:
        return 1.0
    return RELATED if one.name in other.wider or other.name in one.wider else 0.0


_COMPARABLE: Mapping[str, tuple[str, ...]] = {
    "percent": ("percent", "rate", "share"),
    "rate": ("rate", "percent"),
    "share": ("share", "percent"),
}
# Kinds that are averaged as one.
_FAMILY: Mapping[str, str] = dict.fromkeys(_COMPARABLE, "percent")
# 超过24% speaks of every rate from there on.
_OVER = "over"
# A title's 改到15号 is an example: another day is another, and nothing against the article.
_EXAMPLES = ("day", "month")


def _compare_numbers(asked: Sequence[Quantity], article: Sequence[Quantity]) -> Sequence[float]:
    """The closest pair of each kind and role."""
    best: dict[tuple[str, str], float] = {}
    for one in asked:
        for other in article:
            if _comparable(one, other):
                key = (_FAMILY.get(one.kind, one.kind), "" if one.role == _OVER else one.role)
                best[key] = max(_closeness(one, other), best.get(key, -1.0))
    return tuple(best.values()) or _NOT_COMPARED


def _comparable(one: Quantity, other: Quantity) -> bool:
    same_role = one.role == other.role or {one.role, other.role} == {"", _OVER}
    return same_role and other.kind in _COMPARABLE.get(one.kind, (one.kind,))


def _closeness(one: Quantity, other: Quantity) -> float:
    if one.value == other.value:
        return 1.0
    if one.kind in _EXAMPLES:
        return 0.0
    least, most = sorted((one, other), key=lambda each: each.value)
    if least.role == _OVER:
        return RELATED
    if one.kind != "duration" or not least.value:
        return -1.0
    ratio = most.value / least.value
    if ratio <= 1 + _SAME_DURATION:
        return 1.0
    # Two days late is more like one day late than like three months; tenfold is another case.
    return max(-1.0, 1 - 2 * math.log10(ratio)) if one.role == "overdue" else -1.0


def _compare_contrasts(
    asked: Mapping[str, frozenset[str]], article: Mapping[str, frozenset[str]]
) -> Sequence[float]:
    """What is shared of the sides of each contrast that both speak of.

    That both say 能办 is no agreement on anything: most questions do.
    """
    scores = [
        len(sides & article[axis]) / len(sides | article[axis]) or -1.0
        for axis, sides in asked.items()
        if axis in article and not (is_polarity(axis) and sides & article[axis])
    ]
    return scores or _NOT_COMPARED


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
