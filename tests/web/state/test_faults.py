"""Whatever happens to the state database, a real server goes on answering.

Each fault is tried with every address below, and again after it has gone, with the same
server all along.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from tests.web.serving import Site, running, start
from tests.web.state.faults import BOUND_BY_MODES, FAULTS, FILE, Harm, garbage

READING = [
    "/",
    "/search?q=信用卡最低还款影响征信吗",
    "/articles/card-min",
    f"/articles/card-min?from={'0' * 32}",
    "/categories/房贷",
    "/api/v1/search?q=信用卡最低还款影响征信吗",
    "/api/v1/suggest?q=xyk",
    "/api/v1/articles/card-min",
    "/api/v1/articles/card-min/related",
    "/health",
    "/metrics",
]
LIKE = "/api/v1/articles/card-min/like"
GIVEN = {"query_id": "0" * 32, "article_id": "card-min", "helpful": "true"}
WRITING: list[tuple[str, dict[str, str], int, str | None]] = [
    (LIKE, {}, 200, "likes_unavailable"),
    ("/articles/card-min/like", {}, 303, None),
    ("/api/v1/feedback", GIVEN, 200, "feedback_unavailable"),
    ("/feedback", {**GIVEN, "q": "房贷"}, 303, None),
]
SECONDS = 20  # for one answer, on a machine that is busy with other tests


def ask(site: Site) -> httpx.Client:
    """A visitor of the site."""
    return httpx.Client(base_url=site.url, timeout=SECONDS, trust_env=False)


def goes_on_without(site: Site) -> None:
    """Everything can be read, and what cannot be taken says so, to a new visitor too."""
    with ask(site) as visitor:
        _goes_on_without(visitor)


def _goes_on_without(visitor: httpx.Client) -> None:
    for path in READING:
        assert visitor.get(path).status_code == 200, path
    for path, form, _, code in WRITING:
        answer = visitor.post(path, data=form)
        assert answer.status_code == 503, (path, answer.text)
        if code is None:
            assert "暂时记不下来" in answer.text
        else:
            assert answer.json()["error"]["code"] == code


def takes_everything(visitor: httpx.Client) -> None:
    for path, form, status, _ in WRITING:
        answer = visitor.post(path, data=form)
        assert answer.status_code == status, (path, answer.text)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site") / "state"


@pytest.fixture(scope="module")
def site(index_folder: Path, state: Path) -> Iterator[Site]:
    environment = {"LOANFAQ_QUERY_LOG": "1"}
    with running(index_folder, state, through=BOUND_BY_MODES, **environment) as site:
        yield site


@pytest.mark.parametrize("harm", FAULTS.values(), ids=FAULTS.keys())
def test_the_site_goes_on_and_likes_come_back(site: Site, state: Path, harm: Harm) -> None:
    with ask(site) as visitor:
        takes_everything(visitor)
        before = visitor.get("/api/v1/articles/card-min").json()["likes"]

        with cast("AbstractContextManager[None]", harm(state)):
            goes_on_without(site)

        takes_everything(visitor)
        assert visitor.get("/api/v1/articles/card-min").json()["likes"] == before


@pytest.mark.parametrize("gone", ["file", "folder"])
def test_what_is_missing_is_made_anew(site: Site, state: Path, gone: str) -> None:
    with ask(site) as visitor:
        takes_everything(visitor)
        state.rename(state.with_name(f"{gone}-away"))
        if gone == "file":
            state.mkdir()

        for path in READING:
            assert visitor.get(path).status_code == 200
        assert visitor.get("/api/v1/articles/card-min").json()["likes"] == 0
        takes_everything(visitor)
        assert visitor.get("/api/v1/articles/card-min").json()["likes"] == 1


def test_a_broken_file_is_named_once_and_left_as_it_is(index_folder: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    site = start(index_folder, state)
    with cast("AbstractContextManager[None]", garbage(state)):
        broken = (state / FILE).read_bytes()
        for _ in range(5):
            goes_on_without(site)

        assert (state / FILE).read_bytes() == broken
    site.process.terminate()
    status, _, err = site.finish()
    said = [json.loads(line)["message"] for line in err.splitlines()]
    assert status == 0
    assert [message.partition(":")[0] for message in said] == [
        "state cannot be read",
        "state cannot be written",
    ]
    for message in said:
        assert f"{state / FILE}: file is not a database; it is left as it is" in message


def test_a_fault_from_the_start_does_not_keep_the_site_from_starting(
    index_folder: Path, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / FILE).write_bytes(b"no database at all" * 500)
    with running(index_folder, state) as site, ask(site) as visitor:
        goes_on_without(site)

        (state / FILE).unlink()

        takes_everything(visitor)


# A disk of its own for the state, which can be full or become read-only.
UNSHARE = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
DISK = 'mount -t tmpfs -o size=256k,mode=755 tmpfs "$0" && exec "$@"'


def can_mount(folder: Path) -> bool:
    tried = subprocess.run([*UNSHARE, "sh", "-c", DISK, str(folder), "true"], capture_output=True)
    return tried.returncode == 0


@pytest.fixture(scope="module")
def disk(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("disk")
    if not can_mount(folder):
        pytest.skip("this machine lets nobody mount a file system, not even in a namespace")
    through = [*UNSHARE, "sh", "-c", DISK, str(folder)]
    with running(index_folder, folder, through=through, LOANFAQ_QUERY_LOG="1") as site:
        yield site


def inside(site: Site, script: str) -> None:
    """Run a script where the site's disk is."""
    pid = str(site.process.pid)
    user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
    state = site.process.args[-3]  # type: ignore[index]
    subprocess.run(
        ["nsenter", "--target", pid, "--mount", *user, "sh", "-c", script, str(state)], check=True
    )


@contextmanager
def full(site: Site) -> Iterator[None]:
    inside(site, 'cat /dev/zero > "$0/fill" 2>/dev/null; ! echo more >> "$0/fill" 2>/dev/null')
    yield
    inside(site, 'rm "$0/fill"')


@contextmanager
def read_only_mount(site: Site) -> Iterator[None]:
    inside(site, 'mount -o remount,ro "$0"')
    yield
    inside(site, 'mount -o remount,rw "$0"')


@pytest.mark.parametrize("harm", [full, read_only_mount])
def test_a_disk_that_takes_no_more(
    disk: Site, harm: Callable[[Site], AbstractContextManager[None]]
) -> None:
    with ask(disk) as visitor:
        takes_everything(visitor)
        before: Any = visitor.get("/api/v1/articles/card-min").json()["likes"]
        takes_everything(visitor)  # A reader leaves room taken that a writer gives back.

        with harm(disk):
            goes_on_without(disk)

        takes_everything(visitor)
        assert visitor.get("/api/v1/articles/card-min").json()["likes"] == before
