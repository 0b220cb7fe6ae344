"""The corpus's engine, and corrections as lines to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import SearchEngine


@pytest.fixture(scope="session")
def corpus(corpus_index: Path) -> SearchEngine:
    return SearchEngine.open(corpus_index)
