"""What the word indexes of a build hold of its passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby

from indexer.article import Passage
from indexer.split import PassageText
from indexer.store.words import WordEntry
from indexer.text.segment import Segmenter


def passage_entries(
    passages: Sequence[Passage],
    texts: Sequence[PassageText],
    segmenter: Segmenter,
    progress: Callable[[int], None],
) -> list[WordEntry]:
    """An entry for each title and each passage that answers.

    Args:
        passages: in row order.
        texts: what retrieval sees of each of them.
        segmenter: cuts texts into words.
        progress: called with the number of passages done since the last call.
    """
    # The passages of an article share their context.
    context_words = lru_cache(maxsize=1)(segmenter.content_words)
    entries = []
    for row, (passage, text) in enumerate(zip(passages, texts, strict=True)):
        if passage.kind != "asked":
            own = segmenter.content_words(text.own)
            entries.append(WordEntry(row, {"context": context_words(text.context), "own": own}))
            progress(1)
    return entries


def asked_entries(
    passages: Sequence[Passage], segmenter: Segmenter, progress: Callable[[int], None]
) -> list[WordEntry]:
    """An entry for each article that has other wordings, at the row of the first of them.

    Arguments are those of `passage_entries`.
    """
    entries = []
    rows = (row for row, passage in enumerate(passages) if passage.kind == "asked")
    for _, group in groupby(rows, key=lambda row: passages[row].article_row):
        of_article = list(group)
        words = [word for row in of_article for word in segmenter.content_words(passages[row].text)]
        entries.append(WordEntry(of_article[0], {"asked": words}))
        progress(len(of_article))
    return entries
