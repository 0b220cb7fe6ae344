"""A reader of aspects with the bundled lexicon."""

from __future__ import annotations

import pytest

from indexer.aspects import AspectReader
from indexer.lexicon import bundled_lexicon
from indexer.text.segment import Segmenter, write_segmentation_table


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> AspectReader:
    lexicon = bundled_lexicon()
    table = tmp_path_factory.mktemp("segmentation") / "table.trie"
    write_segmentation_table(lexicon.whole_words(), table)
    segmenter = Segmenter.open(table, lexicon.stopwords(), lexicon.aliases())
    return AspectReader(segmenter, lexicon)
