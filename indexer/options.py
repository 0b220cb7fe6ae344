"""Options that several commands share."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from indexer.locations import default_index_folder
from indexer.publish import DEFAULT_KEEP
from indexer.reading import ReadOptions

Command = TypeVar("Command", bound=Callable[..., object])


def index_option(command: Command) -> Command:
    """``--index DIR``, or LOANFAQ_INDEX, or the folder in the user's data folder."""
    return click.option(
        "--index",
        "index_folder",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="LOANFAQ_INDEX",
        default=default_index_folder,
        show_default="index folder in your data folder",
        metavar="DIR",
        help="The index folder (environment: LOANFAQ_INDEX).",
    )(command)


def json_option(command: Command) -> Command:
    """``--json``: one JSON object instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


def keep_option(command: Command) -> Command:
    """``--keep N``, or LOANFAQ_KEEP_BUILDS."""
    return click.option(
        "--keep",
        type=click.IntRange(min=1),
        envvar="LOANFAQ_KEEP_BUILDS",
        default=DEFAULT_KEEP,
        show_default=True,
        metavar="N",
        help="How many builds to keep, the new one counted; what is open stays too "
        "(environment: LOANFAQ_KEEP_BUILDS).",
    )(command)


def reading_options(command: Callable[..., object]) -> Callable[..., object]:
    """``--column``, ``--drafts``, ``--pages`` and ``--without-asked``, given as ``reading``."""

    @click.option(
        "--column",
        "columns",
        multiple=True,
        callback=_parse_columns,
        metavar="FIELD=HEADER",
        help="A header or key of your own for a field, as in title=标题行; may be given again.",
    )
    @click.option("--drafts", is_flag=True, help="Unpublished posts of WordPress exports too.")
    @click.option("--pages", is_flag=True, help="Pages of WordPress exports too, not only posts.")
    @click.option(
        "--without-asked",
        is_flag=True,
        help="Leave other wordings of the questions out, to measure what they bring.",
    )
    @functools.wraps(command)
    def with_reading(
        *arguments: object,
        columns: tuple[tuple[str, str], ...],
        drafts: bool,
        pages: bool,
        without_asked: bool,
        **named: object,
    ) -> object:
        reading = ReadOptions(columns, drafts, pages, without_asked)
        return command(*arguments, reading=reading, **named)

    return with_reading


def _parse_columns(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    from indexer.readers.columns import FIELDS

    pairs = []
    for value in values:
        field, _, header = (part.strip() for part in value.partition("="))
        if field not in FIELDS or not header:
            fields = ", ".join(FIELDS)
            raise click.BadParameter(
                f"{value!r}: write FIELD=HEADER; FIELD is one of {fields}", context, parameter
            )
        pairs.append((field, header))
    return tuple(pairs)


def echo_json(value: object) -> None:
    """Print a value as JSON, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
