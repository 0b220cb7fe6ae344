"""One client may not ask without end; the others notice nothing of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask.testing import FlaskClient

from indexer.errors import InputError
from tests.web.serving import running
from web.app import create_app
from web.settings import Settings, read_settings

SEARCH = "/api/v1/search?q=房贷"
LIKE = "/api/v1/articles/card-min/like"
FEEDBACK = "/api/v1/feedback"
Visit = Callable[..., Any]


@pytest.fixture
def site(settings: Settings) -> Callable[..., FlaskClient]:
    def make(**changed: object) -> FlaskClient:
        return create_app(settings.model_copy(update=changed)).test_client()

    return make


def get(client: FlaskClient, path: str, address: str = "203.0.113.1", **headers: str) -> Any:  # noqa: ANN401
    method = "POST" if path in (LIKE, FEEDBACK) else "GET"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(
        path,
        method=method,
        headers=named,
        environ_overrides={"REMOTE_ADDR": address},
        buffered=True,
    )


def test_too_many_requests_are_told_when_to_come_back(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="3/minute")
    assert [get(client, SEARCH).status_code for _ in range(3)] == [200] * 3

    refused = get(client, SEARCH)

    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert refused.get_json()["error"]["code"] == "rate_limited"
    page = get(client, "/")
    assert page.status_code == 429
    assert page.mimetype == "text/html"
    assert "请求太频繁" in page.get_data(as_text=True)
    assert "Retry-After" not in get(client, SEARCH, "203.0.113.2").headers


def test_all_addresses_of_the_site_count_together(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="3/minute")

    answers = [
        get(client, path).status_code for path in ("/", SEARCH, "/nothing", "/articles/card-min")
    ]

    assert answers == [200, 200, 404, 429]


def test_another_client_has_a_limit_of_its_own(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="1/minute")

    assert get(client, SEARCH, "203.0.113.1").status_code == 200
    assert get(client, SEARCH, "203.0.113.1").status_code == 429
    assert get(client, SEARCH, "203.0.113.2").status_code == 200


def test_the_network_of_an_ipv6_address_is_one_client(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="1/minute")

    assert get(client, SEARCH, "2001:db8::1").status_code == 200
    assert get(client, SEARCH, "2001:db8::2").status_code == 429
    assert get(client, SEARCH, "2001:db8:0:1::1").status_code == 200


@pytest.mark.parametrize("path", ["/health", "/metrics", "/static/site.css"])
def test_some_addresses_are_free(site: Callable[..., FlaskClient], path: str) -> None:
    client = site(rate_limit="1/minute")

    assert [get(client, path).status_code for _ in range(4)] == [200] * 4
    assert get(client, SEARCH).status_code == 200


def test_writing_is_limited_more_tightly(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="100/minute", write_rate_limit="2/minute")

    answers = [get(client, path).status_code for path in (LIKE, FEEDBACK, LIKE, FEEDBACK)]

    assert answers == [200, 400, 429, 429]
    assert get(client, SEARCH).status_code == 200
    assert client.post("/api/v1/search", json={"q": "房贷"}).status_code == 200


def test_several_limits_hold_at_once(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="100/minute;2/hour")

    assert [get(client, SEARCH).status_code for _ in range(3)] == [200, 200, 429]


def test_no_limit(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="", write_rate_limit="")

    assert {get(client, "/health").status_code for _ in range(400)} == {200}
    assert {get(client, LIKE).status_code for _ in range(40)} == {200}


def test_forwarded_addresses_are_not_believed_unasked(
    site: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = site(rate_limit="1/minute")

    assert get(client, SEARCH, X_Forwarded_For="198.51.100.1").status_code == 200
    assert get(client, SEARCH, X_Forwarded_For="198.51.100.2").status_code == 429
    assert caplog.text == ""


def test_a_proxy_that_nobody_named_is_said_once(
    site: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = site()

    for _ in range(3):
        get(client, "/health", "127.0.0.1", X_Forwarded_For="198.51.100.1")

    (message,) = caplog.messages
    assert "LOANFAQ_TRUSTED_PROXIES=1" in message


def test_a_trusted_proxy_says_who_asks(site: Callable[..., FlaskClient]) -> None:
    client = site(rate_limit="1/minute", trusted_proxies=1)

    def ask(forwarded: str) -> int:
        return int(get(client, SEARCH, "127.0.0.1", X_Forwarded_For=forwarded).status_code)

    assert ask("198.51.100.1") == 200
    assert ask("198.51.100.2") == 200
    # What stands before the proxy's own word is anybody's.
    assert ask("192.0.2.9, 198.51.100.1") == 429


@pytest.mark.parametrize("name", ["LOANFAQ_RATE_LIMIT", "LOANFAQ_WRITE_RATE_LIMIT"])
def test_a_wrong_limit_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "many")

    with pytest.raises(InputError, match=name):
        read_settings()


def test_the_defaults_limit_reading_and_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOANFAQ_RATE_LIMIT")
    monkeypatch.delenv("LOANFAQ_WRITE_RATE_LIMIT")

    settings = read_settings()

    assert (settings.rate_limit, settings.write_rate_limit) == ("300/minute", "30/minute")
    assert settings.trusted_proxies == 0


def test_an_unknown_store_is_named(settings: Settings) -> None:
    changed = {"rate_limit": "1/minute", "rate_limit_storage": "nothing://here"}

    with pytest.raises(InputError, match=r"LOANFAQ_RATE_LIMIT_STORAGE: .*nothing://here"):
        create_app(settings.model_copy(update=changed))


def test_a_real_server_limits(index_folder: Path, tmp_path: Path) -> None:
    environment = {"LOANFAQ_RATE_LIMIT": "5/minute"}
    with running(index_folder, tmp_path / "state", **environment) as site:
        answers = [httpx.get(f"{site.url}{SEARCH}", trust_env=False).status_code for _ in range(7)]

    # The minute may turn meanwhile.
    assert answers.count(200) in {5, 6, 7}
    assert answers[:5] == [200] * 5


def test_a_store_that_is_down_takes_nothing_down(
    site: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    """Each worker counts by itself meanwhile."""
    pytest.importorskip(
        "redis", reason="the redis client is not installed (pip install 'loanfaq[redis]')"
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # Nobody listens there.
        client = site(
            rate_limit="2/minute",
            rate_limit_storage=f"redis://127.0.0.1:{taken.getsockname()[1]}",
        )

        assert [get(client, SEARCH).status_code for _ in range(3)] == [200, 200, 429]
    assert "falling back to in-memory storage" in caplog.text
