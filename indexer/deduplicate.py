"""One article for each question: repeats and excerpts of articles that are there whole go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.article import Article, derive_id
from indexer.errors import SourceError


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Articles with distinct ids, and what was folded into them.

    Attributes:
        articles: in the order they came.
        excerpts_replaced: excerpts given up for the whole article of their title.
        repeats: excerpts and whole articles that came more than once.
        conflicts: different whole articles with one id; the first is kept.
        refused: the articles that are in conflict with one that is kept.
    """

    articles: list[Article]
    excerpts_replaced: int
    repeats: int
    conflicts: list[SourceError]
    refused: list[Article]


def deduplicate(articles: Sequence[Article]) -> Deduplicated:
    """Fold repeats: an excerpt gives way to the whole article of its title."""
    whole_titles = {derive_id(each.title) for each in articles if not each.excerpt_only}
    kept: dict[str, Article] = {}
    excerpts_replaced = repeats = 0
    conflicts = []
    refused = []
    for article in articles:
        if article.excerpt_only and derive_id(article.title) in whole_titles:
            excerpts_replaced += 1
            continue
        other = kept.get(article.id)
        if other is None:
            kept[article.id] = article
        elif same(article, other):
            repeats += 1
        else:
            conflicts.append(_conflict(article, other))
            refused.append(article)
    return Deduplicated(list(kept.values()), excerpts_replaced, repeats, conflicts, refused)


def same(article: Article, other: Article) -> bool:
    """Whether one of two articles with one id says nothing that the other does not."""
    if article.excerpt_only and other.excerpt_only:
        return derive_id(article.title) == derive_id(other.title)
    return replace(article, source="", origin="") == replace(other, source="", origin="")


def _conflict(article: Article, other: Article) -> SourceError:
    taken = f'the id "{article.id}"'
    if article.id == derive_id(article.title):
        taken = f'the title "{article.title}"'
    return SourceError(
        article.source,
        f"{taken} is taken by another article ({other.source}); "
        'give one of them an "id" of its own',
    )
