"""The OpenAPI document: complete, and held to the live server by schemathesis."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.serving import running
from tests.web.test_errors import CASES
from web.openapi.document import openapi_document
from web.openapi.parts import CODES

# Generated cases for an operation; by hand it was many more.
EXAMPLES = 12
# As JSON writes it.
PATTERN = r"[\\p{L}\\p{N}]"
DOCUMENT = openapi_document()
OPERATIONS = [
    (path, method, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
]
NAMES = [f"{method} {path}" for path, method, _ in OPERATIONS]


def validator(schema: dict[str, Any]) -> jsonschema_rs.Validator:
    """A validator of a schema that may name components."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def contents(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Every body that an operation takes or gives."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    return [content for body in bodies for content in body.get("content", {}).values()]


def test_it_has_every_route_and_no_other(app: Flask) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/health"))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert {(path, method) for path, method, _ in OPERATIONS} == routes


def test_it_is_served(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")

    assert answer.get_json() == json.loads(json.dumps(DOCUMENT))
    assert answer.get_json()["openapi"] == "3.1.0"


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_every_schema_is_one(name: str) -> None:
    schema = DOCUMENT["components"]["schemas"][name]

    assert jsonschema_rs.meta.is_valid(schema)
    assert f"#/components/schemas/{name}" in json.dumps(DOCUMENT)


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_example_is_what_its_schema_says(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    for parameter in operation.get("parameters", []):
        validator(parameter["schema"]).validate(parameter["example"])
    for content in contents(operation):
        if "example" in content:
            validator(content["schema"]).validate(content["example"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_parameter_of_an_address_is_described(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    described = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}

    assert described == set(re.findall(r"{(\w+)}", path))
    assert len({each["operationId"] for _, _, each in OPERATIONS}) == len(OPERATIONS)


def documented(path: str, method: str) -> dict[str, Any] | None:
    """The operation that answers a request, or would if it took its method."""
    for pattern, item in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), path.partition("?")[0]):
            operation: dict[str, Any] = item.get(method.lower()) or next(iter(item.values()))
            return operation
    return None


@pytest.mark.parametrize(("method", "path", "sent", "status", "code"), CASES)
def test_every_error_that_is_answered_is_described(
    client: FlaskClient, method: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    operation = documented(path, method)
    answer = client.open(path, method=method, **sent).get_json()
    if operation is None:
        assert code in CODES[404]
    else:
        schema = operation["responses"][str(status)]["content"]["application/json"]["schema"]
        validator(schema).validate(answer)


def written_out(document: dict[str, Any]) -> str:
    """The document with the letters and digits of the world written out.

    Schemathesis takes the classes of the standard for Latin letters and plain digits.
    """
    told = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isalnum()]
    spans: list[list[str]] = []
    for char in told:
        if spans and ord(spans[-1][1]) + 1 == ord(char):
            spans[-1][1] = char
        else:
            spans.append([char, char])
    ranges = "".join(first if first == last else f"{first}-{last}" for first, last in spans)
    text = json.dumps(document, ensure_ascii=False)
    assert PATTERN in text
    return text.replace(PATTERN, f"[{ranges}]")


def test_schemathesis_holds_the_live_server_to_it(corpus_index: Path, tmp_path: Path) -> None:
    """Every check: what is valid is accepted, what is not refused, answers are as described."""
    described = tmp_path / "openapi.json"
    with running(corpus_index, tmp_path / "state") as site:
        served = httpx.get(f"{site.url}/api/v1/openapi.json").json()
        described.write_text(written_out(served), encoding="utf-8")
        done = subprocess.run(
            [
                *(
                    sys.executable,
                    "-c",
                    "from schemathesis.cli import schemathesis; schemathesis()",
                ),
                *("run", str(described), "--url", site.url),
                *("--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "1"),
                *("--workers", "1", "--no-color"),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            timeout=500,
        )

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Tested: {len(OPERATIONS)}\n" in done.stdout
    generated = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert generated, done.stdout
    assert int(generated[1]) == int(generated[2]) > 10 * len(OPERATIONS)
