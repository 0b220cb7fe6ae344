"""What each stage of a search takes over the bundled corpus, question by question.

Run with `make bench`. Each judged dev question is asked several times, and the fastest time of
each of its stages counts: what a busy machine adds is not the stage's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

import data
from indexer.judgments import read_judgments
from search.engine import SearchEngine
from search.query import Query
from search.stages import STAGES

_TIMES = 6
_WHOLE = "all of them"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def bench_stages(corpus_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each stage, and one for the whole question."""
    engine = SearchEngine.open(corpus_index)
    fastest: dict[str, list[float]] = defaultdict(list)
    for judgment in read_judgments(data.JUDGMENTS / "dev.jsonl"):
        query = Query.parse(judgment.query)
        asked = [engine.search(query).stages for _ in range(_TIMES)]
        for stage in asked[0]:
            fastest[stage].append(min(each[stage] for each in asked))
        fastest[_WHOLE].append(min(sum(each.values()) for each in asked))
    engine.close()
    lines = [f"\n{'milliseconds':<16}{'p50':>7}{'p90':>7}{'most':>7}{'of all':>8}"]
    total = sum(fastest[_WHOLE])
    for stage in (*STAGES, _WHOLE):
        took = fastest[stage]
        figures = "".join(f"{percentile(took, share):>7.2f}" for share in (0.5, 0.9, 1))
        lines.append(f"{stage:<16}{figures}{sum(took) / total:>8.0%}")
    with capsys.disabled():
        print(*lines, sep="\n")  # noqa: T201
