"""What the descriptions of several paths are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

JSON = "application/json"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

# What each code of an error says, by status.
CODES: Mapping[int, Mapping[str, str]] = {
    400: {
        "bad_request": "the request cannot be read",
        "body_invalid": "the body is no JSON object",
        "limit_out_of_range": "limit is out of its bounds",
        "min_score_out_of_range": "min_score is not from 0 to 1",
        "mode_unknown": "there is no such mode",
        "offset_out_of_range": "offset is out of its bounds",
        "parameter_invalid": "a parameter is of another type",
        "parameter_missing": "a parameter that is needed is missing or empty",
        "query_empty": "q is missing or empty",
        "query_too_long": "q has more than 250 characters",
        "query_without_words": "q has no letter, character or digit",
        "repeated_parameter": "a parameter is given twice",
        "unknown_parameter": "there is no such parameter",
    },
    403: {"cross_site": "a page of another site sent this"},
    404: {"article_not_found": "no article has this id", "not_found": "there is no such address"},
    405: {"method_not_allowed": "this address takes other methods, see Allow"},
    413: {"body_too_large": "the body is larger than 16 KiB"},
    414: {"address_too_long": "the address is longer than 8 KiB"},
    415: {"media_type_unsupported": "the body is neither a JSON object nor a form"},
    429: {"rate_limited": "too many requests; wait for as long as Retry-After says"},
    431: {"headers_too_large": "the headers are too many or too long"},
    500: {"internal_error": "something broke that nobody foresaw"},
    503: {
        "encoder_unavailable": "the model of the index cannot be loaded",
        "feedback_unavailable": "feedback cannot be kept",
        "index_damaged": "a file of the index is gone, cut short or altered",
        "index_mismatch": "the index is another version's or another encoder's",
        "index_missing": "no index has been built",
        "index_unavailable": "the folder of the index cannot be read",
        "likes_unavailable": "likes cannot be kept",
    },
}
OF_INDEX = tuple(
    code for code in CODES[503] if code not in {"feedback_unavailable", "likes_unavailable"}
)
_EVERYWHERE = (405, 413, 414, 429, 431, 500)
_ABOUT_Q = ("query_empty", "query_too_long", "query_without_words")
_ABOUT_PARAMETERS = ("bad_request", "parameter_invalid", "repeated_parameter", "unknown_parameter")


def codes_of_query(*others: str) -> tuple[str, ...]:
    """Codes of a request that asks with q and other parameters."""
    return (*_ABOUT_Q, *_ABOUT_PARAMETERS, *others)


def codes_of_parameters(*others: str) -> tuple[str, ...]:
    """Codes of a request whose parameters are read."""
    return (*_ABOUT_PARAMETERS, *others)


def refer(schema: str) -> Json:
    """A schema by its name among the components."""
    return {"$ref": f"#/components/schemas/{schema}"}


def or_empty(schema: Json) -> Json:
    """What is written in addresses and forms, where an empty value counts as not given."""
    if schema.get("type") == "string" and "enum" not in schema:
        return schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], ""]}
    return {"anyOf": [schema, {"const": ""}]}


def query_parameter(
    name: str, schema: Json, description: str, example: object, *, required: bool = False
) -> Json:
    """A parameter in the address."""
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": or_empty(schema),
        "example": example,
    }


def answer(description: str, schema: str, example: Json) -> Json:
    """The response of a request that succeeds."""
    return {
        "description": description,
        "content": {JSON: {"schema": refer(schema), "example": example}},
    }


def errors(**codes_by_status: Iterable[str]) -> Json:
    """Responses of requests that fail: ``errors(of_400=("query_empty",), …)``.

    What every path may answer (405, 413, 414, 429, 431, 500, 503) is there unasked.
    """
    asked = {int(status.removeprefix("of_")): codes for status, codes in codes_by_status.items()}
    everywhere = {status: tuple(CODES[status]) for status in _EVERYWHERE} | {503: OF_INDEX}
    wanted = everywhere | {status: tuple(codes) for status, codes in asked.items()}
    return {str(status): _error(status, wanted[status]) for status in sorted(wanted)}


def _error(status: int, codes: Iterable[str]) -> Json:
    meanings = {code: CODES[status][code] for code in codes}
    described = "\n".join(f"- `{code}`: {meaning}" for code, meaning in meanings.items())
    of_these: Json = {
        "type": "object",
        "properties": {
            "error": {
                "type": "object",
                "properties": {"status": {"const": status}, "code": {"enum": list(meanings)}},
            }
        },
    }
    example = {"error": {"status": status, "code": next(iter(meanings)), "message": "…"}}
    response: Json = {
        "description": described,
        "content": {JSON: {"schema": {"allOf": [refer("Error"), of_these]}, "example": example}},
    }
    if status == 405:
        allow = {"description": "the methods it takes", "schema": {"type": "string"}}
        response["headers"] = {"Allow": {**allow, "required": True}}
    if status == 429:
        seconds = {"type": "string", "pattern": r"^\d+$"}
        retry = {"description": "seconds to wait", "schema": seconds, "required": True}
        response["headers"] = {"Retry-After": retry}
    return response
