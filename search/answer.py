"""The passage of an article that answers, and which of its characters to mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.article import Passage
from indexer.text.normalise import fold, normalise
from search.response import Answer

# Between passages that are folded in one go; it stands in no text that was read.
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Choice:
    """The passage to show of an article, and why.

    Attributes:
        row: the passage chosen.
        asked: words of the question, and their synonyms, where the title has none of them.
        told: of each such word what this passage has, itself or a synonym.
        lead_told: of each such word what the lead has.
    """

    row: int
    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    lead_told: tuple[str, ...] = ()


def choose_passage(
    passages: Mapping[int, Passage],
    evidence: Mapping[int, float],
    words: Mapping[str, Sequence[str]],
) -> Choice:
    """The passage to show of an article.

    A good article answers first and explains then, so its lead is shown, unless another
    passage has more of what the question asks beyond the title: 违约金 in 「提前还房贷收违约金吗」
    leads to the item on it. A word and its synonyms count as one: where the title says 还清,
    a passage with 结清 tells no more of 还完. The title is shown only of an article that has
    nothing else.

    Args:
        passages: every passage of the article by row, in order, the title first. Other
            wordings of the title are passed over: they answer nothing.
        evidence: scores of the rows that retrievers found.
        words: content words of the question, each with its synonyms.
    """
    title, *body = (row for row, each in passages.items() if each.kind != "asked")
    if not body:
        return Choice(title)
    texts = (f"{passages[row].heading}\n{passages[row].text}" for row in (title, *body))
    folded = dict(zip((title, *body), fold(_BETWEEN.join(texts)).split(_BETWEEN), strict=True))
    # Single characters are in every passage by chance.
    groups = [tuple(each for each in (word, *words[word]) if len(each) > 1) for word in words]
    open_groups = [group for group in groups if not any(each in folded[title] for each in group)]
    asked = tuple(dict.fromkeys(each for group in open_groups for each in group))

    def told(row: int) -> tuple[str, ...]:
        found = (next((each for each in group if each in folded[row]), "") for group in open_groups)
        return tuple(dict.fromkeys(each for each in found if each))

    lead = body[0]
    counts = {row: len(told(row)) for row in body}
    best = max(body, key=lambda row: (counts[row], evidence.get(row, 0.0), -row))
    chosen = best if counts[best] > counts[lead] else lead
    return Choice(chosen, asked, told(chosen), told(lead))


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
