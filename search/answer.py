"""The passage of an article that answers, and which of its characters to mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from indexer.article import Passage
from indexer.text.normalise import fold, normalise
from search.response import Answer

# Between passages that are folded in one go; it stands in no text that was read.
_BETWEEN = "\x1f"


def choose_passage(
    passages: Mapping[int, Passage], evidence: Mapping[int, float], words: Collection[str]
) -> Passage:
    """The passage to show of an article.

    A good article answers first and explains then, so its lead is shown, unless another
    passage has more of what the question asks beyond the title: 违约金 in 「提前还房贷收违约金吗」
    leads to the item on it. The title is shown only of an article that has nothing else.

    Args:
        passages: every passage of the article by row, in order, the title first.
        evidence: scores of the rows that retrievers found.
        words: content words of the question.
    """
    title, *body = passages
    if not body:
        return passages[title]
    # Single characters are in every passage by chance.
    texts = (f"{each.heading}\n{each.text}" for each in passages.values())
    folded = dict(zip(passages, fold(_BETWEEN.join(texts)).split(_BETWEEN), strict=True))
    asked = [word for word in words if len(word) > 1 and word not in folded[title]]

    def told(row: int) -> int:
        return sum(word in folded[row] for word in asked)

    lead = body[0]
    best = max(body, key=lambda row: (told(row), evidence.get(row, 0.0), -row))
    return passages[best if told(best) > told(lead) else lead]


def make_answer(passage: Passage, words: Collection[str]) -> Answer:
    """The answer that a passage gives to a question of these content words."""
    text = normalise(passage.text)
    marks = (
        text.span(found.start(), found.end())
        for word in words
        if len(word) > 1  # single characters are in every passage by chance
        for found in re.finditer(re.escape(word), text.text)
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
