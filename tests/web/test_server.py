"""``loanfaq serve``: real processes on a free port of this machine."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.store.builds import read_current
from indexer.store.manifest import ARTICLES
from search.engine import SearchEngine
from tests.web.serving import COMMAND, Site, running, start


@pytest.fixture
def site(index_folder: Path, tmp_path: Path) -> Iterator[Site]:
    with running(index_folder, tmp_path / "state") as site:
        yield site


def get(site: Site, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON is anything
    address = f"{site.url}{path}?{urllib.parse.urlencode(query)}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=10) as answer:
        return json.load(answer)


def processes_of(site: Site) -> list[int]:
    """Processes of the site's session that still run, its main one first."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "-g", str(site.process.pid)], capture_output=True, text=True
    )
    lines = (line.split() for line in listed.stdout.splitlines())
    return sorted(int(pid) for pid, state in lines if not state.startswith("Z"))


def run_serve(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, **environment},
    )


def test_it_says_when_it_is_ready_and_answers(site: Site, engine: SearchEngine) -> None:
    count, version = engine.manifest.counts.articles, engine.index_version

    assert (
        site.ready_line == f"loanfaq is ready at {site.url} ({count} articles, index {version})\n"
    )
    assert site.url.startswith("http://127.0.0.1:")
    assert get(site, "/health")["index_version"] == version
    found = get(site, "/api/v1/search", q="信用卡最低还款影响征信吗")
    assert found["hits"][0]["id"] == "card-min"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_sigterm_stops_it_cleanly_and_quietly(
    index_folder: Path, tmp_path: Path, workers: str
) -> None:
    site = start(index_folder, tmp_path / "state", "--workers", workers)
    get(site, "/api/v1/search", q="房贷")

    site.process.send_signal(signal.SIGTERM)

    assert site.finish() == (0, "", "")


def test_nothing_is_left_in_the_temporary_folder(index_folder: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    site = start(index_folder, tmp_path / "state", "--workers", "2", TMPDIR=str(temporary))
    get(site, "/api/v1/search", q="房贷")

    site.process.terminate()
    site.finish()

    assert list(temporary.iterdir()) == []


def test_ctrl_c_stops_it_at_once(index_folder: Path, tmp_path: Path) -> None:
    """A terminal sends the signal to the workers too."""
    site = start(index_folder, tmp_path / "state", "--workers", "2")
    started = time.monotonic()

    os.killpg(site.process.pid, signal.SIGINT)

    assert site.finish() == (0, "", "")
    assert time.monotonic() - started < 4


def test_an_open_connection_does_not_hold_it(index_folder: Path, tmp_path: Path) -> None:
    site = start(index_folder, tmp_path / "state")
    browser = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    browser.request("GET", "/health")
    browser.getresponse().read()
    started = time.monotonic()

    site.process.terminate()

    assert site.finish() == (0, "", "")
    assert time.monotonic() - started < 4
    browser.close()


def test_no_worker_outlives_its_parent(index_folder: Path, tmp_path: Path) -> None:
    site = start(index_folder, tmp_path / "state", "--workers", "2")
    assert len(processes_of(site)) == 3

    site.process.kill()
    site.finish()

    deadline = time.monotonic() + 10
    while processes_of(site) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(site) == []


def test_a_worker_that_dies_is_replaced(site: Site) -> None:
    main, worker = processes_of(site)
    os.kill(worker, signal.SIGKILL)

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        time.sleep(0.1)
        try:
            assert get(site, "/health")["status"] == "ok"
            break
        except OSError:
            continue
    else:
        pytest.fail("no worker took over")
    assert main in processes_of(site)
    assert worker not in processes_of(site)


def test_a_taken_port_is_refused_in_one_line(site: Site, index_folder: Path) -> None:
    second = run_serve("--index", str(index_folder), "--port", str(site.port))

    assert second.returncode == 1
    assert second.stdout == ""
    assert re.fullmatch(
        rf"loanfaq: 127\.0\.0\.1:{site.port}: cannot listen there .* --host or --port\n",
        second.stderr,
    )


def test_an_unknown_host_is_refused_in_one_line(index_folder: Path) -> None:
    refused = run_serve("--index", str(index_folder), "--host", "no.such.host.invalid")

    assert refused.returncode == 1
    assert refused.stderr == "loanfaq: no.such.host.invalid: no such address on this machine\n"


def test_a_missing_index_is_said_in_one_line(tmp_path: Path) -> None:
    refused = run_serve("--index", str(tmp_path / "none"), "--port", "0")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert re.fullmatch(r"loanfaq: .*none: no index here; .*'loanfaq index'\n", refused.stderr)


def test_what_only_a_worker_finds_is_said_in_one_line(index_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(index_folder, folder)
    build, _ = read_current(folder)
    articles = build / ARTICLES
    articles.chmod(0o644)
    articles.write_bytes(b"x" * articles.stat().st_size)

    refused = run_serve("--index", str(folder), "--port", "0", "--workers", "2")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert re.fullmatch(r"loanfaq: .*\n", refused.stderr)
    assert ARTICLES in refused.stderr


def test_a_wrong_setting_is_wrong_usage() -> None:
    refused = run_serve(LOANFAQ_RESULTS_PER_PAGE="many")

    assert refused.returncode == 2
    assert "LOANFAQ_RESULTS_PER_PAGE" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_access_log_is_there_when_asked_for(index_folder: Path, tmp_path: Path) -> None:
    site = start(index_folder, tmp_path / "state", "--access-log")
    get(site, "/api/v1/search", q="电话13812345678")

    site.process.terminate()

    status, out, err = site.finish()
    assert (status, out) == (0, "")
    (line,) = [each for each in map(json.loads, err.splitlines()) if each["query"]]
    assert (line["route"], line["query"]) == ("/api/v1/search", "q=电话[number]")
    assert "13812345678" not in err


def modules_after(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after running the code."""
    show = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


def test_a_worker_never_imports_torch(index_folder: Path, tmp_path: Path) -> None:
    loaded = modules_after(
        "from pathlib import Path\n"
        "from web.settings import Settings\n"
        "from web.worker import StartReport, load_app\n"
        f"settings = Settings(index=Path({str(index_folder)!r}), state=Path({str(tmp_path)!r}))\n"
        "client = load_app(settings, StartReport()).test_client()\n"
        "assert client.get('/search?q=房贷逾期').status_code == 200\n"
        "assert client.get('/articles/card-min').status_code == 200\n"
        "assert client.get('/').status_code == 200\n"
    )

    assert "flask" in loaded
    assert not loaded & {"torch", "sentence_transformers", "transformers", "sklearn", "scipy"}


def test_help_loads_neither_server_nor_engine() -> None:
    loaded = modules_after("import web.commands")

    assert "click" in loaded
    assert not loaded & {"flask", "granian", "pydantic", "numpy", "faiss", "tantivy", "jieba"}
