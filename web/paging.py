"""Pages of a long list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        number: counted from 1.
        size: entries on a page.
        total: entries in all.
    """

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last page; 1 where there is nothing."""
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        """Number of the page before, if there is one."""
        return min(self.number - 1, self.last) if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after, if there is one."""
        return self.number + 1 if self.number < self.last else None


def page_number(typed: str | None) -> int:
    """The page that an address asks for; 1 where it is none."""
    if typed is None or not typed.isascii() or not typed.isdigit() or len(typed) > 6:
        return 1
    return max(1, int(typed))


def offset_of(number: int, size: int) -> int:
    """How many entries stand before a page."""
    return (number - 1) * size
