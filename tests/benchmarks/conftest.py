"""What benchmarks ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

import data
from indexer.judgments import read_judgments


@pytest.fixture
def questions() -> Iterator[str]:
    """Judged questions without end."""
    return cycle(each.query for each in read_judgments(data.JUDGMENTS / "dev.jsonl"))
