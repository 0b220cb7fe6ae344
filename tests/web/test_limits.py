"""Requests that are too large or too slow, over a plain socket to a real server."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.web.serving import Site, running
from web.body import MAX_BODY_BYTES
from web.guard import MAX_ADDRESS_BYTES, MAX_HEADER_BYTES, MAX_HEADERS

SEARCH = "/api/v1/search"
LIKE = "/api/v1/articles/card-min/like"


@pytest.fixture(scope="module")
def site(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(index_folder, tmp_path_factory.mktemp("state")) as site:
        yield site


def talk(site: Site, sent: bytes) -> tuple[int, bytes]:
    """Status and body of the answer to what is sent, read to the end."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        # A server that has enough closes; its answer is there all the same.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        with connection.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
            headers = dict(line.lower().split(b": ", 1) for line in iter(answer.readline, b"\r\n"))
            return status, answer.read(int(headers.get(b"content-length", b"0")))


def head(method: str, path: str, *headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: site", *headers, "", ""]
    return "\r\n".join(lines).encode()


def chunks(count: int, size: int) -> bytes:
    return b"%x\r\n%s\r\n" % (size, b"x" * size) * count + b"0\r\n\r\n"


def code_of(body: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    return json.loads(body)["error"]["code"]


CHUNKED = "Transfer-Encoding: chunked"
JSON = "Content-Type: application/json"


@pytest.mark.parametrize("path", [SEARCH, LIKE, "/api/v1/feedback"])
@pytest.mark.parametrize(
    "body",
    [
        (CHUNKED, chunks(5, 4096)),
        (CHUNKED, chunks(1, MAX_BODY_BYTES + 1)),
        (CHUNKED, chunks(2000, 4096)),
        (f"Content-Length: {MAX_BODY_BYTES + 1}", b"x" * (MAX_BODY_BYTES + 1)),
        ("Content-Length: 20000000", b"x" * 1000),
    ],
    ids=["chunks", "one byte too many", "8 MB of chunks", "with its length", "a length alone"],
)
def test_a_large_body_is_refused(site: Site, path: str, body: tuple[str, bytes]) -> None:
    status, answer = talk(site, head("POST", path, JSON, body[0]) + body[1])

    assert (status, code_of(answer)) == (413, "body_too_large")


def test_a_body_in_chunks_is_read(site: Site) -> None:
    body = json.dumps({"q": "房贷逾期", "category": "x" * 15_000}).encode()
    assert len(body) < MAX_BODY_BYTES
    parts = b"".join(
        b"%x\r\n%s\r\n" % (len(body[i : i + 999]), body[i : i + 999])
        for i in range(0, len(body), 999)
    )

    status, answer = talk(site, head("POST", SEARCH, JSON, CHUNKED) + parts + b"0\r\n\r\n")

    assert (status, json.loads(answer)["query"]) == (200, "房贷逾期")


def test_a_long_address(site: Site) -> None:
    fits = talk(site, head("GET", f"{SEARCH}?q={'x' * (MAX_ADDRESS_BYTES - 100)}"))
    long = talk(site, head("GET", f"{SEARCH}?q={'x' * MAX_ADDRESS_BYTES}"))
    page = talk(site, head("GET", f"/{'x' * MAX_ADDRESS_BYTES}"))
    endless = talk(site, head("GET", f"/{'x' * 100_000}"))

    assert (fits[0], code_of(fits[1])) == (400, "query_too_long")
    assert (long[0], code_of(long[1])) == (414, "address_too_long")
    assert (page[0], "网址太长" in page[1].decode()) == (414, True)
    assert endless[0] == 414


def test_large_headers(site: Site) -> None:
    fits = talk(site, head("GET", "/health", f"X: {'x' * (MAX_HEADER_BYTES - 100)}"))
    long = talk(site, head("GET", "/health", f"X: {'x' * MAX_HEADER_BYTES}"))
    many = talk(site, head("GET", "/health", *(f"X-{n}: x" for n in range(MAX_HEADERS))))
    endless = talk(site, head("GET", "/health", f"X: {'x' * 1_000_000}"))
    countless = talk(site, head("GET", "/health", *(f"X-{n}: x" for n in range(1000))))

    assert fits[0] == 200
    assert (long[0], code_of(long[1])) == (431, "headers_too_large")
    assert (many[0], code_of(many[1])) == (431, "headers_too_large")
    assert (endless[0], countless[0]) == (431, 431)


def test_who_is_slow_with_the_head_is_cut_off(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
        connection.sendall(b"GET /health HT")

        assert connection.recv(100) == b""


def test_who_is_slow_with_the_body_holds_nobody_up(site: Site) -> None:
    slow = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(10)]
    for connection in slow:
        connection.sendall(head("POST", SEARCH, JSON, "Content-Length: 100") + b"{")

    assert talk(site, head("GET", "/health"))[0] == 200
    for connection in slow:
        connection.close()


@pytest.mark.parametrize(
    "sent", [b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n", head("POST", SEARCH, "Content-Length: -5")]
)
def test_what_is_no_request_is_refused(site: Site, sent: bytes) -> None:
    assert talk(site, sent)[0] == 400
    assert talk(site, head("GET", "/health"))[0] == 200
