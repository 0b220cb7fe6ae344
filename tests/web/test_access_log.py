"""The access log: a line for each request, personal numbers masked."""

from __future__ import annotations

import logging
import re

import pytest
from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "loanfaq.access")


def test_method_address_status_and_time(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/search", query_string={"q": "房贷 逾期", "page": "2"})

    (line,) = caplog.messages
    assert re.fullmatch(r"GET /search\?q=房贷 逾期&page=2 200 \d+\.\d ms", line)


def test_errors_are_logged_too(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/nothing")

    assert re.fullmatch(r"GET /nothing 404 \d+\.\d ms", caplog.messages[0])


def test_numbers_and_addresses_are_masked(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get(
        "/search", query_string={"q": "身份证11010519491231002X电话138 1234 5678", "page": 2}
    )
    client.get("/articles/13812345678")
    client.get("/search", query_string={"q": "发到a.b@example.com"})

    assert "/search?q=身份证[number]电话[number]&page=2 " in caplog.messages[0]
    assert "/articles/[number] " in caplog.messages[1]
    assert "/search?q=发到[email] " in caplog.messages[2]


def test_what_is_posted_is_not_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/api/v1/search", json={"q": "房贷逾期"})

    assert "房贷" not in caplog.text


def test_nobody_forges_a_line(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/search?q=a%0AGET%20/forged%20200")

    assert len(caplog.messages[0].splitlines()) == 1
