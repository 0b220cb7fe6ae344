"""When a clause that recurs at the edges of articles is proven to be boilerplate.

Taking an answer away is worse than leaving a greeting, so the proof depends on what the
clause says (`indexer.boilerplate.talk`):

- talk about the text: a few articles, growing with the square root of the collection;
- with the title in it: a twentieth of the collection;
- with a part of the title, which may be an answer: never;
- anything else: a quarter of the collection, or a quarter of the articles that share a
  proven form (one of several house styles) and hardly ever without it.

Whatever it says, it must not stand in the middle of articles as advice does, and must not
depend on what is asked (`indexer.boilerplate.topics`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.boilerplate.talk import Kind
from indexer.boilerplate.topics import Titles

if TYPE_CHECKING:
    from indexer.boilerplate.edges import Candidate, Edge

# Fewer articles than this show nothing.
MIN_ARTICLES = 12
_AT_LEAST: dict[Kind, int] = {"talk": 6, "titled": 8, "plain": 12, "part": 12}
_ROOT_SHARE = 0.3
_TITLED_SHARE = 0.05
_PLAIN_SHARE = 0.25
# How many of the articles with a plain clause must share the form of their house.
_WITH_HOUSE = 0.9
# Advice stands in the middle of articles as well; more than this ratio is no boilerplate.
_MIDDLE_RATIO = 0.2
# So many articles with one clause that talks of the text prove it, on one topic or many.
_TALK_PROVEN = 20


def fewest(kind: Kind, articles: int) -> int:
    """How many of a collection's articles must at least hold a clause of a kind."""
    growing = math.ceil(_ROOT_SHARE * math.sqrt(articles))
    if kind == "titled":
        growing = math.ceil(_TITLED_SHARE * articles)
    return max(_AT_LEAST[kind], growing)


def prove(edges: Sequence[Edge], titles: Titles) -> None:
    """Drop candidates until the evidence of each that is left holds.

    A clause counts only where everything outside it is boilerplate as well, so dropping one
    may take the ground from another.
    """
    while True:
        for edge in edges:
            edge.peel()
        houses = _Houses(edges)
        failed = [
            (edge, candidate.key)
            for edge in edges
            for candidate in edge.candidates.values()
            if not _holds(candidate, edge, houses, titles)
        ]
        if not failed:
            return
        for edge, key in failed:
            del edge.candidates[key]


def _holds(candidate: Candidate, edge: Edge, houses: _Houses, titles: Titles) -> bool:
    found = len(candidate.carriers)
    if found < fewest(candidate.kind, edge.articles):
        return False
    if candidate.middle > _MIDDLE_RATIO * found:
        return False
    if candidate.kind == "talk" and found >= _TALK_PROVEN:
        return True
    if (
        candidate.kind == "plain"
        and found < _PLAIN_SHARE * edge.articles
        and not houses.paste(candidate, edge)
    ):
        return False
    return not titles.share_a_topic(candidate.carriers)


class _Houses:
    """House styles: articles that share a form that is no plain clause."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self._edges = edges
        self._forms: dict[int, set[str]] = {}
        for edge in edges:
            for candidate in edge.candidates.values():
                if candidate.kind != "plain":
                    form = f"{edge.place} {candidate.key}"
                    for row in candidate.carriers:
                        self._forms.setdefault(row, set()).add(form)
            for row in range(edge.rows):
                for key in edge.known_in(row):
                    self._forms.setdefault(row, set()).add(f"known {key}")
        self._sizes = {edge.place: self._count(edge) for edge in edges}

    def paste(self, candidate: Candidate, edge: Edge) -> bool:
        """Whether a clause is one that a house pastes around its articles."""
        shared = Counter(form for row in candidate.carriers for form in self._forms.get(row, ()))
        sizes = self._sizes[edge.place]
        return any(
            count >= _WITH_HOUSE * len(candidate.carriers) and count >= _PLAIN_SHARE * sizes[form]
            for form, count in shared.items()
        )

    def _count(self, edge: Edge) -> Counter[str]:
        """How many of the articles that have an edge are of each house."""
        return Counter(
            form for row, forms in self._forms.items() if edge.has(row) for form in forms
        )
