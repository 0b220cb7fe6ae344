"""How long a question takes over the bundled corpus, part by part.

Run with `make bench`. The table's ratios compare within one run: the words-only and the
vectors-only search are the ablations, a scan of every passage for the question's words
is the baseline.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from indexer.store.articles import ArticleStore
from indexer.store.builds import read_current
from indexer.store.manifest import ARTICLES
from indexer.store.segmentation import open_segmenter
from search.engine import SearchEngine
from search.query import Query
from search.response import Mode


@pytest.fixture(scope="module")
def corpus_engine(corpus_index: Path) -> SearchEngine:
    """The engine over the bundled corpus."""
    return SearchEngine.open(corpus_index)


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "keyword"])
def bench_search(
    benchmark: BenchmarkFixture, corpus_engine: SearchEngine, questions: Iterator[str], mode: Mode
) -> None:
    """A whole question: ten hits with answers and highlights."""
    benchmark.group = "question"
    benchmark.pedantic(
        lambda: corpus_engine.search(Query.parse(next(questions), mode=mode)),
        rounds=500,
        warmup_rounds=20,
    )


def bench_scan(benchmark: BenchmarkFixture, corpus_index: Path, questions: Iterator[str]) -> None:
    """The baseline: every passage looked through for the question's words."""
    benchmark.group = "question"
    folder, manifest = read_current(corpus_index)
    store = ArticleStore.open(folder / ARTICLES)
    by_article = store.passages_of(range(manifest.counts.articles))
    passages = [each for found in by_article.values() for each in found.values()]
    segmenter = open_segmenter(folder)

    def scan() -> list[int]:
        words = set(segmenter.content_words(next(questions)))
        found = [sum(word in passage.text for word in words) for passage in passages]
        return sorted(range(len(found)), key=found.__getitem__, reverse=True)[:10]

    benchmark.pedantic(scan, rounds=500, warmup_rounds=20)
