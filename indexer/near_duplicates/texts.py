"""What is compared of an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.article import Article
from indexer.near_duplicates.shingles import Shingles, letters_of, shingles_of


@dataclass(frozen=True, slots=True)
class ArticleText:
    """Title and body as they are compared.

    Attributes:
        title: its letters and digits, folded.
        title_words: words of the title that say something, of two characters at least.
        body: letters and digits of the body, folded.
        shingles: of the body.
    """

    title: str
    title_words: frozenset[str]
    body: str
    shingles: Shingles

    @classmethod
    def of(cls, article: Article, cut: Callable[[str], Iterable[str]]) -> ArticleText:
        """Read an article; `cut` gives the words of a text that say something."""
        body = letters_of(article.text)
        words = frozenset(word for word in cut(article.title) if len(word) > 1)
        return cls(letters_of(article.title), words, body, shingles_of(body))
