"""The parameters of a search, read strictly: a slip is named, never guessed around."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from indexer.errors import QueryError
from search.query import Query

Number = TypeVar("Number", int, float)

_KNOWN = ("q", "limit", "offset", "category", "mode", "min_score")
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def search_query(request: Request) -> Query:
    """The query that a request to the search endpoint asks.

    Raises:
        QueryError: a parameter is unknown, given twice or not what it should be.
        UnsupportedMediaType: the body is neither JSON nor a form.
    """
    given = _given(request)
    for name in given:
        if name not in _KNOWN:
            known = "、".join(_KNOWN)
            raise QueryError("unknown_parameter", f"没有“{name}”这个参数，可用的有：{known}")
    return Query.parse(
        _text(given, "q") or "",
        limit=_number(given, "limit", int, 10),
        offset=_number(given, "offset", int, 0),
        category=_text(given, "category"),
        mode=_text(given, "mode") or "hybrid",
        min_score=_number(given, "min_score", float, 0.0),
    )


def given_parameters(request: Request, known: Collection[str]) -> Mapping[str, object]:
    """What the address and the body say, together.

    Raises:
        QueryError: a parameter is unknown or given twice, or the body is no object.
        UnsupportedMediaType: the body is neither JSON nor a form.
    """
    given = _given(request)
    for name in given:
        if name not in known:
            listed = "、".join(known)
            raise QueryError("unknown_parameter", f"没有“{name}”这个参数，可用的有：{listed}")
    return given


def flag(given: Mapping[str, object], name: str) -> bool:
    """A parameter that is true or false.

    Raises:
        QueryError: it is neither.
    """
    value = given.get(name)
    if value is True or value == "true":
        return True
    if value is False or value == "false":
        return False
    raise QueryError("parameter_invalid", f"参数“{name}”应是 true 或 false")


def limit_of(request: Request, *, default: int, highest: int) -> int:
    """The parameter ``limit`` of a list, 1 to ``highest``.

    Raises:
        QueryError: it is no such number, or there are other parameters.
    """
    given = _single(request.args)
    for name in given:
        if name != "limit":
            raise QueryError("unknown_parameter", f"没有“{name}”这个参数，可用的有：limit")
    limit = _number(given, "limit", int, default)
    if not 1 <= limit <= highest:
        raise QueryError("limit_out_of_range", f"limit 须在 1 到 {highest} 之间")
    return limit


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
    return {name: value for name, value in body.items() if value is not None}


def _single(values: MultiDict[str, str]) -> Mapping[str, object]:
    for name, several in values.lists():
        if len(several) > 1:
            raise _repeated(name)
    return values.to_dict()


def _repeated(name: str) -> QueryError:
    return QueryError("repeated_parameter", f"参数“{name}”只能给一次")


def _text(given: Mapping[str, object], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise QueryError("parameter_invalid", f"参数“{name}”应是文字")
    return value or None


def _number(
    given: Mapping[str, object], name: str, kind: Callable[[str], Number], default: Number
) -> Number:
    value = given.get(name)
    if value is None or value == "":
        return default
    # True is an int in Python, but no number to who writes JSON.
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            return kind(str(value))
        except ValueError:
            pass
    wanted = "整数" if kind is int else "数字"
    raise QueryError("parameter_invalid", f"参数“{name}”应是{wanted}")
