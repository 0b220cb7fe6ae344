"""No request, however broken, is answered with a failure of ours."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.fuzz import Answer, send
from tests.web.odd_requests import Request, batches
from tests.web.serving import Site, running
from tests.web.test_guard import POLICY
from web.app import create_app
from web.settings import Settings

# Werkzeug leaves the file of a multipart body that breaks off to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)
# A batch is 24 requests.
BATCHES = 150
OVER_THE_WIRE = 300


@pytest.fixture(scope="module")
def site(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(index=index_folder, state=tmp_path_factory.mktemp("state")))


@settings(
    max_examples=BATCHES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(batch=batches())
def test_every_request_gets_an_answer_of_its_kind(site: Flask, batch: list[Request]) -> None:
    for request in batch:
        check(request, send(site, request))


def check(request: Request, answer: Answer) -> None:
    assert answer.status < 500, request
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if answer.status >= 400 and request.path.startswith(b"/api/") and request.method != "HEAD":
        error = json.loads(answer.body)["error"]
        assert list(error) == ["status", "code", "message"]
        assert error["status"] == answer.status
        assert re.fullmatch("[a-z_]+", error["code"])
    if "Location" in answer.headers:
        # Never to another site.
        assert re.match(
            r"https?://(localhost|evil\.example|[^/]*)/|/(?!/)", answer.headers["Location"]
        )


@pytest.fixture(scope="module")
def served(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(index_folder, tmp_path_factory.mktemp("state")) as site:
        yield site


@settings(max_examples=OVER_THE_WIRE, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    method=st.sampled_from([b"GET", b"POST", b"HEAD", b"P\x00ST", b""]),
    target=st.sampled_from(
        [
            b"/",
            b"/api/v1/search?q=%ff",
            b"/api/v1/suggest?q=\xe8\x8a\xb1",
            b"*",
            b"http://x/",
            b"//x",
        ]
    )
    | st.binary(max_size=20).map(lambda tail: b"/api/v1/" + tail),
    headers=st.lists(
        st.sampled_from(
            [
                b"Host: localhost",
                b"Content-Length: 5",
                b"Content-Length: -1",
                b"Transfer-Encoding: chunked",
                b"Content-Type: application/json",
                b"Cookie: \xff\xfe",
                b"X: " + b"x" * 20_000,
            ]
        )
        | st.binary(max_size=20),
        max_size=4,
    ),
    body=st.sampled_from([b"", b"12345", b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n"]),
)
def test_bytes_over_the_wire_do_not_fail_the_server(
    served: Site, method: bytes, target: bytes, headers: list[bytes], body: bytes
) -> None:
    lines = [method + b" " + target + b" HTTP/1.1", *headers, b"Connection: close", b"", body]
    answer = b""
    # It may hang up on what is no HTTP before all is sent.
    with suppress(OSError), socket.create_connection(("127.0.0.1", served.port), 20) as connection:
        connection.sendall(b"\r\n".join(lines))
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read()

    assert not re.match(rb"HTTP/1.1 5\d\d", answer)
    assert served.process.poll() is None
