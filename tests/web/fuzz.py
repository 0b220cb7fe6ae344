"""Requests that nobody should send, for the fuzz of every address, parameter and header.

    python -m tests.web.fuzz INDEX 50000

sends that many to a site over an index and counts the statuses it answered.
"""

from __future__ import annotations

import io
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from werkzeug.test import run_wsgi_app

from web.app import create_app
from web.body import MAX_BODY_BYTES
from web.settings import Settings

# Characters that have broken something somewhere: controls, marks, directions, surrogates,
# widths, what normalising makes longer or nothing of.
_ODD = (
    "\x00\x01\t\n\r\x1b\x1f\x7f\x85\xa0\xad\u0345\u200b\u200d\u202e\u2028\u2066\ufeff\ufffd\uffff"
    "\ud800\udfff\U0001f600\U0010ffff\ufdfa\u3300\u037a\u0e33花呗還款ＬＰＲ\uff051½①ßİ"
    "'\"<>&;%{}[]()\\/|`$#?=+*.,:!~^-_@ "
)
_WORDS = [
    "花呗可以提前还款吗",
    "huabei ti",
    "hbtq",
    "card-min",
    "../../etc/passwd",
    "..",
    ".",
    "%",
    "%00",
    "%ff%fe",
    "%u0041",
    "{{7*7}}",
    "${7*7}",
    "{%raw%}",
    "'; DROP TABLE article; --",
    "<script>alert(1)</script>",
    "title:花呗 AND (own:*",
    "NEAR/2",
    "true",
    "True",
    "null",
    "nan",
    "-inf",
    "1e999",
    "0x10",
    "1_0",
    "\uff11",
    "9" * 4301,
    "-1",
    "0",
    "1.0",
    "花" * 251,
    "a" * 9000,
    "́" * 300,
    "hybrid",
    "keyword",
    "房贷",
    "",
]
_NAMES = ["q", "limit", "offset", "category", "mode", "min_score", "explain", "page", "v", "Q", ""]
_PATHS = [
    "/",
    "/search",
    "/articles/card-min",
    "/articles/card-min/like",
    "/categories/房贷",
    "/static/site.css",
    "/health",
    "/api/v1/search",
    "/api/v1/suggest",
    "/api/v1/openapi.json",
    "/api/v1/articles/card-min",
    "/api/v1/articles/card-min/related",
    "/api/v1/articles/card-min/like",
]
_TEMPLATES = [
    "/articles/{}",
    "/articles/{}/like",
    "/categories/{}",
    "/static/{}",
    "/api/v1/articles/{}",
    "/api/v1/articles/{}/related",
    "/api/v1/articles/{}/like",
    "/api/{}",
    "/{}",
]
_METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get"]
_TYPES = [
    "application/json",
    "application/json; charset=gb18030",
    "application/json; charset=nothing",
    "application/problem+json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=b",
    'multipart/form-data; boundary="b\\',
    "text/plain",
    "*/*",
    ";;;=",
    "\xff\xfe",
    "",
]
_HEADERS = {
    "HTTP_ACCEPT": ["*/*", "text/html;q=x", "application/json;q=9", ",,;", "\xff", ""],
    "HTTP_ACCEPT_ENCODING": ["gzip;q=nan", "identity;q=0, *;q=0"],
    "HTTP_ACCEPT_LANGUAGE": ["zh-CN", "x" * 3000, "*;q=-1"],
    "HTTP_COOKIE": ["loanfaq_visitor=" + "A" * 22, "loanfaq_visitor=\xff", "=;;=", "a" * 5000, '"'],
    "HTTP_HOST": [
        "localhost",
        "evil.example",
        "[::1",
        "a:b:c",
        "",
        "\xff",
        "localhost:99999",
        "..",
    ],
    "HTTP_ORIGIN": ["null", "http://localhost", "http://[", "javascript:", "\xff"],
    "HTTP_SEC_FETCH_SITE": ["same-origin", "cross-site", "\xff", ""],
    "HTTP_IF_NONE_MATCH": ['"x"', "*", 'W/"', "\xff"],
    "HTTP_IF_MODIFIED_SINCE": ["Thu, 01 Jan 1970 00:00:00 GMT", "99999999999", "\xff"],
    "HTTP_IF_RANGE": ['"x"', "never"],
    "HTTP_RANGE": [
        "bytes=0-0",
        "bytes=9-1",
        "bytes=-",
        "bytes=0-1,5-",
        "lines=1",
        "bytes=99999999-",
    ],
    "HTTP_REFERER": ["http://[", "\xff"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4, ::1", "\xff" * 99],
    "HTTP_X_FORWARDED_HOST": ["evil.example"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_X_REQUEST_ID": ["a\xffb", "x" * 500, "id-1"],
    "HTTP_AUTHORIZATION": ["Basic x", "Bearer \xff", "Digest a=b,"],
    "HTTP_TRANSFER_ENCODING": ["chunked", "x"],
    "HTTP_CONTENT_ENCODING": ["gzip"],
    "HTTP_EXPECT": ["100-continue"],
    "HTTP_USER_AGENT": ["", "\xff\x00"],
    "CONTENT_LENGTH": ["", "-1", "x", "0", "5", str(MAX_BODY_BYTES + 1), "9" * 30],
}


@dataclass(frozen=True)
class Request:
    """A request as a WSGI server hands it on.

    Attributes:
        path: bytes of the path, percent signs decoded, as WSGI has it.
        query: bytes behind the question mark, as sent.
        headers: environment variables of the request.
    """

    method: str
    path: bytes
    query: bytes
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def environ(self) -> dict[str, Any]:
        """The environment that PEP 3333 asks for."""
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path.decode("latin-1"),
            "QUERY_STRING": self.query.decode("latin-1"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **self.headers,
        }


_TEXTS = st.sampled_from(_WORDS) | st.text(st.sampled_from(_ODD) | st.characters(), max_size=30)
_NAME = st.sampled_from(_NAMES) | st.text(st.sampled_from(_ODD), max_size=5)


def _sent(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _quoted(text: str) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in _sent(text))


_ENCODERS = st.sampled_from([_sent, _quoted])
_PAIRS = st.lists(st.tuples(_NAME, _TEXTS), max_size=4)


@st.composite
def _form(draw: st.DrawFn) -> bytes:
    """Pairs as addresses and forms write them, well or badly; or bytes of any kind."""
    encode = draw(_ENCODERS)
    pairs = draw(_PAIRS)
    if draw(st.booleans()):
        pairs = [("q", draw(_TEXTS)), *pairs]
    joined = b"&".join(_sent(name) + b"=" + encode(value) for name, value in pairs)
    return draw(st.just(joined) | st.binary(max_size=60) | st.just(joined + b"&%zz=%"))


_JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAME, inner, max_size=3),
    max_leaves=8,
)
_JSON_OBJECTS = st.builds(
    lambda asked, others: {**others, **asked},
    st.fixed_dictionaries({}, optional={"q": _TEXTS, "limit": _JSON_VALUES}),
    st.dictionaries(_NAME, _JSON_VALUES, max_size=4),
)


