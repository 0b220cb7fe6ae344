"""Static files may be kept by caches, for their address changes with their content."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("name", ["site.css", "site.js", "icon.svg"])
def test_pages_name_the_content(client: FlaskClient, name: str) -> None:
    page = client.get("/").get_data(as_text=True)
    found = re.search(rf'"(/static/{re.escape(name)}\?v=[0-9a-f]{{12}})"', page)

    assert found
    answer = client.get(found[1], buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=000000000000"])
def test_another_address_is_asked_for_anew(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/static/site.css{query}", buffered=True)

    assert answer.headers["Cache-Control"] == "public, no-cache"
    again = client.get(
        f"/static/site.css{query}", headers={"If-None-Match": answer.headers["ETag"]}, buffered=True
    )
    assert again.status_code == 304


def test_nothing_else_is_served(client: FlaskClient) -> None:
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404
