"""Finds a site's own greetings and closing lines in its articles.

A clause is learned where it recurs at one edge of enough articles with different bodies,
rarely stands in the middle of articles, and does not depend on what is asked. How much is
enough depends on what it says (`indexer.boilerplate.talk`). What is found is a function
of the set of articles: their order does not matter.
"""

from __future__ import annotations

import hashlib
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from zlib import crc32

from indexer.article import Article, Block
from indexer.boilerplate.cleaning import EDGE_BLOCKS
from indexer.boilerplate.forms import Boilerplate, Forms, Place, cuts_off
from indexer.boilerplate.masking import TITLE_MARK, TitleMask
from indexer.boilerplate.sentences import Sentence, clause_keys, sentences
from indexer.boilerplate.talk import Kind, kind_of
from indexer.boilerplate.topics import Titles

# Fewer articles than this show nothing.
MIN_ARTICLES = 12
# Articles enough, however large the collection: at least so many, and for talk about the
# text a number that grows with the square root of the collection, else this share of it.
_AT_LEAST: dict[Kind, int] = {"talk": 6, "titled": 8, "plain": 12}
_SHARE: dict[Kind, float] = {"titled": 0.05, "plain": 0.25}
_ROOT_SHARE = 0.3
# Advice stands in the middle of articles as well; more than this ratio is no boilerplate.
_MIDDLE_RATIO = 0.2
# So many articles with one clause that talks of the text prove it, on one topic or many.
_TALK_PROVEN = 20

_EDGE_SENTENCES = 12
_BUCKETS = 1 << 22
_NUMBER = re.compile(r"\d+")


def learn(articles: Sequence[Article], seed: Boilerplate) -> Boilerplate:
    """The seed's known forms with those that recur in a collection.

    Time is linear in the text. Memory holds candidates, not all that was read.

    Args:
        articles: the whole collection as it was read; the order does not matter.
        seed: known forms; what stands behind them at the edge is looked at, too.
    """
    distinct = _distinct(articles)
    places: tuple[tuple[Place, list[Article]], ...] = (
        ("opening", distinct),
        # An excerpt ends where it was cut.
        ("closing", [each for each in distinct if not each.excerpt_only]),
    )
    edges = [_Edge(place, read, seed.at(place)) for place, read in places]
    for edge in edges:
        edge.find_candidates()
    _count_in_the_middle(edges, distinct)
    opening, closing = (edge.learned() for edge in edges)
    return replace(seed, opening=opening, closing=closing)


def enough(kind: Kind, articles: int) -> int:
    """How many of a collection's articles must hold a clause of a kind."""
    if kind == "talk":
        return max(_AT_LEAST[kind], math.ceil(_ROOT_SHARE * math.sqrt(articles)))
    return max(_AT_LEAST[kind], math.ceil(_SHARE[kind] * articles))


def _distinct(articles: Sequence[Article]) -> list[Article]:
    """One article for each body: the same answer under ten titles is one piece of evidence."""
    chosen: dict[bytes, Article] = {}
    for article in articles:
        body = article.text.replace(article.title.rstrip("？?"), TITLE_MARK)
        key = hashlib.blake2b(_NUMBER.sub("0", body).encode(), digest_size=12).digest()
        other = chosen.setdefault(key, article)
        if (article.title, article.id) < (other.title, other.id):
            chosen[key] = article
    return list(chosen.values())


