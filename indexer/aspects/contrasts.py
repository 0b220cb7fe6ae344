"""The side of a contrast that a text takes: 提前 or 逾期, 还清 or 没还清."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from indexer.aspects.question_forms import without_question_forms
from indexer.subjects import GAP, NO, YES, Contrast

# Directly before a phrase, with at most a small word between: 没有全部还清, 不会上征信.
_NEGATION = (
    r"(?:不|没有?|未|无|别|从没|从不|从未)"
    r"(?:再|有|会|能|能够|想|让|给|敢|全|全部|完全|曾|被|去|到|是|太|可以|用|把钱|按|需要|必|一次)?"
)
# What GAP in a phrase stands for.
_GAP = r"[^,，。;；?？!！]{0,8}?"


class ContrastPhrases:
    """Finds the sides of contrasts in a text."""

    def __init__(self, contrasts: Sequence[Contrast]) -> None:
        """Take the contrasts to look for."""
        self._sides = [
            (contrast.axis, side, phrases)
            for contrast in contrasts
            for side, phrases in contrast.sides.items()
        ]
        # Sides by the two characters that their phrases are looked up by: most are not there.
        self._by_pair: dict[str, list[int]] = {}
        for number, (_, _, phrases) in enumerate(self._sides):
            for pair in dict.fromkeys(map(_pair, phrases)):
                self._by_pair.setdefault(pair, []).append(number)

    def read(self, text: str) -> Mapping[str, frozenset[str]]:
        """Sides by contrast, of a normalised text; a contrast it does not touch is left out.

        A phrase that is negated is none; of 是 it is 否.
        """
        asked = without_question_forms(text)
        found: dict[str, set[str]] = {}
        pairs = {asked[at : at + 2] for at in range(len(asked) - 1)}
        for number in {n for pair in pairs for n in self._by_pair.get(pair, ())}:
            axis, side, phrases = self._sides[number]
            for match in _pattern(phrases).finditer(asked):
                if not match["negation"]:
                    found.setdefault(axis, set()).add(side)
                elif side == YES:
                    found.setdefault(axis, set()).add(NO)
        return {axis: frozenset(sides) for axis, sides in found.items()}


def _pair(phrase: str) -> str:
    """Two characters that a text with the phrase has."""
    return max(phrase.split(GAP), key=len)[:2]


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    written = "|".join(_GAP.join(map(re.escape, each.split(GAP))) for each in longest_first)
    return re.compile(rf"(?P<negation>{_NEGATION})?(?:{written})")
