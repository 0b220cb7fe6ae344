"""How many requests a second the site answers, how fast, and what memory its workers take.

Run with `make bench`. `/health` is the floor: the same server and client with next to
nothing between them. The client is a process of its own; where its share of a core nears
one, the figure is the client's and not the server's. Compare within one run only.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

import data
from indexer.judgments import read_judgments
from tests.web.serving import Site, running

QUESTIONS = [quote(each.query) for each in read_judgments(data.JUDGMENTS / "dev.jsonl")]
KINDS = {
    "/health": ["/health"],
    "/api/v1/search": [f"/api/v1/search?q={question}" for question in QUESTIONS],
    "/search": [f"/search?q={question}" for question in QUESTIONS],
}
SECONDS = 4.0
_MEMORY = re.compile(
    r"^(Rss|Pss|Private_Clean|Private_Dirty|Shared_Clean|Shared_Dirty): +(\d+)", re.M
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One cell of the table, times in milliseconds."""

    rate: float
    p50: float
    p99: float
    client_share: float


def measure(site: Site, paths: list[str], clients: int, seconds: float) -> Measured:
    """Ask a site for a while."""
    command = [sys.executable, "-m", "tests.benchmarks.http_client"]
    done = subprocess.run(
        [*command, str(site.port), str(clients), str(seconds)],
        input="\n".join(paths),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    took = sorted(milliseconds * 1000 for milliseconds in found["took"])
    p50, p99 = statistics.median(took), took[int(len(took) * 0.99)]
    return Measured(len(took) / found["seconds"], p50, p99, found["share"])


def memory_of(site: Site) -> list[dict[str, float]]:
    """MB of each worker by kind, from the kernel's own account."""
    listed = subprocess.run(
        ["pgrep", "--parent", str(site.process.pid)], capture_output=True, text=True, check=True
    )
    found = []
    for pid in listed.stdout.split():
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        kilobytes = {name: int(value) for name, value in _MEMORY.findall(rollup)}
        found.append({name: value / 1024 for name, value in kilobytes.items()})
    return found


@pytest.fixture(scope="module", params=[1, 2])
def workers(request: pytest.FixtureRequest) -> int:
    """Worker processes of the site."""
    count: int = request.param
    return count


@pytest.fixture(scope="module")
def site(
    corpus_index: Path, tmp_path_factory: pytest.TempPathFactory, workers: int
) -> Iterator[Site]:
    """A real server over the bundled corpus, without limits of rate."""
    state = tmp_path_factory.mktemp("state")
    with running(corpus_index, state, "--workers", str(workers)) as site:
        for paths in KINDS.values():
            measure(site, paths, 8, SECONDS / 4)  # Warm.
        yield site


def bench_requests(site: Site, workers: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Answers by kind of request and number of clients at once."""
    lines = [
        f"\n{workers} worker{'s' if workers > 1 else ''}"
        f"{'':16} clients  requests/s   p50 ms   p99 ms  client's share of a core"
    ]
    for kind, paths in KINDS.items():
        for clients in (1, 8, 32):
            cell = measure(site, paths, clients, SECONDS)
            lines.append(
                f"{kind:25} {clients:7}  {cell.rate:10.0f} {cell.p50:8.2f} {cell.p99:8.2f}"
                f"  {cell.client_share:24.2f}"
            )
    with capsys.disabled():
        print(*lines, sep="\n")  # noqa: T201


def bench_memory(site: Site, workers: int, capsys: pytest.CaptureFixture[str]) -> None:
    """MB of each worker after those requests: its own, and what it shares."""
    lines = [f"\n{'MB':10}{'Rss':>8} {'Pss':>8} {'private':>8} {'shared':>8}"]
    for number, memory in enumerate(memory_of(site), 1):
        private = memory["Private_Clean"] + memory["Private_Dirty"]
        shared = memory["Shared_Clean"] + memory["Shared_Dirty"]
        figures = (memory["Rss"], memory["Pss"], private, shared)
        name = f"worker {number}"
        lines.append(f"{name:10}" + " ".join(f"{figure:8.0f}" for figure in figures))
    with capsys.disabled():
        print(*lines, sep="\n")  # noqa: T201
