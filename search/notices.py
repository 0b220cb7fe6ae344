"""A plain word of warning for questions that touch fraud or unlawful practice."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, chain, count, islice

from indexer.risks import Risk, RiskTerm
from indexer.text.segment import Word
from search.reading import Question
from search.response import Notice

_AT_MOST = 2
# Parts of a term that stand further apart than this in a story belong to different things.
_CHARACTERS_FOR_A_TERM = 24

# Where words stand, ``[start, end)`` in ascending order.
_Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic, and the numbers of its terms among those of all topics."""

    risk: Risk
    terms: frozenset[int]
    unless: frozenset[int]


class RiskNotices:
    """Finds the topics of a lexicon that questions touch."""

    def __init__(self, risks: Sequence[Risk]) -> None:
        """Take the topics."""
        self._terms = tuple(term for risk in risks for term in (*risk.terms, *risk.unless))
        self._topics = tuple(_number(risks))
        with_word: defaultdict[str, set[int]] = defaultdict(set)
        for number, term in enumerate(self._terms):
            for word in chain(*term.parts):
                with_word[word].add(number)
        self._with_word: Mapping[str, Set[int]] = dict(with_word)

    def on(self, question: Question) -> tuple[Notice, ...]:
        """Notices on the risks that a question touches, in the lexicon's order, two at most."""
        return tuple(Notice("risk", risk.notice) for risk in self.touched(question))[:_AT_MOST]

    def touched(self, question: Question) -> tuple[Risk, ...]:
        """The topics that a question touches, in the lexicon's order."""
        places = self._places(question.words)
        near: set[int] = set().union(*(self._with_word[word] for word in places))
        said = {number for number in near if _says(self._terms[number], places)}
        return tuple(
            topic.risk for topic in self._topics if topic.terms & said and not topic.unless & said
        )

    def _places(self, words: Sequence[Word]) -> Mapping[str, _Spans]:
        """Where the lexicon's words stand that a question has.

        Only whole words count: what begins or ends inside another word (养卡 in 保养卡)
        means something else.
        """
        names = [word.name.replace(" ", "") for word in words]
        text = "".join(names)
        had = [word for word in self._with_word if word in text]
        if not had:
            return {}
        borders = frozenset(accumulate(map(len, names), initial=0))
        found = {word: _occurrences(word, text, borders) for word in had}
        return {word: spans for word, spans in found.items() if spans}


def _occurrences(word: str, text: str, borders: frozenset[int]) -> _Spans:
    found = []
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if at in borders and end in borders:
            found.append((at, end))
        at = text.find(word, at + 1)
    return found


def _number(risks: Iterable[Risk]) -> Iterator[_Topic]:
    numbers = count()
    for risk in risks:
        terms = frozenset(islice(numbers, len(risk.terms)))
        yield _Topic(risk, terms, frozenset(islice(numbers, len(risk.unless))))


def _says(term: RiskTerm, places: Mapping[str, _Spans]) -> bool:
    """Whether all parts of a term stand close together."""
    spans: list[_Spans] = []
    for part in term.parts:
        found = sorted(span for word in part for span in places.get(word, ()))
        if not found:
            return False
        spans.append(found)
    firsts = (start for found in spans for start, _ in found)
    return any(all(_ends_by(found, start) for found in spans) for start in firsts)


def _ends_by(found: _Spans, start: int) -> bool:
    """Whether a span begins at `start` or behind it and ends soon enough."""
    at = bisect_left(found, (start, start))
    return at < len(found) and found[at][1] <= start + _CHARACTERS_FOR_A_TERM
