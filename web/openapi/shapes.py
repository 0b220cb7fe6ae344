"""Shapes that schemas are made of."""

from __future__ import annotations

from typing import get_args

from web.openapi.parts import Json

TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "number"}
COUNT: Json = {"type": "integer", "minimum": 0}
PLACE: Json = {"type": "integer", "minimum": 1}
SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
SIGNED: Json = {"type": "number", "minimum": -1, "maximum": 1}
WORDS: Json = {"type": "array", "items": TEXT}
DATE: Json = {"type": ["string", "null"], "format": "date"}
MONTH: Json = {
    "type": "string",
    "pattern": r"^(\d{4}-\d{2})?$",
    "description": "month until which dated claims were checked; empty where there are none",
}
DATED: Json = {"type": "boolean", "description": "as_of is so long ago that readers are told"}
ANCHOR: Json = {"type": "string", "pattern": r"^(s\d+(-\d+)?)?$"}


def one_of(values: object, description: str = "") -> Json:
    """One of the values of a Literal."""
    return {"enum": list(get_args(values)), **({"description": description} if description else {})}


def an_object(properties: Json, *optional: str, description: str = "") -> Json:
    """An object of exactly these properties; all but the optional ones are always there."""
    return {
        "type": "object",
        **({"description": description} if description else {}),
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def a_list(items: Json, **bounds: int) -> Json:
    """A list of such items."""
    return {"type": "array", "items": items, **bounds}


def or_null(schema: Json) -> Json:
    """Such a value, or none."""
    return {"oneOf": [schema, {"type": "null"}]}
