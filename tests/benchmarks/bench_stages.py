"""What each stage of a search takes over the bundled corpus, question by question.

Run with `make bench`. Each judged dev question is asked several times, and the fastest time of
each of its stages counts: what a busy machine adds is not the stage's.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import data
from indexer.judgments import read_judgments
from search.engine import SearchEngine
from search.query import Query
from search.stages import STAGES
from tests.benchmarks.percentiles import HEADER, TIMES, figures

_WHOLE = "all of them"


def bench_stages(corpus_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each stage, and one for the whole question."""
    engine = SearchEngine.open(corpus_index)
    fastest: dict[str, list[float]] = defaultdict(list)
    for judgment in read_judgments(data.JUDGMENTS / "dev.jsonl"):
        query = Query.parse(judgment.query)
        asked = [engine.search(query).stages for _ in range(TIMES)]
        for stage in asked[0]:
            fastest[stage].append(min(each[stage] for each in asked))
        fastest[_WHOLE].append(min(sum(each.values()) for each in asked))
    engine.close()
    lines = [f"\n{'milliseconds':<16}{HEADER}{'of all':>8}"]
    total = sum(fastest[_WHOLE])
    for stage in (*STAGES, _WHOLE):
        took = fastest[stage]
        lines.append(f"{stage:<16}{figures(took)}{sum(took) / total:>8.0%}")
    with capsys.disabled():
        print(*lines, sep="\n")  # noqa: T201
