"""The passage of an article that answers, and which of its characters to mark."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from indexer.article import Passage
from indexer.text.segment import Segmenter
from search.response import Answer


def choose_passage(passages: Mapping[int, Passage], evidence: Mapping[int, float]) -> Passage:
    """The passage to show of an article.

    That is its best passage; where this is the title, which is never shown as the
    answer, the article's lead stands for it.

    Args:
        passages: every passage of the article by row, in order, the title first.
        evidence: scores of the rows that retrievers found.
    """
    title, *body = passages
    if not body:
        return passages[title]
    best = max(body, key=lambda row: (evidence.get(row, 0.0), -row))
    found = evidence.get(best, 0.0) > evidence.get(title, 0.0)
    return passages[best if found else body[0]]


def make_answer(passage: Passage, words: Collection[str], segmenter: Segmenter) -> Answer:
    """The answer that a passage gives to a question of these content words."""
    marks = (
        (token.start, token.end) for token in segmenter.segment(passage.text) if token.text in words
    )
    return Answer(passage.text, passage.heading, passage.anchor, merge_spans(marks))


def merge_spans(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in ascending order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
