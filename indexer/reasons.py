"""Why an article is listed beside another one: what a rule can say without being wrong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from indexer.article import Article
from indexer.aspects import Aspects, compare
from indexer.lexicon import Lexicon
from indexer.stages import Stage, StageFinder
from indexer.text.normalise import normalise
from indexer.text.segment import Segmenter

RelatedReason = Literal["next_step", "same_product", "same_problem", "related"]
REASONS: tuple[RelatedReason, ...] = get_args(RelatedReason)

# Share of the words of two titles, and of their tags, that both have, each weighed by how rare
# it is: from here on a look through the lists of the bundled corpus found the two to ask alike.
_SAME_WORDS = 0.35
_SAME_TAGS = 0.2
# Below, two articles are beside each other for want of nearer ones.
_NEAR = 0.4
# Two titles that have this in common ask in one form, not about one thing.
_FORMS = frozenset(("区别", "不同", "影响"))


@dataclass(frozen=True, slots=True)
class _Topic:
    """What an article is about.

    Attributes:
        aspects: as indexing found them.
        products: those that its title names, without groups of products.
        stage: of its title.
        words: of its title, without products.
        tags: its tags, without products.
    """

    aspects: Aspects
    products: frozenset[str]
    stage: Stage | None
    words: frozenset[str]
    tags: frozenset[str]


class Reasons:
    """Gives the reason why one article of a collection is listed beside another one."""

    def __init__(
        self,
        articles: Sequence[Article],
        aspects: Sequence[Aspects],
        segmenter: Segmenter,
        lexicon: Lexicon,
    ) -> None:
        """Read the titles of articles, with their aspects; rows are positions."""
        reader = _TopicReader(segmenter, lexicon)
        self._topics = [
            reader.read(article, each) for article, each in zip(articles, aspects, strict=True)
        ]
        self._words = _Overlap([topic.words for topic in self._topics])
        self._tags = _Overlap([topic.tags for topic in self._topics])

    def reason(self, row: int, other: int, cosine: float) -> RelatedReason:
        """Why the article of row `other` is listed beside that of `row`.

        ``next_step``: its title is about a stage that follows, and names no product that this
        one does not.
        ``same_product``: both titles name one product. ``same_problem``: both are in a stage
        whose questions are of a kind, or have many words or tags in common, and are not on
        opposed sides of a contrast. Else ``related``.

        Args:
            row: the article that is read.
            other: the one that is listed.
            cosine: of the two.
        """
        one, two = self._topics[row], self._topics[other]
        near = cosine >= _NEAR
        if near and _leads_on(one, two):
            return "next_step"
        if one.products & two.products:
            return "same_product"
        if near and self._ask_alike(one, two) and not _opposed(one, two):
            return "same_problem"
        return "related"

    def _ask_alike(self, one: _Topic, other: _Topic) -> bool:
        return (
            (one.stage is not None and one.stage is other.stage and bool(one.stage.alike))
            or self._words.of(one.words, other.words) >= _SAME_WORDS
            or self._tags.of(one.tags, other.tags) >= _SAME_TAGS
        )


class _Overlap:
    """Weighted Jaccard coefficient of two sets of words of a collection."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        frequency = Counter(word for words in sets for word in words)
        self._weights = {
            word: math.log((1 + len(sets)) / count) for word, count in frequency.items()
        }

    def of(self, one: frozenset[str], other: frozenset[str]) -> float:
        """In 0…1: each word counts the more the fewer sets have it."""
        both = sum(self._weights[word] for word in one & other)
        return both / sum(self._weights[word] for word in one | other) if both else 0.0


class _TopicReader:
    def __init__(self, segmenter: Segmenter, lexicon: Lexicon) -> None:
        self._segmenter = segmenter
        self._stages = StageFinder(lexicon.stages())
        subjects = lexicon.subjects()
        self._names = frozenset(name for subject in subjects for name in subject.names)
        self._groups = _groups(lexicon)

    def read(self, article: Article, aspects: Aspects) -> _Topic:
        title = normalise(article.title).text
        named = [name for name in self._names if name in title]
        words = frozenset(
            word.name
            for word in self._segmenter.words(title)
            if not word.stop
            and len(word.name) > 1
            and word.name not in _FORMS
            and not any(word.name in name or name in word.name for name in named)
        )
        products = frozenset(each.name for each in aspects.products) - self._groups
        tags = frozenset(normalise(tag).text for tag in article.tags).difference(self._names)
        return _Topic(aspects, products, self._stages.find(title), words, tags)


def _groups(lexicon: Lexicon) -> frozenset[str]:
    """Subjects that are no product but a group of them: 支付宝, 网贷, of which two are listed."""
    products = set(lexicon.products())
    members = Counter(
        group
        for subject in lexicon.subjects()
        if subject.names[0] in products
        for group in subject.wider
    )
    return frozenset(group for group, count in members.items() if count > 1)


def _leads_on(one: _Topic, other: _Topic) -> bool:
    return (
        one.stage is not None
        and other.stage is not None
        and other.stage.name in one.stage.following
        and other.products <= one.products
        and compare(one.aspects, other.aspects).product >= 0
    )


def _opposed(one: _Topic, other: _Topic) -> bool:
    return compare(one.aspects, other.aspects).contrasts < 0
