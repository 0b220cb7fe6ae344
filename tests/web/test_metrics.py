"""``/metrics``: exact counts over all workers, and no label without bounds."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from search.engine import SearchEngine
from search.query import Query
from search.stages import STAGES
from tests.web.serving import Site, running, start
from tests.web.state.faults import garbage
from web.app import create_app
from web.metrics_folder import reserve
from web.settings import Settings

SEARCH = "/api/v1/search?q=房贷逾期"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples_of(text: str) -> Samples:
    """Values by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, frozenset(labels.items())]


def scrape(client: FlaskClient) -> Samples:
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    return samples_of(answer.get_data(as_text=True))


def test_searches_are_counted_by_what_they_came_to(client: FlaskClient) -> None:
    statuses = [
        client.get("/api/v1/search", query_string={"q": question}).get_json()["status"]
        for question in ("信用卡最低还款影响征信吗", "西红柿炒蛋怎么做", "房贷逾期")
    ]
    client.get("/search?q=房贷")

    counted = scrape(client)
    for status, count in Counter(statuses).items():
        assert value(counted, "loanfaq_searches_total", status=status) >= count
    total = sum(value for (name, _), value in counted.items() if name == "loanfaq_searches_total")
    assert total == 4
    for stage in STAGES:
        name = "loanfaq_search_stage_duration_seconds_count"
        assert value(counted, name, stage=stage) == 4


def test_requests_are_counted_by_route_and_status(client: FlaskClient) -> None:
    for path in ("/articles/card-min", "/articles/card-late", "/articles/none", "/nothing/at/all"):
        client.get(path)
    client.open("/health", method="BREW")

    counted = scrape(client)
    name = "loanfaq_request_duration_seconds_count"
    article = "/articles/<article_id>"
    found = value(counted, name, method="GET", route=article, status="200")
    lost = value(counted, name, method="GET", route=article, status="404")
    assert found + lost == 3
    assert value(counted, name, method="GET", route="(none)", status="404") == 1
    assert value(counted, name, method="(other)", route="(none)", status="405") == 1


def test_labels_have_bounds(client: FlaskClient) -> None:
    """However many addresses are asked for, the number of series stays."""

    def ask_for_much(begin: str) -> int:
        for number in range(20):
            client.get(f"/{begin}{number}")
            client.get(f"/articles/{begin}{number}")
            client.get(f"/categories/{begin}{number}")
            client.get("/api/v1/search", query_string={"q": f"{begin}{number}"})
            client.open("/health", method=f"{begin}{number}")
        return len(scrape(client))

    client.get("/metrics")
    assert ask_for_much("a") == ask_for_much("b")


def test_the_index_is_named(client: FlaskClient, engine: SearchEngine) -> None:
    counted = scrape(client)

    assert value(counted, "loanfaq_index_info", version=engine.index_version) == 1
    assert value(counted, "loanfaq_articles") == engine.manifest.counts.articles


def test_without_an_index_it_answers_too(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "none", state=tmp_path / "state")

    counted = scrape(create_app(settings).test_client())

    assert value(counted, "loanfaq_articles") == 0
    assert not [name for name, _ in counted if name == "loanfaq_index_info"]


def test_failures_of_the_state_are_counted(client: FlaskClient, tmp_path: Path) -> None:
    with garbage(tmp_path / "state"):  # type: ignore[attr-defined]
        client.get("/articles/card-min")
        client.post("/api/v1/articles/card-min/like")

    assert value(scrape(client), "loanfaq_state_errors_total") == 2


def test_refusals_are_counted(settings: Settings) -> None:
    changed = settings.model_copy(update={"rate_limit": "2/minute"})
    client = create_app(changed).test_client()
    for _ in range(5):
        client.get("/")

    assert value(scrape(client), "loanfaq_rate_limited_total") == 3


def test_a_setting_turns_it_off(settings: Settings) -> None:
    client = create_app(settings.model_copy(update={"metrics": False})).test_client()

    refused = client.get("/metrics")

    assert refused.status_code == 404
    assert refused.get_json()["error"]["code"] == "not_found"
    assert client.get(SEARCH).status_code == 200


def test_stages_add_up_to_a_search(engine: SearchEngine) -> None:
    response = engine.search(Query.parse("房贷逾期"))

    assert tuple(response.stages) == STAGES
    assert all(milliseconds >= 0 for milliseconds in response.stages.values())
    assert sum(response.stages.values()) <= response.took_ms
    assert "stages" not in response.to_json()


@pytest.fixture
def site(index_folder: Path, tmp_path: Path) -> Iterator[Site]:
    with running(index_folder, tmp_path / "state", "--workers", "2") as site:
        yield site


def visit(site: Site, path: str) -> httpx.Response:
    """A request on a connection of its own, which any worker may get."""
    return httpx.get(f"{site.url}{path}", trust_env=False, timeout=20)


def workers_of(site: Site) -> set[int]:
    listed = subprocess.run(
        ["pgrep", "--parent", str(site.process.pid)], capture_output=True, text=True, check=True
    )
    return set(map(int, listed.stdout.split()))


def counts(site: Site, scrapes: int) -> set[float]:
    """The count of searches that so many scrapes tell."""
    name = "loanfaq_request_duration_seconds_count"
    labels = {"method": "GET", "route": "/api/v1/search", "status": "200"}
    return {value(samples_of(visit(site, "/metrics").text), name, **labels) for _ in range(scrapes)}


def test_two_workers_count_together_even_after_one_was_killed(site: Site) -> None:
    before = workers_of(site)
    for _ in range(40):
        assert visit(site, SEARCH).status_code == 200
    assert counts(site, 12) == {40}

    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while len(workers_of(site) - {killed}) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    answered = 0
    while answered < 20 and time.monotonic() < deadline:
        try:
            answered += visit(site, SEARCH).status_code == 200
        except httpx.TransportError:
            continue  # It was on its way to the worker that is gone.

    assert answered == 20
    assert counts(site, 12) == {60}


def test_without_room_there_are_no_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "gone"))

    assert not reserve()
    assert "metrics are off" in caplog.text


def test_the_folder_goes_with_a_server_that_was_killed(index_folder: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    site = start(index_folder, tmp_path / "state", TMPDIR=str(temporary))
    assert list(temporary.glob("loanfaq-metrics-*"))

    site.process.kill()
    site.finish()

    deadline = time.monotonic() + 20
    while list(temporary.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(temporary.glob("loanfaq-metrics-*")) == []
