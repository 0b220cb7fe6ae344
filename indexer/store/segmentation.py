"""The segmenter of a build: its table, with the stop words and aliases it was built with."""

from __future__ import annotations

from pathlib import Path

from indexer.lexicon import Lexicon
from indexer.store.manifest import LEXICON, SEGMENTATION
from indexer.text.segment import Segmenter


def open_segmenter(build: Path) -> Segmenter:
    """Open the segmenter that cut the passages of a build.

    Raises:
        IndexDamagedError: the table is missing or no table.
    """
    lexicon = Lexicon(build / LEXICON)
    return Segmenter.open(build / SEGMENTATION, lexicon.stopwords(), lexicon.aliases())
