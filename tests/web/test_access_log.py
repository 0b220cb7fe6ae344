"""The access log: an object for each request, personal numbers masked, nobody named."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from web.logs import JsonFormatter


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "loanfaq.access")
    caplog.handler.setFormatter(JsonFormatter())


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(line) for line in caplog.text.splitlines()]


def test_what_is_logged_of_a_request(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/search", query_string={"q": "房贷 逾期", "page": "2"})

    (line,) = lines(caplog)
    assert list(line) == [
        "time",
        "level",
        "log",
        "worker",
        "request_id",
        "method",
        "route",
        "path",
        "query",
        "status",
        "ms",
        "bytes",
    ]
    assert (line["method"], line["route"], line["path"]) == ("GET", "/search", "/search")
    assert (line["query"], line["status"]) == ("q=房贷 逾期&page=2", 200)
    assert line["bytes"] == len(answer.get_data())
    assert line["request_id"] == answer.headers["X-Request-ID"]


def test_a_route_is_its_template(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/articles/card-min")
    client.get("/nothing")

    article, nothing = lines(caplog)
    assert (article["route"], article["path"]) == ("/articles/<article_id>", "/articles/card-min")
    assert (nothing["route"], nothing["status"]) == ("(none)", 404)


def test_numbers_and_addresses_are_masked(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get(
        "/search", query_string={"q": "身份证11010519491231002X电话138 1234 5678", "page": 2}
    )
    client.get("/articles/13812345678")
    client.get("/search", query_string={"q": "发到a.b@example.com"})
    client.get("/search", query_string={"13812345678": "x"}, headers={"Referer": "13812345678"})

    first, second, third, fourth = lines(caplog)
    assert first["query"] == "q=身份证[number]电话[number]&page=2"
    assert second["path"] == "/articles/[number]"
    assert third["query"] == "q=发到[email]"
    assert fourth["query"] == "[number]=x"
    assert "13812345678" not in caplog.text


def test_nobody_is_named(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/", environ_overrides={"REMOTE_ADDR": "203.0.113.7"}, headers={"Cookie": "a=b"})

    assert "203.0.113.7" not in caplog.text
    assert "a=b" not in caplog.text


def test_what_is_posted_is_not_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/api/v1/search", json={"q": "房贷逾期"})

    assert "房贷" not in caplog.text


def test_nobody_forges_a_line(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get('/search?q=a%0A{"log":"forged"}%E2%80%A8')
    client.get("/nothing%0d%0aforged", headers={"X-Request-ID": "a b"})

    assert [line["log"] for line in lines(caplog)] == ["loanfaq.access"] * 2


@pytest.mark.parametrize("address", ["/search?q=" + "x" * 7000, "/" + "y" * 7000])
def test_no_line_is_overlong(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    client.get(address)

    assert len(caplog.text) < 2500


def test_many_parameters_are_counted_out(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/search?" + "&".join(f"p{number}=1" for number in range(60)))

    assert lines(caplog)[0]["query"] == "(more than 50 parameters)"
