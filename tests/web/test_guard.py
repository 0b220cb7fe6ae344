"""Headers on every answer, and forms of other sites refused."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

PAGES = ["/", "/search?q=房贷", "/search?q=", "/articles/card-min", "/categories/房贷", "/nothing"]
ANSWERS = [
    *PAGES,
    "/health",
    "/api/v1/search?q=房贷",
    "/api/v1/suggest?q=房贷",
    "/api/v1/openapi.json",
    "/api/v1/nothing",
    "/static/site.css",
    "/static/nothing",
    "//search",
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_has_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Cache-Control" in headers


@pytest.mark.parametrize("path", PAGES)
def test_pages_keep_to_the_policy(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)

    assert not re.search(r"<script(?![^>]* src=)", page)
    assert "<style" not in page
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)
    for address in re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="([^"]*)"', page):
        assert address.startswith("/static/") or address == path  # its own canonical address


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
@pytest.mark.parametrize("path", ["/articles/card-min/like", "/api/v1/articles/card-min/like"])
def test_other_sites_cannot_like(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = client.post(path, headers=headers)

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert client.get("/api/v1/articles/card-min").get_json()["likes"] == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {},
    ],
)
def test_the_site_itself_and_programs_can(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/api/v1/articles/card-min/like", headers=headers).status_code == 200


def test_other_sites_may_link_here(client: FlaskClient) -> None:
    answer = client.get("/articles/card-min", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200
