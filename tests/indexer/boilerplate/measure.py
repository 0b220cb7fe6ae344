"""How well cleaning a made-up site gives back the articles that it was made of."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.article import Article
from indexer.boilerplate import Boilerplate, Cleaner, learn
from indexer.lexicon import bundled_lexicon
from tests.indexer.boilerplate.site import Wrapped


@dataclass(frozen=True, slots=True)
class Recovery:
    """What cleaning did to a site.

    Attributes:
        restored: articles that came back to the letter.
        articles: all of them.
        pasted: characters that the site pasted.
        taken: of them, those taken away.
        lost: characters of the articles themselves that were taken away.
    """

    restored: int
    articles: int
    pasted: int
    taken: int
    lost: int

    @property
    def precision(self) -> float:
        """Of the characters taken away, the share that was pasted."""
        return self.taken / (self.taken + self.lost) if self.taken + self.lost else 1.0

    @property
    def recall(self) -> float:
        """Of the characters pasted, the share that was taken away."""
        return self.taken / self.pasted if self.pasted else 1.0


def clean_all(articles: Sequence[Article]) -> list[Article]:
    """The articles cleaned with what they teach."""
    cleaner = Cleaner(learn(articles, Boilerplate.of(bundled_lexicon())))
    return [cleaner.clean(article) for article in articles]


def recover(site: Sequence[Wrapped]) -> Recovery:
    """Clean a site and compare."""
    cleaned = clean_all([each.shown for each in site])
    pasted = lost = left = 0
    for wrapped, article in zip(site, cleaned, strict=True):
        own, shown, text = (_flat(each) for each in (wrapped.original, wrapped.shown, article))
        pasted += len(shown) - len(own)
        if text == own:
            continue
        matcher = difflib.SequenceMatcher(None, own, text, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        lost += len(own) - same
        left += len(text) - same
    restored = sum(a.shown is not b and a.original == b for a, b in zip(site, cleaned, strict=True))
    return Recovery(restored, len(site), pasted, pasted - left, lost)


def _flat(article: Article) -> str:
    return "".join(article.text.split())
