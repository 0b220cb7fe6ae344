"""Questions read line by line, so that opening the index is paid once."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

import click

from indexer.errors import QueryError
from search.query import Query
from search.response import SearchResponse
from search.terminal import format_response

_PROMPT = "问："


def answer_lines(
    answer: Callable[[Query], SearchResponse],
    lines: TextIO,
    parse: Callable[[str], Query],
    *,
    as_json: bool,
) -> None:
    """Answer each line; a line that cannot be answered gets a clear word and the next goes on.

    With `as_json` every line of input gives one line of output, an error as
    ``{"error": {"code", "message"}}``.
    """
    if isinstance(lines, io.TextIOWrapper):
        # A line in another encoding is a bad question, not the end of the conversation.
        lines.reconfigure(errors="replace")
    for line in _questions(lines, skip_empty=not as_json):
        try:
            response = answer(parse(line))
        except QueryError as error:
            _say_error(error, as_json)
        else:
            _say(response, as_json)


def _questions(lines: TextIO, *, skip_empty: bool) -> Iterator[str]:
    """Lines of the input, asked for with a prompt where a person types them."""
    if not lines.isatty():
        yield from (line for line in lines if line.strip() or not skip_empty)
        return
    while True:
        click.echo(_PROMPT, nl=False, err=True)
        line = lines.readline()
        if not line:
            click.echo(err=True)
            return
        if line.strip():
            yield line


def _say(response: SearchResponse, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(response.to_json(), ensure_ascii=False))
    else:
        click.echo(format_response(response) + "\n")
    sys.stdout.flush()


def _say_error(error: QueryError, as_json: bool) -> None:
    if as_json:
        shape = {"error": {"code": error.code, "message": str(error)}}
        click.echo(json.dumps(shape, ensure_ascii=False))
    else:
        click.echo(str(error) + "\n")
    sys.stdout.flush()
