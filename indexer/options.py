"""Options that several commands share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from indexer.locations import default_index_folder
from indexer.publish import DEFAULT_KEEP

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


def echo_json(value: object) -> None:
    """Print a value as JSON, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
