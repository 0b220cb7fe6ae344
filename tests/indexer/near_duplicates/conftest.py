"""The bundled corpus, what its articles are about, and what cuts text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import data
from indexer.article import Article
from indexer.aspects import AspectReader
from indexer.lexicon import bundled_lexicon
from indexer.near_duplicates import Cluster, find_clusters
from indexer.readers import read_sources
from indexer.text.segment import Segmenter, write_segmentation_table

Find = Callable[[list[Article]], list[Cluster]]


@pytest.fixture(scope="session")
def corpus() -> list[Article]:
    """Every article of the bundled corpus."""
    return read_sources([str(data.CORPUS)]).articles


@pytest.fixture(scope="session")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """Clusters of articles, read with the bundled lexicon."""
    lexicon = bundled_lexicon()
    table = Path(tmp_path_factory.mktemp("words")) / "words.trie"
    write_segmentation_table(lexicon.whole_words(), table)
    segmenter = Segmenter.open(table, lexicon.stopwords(), lexicon.aliases())
    reader = AspectReader(segmenter, lexicon)

    def found(articles: list[Article]) -> list[Cluster]:
        aspects = [reader.read_article(article) for article in articles]
        return find_clusters(articles, aspects, segmenter.content_words)

    return found
