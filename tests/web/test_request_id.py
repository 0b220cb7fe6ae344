"""Every request has a name, on its answer and in the log."""

from __future__ import annotations

import re
import uuid

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from web.masking import mask
from web.request_id import accepted

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{1,64}")


@pytest.mark.parametrize(
    "name",
    ["a", "req-1.2_3", "x" * 64, str(uuid.UUID(int=7**40)), "0af7651916cd43dd8448eb211c80319c"],
)
def test_a_name_that_is_given_is_kept(client: FlaskClient, name: str) -> None:
    assert client.get("/health", headers={HEADER: name}).headers[HEADER] == name


@pytest.mark.parametrize(
    "name", ["", "a b", "x" * 65, "名", 'a"b', "<script>", "13812345678", "tel-138-1234-5678"]
)
def test_any_other_is_replaced(client: FlaskClient, name: str) -> None:
    sent = {HEADER: name.encode().decode("latin-1")}
    answer = client.get("/health", headers=sent).headers[HEADER]

    assert re.fullmatch(r"[0-9a-f]{16}", answer)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("DELETE", "/health", 405),
        ("GET", "/search?q=", 400),
        ("GET", "/" + "x" * 9000, 414),
        ("GET", "/static/site.css", 200),
    ],
)
def test_errors_and_files_have_one_too(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, headers={HEADER: "mine"}, buffered=True)

    assert (answer.status_code, answer.headers[HEADER]) == (status, "mine")


def test_two_requests_have_two_names(client: FlaskClient) -> None:
    assert client.get("/health").headers[HEADER] != client.get("/health").headers[HEADER]


@given(st.text(max_size=70) | st.from_regex(r"[0-9._-]{1,40}", fullmatch=True))
def test_what_is_accepted_holds_no_personal_number(name: str) -> None:
    if accepted(name):
        assert WELL_FORMED.fullmatch(name)
        assert mask(name) == name or re.search("[a-fA-F]", name)
