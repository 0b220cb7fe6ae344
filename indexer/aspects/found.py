"""A number as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.aspects.model import Quantity


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity with the range of characters, ``[start, end)``, that gives it."""

    start: int
    end: int
    quantity: Quantity


# Stands in a text for each character of a number that was read already.
TAKEN = "\0"
