"""Copies of an article as sites make them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer.article import Article, Block, Section


def rewritten(article: Article, **changes: object) -> Article:
    """The article with another id, and what else is named."""
    return replace(article, id=f"{article.id}-copy", **changes)  # type: ignore[arg-type]


def with_text(article: Article, change: Callable[[str], str]) -> Article:
    """The article with every block's text changed."""
    sections = tuple(
        Section(
            section.heading,
            tuple(replace(block, text=change(block.text)) for block in section.blocks),
        )
        for section in article.sections
    )
    return rewritten(article, sections=sections)


def with_sentence_more(article: Article) -> Article:
    """One sentence more at the end."""
    more = Section(
        "", (Block("paragraph", "如果还有疑问，可以拨打平台的官方客服电话再确认一遍。"),)
    )
    return rewritten(article, sections=(*article.sections, more))


def with_words_swapped(article: Article) -> Article:
    """Common words in another form, sentence for sentence."""
    swaps = {
        "可以": "能够",
        "如果": "要是",
        "但": "不过",
        "需要": "得",
        "马上": "立刻",
        "大致": "大概",
    }

    def swap(text: str) -> str:
        for word, other in swaps.items():
            text = text.replace(word, other)
        return text

    return with_text(article, swap)


def with_title(article: Article, title: str) -> Article:
    """The same text under another title."""
    return rewritten(article, title=title)


def excerpt_of(article: Article, sections: int = 2) -> Article:
    """The first sections alone."""
    return rewritten(article, sections=article.sections[:sections], excerpt_only=True)


def about(article: Article, word: str, other: str) -> Article:
    """What a template gives for another product or number: every `word` is `other`."""
    changed = with_text(article, lambda text: text.replace(word, other))
    return replace(changed, title=article.title.replace(word, other))
