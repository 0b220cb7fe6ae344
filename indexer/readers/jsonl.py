"""JSONL: one article a line, ``title`` and ``body`` and what else is known."""

from __future__ import annotations

import json
from collections.abc import Iterator

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.columns import Columns
from indexer.readers.decoding import UTF_8
from indexer.readers.lines import TextLine, text_lines
from indexer.readers.reading_context import ReadingContext
from indexer.readers.source_file import SourceFile
from indexer.readers.table import article_of

# How a list or an object begins that was printed over many lines.
_PRINTED_JSON = {"[", "{", "[{"}


def read_jsonl(file: SourceFile, context: ReadingContext) -> Iterator[Article]:
    """Articles of a JSONL file, read as a stream; empty lines are passed over.

    Raises:
        SourceError: the file is JSON, but not one object a line.
    """
    is_first = True
    for line in text_lines(file.stream, UTF_8):
        text = line.text.strip()
        if not text and not line.fault:
            continue
        if is_first and text in _PRINTED_JSON:
            problem = "not JSON lines: write one object a line, each whole"
            raise SourceError(file.label, problem, line.number)
        is_first = False
        try:
            yield _read_line(line, text, file.label, context)
        except SourceError as error:
            context.reject(error)


def _read_line(line: TextLine, text: str, where: str, context: ReadingContext) -> Article:
    if line.fault:
        raise SourceError(where, line.fault, line.number)
    try:
        values = json.loads(text)
    except ValueError as error:
        raise SourceError(where, f"not JSON: {error}", line.number) from None
    except RecursionError:
        raise SourceError(where, "not JSON: nested too deep", line.number) from None
    if not isinstance(values, dict):
        raise SourceError(where, "each line must be a JSON object", line.number)
    columns = Columns(values, context.options.columns)
    columns.note(values, context)
    return article_of(columns.values(values), where, line.number)
