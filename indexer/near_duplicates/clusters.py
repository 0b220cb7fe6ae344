"""Clusters of articles that say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexer.article import Article
from indexer.aspects import Aspects
from indexer.near_duplicates.candidates import candidate_pairs, sample
from indexer.near_duplicates.compare import Comparer, Likeness
from indexer.near_duplicates.keep import preference
from indexer.near_duplicates.shingles import letters_of, shingles_of


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that says what another one says, and how far the two are the same."""

    row: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that say the same: the row to keep, and its copies, the most alike first."""

    kept: int
    copies: tuple[Copy, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        """Rows of all its articles, the one to keep first."""
        return (self.kept, *(copy.row for copy in self.copies))


def find_clusters(
    articles: Sequence[Article],
    aspects: Sequence[Aspects],
    cut: Callable[[str], Iterable[str]],
) -> list[Cluster]:
    """Near-duplicates of a collection, by the row to keep.

    Args:
        articles: in row order.
        aspects: of each article.
        cut: cuts a text into the words that say something.
    """
    samples = [sample(shingles_of(letters_of(article.text))) for article in articles]
    comparer = Comparer(articles, aspects, cut)
    alike = [
        (int(one), int(other))
        for one, other in candidate_pairs(samples)
        if comparer.likeness(int(one), int(other))
    ]
    clusters = [
        cluster
        for rows in _connected(alike)
        for cluster in _stars(sorted(rows, key=lambda row: preference(articles[row])), comparer)
    ]
    return sorted(clusters, key=lambda cluster: cluster.kept)


def _connected(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Rows that pairs connect (union-find)."""
    parent: dict[int, int] = {}

    def root(row: int) -> int:
        parent.setdefault(row, row)
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for one, other in pairs:
        parent[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for row in parent:
        groups.setdefault(root(row), []).append(row)
    return list(groups.values())


def _stars(rows: Sequence[int], comparer: Comparer) -> Iterable[Cluster]:
    """Connected rows, the best to keep first, as clusters in which each copy is of the kept one.

    So nothing is chained: of three versions, each edited from the one before, the last may be
    no copy of the first. Nor does one article stand for two that are at odds.
    """
    left = list(rows)
    while left:
        kept, *others = left
        copies: list[Copy] = []
        left = []
        for row in others:
            likeness = comparer.likeness(kept, row)
            if likeness and not any(comparer.at_odds(row, copy.row) for copy in copies):
                copies.append(Copy(row, likeness))
            else:
                left.append(row)
        if copies:
            copies.sort(key=lambda copy: (-copy.likeness.resemblance, copy.row))
            yield Cluster(kept, tuple(copies))
