"""The articles of an index as their sources gave them, and how a collection changes.

A changed collection is what the sources of its manifest would give, read in that order,
but for the articles that it names as left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.article import Article, derive_id
from indexer.deduplicate import deduplicate, same
from indexer.errors import InputError
from indexer.readers import ReadResult
from indexer.readers.source_file import STANDARD_INPUT
from indexer.readers.sources import absolute_name
from indexer.store.entries import LeftOut, SourceEntry
from indexer.store.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles before anything is folded or cleaned.

    Attributes:
        articles: in the order of the sources.
        sources: where they came from.
        left_out: articles that the sources held and the collection does not hold.
    """

    articles: Sequence[Article]
    sources: tuple[SourceEntry, ...]
    left_out: tuple[LeftOut, ...] = ()

    @classmethod
    def of(cls, read: ReadResult) -> Collection:
        """What was read, whole."""
        sources = (SourceEntry(s.name, s.fingerprint, s.articles, s.reading) for s in read.sources)
        return cls(list(read.articles), tuple(sources))

    @classmethod
    def of_build(cls, originals: Sequence[Article], manifest: Manifest) -> Collection:
        """What a build was made of."""
        return cls(originals, manifest.sources, manifest.left_out)

    def add(self, read: ReadResult) -> Collection:
        """The collection with sources read anew, or for the first time.

        A whole article takes the place of another one with its id. Of a source that was
        there, what it no longer holds goes; standard input is new each time and only adds.
        """
        new = Collection.of(read)
        again = {source.name for source in new.sources} - {STANDARD_INPUT}
        typed = {each.id for each in new.articles if each.origin == STANDARD_INPUT}
        kept = [
            article
            for article in self.articles
            if article.origin not in again
            and not (article.origin == STANDARD_INPUT and article.id in typed)
        ]
        gone = _giving_way(kept, new.articles)
        kept = [article for article in kept if id(article) not in gone]
        entries = {source.name: source for source in (*self.sources, *new.sources)}
        left_out = (each for each in self.left_out if each.source not in again)
        return Collection.in_order(
            [*kept, *new.articles], [*entries.values()], (*left_out, *_left_out(gone.values()))
        )

    def remove(self, names: Iterable[str]) -> Collection:
        """The collection without some articles (by id) and sources.

        Raises:
            InputError: a name is neither, or nothing would be left.
        """
        sources, ids = self._sources_and_ids(names)
        titles = {derive_id(each.title) for each in self.articles if each.id in ids}
        kept: list[Article] = []
        gone: list[Article] = []
        for article in self.articles:
            # The teaser of an article that goes must not come back in its place.
            teaser = article.excerpt_only and derive_id(article.title) in titles
            if article.origin not in sources:
                (gone if article.id in ids or teaser else kept).append(article)
        if not kept:
            raise InputError(
                "no article would be left, and an index needs one; nothing was removed"
            )
        entries = [source for source in self.sources if source.name not in sources]
        left_out = (each for each in self.left_out if each.source not in sources)
        return Collection.in_order(kept, entries, (*left_out, *_left_out(gone)))

    def without(self, refused: Sequence[Article]) -> Collection:
        """The collection without articles whose id another one has."""
        gone = {id(article) for article in refused}
        return replace(self, articles=[each for each in self.articles if id(each) not in gone])

    def differs(self, before: Collection) -> bool:
        """Whether there is anything to publish; where in a file an article stands is not."""

        def content(collection: Collection) -> object:
            # What came by standard input before is never read again.
            sources = [s for s in collection.sources if s.name != STANDARD_INPUT]
            articles = [replace(article, source="") for article in collection.articles]
            return sources, articles, collection.left_out

        return content(self) != content(before)

    def _sources_and_ids(self, names: Iterable[str]) -> tuple[set[str], set[str]]:
        known_sources = {source.name for source in self.sources}
        known_ids = {article.id for article in self.articles}
        sources, ids, unknown = set(), set(), []
        for name in names:
            if absolute_name(name) in known_sources:
                sources.add(absolute_name(name))
            elif name in known_ids:
                ids.add(name)
            else:
                unknown.append(f'"{name}"')
        if unknown:
            raise InputError(
                f"{', '.join(unknown)}: neither an article nor a source of this index, and "
                "nothing was removed; 'loanfaq inspect' lists the sources"
            )
        return sources, ids

    @classmethod
    def in_order(
        cls,
        articles: Iterable[Article],
        sources: Sequence[SourceEntry],
        left_out: Iterable[LeftOut],
    ) -> Collection:
        """Articles sorted by their sources, these with the number that each has now."""
        by_source: dict[str, list[Article]] = {source.name: [] for source in sources}
        for article in articles:
            by_source[article.origin].append(article)
        return cls(
            [article for found in by_source.values() for article in found],
            tuple(replace(each, articles=len(by_source[each.name])) for each in sources),
            tuple(dict.fromkeys(left_out)),
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of articles that came, changed and went."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]


def compare(before: Collection, after: Collection) -> Changes:
    """What differs between two collections once repeats are folded."""
    old = {article.id: article for article in deduplicate(before.articles).articles}
    new = {article.id: article for article in deduplicate(after.articles).articles}
    return Changes(
        added=tuple(each for each in new if each not in old),
        updated=tuple(each for each in new if each in old and not same(new[each], old[each])),
        removed=tuple(each for each in old if each not in new),
    )


def _giving_way(kept: Iterable[Article], new: Iterable[Article]) -> dict[int, Article]:
    """Whole articles that another whole article takes the id of, by their identity."""
    newcomers: dict[str, list[Article]] = {}
    for article in new:
        if not article.excerpt_only:
            newcomers.setdefault(article.id, []).append(article)
    return {
        id(article): article
        for article in kept
        if not article.excerpt_only
        and any(not same(article, other) for other in newcomers.get(article.id, ()))
    }


def _left_out(articles: Iterable[Article]) -> list[LeftOut]:
    return [
        LeftOut(article.id, article.origin)
        for article in articles
        if article.origin != STANDARD_INPUT
    ]
