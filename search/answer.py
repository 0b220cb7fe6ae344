"""The answers that articles give: the passage to show of each, and what to mark in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from indexer.article import Passage
from indexer.store.articles import ArticleStore
from indexer.store.passage_words import PassageWords
from indexer.store.vectors import Vectors
from search.passage.choice import Choice, choose_passage
from search.passage.features import Evidence
from search.passage.wanted import Wanted
from search.response import Answer
from search.retrieval.dense import DenseRetriever

# Titles, and whatever else is only matched, are no answers.
_SHOWN: Collection[str] = frozenset({"lead", "item", "paragraph"})


@dataclass(frozen=True, slots=True)
class ArticleAnswer:
    """What an article answers to a question.

    Attributes:
        choice: why this one is shown; None where the article has nothing but a title.
    """

    answer: Answer
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """What is known of the passages of an article for one question.

    Attributes:
        known: what is known of each that tells something by row, in order, the title first.
    """

    known: Mapping[int, Evidence]

    @property
    def title(self) -> Evidence:
        """Its title."""
        return next(iter(self.known.values()))

    @property
    def body(self) -> dict[int, Evidence]:
        """The passages that can be shown by row, in order."""
        return {row: each for row, each in self.known.items() if each.passage.kind in _SHOWN}


class Answerer:
    """Finds what articles answer."""

    def __init__(self, articles: ArticleStore, dense: DenseRetriever) -> None:
        """Take the articles, and what knows how near a passage is to a question."""
        self._articles = articles
        self._dense = dense

    def answers(
        self, wanted: Wanted, vector: Vectors, article_rows: Iterable[int]
    ) -> dict[int, ArticleAnswer]:
        """The answer of each of some articles, by the article's row.

        Args:
            wanted: what the question wants.
            vector: the question's vector.
            article_rows: which articles.
        """
        marked = wanted.marked()
        return {
            row: _answer(wanted, marked, evidence)
            for row, evidence in self.evidence(vector, article_rows).items()
        }

    def evidence(self, vector: Vectors, article_rows: Iterable[int]) -> dict[int, ArticleEvidence]:
        """What is known of the passages of some articles, by the article's row."""
        told = self._articles.told_of(article_rows)
        every = [row for of_article in told.values() for row in of_article]
        cosines = iter(self._dense.cosines(vector, every))
        return {
            article: ArticleEvidence(
                {
                    row: Evidence(passage, next(cosines), words)
                    for row, (passage, words) in of_article.items()
                }
            )
            for article, of_article in told.items()
        }


def _answer(
    wanted: Wanted, marked: Collection[tuple[str, bool]], evidence: ArticleEvidence
) -> ArticleAnswer:
    body = evidence.body
    choice = choose_passage(wanted, evidence.title, body) if body else None
    shown = body[choice.chosen.row] if choice else evidence.title
    answer = make_answer(shown.passage, shown.words, marked)
    return ArticleAnswer(answer, choice)


def make_answer(
    passage: Passage, words: PassageWords, marked: Collection[tuple[str, bool]]
) -> Answer:
    """The answer that a passage gives.

    Args:
        passage: the passage.
        words: its words.
        marked: the words to mark in it, each with whether it is denied.
    """
    spans = merge_spans(words.places(marked))
    return Answer(passage.text, passage.heading, passage.anchor, spans)


def merge_spans(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in ascending order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
