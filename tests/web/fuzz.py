"""Requests that nobody should send, sent.

    python -m tests.web.fuzz INDEX 50000

sends that many to a site over an index and counts the statuses it answered.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from werkzeug.test import run_wsgi_app

from tests.web.odd_requests import Request, batches
from web.app import create_app
from web.settings import Settings


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def send(app: Flask, request: Request) -> Answer:
    """Have the app answer a request, as a server would."""
    chunks, status, headers = run_wsgi_app(app, request.environ(), buffered=True)
    return Answer(int(status.split()[0]), dict(headers.items()), b"".join(chunks))


def main(index: str, count: str) -> int:
    """Send many requests and count statuses; 1 where one failed."""
    statuses: Counter[int] = Counter()
    failed: list[Request] = []
    with tempfile.TemporaryDirectory() as state:
        app = create_app(Settings(index=Path(index), state=Path(state)))

        @seed(random.SystemRandom().getrandbits(64))
        @settings(
            max_examples=-(-int(count) // 24),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(batches())
        def fuzz(batch: list[Request]) -> None:
            for request in batch:
                answer = send(app, request)
                statuses[answer.status] += 1
                if answer.status >= 500:
                    failed.append(request)

        fuzz()
    _report(statuses, failed)
    return 1 if failed else 0


def _report(statuses: Counter[int], failed: Iterable[Request]) -> None:
    lines = [f"{sum(statuses.values())} requests"]
    lines += [f"  {status}: {count}" for status, count in sorted(statuses.items())]
    lines += [f"failed: {request}" for request in failed]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