@dataclass(slots=True)
class _Candidate:
    """A clause that may be boilerplate.

    Attributes:
        carriers: articles that would lose it, by their row.
        middle: how many articles hold it between their edges.
    """

    key: str
    kind: Kind
    carriers: list[int] = field(default_factory=list)
    middle: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence at the edge of an article.

    Attributes:
        clauses: its candidates, None for what is none; empty for a known form.
        leading: how many of the first may be cut off inside the sentence.
    """

    clauses: tuple[_Candidate | None, ...] = ()
    leading: int = 0


class _Edge:
    """One edge of all articles."""

    def __init__(self, place: Place, articles: Sequence[Article], seed: Forms) -> None:
        self._place = place
        self._articles = articles
        self._seed = seed
        self._runs: list[list[_Read]] = []
        self._seen: dict[str, int] = defaultdict(int)
        self.candidates: dict[str, _Candidate] = {}

    def find_candidates(self) -> None:
        """Count clauses by hash, then keep those whose hash is frequent enough."""
        counts = array("I", bytes(4 * _BUCKETS))
        for article in self._articles:
            keys = {clause.key for each in self._sentences(article) for clause in each.clauses}
            for bucket in {_bucket(key) for key in keys}:
                counts[bucket] += 1
        few = len(self._articles) < MIN_ARTICLES
        fewest = {kind: enough(kind, len(self._articles)) for kind in _AT_LEAST}
        lowest = min(fewest.values())

        def candidate(key: str) -> _Candidate | None:
            if few or counts[_bucket(key)] < lowest:
                return None
            found = self.candidates.get(key)
            if found is None and counts[_bucket(key)] >= fewest[kind := kind_of(key)]:
                found = self.candidates[key] = _Candidate(key, kind)
            return found

        for article in self._articles:
            run: list[_Read] = []
            for sentence in self._sentences(article):
                if self._seed.is_known(sentence):
                    self._see(sentence, counts)
                    run.append(_Read())
                    continue
                clauses = tuple(candidate(clause.key) for clause in sentence.clauses)
                leading = sum(1 for _ in takewhile(cuts_off, sentence.clauses))
                run.append(_Read(clauses, leading if self._place == "opening" else 0))
                if None in clauses:
                    break
            self._runs.append(run)

    def learned(self) -> Forms:
        """The forms whose evidence holds when all articles are peeled by them.

        A clause counts only where everything outside it is boilerplate as well, so taking
        one away may take the ground from another: repeated until all of them hold.
        """
        alive = set(self.candidates)
        titles = Titles([article.title for article in self._articles])
        while True:
            self._peel(alive)
            failed = {key for key in alive if not self._holds(self.candidates[key], titles)}
            if not failed:
                break
            alive -= failed
        seen = alive.union(self._seen)
        return replace(self._seed, learned=frozenset(alive), seen=tuple(sorted(seen)))

    def _sentences(self, article: Article) -> Iterator[Sentence]:
        """Sentences from the edge inwards."""
        blocks = [block for section in article.sections for block in section.blocks]
        title = TitleMask(article.title)
        return islice(self._inwards(blocks, title), _EDGE_SENTENCES)

    def _inwards(self, blocks: Sequence[Block], title: TitleMask) -> Iterator[Sentence]:
        step = 1 if self._place == "opening" else -1
        for block in blocks[::step][:EDGE_BLOCKS]:
            yield from sentences(block.text, title)[::step]

    def _see(self, sentence: Sentence, counts: array[int]) -> None:
        for clause in sentence.clauses:
            # What stands once is worth no memory.
            if counts[_bucket(clause.key)] > 1:
                self._seen[clause.key] += 1

    def _peel(self, alive: set[str]) -> None:
        for candidate in self.candidates.values():
            candidate.carriers.clear()
        for row, run in enumerate(self._runs):
            for key in {each.key: each for each in self._peeled(run, alive)}:
                self.candidates[key].carriers.append(row)

    def _peeled(self, run: Sequence[_Read], alive: set[str]) -> Iterator[_Candidate]:
        """Candidates that an article loses if all that are alive are boilerplate."""
        for sentence in run:
            living = [
                each if each is not None and each.key in alive else None
                for each in sentence.clauses
            ]
            whole = None not in living
            for each in living if whole else living[: sentence.leading]:
                if each is None:
                    break
                yield each
            if not whole:
                return

    def _holds(self, candidate: _Candidate, titles: Titles) -> bool:
        carriers = candidate.carriers
        if len(carriers) < enough(candidate.kind, len(self._articles)):
            return False
        if candidate.middle > _MIDDLE_RATIO * len(carriers):
            return False
        if candidate.kind == "talk" and len(carriers) >= _TALK_PROVEN:
            return True
        return not titles.share_a_topic(carriers)


def _count_in_the_middle(edges: Sequence[_Edge], articles: Sequence[Article]) -> None:
    if not any(edge.candidates for edge in edges):
        return
    for article in articles:
        blocks = [block for section in article.sections for block in section.blocks]
        title = TitleMask(article.title)
        middle = blocks[EDGE_BLOCKS:-EDGE_BLOCKS]
        for key in {key for block in middle for key in clause_keys(block.text, title)}:
            for edge in edges:
                if candidate := edge.candidates.get(key):
                    candidate.middle += 1


def _bucket(key: str) -> int:
    return crc32(key.encode()) % _BUCKETS
