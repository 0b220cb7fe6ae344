"""Products, platforms and kinds of loans that a text names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from indexer.aspects.model import Product
from indexer.subjects import Subject


class ProductNames:
    """Finds products in a text that is cut into words."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        """Take what a text can be about."""
        self._products = {
            name: Product(each.names[0], each.wider) for each in subjects for name in each.names
        }
        longest_first = sorted(self._products, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def read(self, words: Sequence[str]) -> tuple[Product, ...]:
        """Products in the order they are named, without those that a narrower one belongs to.

        A name is found inside a word (存量房贷) or of whole words; 分付 is none in 部分|付款.
        """
        text = "".join(words)
        ends = [0, *accumulate(map(len, words))]
        found = {
            product.name: product
            for match in self._pattern.finditer(text)
            if _is_cut_so(match, ends)
            for product in (self._products[match[0]],)
        }
        wider = frozenset[str]().union(*(product.wider for product in found.values()))
        return tuple(each for name, each in found.items() if name not in wider)


def _is_cut_so(match: re.Match[str], ends: Sequence[int]) -> bool:
    boundaries = [end for end in ends if match.start() < end < match.end()]
    return not boundaries or (match.start() in ends and match.end() in ends)
