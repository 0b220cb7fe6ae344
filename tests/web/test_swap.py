"""A running site takes up a new index while it answers: no request fails."""

from __future__ import annotations

import http.client
import json
import shutil
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.pipeline import add_to_index, remove_from_index
from indexer.store.builds import IndexFolder
from indexer.store.history import list_builds, roll_back
from tests.conftest import FAQ, build
from tests.web.serving import Site, running

CLIENTS = 4
LEAST_REQUESTS = 2_000
SECONDS = 30
PATHS = (
    "/api/v1/search?q=%E6%88%BF%E8%B4%B7%E6%8F%90%E5%89%8D%E8%BF%98%E6%AC%BE",
    "/api/v1/articles/card-min/related",
    "/articles/card-min",
    "/health",
)


class Visitors:
    """Clients that ask without a pause, until they are told to stop."""

    def __init__(self, port: int) -> None:
        """Nobody asks yet."""
        self._port = port
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._visit) for _ in range(CLIENTS)]
        self.failures: list[str] = []
        self.answered: Counter[str] = Counter()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _visit(self) -> None:
        while not self._stop.is_set():
            # A connection each round: workers share the port, and each gets some.
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
            try:
                for path in PATHS:
                    connection.request("GET", path)
                    answer = connection.getresponse()
                    body = answer.read()
                    if answer.status != 200 or not body:
                        self.failures.append(f"{path}: {answer.status} {body[:200]!r}")
                    self.answered[path] += 1
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{error!r}")
            finally:
                connection.close()


def versions(site: Site, connections: int = 12) -> set[str]:
    """Index versions that fresh connections meet: of all workers."""
    found = set()
    for _ in range(connections):
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=SECONDS)
        connection.request("GET", "/health")
        found.add(json.load(connection.getresponse())["index_version"])
        connection.close()
    return found


def wait_for(site: Site, version: str) -> None:
    """Wait until every worker answers from a build."""
    deadline = time.monotonic() + SECONDS
    while versions(site) != {version}:
        assert time.monotonic() < deadline, f"not every worker took up {version}"
        time.sleep(0.05)


@pytest.fixture
def folder(tmp_path: Path, encoder: Encoder) -> Path:
    build([Path(shutil.copy(FAQ, tmp_path / "faq.jsonl"))], tmp_path / "index", encoder)
    return tmp_path / "index"


def test_no_request_fails_while_indexes_come_and_go(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    current = IndexFolder(folder).current_id
    source = tmp_path / "more.jsonl"
    with running(folder, tmp_path / "state", "--workers", "2") as site:
        visitors = Visitors(site.port)
        visitors.start()
        try:
            for number in range(4):
                row = {"title": f"新问题{number}", "body": f"新回答{number}。"}
                source.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
                add_to_index([str(source)], folder, keep_builds=1)
                # Replaced again before anybody can have opened it, and pruned.
                build([tmp_path / "faq.jsonl", source], folder, encoder, keep_builds=1)
                wait_for(site, current())
            remove_from_index([str(source)], folder, keep_builds=2)
            wait_for(site, current())
            roll_back(folder)
            wait_for(site, current())
            deadline = time.monotonic() + 2 * SECONDS
            while visitors.answered.total() < LEAST_REQUESTS and time.monotonic() < deadline:
                time.sleep(0.05)
        finally:
            visitors.stop()
        assert visitors.failures == []
        assert visitors.answered.total() >= LEAST_REQUESTS
        assert versions(site) == {current()}


def test_a_site_keeps_its_build_from_being_pruned(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    with running(folder, tmp_path / "state") as site:
        [served] = list_builds(folder)
        assert served.open
        # What cannot be opened is never taken up: the site goes on with what it has.
        newer = "29991231T000000000000Z-0000"
        (folder / "builds" / newer).mkdir()
        (folder / "CURRENT").write_text(newer + "\n", encoding="utf-8")
        build([FAQ], folder, encoder, keep_builds=1)
        assert served.id in {kept.id for kept in list_builds(folder)}
        wait_for(site, IndexFolder(folder).current_id())
        assert next(kept.open for kept in list_builds(folder))
    assert not any(kept.open for kept in list_builds(folder))
