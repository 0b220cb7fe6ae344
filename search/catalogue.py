"""The articles of a build, read without a question: by id, category and date."""

from __future__ import annotations

from indexer.article import Article
from indexer.errors import ArticleNotFoundError
from indexer.reasons import RelatedReason
from indexer.store.articles import ArticleCard, ArticleStore
from indexer.store.builds import HeldBuild
from indexer.store.manifest import ARTICLES
from search.response import RelatedArticle


class Catalogue:
    """Looks articles up."""

    def __init__(self, build: HeldBuild, articles: ArticleStore) -> None:
        """Take a build and its open articles."""
        self._build = build
        self._articles = articles
        self._checked = False

    def row(self, article_id: str) -> int:
        """The row of the article with that id.

        Raises:
            ArticleNotFoundError: there is none.
            IndexDamagedError: the database of articles was altered.
        """
        row = self._articles.row_of(article_id)
        if row is None:
            self._check()
            raise ArticleNotFoundError(f'no article has the id "{article_id}"')
        return row

    def has(self, article_id: str) -> bool:
        """Whether an article has that id."""
        return self._articles.row_of(article_id) is not None

    def article(self, article_id: str) -> Article:
        """The article with that id.

        Raises:
            ArticleNotFoundError: there is none.
        """
        return self._articles.article(self.row(article_id))

    def families(self) -> dict[str, str]:
        """Family by article id, of the articles that have one."""
        return self._articles.families()

    def related(self, article_id: str, limit: int) -> tuple[RelatedArticle, ...]:
        """Articles to read besides: near ones that differ from one another, in order.

        Raises:
            ArticleNotFoundError: no article has that id.
        """
        rows = self._articles.related(self.row(article_id), limit)
        cards = self._articles.cards(each.row for each in rows)
        return tuple(_related(cards[each.row], each.score, each.reason) for each in rows)

    def categories(self) -> dict[str, int]:
        """Number of articles of each category, the largest first."""
        return self._articles.categories()

    def articles_in(self, category: str, limit: int, offset: int) -> tuple[RelatedArticle, ...]:
        """Articles of a category: whole ones before excerpts, then the newest first."""
        return tuple(_related(card) for card in self._articles.cards_in(category, limit, offset))

    def popular(self, limit: int) -> tuple[RelatedArticle, ...]:
        """Questions to begin with: the newest of each category, then the newest of all."""
        firsts = (
            card for name in self.categories() for card in self._articles.cards_in(name, 1, 0)
        )
        cards = {card.id: card for card in firsts if not card.excerpt_only}
        cards |= {card.id: card for card in self._articles.newest(limit) if card.id not in cards}
        return tuple(_related(card) for card in cards.values())[:limit]

    def _check(self) -> None:
        """Look once whether the articles are as they were written.

        An altered index of ids hides an article that is there: that is damage, no wrong id.
        """
        if not self._checked:
            self._build.manifest.check_hash(self._build.path, ARTICLES)
            self._checked = True


def _related(
    card: ArticleCard, score: float = 0.0, reason: RelatedReason = "related"
) -> RelatedArticle:
    return RelatedArticle(
        id=card.id,
        title=card.title,
        category=card.category,
        published=card.published,
        excerpt_only=card.excerpt_only,
        excerpt=card.excerpt,
        score=score,
        reason=reason,
    )
