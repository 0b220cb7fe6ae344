"""Requests that nobody should send, drawn for the fuzz of every address, parameter and header."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from hypothesis import strategies as st

from tests.web.odd_values import HEADERS, METHODS, NAMES, ODD, PATHS, TEMPLATES, TYPES, WORDS


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


_TEXTS = st.sampled_from(WORDS) | st.text(st.sampled_from(ODD) | st.characters(), max_size=30)
_NAME = st.sampled_from(NAMES) | st.text(st.sampled_from(ODD), max_size=5)


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
        st.sampled_from(PATHS)
        if usual
        else st.builds(str.format, st.sampled_from(TEMPLATES), _TEXTS)
    )
    tail = b"" if draw(st.integers(0, 9)) else draw(st.binary(max_size=5))
    return _sent(path) + tail


_TYPED_BODIES = (
    st.tuples(st.just("application/json"), _json())
    | st.tuples(st.just("application/x-www-form-urlencoded"), _form())
    | st.tuples(st.just("multipart/form-data; boundary=b"), _multipart())
    | st.tuples(st.sampled_from(TYPES), _json() | _form() | _multipart())
    | st.tuples(st.sampled_from(TYPES), st.binary(max_size=50))
)


@st.composite
def _headers(draw: st.DrawFn) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(list(HEADERS)), max_size=2))
    return {name: draw(st.sampled_from(HEADERS[name])) for name in names}


@st.composite
def batches(draw: st.DrawFn) -> list[Request]:
    """Every request made of a few paths, methods, queries, bodies and headers, 24 in all."""
    paths = draw(st.lists(_path(), min_size=3, max_size=3))
    methods = ["POST", draw(st.sampled_from(["GET", "GET", "HEAD", *METHODS]))]
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
