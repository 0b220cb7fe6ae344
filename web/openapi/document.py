"""The whole document; a new path needs a module beside this one and its place in the list."""

from __future__ import annotations

from importlib.metadata import version

from web.openapi import articles, feedback, health, search, suggest
from web.openapi.parts import Json
from web.openapi.schemas import SCHEMAS

_MODULES = (search, suggest, articles, feedback, health)


def openapi_document() -> Json:
    """The JSON endpoint as OpenAPI 3.1 describes it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "loanfaq",
            "version": version("loanfaq"),
            "summary": "Semantic search over Chinese loan FAQs (贷款问答)",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {path: item for module in _MODULES for path, item in module.PATHS.items()},
        "components": {"schemas": SCHEMAS},
    }
