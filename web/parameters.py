"""The parameters of a search, read strictly: a slip is named, never guessed around."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from indexer.errors import QueryError
from search.query import Query

Number = TypeVar("Number", int, float)

_OF_SEARCH = ("q", "limit", "offset", "category", "mode", "min_score", "explain", "literal")
_NO_TEXT = ("limit", "offset", "min_score", "explain", "literal", "helpful")
_AS_NUMBERS_ARE_WRITTEN = re.compile(r"[-+.0-9A-Za-z]+", re.ASCII)
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def search_query(request: Request) -> Query:
    """The query that a request to the search endpoint asks.

    Raises:
        QueryError: a parameter is unknown, given twice or not what it should be.
        UnsupportedMediaType: the body is neither JSON nor a form.
    """
    given = given_parameters(request, _OF_SEARCH)
    return Query.parse(
        _text(given, "q") or "",
        limit=_number(given, "limit", int, 10),
        offset=_number(given, "offset", int, 0),
        category=_text(given, "category"),
        mode="hybrid" if (mode := _text(given, "mode")) is None else mode,
        min_score=_number(given, "min_score", float, 0.0),
        explain=switch(given, "explain"),
        literal=switch(given, "literal"),
    )


def suggestion_query(request: Request, default: int) -> tuple[str, int]:
    """What is typed, and how many completions of it are wanted.

    Raises:
        QueryError: a parameter is unknown, given twice or not what it should be.
    """
    given = _known(_single(request.args), ("q", "limit"))
    return _text(given, "q") or "", _number(given, "limit", int, default)


def given_parameters(request: Request, names: Sequence[str]) -> Mapping[str, object]:
    """What the address and the body say, together.

    Raises:
        QueryError: a parameter is unknown or given twice, or the body is no object.
        UnsupportedMediaType: the body is neither JSON nor a form.
    """
    return _known(_given(request), names)


def switch(given: Mapping[str, object], name: str) -> bool:
    """A parameter that is on or off; off where it is not given.

    Raises:
        QueryError: it is neither.
    """
    value = given.get(name)
    if value is None:
        return False
    written = str(value).lower() if isinstance(value, bool) else str(value)
    if written in ("1", "true"):
        return True
    if written in ("0", "false"):
        return False
    raise QueryError("parameter_invalid", f"参数“{name}”应是1、true、0或false")


def limit_of(request: Request, *, default: int, highest: int) -> int:
    """The parameter ``limit`` of a list, 1 to ``highest``.

    Raises:
        QueryError: it is no such number, or there are other parameters.
    """
    given = _known(_single(request.args), ("limit",))
    limit = _number(given, "limit", int, default)
    if not 1 <= limit <= highest:
        raise QueryError("limit_out_of_range", f"limit 须在 1 到 {highest} 之间")
    return limit


def _known(given: Mapping[str, object], names: Sequence[str]) -> Mapping[str, object]:
    for name in given:
        if name not in names:
            known = "、".join(names)
            raise QueryError("unknown_parameter", f"没有“{name}”这个参数，可用的有：{known}")
    return given


def _given(request: Request) -> Mapping[str, object]:
    """What the address and the body say, together."""
    address = _single(request.args)
    body = _body(request) if request.method == "POST" else {}
    for name in address:
        if name in body:
            raise _repeated(name)
    return {**address, **body}


def _body(request: Request) -> Mapping[str, object]:
    if request.is_json:
        return _json_object(request)
    if request.mimetype in _FORMS:
        for name in request.files:
            raise QueryError("parameter_invalid", f"参数“{name}”应是文字，不是文件")
        return _single(request.form)
    if request.get_data(cache=True):
        raise UnsupportedMediaType
    return {}


def _json_object(request: Request) -> Mapping[str, object]:
    try:
        body = request.get_json()
    except (BadRequest, RecursionError):
        raise QueryError("body_invalid", "提交的内容不是 JSON。") from None
    if not isinstance(body, dict):
        raise QueryError("body_invalid", "提交的 JSON 应是一个对象")
    for name in _NO_TEXT:
        if isinstance(body.get(name), str):
            raise QueryError("parameter_invalid", f"JSON 里的“{name}”不能是文字")
    return body


def _single(values: MultiDict[str, str]) -> Mapping[str, object]:
    for name, several in values.lists():
        if len(several) > 1:
            raise _repeated(name)
    # A form sends its empty fields too: they are not given.
    return {name: value or None for name, value in values.items()}


def _repeated(name: str) -> QueryError:
    return QueryError("repeated_parameter", f"参数“{name}”只能给一次")


def _text(given: Mapping[str, object], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise QueryError("parameter_invalid", f"参数“{name}”应是文字")
    return value


def _number(
    given: Mapping[str, object], name: str, kind: Callable[[str], Number], default: Number
) -> Number:
    value = given.get(name)
    if value is None:
        return default
    # True is an int in Python, but no number to who writes JSON; 5.0 is a whole one there.
    if isinstance(value, float) and kind is int and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        written = str(value)
        try:
            # Python alone reads 1_0, full-width digits and white space around them.
            if _AS_NUMBERS_ARE_WRITTEN.fullmatch(written):
                return kind(written)
        except ValueError:
            pass
    wanted = "整数" if kind is int else "数字"
    raise QueryError("parameter_invalid", f"参数“{name}”应是{wanted}")
