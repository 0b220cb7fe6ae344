"""One edge of all articles: which clauses are frequent there, and what peeling would take.

Clauses are counted by their hash first, and only those whose hash is frequent are kept
as text.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from zlib import crc32

from indexer.article import Article
from indexer.boilerplate.cleaning import EDGE_BLOCKS
from indexer.boilerplate.evidence import fewest
from indexer.boilerplate.forms import Forms, Place
from indexer.boilerplate.masking import TitleMask
from indexer.boilerplate.sentences import Clause, Sentence, sentences
from indexer.boilerplate.talk import Kind, kind_of

# What stands deeper in a long paragraph is not looked at.
_EDGE_SENTENCES = 8
_BUCKETS = 1 << 22


@dataclass(slots=True)
class Candidate:
    """A clause that may be boilerplate.

    Attributes:
        words: what it says, in all its wordings.
        carriers: rows of the articles that would lose it.
        middle: how many articles hold it between their edges.
    """

    key: str
    kind: Kind
    words: set[str] = field(default_factory=set)
    carriers: list[int] = field(default_factory=list)
    middle: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence at the edge of an article.

    Attributes:
        clauses: its candidates, None for what is none; empty for a known form.
        known: the keys of its clauses if it is of a known form.
    """

    clauses: tuple[Candidate | None, ...] = ()
    known: tuple[str, ...] = ()


class Edge:
    """One edge of all articles.

    Attributes:
        place: which one.
        candidates: clauses that may be boilerplate, by their key.
        articles: how many articles have this edge.
    """

    def __init__(self, place: Place, seed: Forms) -> None:
        """Take what is known; `read` fills the rest."""
        self.place = place
        self.candidates: dict[str, Candidate] = {}
        self.articles = 0
        self._seed = seed
        self._rows: list[list[_Read]] = []
        self._seen: set[str] = set()

    @classmethod
    def read(cls, place: Place, articles: Sequence[Article], seed: Forms) -> Edge:
        """Read one edge of articles; an excerpt has no closing, it ends where it was cut."""
        edge = cls(place, seed)
        counts = array("I", bytes(4 * _BUCKETS))
        for article in articles:
            read = edge._sentences(article)
            buckets = {_bucket(clause.key) for each in read for clause in each.clauses}
            edge.articles += bool(buckets)
            for bucket in buckets:
                counts[bucket] += 1
        edge._rows = [edge._read_row(article, counts) for article in articles]
        return edge

    def forms(self) -> Forms:
        """The known forms and the candidates that are left."""
        seen = self._seen.union(*(each.words for each in self.candidates.values()))
        return replace(self._seed, learned=frozenset(self.candidates), seen=tuple(sorted(seen)))

    def peel(self) -> None:
        """Note for each candidate which articles lose it if all candidates are boilerplate."""
        for candidate in self.candidates.values():
            candidate.carriers.clear()
        for row, read in enumerate(self._rows):
            for key in {candidate.key for candidate in self._peeled(read)}:
                self.candidates[key].carriers.append(row)

    @property
    def rows(self) -> int:
        """How many articles were read."""
        return len(self._rows)

    def has(self, row: int) -> bool:
        """Whether an article has this edge."""
        return bool(self._rows[row])

    def known_in(self, row: int) -> Iterator[str]:
        """Clauses of sentences of known forms at the edge of an article."""
        return (key for sentence in self._rows[row] for key in sentence.known)

    def _read_row(self, article: Article, counts: array[int]) -> list[_Read]:
        """Sentences from the edge up to the first that cannot be boilerplate."""
        read: list[_Read] = []
        for sentence in self._sentences(article):
            if self._seed.is_known(sentence):
                keys = tuple(clause.key for clause in sentence.clauses)
                # What stands once is worth no memory.
                self._seen.update(
                    each.words for each in sentence.clauses if counts[_bucket(each.key)] > 1
                )
                read.append(_Read(known=keys))
                continue
            clauses = tuple(self._candidate(clause, counts) for clause in sentence.clauses)
            read.append(_Read(clauses))
            if None in clauses or sentence.is_number:
                break
        return read

    def _candidate(self, clause: Clause, counts: array[int]) -> Candidate | None:
        found = self.candidates.get(clause.key)
        if found is None:
            kind = kind_of(clause.key)
            if kind != "part" and counts[_bucket(clause.key)] >= fewest(kind, self.articles):
                found = self.candidates[clause.key] = Candidate(clause.key, kind)
        if found is not None:
            found.words.add(clause.words)
        return found

    def _sentences(self, article: Article) -> list[Sentence]:
        if self.place == "closing" and article.excerpt_only:
            return []
        return [*islice(self._inwards(article), _EDGE_SENTENCES)]

    def _inwards(self, article: Article) -> Iterator[Sentence]:
        blocks = [block for section in article.sections for block in section.blocks]
        title = TitleMask(article.title)
        backwards = self.place == "closing"
        for block in blocks[:: -1 if backwards else 1][:EDGE_BLOCKS]:
            yield from sentences(block.text, title, backwards=backwards)

    def _peeled(self, read: Sequence[_Read]) -> Iterator[Candidate]:
        for sentence in read:
            clauses = [*takewhile(self._is_left, sentence.clauses)]
            left = [each for each in clauses if each]
            whole = len(left) == len(sentence.clauses)
            if whole or (self.place == "opening" and any(each.kind == "talk" for each in left)):
                yield from left
            if not whole:
                return

    def _is_left(self, candidate: Candidate | None) -> bool:
        return candidate is not None and candidate.key in self.candidates


def _bucket(key: str) -> int:
    return crc32(key.encode()) % _BUCKETS
