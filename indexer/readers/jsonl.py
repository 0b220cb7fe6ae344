"""JSONL: one article a line, ``title`` and ``body`` and what else is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.fields import Fields
from indexer.readers.structure import parse_lines


def read_jsonl(text: str, where: str, reject: Callable[[SourceError], None]) -> Iterator[Article]:
    """Articles of a JSONL text; empty lines are passed over.

    Args:
        text: the whole file.
        where: its name, for messages.
        reject: called with each line that is no article.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _read_line(line, where, number)
        except SourceError as error:
            reject(error)


def _read_line(line: str, where: str, number: int) -> Article:
    try:
        values = json.loads(line)
    except ValueError as error:
        raise SourceError(where, f"not JSON: {error}", number) from None
    except RecursionError:
        raise SourceError(where, "not JSON: nested too deep", number) from None
    if not isinstance(values, dict):
        raise SourceError(where, "each line must be a JSON object", number)
    fields = Fields(values, where, number)
    fields.text("title", required=True)
    body = fields.text("body", required=True)
    return fields.article(parse_lines(body.splitlines()))
