"""Reads what a question or an article is about."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.article import Article
from indexer.aspects.contrasts import ContrastPhrases
from indexer.aspects.model import Aspects
from indexer.aspects.polarity import read_polarity
from indexer.aspects.products import ProductNames
from indexer.aspects.quantities import read_quantities
from indexer.lexicon import Lexicon
from indexer.text.segment import Segmenter

# Between tags no phrase goes on.
_BETWEEN = "。"


class AspectReader:
    """Reads aspects with the words of a lexicon."""

    def __init__(self, segmenter: Segmenter, lexicon: Lexicon) -> None:
        """Take what cuts text, and the lexicon that it was made of.

        Raises:
            SourceError: the lexicon's subjects or contrasts are not what they should be.
        """
        self._segmenter = segmenter
        self._products = ProductNames(lexicon.subjects())
        self._contrasts = ContrastPhrases(lexicon.contrasts())

    def read(self, text: str) -> Aspects:
        """What a text is about, misspelt names and aliases read as what they stand for."""
        return self.read_words(self._words(text))

    def read_words(self, words: Sequence[str]) -> Aspects:
        """What a text is about that was cut before, each alias as what it stands for."""
        text = "".join(words)
        return Aspects(
            products=self._products.read(words),
            quantities=read_quantities(text),
            contrasts={**read_polarity(words), **self._contrasts.read(text)},
        )

    def read_article(self, article: Article) -> Aspects:
        """What an article is about: its title, and what its tags add where that is silent.

        A category that is itself a product is the product of a title that names none.
        """
        title = self.read(article.title)
        tags = self.read_words(
            [part for tag in article.tags for part in (*self._words(tag), _BETWEEN)]
        )
        products = title.products or self._products.read(self._words(article.category))
        return Aspects(
            products=products,
            touched=() if products else tags.products,
            quantities=title.quantities,
            contrasts={**tags.contrasts, **title.contrasts},
        )

    def _words(self, text: str) -> list[str]:
        return [word.name for word in self._segmenter.words(text)]
