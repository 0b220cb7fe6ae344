"""An article's title masked in its text, with a map back to the original."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import accumulate

# Stands for the title, so that a 「？」 in it ends no sentence.
TITLE_MARK = "\ufffc"
# Stands for a part of it. A part can be the answer: 「可以提前还」 to 「花呗可以提前还款吗」.
PART_MARK = "\ue000"
MARKS = TITLE_MARK + PART_MARK
_TITLE_END = "？?！!。. "
_QUOTED = re.compile(r"(?<=[“\"「『《【‘'])[^“”\"「」『』《》【】‘']{2,}(?=[”\"」』》】’'])")
_FRAGMENT_MIN_CHARACTERS = 4


@dataclass(frozen=True)
class Masked:
    """Text in which the title and each part of it is one mark.

    Attributes:
        text: the masked text.
        marks: original range of each mark, ascending.
    """

    text: str
    marks: tuple[tuple[int, int], ...]

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """Where each mark stands in the masked text, and how much longer what it hides is.

        The second counts up: the sum over a mark and all before it.
        """
        lengths = (end - start - 1 for start, end in self.marks)
        hidden = [*accumulate(lengths, initial=0)]
        starts = (start for start, _ in self.marks)
        return [start - before for start, before in zip(starts, hidden, strict=False)], hidden

    def offset(self, at: int) -> int:
        """The original offset of a place in the masked text."""
        places, hidden = self._places
        return at + hidden[bisect_left(places, at)]


class TitleMask:
    """Finds an article's title in its text.

    Found are the whole title with or without its 「？」, a part of it in quotes, and a part
    of it that is half of the title or more.
    """

    def __init__(self, title: str) -> None:
        """Prepare for one title."""
        self._title = title.strip().rstrip(_TITLE_END)
        size = max(_FRAGMENT_MIN_CHARACTERS, -(-len(self._title) // 2))
        self._size = size
        self._windows = [self._title[at : at + size] for at in range(len(self._title) - size + 1)]

    def mask(self, text: str) -> Masked:
        """The text with the title and its parts masked."""
        ranges = self._ranges(text) if self._title else []
        if not ranges:
            return Masked(text, ())
        parts, at = [], 0
        for start, end in ranges:
            whole = text[start:end].rstrip(_TITLE_END) == self._title
            parts += [text[at:start], TITLE_MARK if whole else PART_MARK]
            at = end
        return Masked("".join([*parts, text[at:]]), tuple(ranges))

    def _ranges(self, text: str) -> list[tuple[int, int]]:
        found = [*self._runs(text)]
        found += [
            quoted.span()
            for quoted in _QUOTED.finditer(text)
            if quoted[0].rstrip(_TITLE_END) in self._title and not _meets(found, quoted.span())
        ]
        return sorted(found)

    def _runs(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the title or a long part of it stands; the text is looked through once."""
        windows = self._windows or ([self._title] if len(self._title) > 1 else [])
        ahead = [(place, each) for each in windows if (place := text.find(each)) >= 0]
        heapify(ahead)
        at = 0
        while ahead:
            start, window = heappop(ahead)
            if start >= at:
                at = self._run_end(text, start)
                # The title's own question mark goes with it.
                at += text[at : at + 1] in ("？", "?")
                yield start, at
            if (place := text.find(window, at)) >= 0:
                heappush(ahead, (place, window))

    def _run_end(self, text: str, start: int) -> int:
        """The end of the longest part of the title that begins there."""
        if not self._windows:
            return start + len(self._title)
        end = start + self._size
        while end < len(text) and text[start : end + 1] in self._title:
            end += 1
        return end


def _meets(found: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether a range has a place in common with one of some that are ascending and apart."""
    start, end = span
    before = bisect_left(found, (end, end))
    return before > 0 and found[before - 1][1] > start
