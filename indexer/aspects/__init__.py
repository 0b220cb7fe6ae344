"""What a text is about: its products, its numbers, and which side of a contrast it is on.

`AspectReader` reads a question or an article; `compare` says how far the two agree.
"""

from indexer.aspects.agreement import NO_AGREEMENT, Agreement, Comparison, compare
from indexer.aspects.model import NOTHING, Aspects, Product, Quantity
from indexer.aspects.reader import AspectReader

__all__ = [
    "NOTHING",
    "NO_AGREEMENT",
    "Agreement",
    "AspectReader",
    "Aspects",
    "Comparison",
    "Product",
    "Quantity",
    "compare",
]