@st.composite
def _json(draw: st.DrawFn) -> bytes:
    text = json.dumps(draw(_JSON_OBJECTS | _JSON_VALUES), ensure_ascii=draw(st.booleans()))
    encoded = _sent(text)
    return draw(
        st.sampled_from(
            [
                encoded,
                encoded,
                encoded,
                encoded[: len(encoded) // 2],
                text.encode("gb18030", "replace"),
                text.encode("utf-16", "surrogatepass"),
                b"\xef\xbb\xbf" + encoded,
                b"[" * 8000,
                b'{"q":' * 2700,
                b'{"q": "a", "q": "b"}',
                b'{"limit": 1' + b"0" * 8000 + b', "q": "a"}',
            ]
        )
    )


@st.composite
def _multipart(draw: st.DrawFn) -> bytes:
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="'
        + _sent(name)
        + draw(
            st.sampled_from([b'"', b'"; filename="x"', b'"\r\nContent-Type: text/plain; charset=x'])
        )
        + b"\r\n\r\n"
        + _sent(value)
        + b"\r\n"
        for name, value in draw(_PAIRS)
    ]
    return b"".join(parts) + draw(st.sampled_from([b"--b--\r\n", b"--b--", b"", b"--b"]))


@st.composite
def _path(draw: st.DrawFn) -> bytes:
    usual = draw(st.integers(0, 9)) < 7
    path = draw(
        st.sampled_from(_PATHS)
        if usual
        else st.builds(str.format, st.sampled_from(_TEMPLATES), _TEXTS)
    )
    tail = b"" if draw(st.integers(0, 9)) else draw(st.binary(max_size=5))
    return _sent(path) + tail


_TYPED_BODIES = (
    st.tuples(st.just("application/json"), _json())
    | st.tuples(st.just("application/x-www-form-urlencoded"), _form())
    | st.tuples(st.just("multipart/form-data; boundary=b"), _multipart())
    | st.tuples(st.sampled_from(_TYPES), _json() | _form() | _multipart())
    | st.tuples(st.sampled_from(_TYPES), st.binary(max_size=50))
)


@st.composite
def _headers(draw: st.DrawFn) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(list(_HEADERS)), max_size=2))
    return {name: draw(st.sampled_from(_HEADERS[name])) for name in names}


@st.composite
def batches(draw: st.DrawFn) -> list[Request]:
    """Every request made of a few paths, methods, queries, bodies and headers, 24 in all."""
    paths = draw(st.lists(_path(), min_size=3, max_size=3))
    methods = ["POST", draw(st.sampled_from(["GET", "GET", "HEAD", *_METHODS]))]
    queries = [draw(st.just(b"") | _form()), draw(_form())]
    bodies = [draw(_TYPED_BODIES), ("", b"")]
    headers = [{}, draw(_headers())]
    return [
        Request(
            method, path, query, body, ({"CONTENT_TYPE": kind} if kind else {}) | headers[nth % 2]
        )
        for nth, (path, method, query, (kind, body)) in enumerate(
            product(paths, methods, queries, bodies)
        )
    ]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def send(app: Flask, request: Request) -> Answer:
    """Have the app answer a request, as a server would."""
    chunks, status, headers = run_wsgi_app(app, request.environ(), buffered=True)
    return Answer(int(status.split()[0]), dict(headers.items()), b"".join(chunks))


def main(index: str, count: str) -> int:
    """Send many requests and count statuses; 1 where one failed."""
    statuses: Counter[int] = Counter()
    failed: list[Request] = []
    with tempfile.TemporaryDirectory() as state:
        app = create_app(Settings(index=Path(index), state=Path(state)))

        @seed(random.SystemRandom().getrandbits(64))
        @settings(
            max_examples=-(-int(count) // 24),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(batches())
        def fuzz(batch: list[Request]) -> None:
            for request in batch:
                answer = send(app, request)
                statuses[answer.status] += 1
                if answer.status >= 500:
                    failed.append(request)

        fuzz()
    _report(statuses, failed)
    return 1 if failed else 0


def _report(statuses: Counter[int], failed: Iterable[Request]) -> None:
    lines = [f"{sum(statuses.values())} requests"]
    lines += [f"  {status}: {count}" for status, count in sorted(statuses.items())]
    lines += [f"failed: {request}" for request in failed]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
