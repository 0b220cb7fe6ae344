"""Finds a site's own greetings and closing lines in its articles.

A clause is learned where it recurs at one edge of enough articles with different bodies,
rarely stands in the middle of articles, and does not depend on what is asked
(`indexer.boilerplate.evidence`). What is found is a function of the set of articles:
their order does not matter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.article import Article
from indexer.boilerplate.cleaning import EDGE_BLOCKS
from indexer.boilerplate.edges import Edge
from indexer.boilerplate.evidence import MIN_ARTICLES, prove
from indexer.boilerplate.forms import Boilerplate
from indexer.boilerplate.masking import TITLE_MARK, TitleMask
from indexer.boilerplate.sentences import clause_keys
from indexer.boilerplate.topics import Titles

_NUMBER = re.compile(r"\d+")


def learn(articles: Sequence[Article], seed: Boilerplate) -> Boilerplate:
    """The seed's known forms with those that recur in a collection.

    Time is linear in the text. Memory holds candidates, not all that was read.

    Args:
        articles: the whole collection as it was read; the order does not matter.
        seed: known forms; what stands behind them at the edge is looked at, too.
    """
    distinct = _distinct(articles)
    opening = Edge.read("opening", distinct, seed.opening)
    closing = Edge.read("closing", distinct, seed.closing)
    if len(distinct) >= MIN_ARTICLES:
        _count_in_the_middle((opening, closing), distinct)
        prove((opening, closing), Titles([article.title for article in distinct]))
    else:
        opening.candidates.clear()
        closing.candidates.clear()
    return replace(seed, opening=opening.forms(), closing=closing.forms())


def _distinct(articles: Sequence[Article]) -> list[Article]:
    """One article for each body: the same answer under ten titles is one piece of evidence."""
    chosen: dict[bytes, Article] = {}
    for article in articles:
        body = article.text.replace(article.title.rstrip("？?") or "\n", TITLE_MARK)
        key = hashlib.blake2b(_NUMBER.sub("0", body).encode(), digest_size=12).digest()
        other = chosen.setdefault(key, article)
        if (article.title, article.id) < (other.title, other.id):
            chosen[key] = article
    return list(chosen.values())


def _count_in_the_middle(edges: Sequence[Edge], articles: Sequence[Article]) -> None:
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
