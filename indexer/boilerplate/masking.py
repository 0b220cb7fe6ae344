"""An article's title masked in its text, with a map back to the original."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Stands for the title, so that a 「？」 in it ends no sentence.
TITLE_MARK = "\ufffc"
# Stands for a part of it. A part can be the answer: 「可以提前还」 to 「花呗可以提前还款吗」.
PART_MARK = "\ue000"
MARKS = TITLE_MARK + PART_MARK
_TITLE_END = "？?！!。. "
_QUOTED = re.compile(r"(?<=[“\"「『《【‘'])[^“”\"「」『』《》【】‘']{2,}(?=[”\"」』》】’'])")
_FRAGMENT_MIN_CHARACTERS = 4


@dataclass(frozen=True, slots=True)
class Masked:
    """Text in which the title and each part of it is one mark.

    Attributes:
        text: the masked text.
        marks: original range of each mark, ascending.
    """

    text: str
    marks: tuple[tuple[int, int], ...]

    def offset(self, at: int) -> int:
        """The original offset of a place in the masked text."""
        original, seen = at, 0
        for start, end in self.marks:
            if start - seen >= at:
                break
            seen += end - start - 1
            original = at + seen
        return original


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
        found: list[tuple[int, int]] = []
        at = 0
        while (start := self._next_run(text, at)) >= 0:
            end = self._run_end(text, start)
            # The title's own question mark goes with it.
            end += text[end : end + 1] in ("？", "?")
            found.append((start, end))
            at = end
        found += [
            quoted.span()
            for quoted in _QUOTED.finditer(text)
            if quoted[0].rstrip(_TITLE_END) in self._title
            and not any(start < quoted.end() and quoted.start() < end for start, end in found)
        ]
        return sorted(found)

    def _next_run(self, text: str, at: int) -> int:
        if not self._windows:
            return text.find(self._title, at) if len(self._title) > 1 else -1
        places = [place for each in self._windows if (place := text.find(each, at)) >= 0]
        return min(places, default=-1)

    def _run_end(self, text: str, start: int) -> int:
        """The end of the longest part of the title that begins there."""
        if not self._windows:
            return start + len(self._title)
        end = start + self._size
        while end < len(text) and text[start : end + 1] in self._title:
            end += 1
        return end
